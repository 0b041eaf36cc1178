"""What stands on an agenda: matters put on it, with what was said and is to be read out of them."""

from datetime import date

from django.db.models import Q

from nenmong.core import clock
from nenmong.core.actions import within_action
from nenmong.meetings.actions.answers_read import bring_texts, take_texts_away
from nenmong.meetings.models import AgendaItem, CarryOver, Matter, Meeting, Task, TaskReport
from nenmong.meetings.models.meeting import PLANNED, REGULAR_KINDS, MeetingKind
from nenmong.meetings.rules import kinds
from nenmong.org.queries import predecessors


def takes_matters(meeting: Meeting) -> bool:
    """Say whether what waits for a unit comes before this meeting: its regular one."""
    return kinds.of(meeting.kind).monthly or meeting.kind == MeetingKind.COMMITTEE


@within_action
def take_from_missed(meeting: Meeting) -> None:
    """Make wait again what stands on an agenda whose time went by without a meeting.

    What was already said of its tasks while preparing comes along.
    """
    missed = Meeting.objects.of_unit(meeting.unit_id).filter(
        status=Meeting.Status.PLANNED, month__lt=meeting.month, starts_at__lt=clock.now(),
        kind__in=[*REGULAR_KINDS, MeetingKind.COMMITTEE],
    )  # fmt: skip
    if not (uids := list(missed.values_list("uid", flat=True))):
        return
    standing = Matter.objects.filter(
        unit=meeting.unit_id, state=Matter.State.ON_AGENDA, meeting_uid__in=uids
    )
    matters = list(standing.values_list("uid", flat=True))
    for model in (AgendaItem, CarryOver):
        model._default_manager.filter(meeting__in=uids, matter_uid__in=matters).delete()
    TaskReport.objects.filter(meeting__in=uids, matter_uid__in=matters).update(meeting=meeting)
    take_texts_away(uids)
    standing.update(state=Matter.State.WAITING)


@within_action
def put_on_agenda(meeting: Meeting, matters: list[Matter]) -> None:
    """Mark matters as standing on this agenda, and open a report for each task among them."""
    for matter in matters:
        matter.state, matter.meeting_uid = Matter.State.ON_AGENDA, meeting.uid
    Matter.objects.bulk_update(matters, ["state", "meeting_uid"])
    bring_texts(meeting, matters)
    if not (tasks_come := [m.uid for m in matters if m.kind == Matter.Kind.TASK]):
        return
    _bring_reports(meeting, tasks_come)
    reported = set(meeting.reports.values_list("matter_uid", flat=True))
    by_task = {
        m.source_uid: m.uid for m in matters if m.kind == Matter.Kind.TASK and m.uid not in reported
    }
    tasks = Task.objects.filter(unit=meeting.unit_id, uid__in=list(by_task))
    TaskReport.objects.bulk_create(
        TaskReport(
            bucket=meeting.bucket, meeting=meeting, task_uid=task.uid,
            matter_uid=by_task[task.uid], title=task.title, owner=task.owner, due_on=task.due_on,
            state_at_start=task.state,
        )
        for task in sorted(tasks, key=lambda task: (task.due_on or date.max, task.uid))
    )  # fmt: skip


def _bring_reports(meeting: Meeting, matters: list[str]) -> None:
    """Take along what was said of these tasks for a meeting that was cancelled then.

    Or that a unit which ended since was preparing, and this one goes on for.
    """
    ended = [one.unit_uid for one in predecessors([meeting.unit_id]).get(meeting.unit_id, ())]
    cancelled = Q(unit=meeting.unit_id, status=Meeting.Status.CANCELLED)
    not_held = Q(unit__in=ended, status__in=(*PLANNED, Meeting.Status.CANCELLED))
    given_up = Meeting.objects.filter(cancelled | not_held)
    if uids := list(given_up.values_list("uid", flat=True)):
        own = set(meeting.reports.values_list("task_uid", flat=True))
        said = TaskReport.objects.filter(meeting__in=uids, matter_uid__in=matters).order_by("uid")
        last = {report.task_uid: report.uid for report in said if report.task_uid not in own}
        TaskReport.objects.filter(uid__in=list(last.values())).update(
            meeting=meeting, bucket=meeting.bucket
        )
