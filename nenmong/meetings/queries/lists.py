"""Lists of a unit: what is under way, its open tasks, what waits. Across units: see `overview`."""

from django.db.models import F

from nenmong.meetings.models import Matter, Meeting, Task, TaskReport
from nenmong.meetings.models.meeting import WORKING


def under_way(unit_uid: str) -> list[str]:
    """Return the uids of a unit's meetings that have begun and are not sealed. One query."""
    rows = Meeting.objects.of_unit(unit_uid).filter(status__in=WORKING)
    return list(rows.values_list("uid", flat=True))


def open_tasks(unit_uid: str) -> list[Task]:
    """Return the tasks a unit has not finished, oldest due first. One query."""
    rows = Task.objects.filter(unit=unit_uid, meeting__status=Meeting.Status.SEALED)
    return list(rows.open().order_by(F("due_on").asc(nulls_last=True), "uid"))


def noted_states(unit_uid: str) -> dict[str, str]:
    """Return what was noted of tasks for the meeting to come or under way, by task. One query."""
    rows = TaskReport.objects.filter(meeting__unit=unit_uid).exclude(state="")
    unsealed = rows.exclude(meeting__status=Meeting.Status.SEALED)
    return dict(unsealed.values_list("task_uid", "state"))


def waiting_matters(unit_uid: str) -> list[Matter]:
    """Return what waits for a unit's next meeting, oldest due first. One query."""
    return list(Matter.objects.waiting_for(unit_uid))
