"""Jobs of meetings: e-mails, one a person, so that nobody sees another's address."""

from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db.models import Sum

from nenmong.core.actions import SYSTEM
from nenmong.core.events import on
from nenmong.core.rules import given_name
from nenmong.meetings import invites, links, notices
from nenmong.meetings.actions.notices import TOLD, record_mailed
from nenmong.meetings.events import NoticeToMail
from nenmong.meetings.models import Meeting
from nenmong.meetings.queries import invitations
from nenmong.meetings.queries.paper import roll_of
from nenmong.org.queries import contacts as org


class NotSent(Exception):  # noqa: N818 -- what happened, said without an address
    """An e-mail could not be handed over."""


@on(NoticeToMail)
def mail_notice(event: NoticeToMail) -> None:
    """Send one person the notice as it stands now, unless they have it; then record it.

    Recorded after it was handed over: a worker killed in between sends it once more rather than
    never.
    """
    meeting = Meeting.objects.select_related("unit").filter(uid=event.meeting_uid).first()
    if meeting is None or meeting.status not in TOLD:
        return  # it has begun meanwhile
    said = invitations.changes(meeting)
    row = meeting.invitations.filter(member_uid=event.member_uid).first()
    if row and not said.outdates(row.mailed_at):
        return
    contact = org.contacts([event.member_uid]).get(event.member_uid)
    body = _body(meeting, event)
    if contact is None or not contact.email or not body:
        return  # no address any more, or they have left
    minutes = meeting.items.aggregate(sum=Sum("minutes"))["sum"] or 0
    mail = EmailMessage(subject=notices.subject(meeting), body=body, to=[contact.email])
    calendar = invites.invite(meeting, sequence=said.times, minutes=minutes)
    mail.attach("lich-hop.ics", calendar.decode(), "text/calendar")
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        # Not the error itself: it names the address, and logs name nobody.
        raise NotSent(type(error).__name__) from None
    record_mailed(actor=SYSTEM, meeting_uid=meeting.uid, member_uid=event.member_uid)


def _body(meeting: Meeting, event: NoticeToMail) -> str:
    """Return what a member, or who follows the unit, is told; "" for anyone else."""
    day = invitations.day_of(meeting)
    names = {entry.member_uid: entry.name for entry in roll_of(meeting, day)}
    if name := names.get(event.member_uid):
        address = links.address(event.site, meeting.uid, event.member_uid)
        return notices.text(
            meeting, notices.agenda(meeting), answer_at=address,
            greeting=notices.dear(given_name(name)),
        )  # fmt: skip
    followers = {one.member_uid: one.name for one in org.followers(meeting.unit_id, day)}
    if name := followers.get(event.member_uid):
        return notices.for_upper(meeting, given_name(name))
    return ""
