"""Taking back a button pressed too early: the opening, and the end until the seal."""

from django.utils.translation import gettext as _

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.meetings.actions import months
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.models import AgendaItem, Meeting
from nenmong.meetings.models.meeting import PLANNED_OR_OPEN, WORKING
from nenmong.meetings.rules import attendance


@action
def take_back_opening(*, actor: Actor, meeting_uid: str) -> Meeting:
    """Put a meeting opened too early back into preparation. A second call changes nothing.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.already_noted` when something said, voted or
            given as a task would be lost.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", PLANNED_OR_OPEN)
    if meeting.status == Meeting.Status.PLANNED:
        return meeting
    noted = (meeting.speeches, meeting.opinions_noted, meeting.votes, meeting.assigned)
    if any(rows.exists() for rows in noted):
        raise DomainError(
            "meetings.already_noted",
            _(
                "Something has been noted in this meeting already, so it goes on. "
                "Take those lines back first if the meeting has really not begun."
            ),
        )
    meeting.attendances.all().delete()
    meeting.items.update(
        state=AgendaItem.State.WAITING, started_at=None, ended_at=None, taken_up_at=None, seconds=0
    )
    for name, number in attendance.count([]).as_dict().items():
        setattr(meeting, name, number)
    meeting.status = Meeting.Status.PLANNED
    meeting.opened_at = meeting.held_on = None
    meeting.chair_uid = meeting.secretary_uid = None
    meeting.chair_name = meeting.chair_post = meeting.secretary_name = ""
    meeting.save()
    audit.record(actor, "meetings.opening_taken_back", meeting, unit_path=meeting.unit.path)
    return meeting


@action
def resume_meeting(*, actor: Actor, meeting_uid: str) -> Meeting:
    """Go on with a meeting that was ended too early. A second call changes nothing.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    if meeting.status == Meeting.Status.OPEN:
        return meeting
    meeting.status, meeting.closed_at = Meeting.Status.OPEN, None
    meeting.save(update_fields=["status", "closed_at"])
    months.add(meeting, held=-1)
    audit.record(actor, "meetings.resumed", meeting, unit_path=meeting.unit.path)
    return meeting
