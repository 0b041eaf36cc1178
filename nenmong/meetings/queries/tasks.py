"""The tasks of a cell as its own table, one task with its course, and what a meeting is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from nenmong.meetings.models import Matter, Meeting, Task, TaskProgress, TaskReport
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.rules import tasks as rules
from nenmong.org.models import PartyGroup, Unit, in_force

PAGE = 100
OPEN, DONE, ALL = "dang-lam", "da-xong", "tat-ca"
SHOWN = (OPEN, DONE, ALL)


@dataclass(frozen=True)
class Told:
    """What a meeting is told of an earlier task before it judges it."""

    times: int  # for the how manieth time it comes before a meeting
    declared_on: date | None = None
    last: TaskProgress | None = None
    anew: Task | None = None  # as which this meeting has given it anew


@dataclass
class Row:
    """One line of the table task · state at start · result."""

    task: Task
    times: int
    state_at_start: str
    state: str  # "" = not said yet
    result: str
    last: TaskProgress | None
    to_come: bool  # the result is noted for a meeting that is not sealed yet

    @property
    def outcome(self) -> str:
        """Return how it ended where it was neither done nor is open: `anew`, `not_passed`, ""."""
        task = self.task
        if task.done_on is None or task.state == TaskState.DONE:
            return ""
        return "not_passed" if task.meeting.resolution_number is None else "anew"


@dataclass
class Table:
    """A page of a unit's tasks."""

    rows: list[Row]
    total: int
    offset: int
    owners: list[str] = field(default_factory=list)

    @property
    def following(self) -> int | None:
        end = self.offset + len(self.rows)
        return end if end < self.total else None


def table(unit_uid: str, *, shown: str = OPEN, owner: str = "", offset: int = 0) -> Table:
    """Return up to 100 tasks of a unit: open ones by day, others the latest first. Six queries."""
    of_unit = Task.objects.filter(unit=unit_uid, meeting__status=Meeting.Status.SEALED)
    owners = sorted(set(of_unit.order_by().values_list("owner", flat=True)))
    chosen = of_unit.filter(owner=owner) if owner else of_unit
    if shown == OPEN:
        chosen = chosen.open().order_by(F("due_on").asc(nulls_last=True), "uid")
    else:
        chosen = chosen if shown == ALL else chosen.filter(state=TaskState.DONE)
        chosen = chosen.order_by("-uid")
    listed = list(chosen.select_related("meeting")[offset : offset + PAGE])
    return Table(rows_of(unit_uid, listed), chosen.count(), offset, owners)


def rows_of(unit_uid: str, listed: list[Task]) -> list[Row]:
    """Return the lines of these tasks of a unit. Three queries."""
    uids = [task.uid for task in listed]
    reports: dict[str, TaskReport] = {}
    meetings = {unit_uid, *(task.meeting.unit_id for task in listed)}
    told = TaskReport.objects.filter(meeting__unit__in=meetings, task_uid__in=uids)
    for report in told.select_related("meeting").order_by("uid"):
        reports[report.task_uid] = report
    matters = [report.matter_uid for report in reports.values()]
    times = dict(Matter.objects.filter(uid__in=matters).values_list("uid", "carried"))
    last = latest(uids)
    return [_row(task, reports.get(task.uid), times, last.get(task.uid)) for task in listed]


def _row(
    task: Task, report: TaskReport | None, times: dict[str, int], last: TaskProgress | None
) -> Row:
    if report is None:
        return Row(task, rules.FIRST_TIME, task.state, "", task.result, last, to_come=False)
    to_come = report.meeting.status != Meeting.Status.SEALED
    carried = times.get(report.matter_uid, 0)
    # What was carried is counted at the seal: the meeting to come is one more.
    nth = carried + 1
    if to_come:
        return Row(task, nth, report.state_at_start, report.state, report.result, last, True)
    start = report.state_at_start if task.done_on else task.state
    state = task.state if task.done_on else ""
    return Row(task, nth, start, state, task.result, last, to_come=False)


def latest(task_uids: Iterable[str]) -> dict[str, TaskProgress]:
    """Return the latest word on each of these tasks. One query."""
    rows = TaskProgress.objects.filter(task__in=list(task_uids)).order_by("uid")
    return {row.task_id: row for row in rows}


def told_of(meeting: Meeting, reports: list[TaskReport]) -> dict[str, Told]:
    """Return what is known beforehand of the tasks a meeting hears of; four queries, or none."""
    if not reports:
        return {}
    matters = {m.uid: m for m in Matter.objects.filter(uid__in=[r.matter_uid for r in reports])}
    declared = dict(
        Task.objects.filter(uid__in=[r.task_uid for r in reports]).values_list("uid", "declared_on")
    )
    last = latest(declared)
    given = {task.uid: task for task in meeting.assigned.all()}
    found = {}
    for report in reports:
        matter = matters.get(report.matter_uid)
        source = matter.source_uid if matter else None
        found[report.task_uid] = Told(
            times=(matter.carried if matter else 0) + 1,
            declared_on=declared.get(report.task_uid),
            last=last.get(report.task_uid),
            anew=given.get(source) if source and source != report.task_uid else None,
        )
    return found


@dataclass(frozen=True)
class Course:
    """One task with all that was said of it, and what each meeting found."""

    row: Row
    progress: list[TaskProgress]
    reports: list[TaskReport]  # at sealed meetings, of the tasks it was before, too


def course(task: Task) -> Course:
    """Return one task with its course. Six queries."""
    row = rows_of(task.unit_id, [task])[0]
    units = {task.unit_id, task.meeting.unit_id}
    of_units = TaskReport.objects.filter(meeting__unit__in=units)
    matter = Matter.objects.filter(unit__in=units, kind=Matter.Kind.TASK, source_uid=task.uid)
    uid = matter.values_list("uid", flat=True).first()
    if uid is None:  # given anew since: its matter stands for the task it is now
        uid = of_units.filter(task_uid=task.uid).values_list("matter_uid", flat=True).first()
    reports = of_units.filter(matter_uid=uid, meeting__status=Meeting.Status.SEALED)
    return Course(
        row=row,
        progress=list(TaskProgress.objects.filter(bucket=task.bucket, task=task)),
        reports=list(reports.select_related("meeting").order_by("meeting__month", "uid")),
    )


def groups_on(unit: Unit, day: date) -> list[PartyGroup]:
    """Return the party groups a cell has on a day, by name. One query."""
    return list(PartyGroup.objects.filter(in_force(day), unit=unit).order_by("name"))
