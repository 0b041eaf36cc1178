"""Making a meeting known: to its members and to who follows the cell from above."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.events import NoticeToMail
from nenmong.meetings.models import Invitation, Meeting, Notice
from nenmong.meetings.models.meeting import NOT_SEALED
from nenmong.meetings.queries import invitations
from nenmong.meetings.queries.invitations import Invited
from nenmong.meetings.queries.paper import roll_of
from nenmong.org.queries import contacts as org

# What is told of: a meeting to come, and that one does not come.
TOLD = (Meeting.Status.PLANNED, Meeting.Status.CANCELLED)


@action
def record_notice(*, actor: Actor, meeting_uid: str, to: str, way: str) -> Notice:
    """Record that a meeting was made known, as of now; e-mails record themselves when they go out.

    The same side told the same way is told once, until day, hour or place change.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.unknown_way`, `meetings.nobody_follows`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", TOLD)
    pressed = {Notice.Way.PRINT, Notice.Way.CHAT, Notice.Way.PHONE}
    if to not in Notice.To.values or way not in pressed:
        raise DomainError(
            "meetings.unknown_way", _("How was it told? Choose one of the ways shown.")
        )
    day = invitations.day_of(meeting)
    if to == Notice.To.UPPER and not org.followers(meeting.unit_id, day):
        raise DomainError(
            "meetings.nobody_follows",
            _("Nobody follows this unit on that day. Ask the office above to enter who does."),
        )
    said = invitations.changes(meeting)
    last = meeting.notices.filter(to=to, way=way).last()
    if last and not said.outdates(last.sent_at):
        return last
    row = _record(actor, meeting, to, way)
    audit.record(
        actor, "meetings.notice_recorded", meeting, unit_path=meeting.unit.path, to=to, way=way
    )
    return row


def _record(actor: Actor, meeting: Meeting, to: str, way: str) -> Notice:
    """Write that one side was told, and on the meeting when it was first."""
    moment = clock.now()
    field = "notice_at" if to == Notice.To.MEMBERS else "upper_notified_at"
    if getattr(meeting, field) is None and meeting.status in NOT_SEALED:
        setattr(meeting, field, moment)
        meeting.save(update_fields=[field])
    return Notice.objects.create(
        bucket=meeting.bucket, meeting=meeting, to=to, way=way, sent_at=moment, by_uid=actor.uid
    )


@action
def mail_notices(*, actor: Actor, meeting_uid: str, to: str, site: str) -> Meeting:
    """Send an e-mail, as a job of its own, to each person of one side who has an address.

    Who was sent one that still holds, or to whom one is under way, is left out: pressed again, it
    sends nothing twice.

    Args:
        to: the members or the follower above.
        site: scheme and host under which an answer finds us.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_mail`, `meetings.no_address`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", TOLD)
    if not settings.MAILS:
        raise DomainError(
            "meetings.no_mail",
            _("This server sends no e-mail yet. Use paper, the group chat or the phone."),
        )
    people = _people(meeting, to)
    if not any(one.contact.email for one in people):
        raise DomainError(
            "meetings.no_address", _("No e-mail address is known here. Choose another way.")
        )
    due = [one for one in people if one.to_mail]
    if meeting.status == Meeting.Status.CANCELLED:  # who never heard of it need not now
        due = [one for one in due if one.invitation and one.invitation.mailed_at]
    for one in due:
        events.emit(NoticeToMail(meeting.uid, one.contact.member_uid, site))
    if due:
        audit.record(
            actor, "meetings.notices_mailed", meeting, unit_path=meeting.unit.path, to=to,
            count=len(due),
        )  # fmt: skip
    return meeting


def _people(meeting: Meeting, to: str) -> Sequence[Invited]:
    day = invitations.day_of(meeting)
    roll, followers = roll_of(meeting, day), org.followers(meeting.unit_id, day)
    members, above = invitations.invited(meeting, roll, followers)
    return members if to == Notice.To.MEMBERS else above


@action
def record_mailed(*, actor: Actor, meeting_uid: str, member_uid: str) -> Invitation:
    """Record that an e-mail about a meeting has gone out to one person.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    states = (*NOT_SEALED, Meeting.Status.CANCELLED)
    meeting = locked(actor, meeting_uid, "meetings.prepare", states)
    row, _made = Invitation.objects.get_or_create(
        bucket=meeting.bucket, meeting=meeting, member_uid=member_uid
    )
    said = invitations.changes(meeting)
    if not said.outdates(row.mailed_at):
        return row
    row.mailed_at = clock.now()
    row.save(update_fields=["mailed_at"])
    day = invitations.day_of(meeting)
    sides = {
        Notice.To.MEMBERS: {entry.member_uid for entry in roll_of(meeting, day)},
        Notice.To.UPPER: {one.member_uid for one in org.followers(meeting.unit_id, day)},
    }
    for to, uids in sides.items():
        last = meeting.notices.filter(to=to, way=Notice.Way.MAIL).last()
        if member_uid in uids and (last is None or said.outdates(last.sent_at)):
            _record(actor, meeting, to, Notice.Way.MAIL)
    audit.record(actor, "meetings.notice_mailed", row, unit_path=meeting.unit.path)
    return row
