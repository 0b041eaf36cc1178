"""Lists: a unit's meetings, its open tasks, what waits, and meetings across a subtree."""

from datetime import date

from django.db.models import F

from nenmong.core.audit import Actor
from nenmong.meetings.models import Matter, Meeting, Task, TaskReport
from nenmong.meetings.models.meeting import WORKING

PAGE = 100


def under_way(unit_uid: str) -> list[str]:
    """Return the uids of a unit's meetings that have begun and are not sealed. One query."""
    rows = Meeting.objects.of_unit(unit_uid).filter(status__in=WORKING)
    return list(rows.values_list("uid", flat=True))


def meetings_of(actor: Actor, unit_uid: str, limit: int = 24) -> list[Meeting]:
    """Return a unit's meetings that `actor` may see, the latest first. One query."""
    rows = Meeting.objects.visible_to(actor).of_unit(unit_uid)
    return list(rows.order_by("-month", "-uid")[:limit])


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


def in_subtree(actor: Actor, path: str, month: date, *, offset: int = 0) -> list[Meeting]:
    """Return up to 100 of a month's meetings under `path` that `actor` may see. One query."""
    rows = (
        Meeting.objects.visible_to(actor)
        .in_month(month)
        .filter(unit__path__under=path)
        .select_related("unit")
        .order_by("unit__path", "uid")
    )
    return list(rows[offset : offset + PAGE])
