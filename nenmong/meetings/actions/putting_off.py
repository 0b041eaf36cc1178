"""A meeting put off, cancelled, or held after all; its month stays its month."""

from datetime import datetime

from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions import months
from nenmong.meetings.actions.answers_read import take_texts_away
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.actions.planning import not_too_far
from nenmong.meetings.actions.standing import put_on_agenda, takes_matters
from nenmong.meetings.events import MeetingCancelled, MeetingPostponed, MeetingReinstated
from nenmong.meetings.models import (
    AgendaItem,
    CarryOver,
    Matter,
    Meeting,
    Postponement,
    TaskReport,
)
from nenmong.meetings.models.meeting import PLANNED
from nenmong.meetings.rules import agenda

PLANNED_OR_CANCELLED = (*PLANNED, Meeting.Status.CANCELLED)


@action
def postpone_meeting(
    *, actor: Actor, meeting_uid: str, starts_at: datetime, reason: str, agreed_by: str
) -> Meeting:
    """Hold a planned meeting on another day, into the next month too; its month stays.

    A second call with the same hour changes nothing.

    Args:
        reason: why, in words that may be read above the cell.
        agreed_by: who agreed to it: the cell committee, the committee above.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.other_month`, `meetings.no_reason`,
            `meetings.no_agreement`, `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED)
    not_too_far(meeting, starts_at)
    if meeting.starts_at == starts_at:
        return meeting
    _note(meeting, starts_at, reason, agreed_by)
    meeting.starts_at = starts_at
    meeting.save(update_fields=["starts_at"])
    audit.record(actor, "meetings.postponed", meeting, unit_path=meeting.unit.path)
    events.emit(MeetingPostponed(meeting_uid=meeting.uid))
    return meeting


def _note(meeting: Meeting, now_at: datetime | None, reason: str, agreed_by: str) -> None:
    """Write down why a meeting is not held when it was to be, and who agreed."""
    if not (reason := fitting(clean(reason), 500)):
        raise DomainError(
            "meetings.no_reason", _("Why? Write it in a few words; it stands in the minutes.")
        )
    if not (agreed_by := fitting(clean(agreed_by), 200)):
        raise DomainError(
            "meetings.no_agreement",
            _("Who agreed? Write it, for example the cell committee or the committee above."),
        )
    Postponement.objects.create(
        bucket=meeting.bucket, meeting=meeting, was_at=meeting.starts_at, now_at=now_at,
        reason=reason, agreed_by=agreed_by, noted_at=clock.now(),
    )  # fmt: skip


@action
def cancel_meeting(*, actor: Actor, meeting_uid: str, reason: str, agreed_by: str) -> Meeting:
    """Say that a planned meeting is not held; what stood on its agenda waits for the next one.

    It stays the meeting of its month: no other regular one is planned there. What was already said
    of its tasks comes along to the meeting that takes them up. A second call changes nothing.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_reason`, `meetings.no_agreement`,
            `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED_OR_CANCELLED)
    if meeting.status == Meeting.Status.CANCELLED:
        return meeting
    _note(meeting, None, reason, agreed_by)
    meeting.status = Meeting.Status.CANCELLED
    meeting.save(update_fields=["status"])
    _let_go(meeting)
    months.add(meeting, cancelled=1)
    audit.record(actor, "meetings.cancelled", meeting, unit_path=meeting.unit.path)
    events.emit(MeetingCancelled(meeting_uid=meeting.uid))
    return meeting


def _let_go(meeting: Meeting) -> None:
    """Make all that stood on this agenda wait again; what was not yet said of a task goes."""
    standing = Matter.objects.before(meeting).filter(state=Matter.State.ON_AGENDA)
    matters = list(standing.values_list("uid", flat=True))
    for model in (AgendaItem, CarryOver):
        rows = model._default_manager.filter(bucket=meeting.bucket, meeting=meeting)
        rows.filter(matter_uid__in=matters).delete()
    TaskReport.objects.filter(bucket=meeting.bucket, meeting=meeting, state="").delete()
    take_texts_away([meeting.uid])
    standing.update(state=Matter.State.WAITING)


@action
def reinstate_meeting(*, actor: Actor, meeting_uid: str) -> Meeting:
    """Take back that a meeting was cancelled; what waits stands on its agenda again.

    What another meeting has taken up since stays there. A second call changes nothing.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED_OR_CANCELLED)
    if meeting.status == Meeting.Status.PLANNED:
        return meeting
    meeting.status = Meeting.Status.PLANNED
    meeting.save(update_fields=["status"])
    Postponement.objects.filter(bucket=meeting.bucket, meeting=meeting, now_at=None).delete()
    if takes_matters(meeting):
        _draw_in(meeting)
    months.add(meeting, cancelled=-1)
    audit.record(actor, "meetings.reinstated", meeting, unit_path=meeting.unit.path)
    events.emit(MeetingReinstated(meeting_uid=meeting.uid))
    return meeting


def _draw_in(meeting: Meeting) -> None:
    """Put every waiting matter on this agenda, an item each where topics go."""
    if not (waiting := list(Matter.objects.waiting_for(meeting.unit_id))):
        return
    items = list(meeting.items.all())
    behind = next((n for n, item in enumerate(items) if item.step in agenda.AT_THE_END), len(items))
    new = [
        AgendaItem(
            bucket=meeting.bucket, meeting=meeting, position=0, step=agenda.TOPIC,
            title=matter.title, minutes=matter.minutes or agenda.MATTER_MINUTES,
            matter_uid=matter.uid,
        )
        for matter in waiting
        if matter.kind != Matter.Kind.TASK
    ]  # fmt: skip
    AgendaItem.objects.bulk_create(new)
    ordered = [*items[:behind], *new, *items[behind:]]
    for position, item in enumerate(ordered, start=1):
        item.position = position
    AgendaItem.objects.bulk_update(ordered, ["position"])
    put_on_agenda(meeting, waiting)
