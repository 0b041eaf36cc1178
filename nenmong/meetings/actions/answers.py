"""Who comes and who cannot: said signed in, by a signed address, or to the secretary by phone."""

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions.locking import locked, not_on_the_roll
from nenmong.meetings.models import Invitation, Meeting
from nenmong.meetings.models.meeting import PLANNED
from nenmong.meetings.queries import invitations
from nenmong.meetings.queries.paper import roll_of

LONGEST_REASON = 200


@action
def answer_invitation(
    *, actor: Actor, meeting_uid: str, answer: str, reason: str | None = None
) -> Invitation:
    """Say, signed in, whether one comes oneself; the answer holds until another is given.

    Args:
        reason: of an absence; None keeps the one given before.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_on_the_roll`,
            `meetings.unknown_answer`, `meetings.no_reason`, `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.agenda", PLANNED)
    member_uid = invitations.standing(meeting, actor.uid)
    if member_uid is None:
        raise not_on_the_roll()
    return _answer(actor, meeting, member_uid, answer, reason, Invitation.Way.ACCOUNT)


@action
def note_answer(
    *, actor: Actor, meeting_uid: str, member_uid: str, answer: str, reason: str | None = None
) -> Invitation:
    """Note what someone else answered: by their signed address (the program), or by phone.

    Raises:
        NotAllowed, DomainError: as `answer_invitation`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED)
    roll = roll_of(meeting, invitations.day_of(meeting))
    if member_uid not in {entry.member_uid for entry in roll}:
        raise not_on_the_roll()
    by_link = getattr(actor, "is_program", False)
    way = Invitation.Way.LINK if by_link else Invitation.Way.PHONE
    return _answer(actor, meeting, member_uid, answer, reason, way)


def _answer(
    actor: Actor, meeting: Meeting, member_uid: str, answer: str, reason: str | None, way: str
) -> Invitation:
    """Keep an answer where it says something new; the meeting is locked."""
    absent = answer == Invitation.Answer.ABSENT
    if answer not in Invitation.Answer.values:
        raise DomainError(
            "meetings.unknown_answer", _("Do you come or not? Press one of the two buttons.")
        )
    row = meeting.invitations.filter(member_uid=member_uid).first()
    if row is None:
        row = Invitation(bucket=meeting.bucket, meeting=meeting, member_uid=member_uid)
    if reason is None:
        reason = row.reason
    reason = fitting(clean(reason), LONGEST_REASON) if absent else ""
    if absent and not reason:
        raise DomainError(
            "meetings.no_reason",
            _("Why not? Write the reason in a few words. It stays within the cell."),
        )
    if (row.answer, row.reason) == (answer, reason):
        return row
    row.answer, row.reason, row.way, row.answered_at = answer, reason, way, clock.now()
    row.save()
    # Neither who nor what: the audit is read above the cell.
    audit.record(actor, "meetings.invitation_answered", row, unit_path=meeting.unit.path, way=way)
    return row
