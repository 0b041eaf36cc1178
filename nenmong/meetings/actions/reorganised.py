"""What becomes of a cell's meetings, matters and tasks when units are reorganised.

The organisation calls this by its settings (`nenmong.org.attached`), inside its own action.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet

from nenmong.core.actions import within_action
from nenmong.meetings.models import Matter, Meeting, Task
from nenmong.meetings.models.meeting import WORKING
from nenmong.org.attached import Hanging, Remembers
from nenmong.org.models import Reorganisation

BATCH = 500
OPEN = (Matter.State.WAITING, Matter.State.ON_AGENDA)


def _parts(uids: Collection[str]) -> Iterator[list[str]]:
    listed = sorted(uids)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]


def _matters(unit_uids: list[str]) -> QuerySet[Matter]:
    return Matter.objects.filter(unit__in=unit_uids, state__in=OPEN)


def _tasks(unit_uids: list[str]) -> QuerySet[Task]:
    return Task.objects.filter(unit__in=unit_uids).open()


def hanging(unit_uids: Collection[str], day: date) -> dict[str, Hanging]:
    """Return what is open in each of these units. Three queries for each 500."""
    found: dict[str, Hanging] = {}
    for part in _parts(unit_uids):
        matters, tasks = (
            dict(rows.order_by().values_list("unit_id").annotate(Count("uid")))
            for rows in (_matters(part), _tasks(part))
        )
        met = {
            unit: (planned, working, since)
            for unit, planned, working, since in Meeting.objects.filter(unit__in=part)
            .order_by()
            .values_list("unit_id")
            .annotate(
                planned=Count("uid", filter=Q(status=Meeting.Status.PLANNED)),
                working=Count("uid", filter=Q(status__in=WORKING)),
                since=Count("uid", filter=Q(held_on__gte=day)),
            )
        }
        for unit in part:
            planned, working, since = met.get(unit, (0, 0, 0))
            found[unit] = Hanging(
                matters.get(unit, 0), tasks.get(unit, 0), planned, working > 0, since > 0
            )
    return found


@within_action
def hand_over(heirs: Mapping[str, str], journal: Remembers) -> None:
    """Let open matters wait for the heir's next meeting, and open tasks be its tasks.

    A meeting that was only being prepared stays where it is and is never held; what stood on its
    agenda waits again.
    """
    by_heir: dict[str, list[str]] = {}
    for before, after in heirs.items():
        by_heir.setdefault(after, []).append(before)
    for after, befores in by_heir.items():
        for part in _parts(befores):
            for model, rows in ((Matter, _matters(part)), (Task, _tasks(part))):
                uids = list(rows.values_list("uid", flat=True))
                journal.before(model, uids)
                changed = {"state": Matter.State.WAITING} if model is Matter else {}
                for some in _parts(uids):
                    model._default_manager.filter(uid__in=some).update(unit=after, **changed)


def done_since(unit_uids: Collection[str], plan: Reorganisation) -> str | None:
    """Return a unit in which a meeting was planned or sealed behind the plan."""
    for part in _parts(unit_uids):
        since = Q(uid__gt=plan.uid) | Q(sealed_at__gte=plan.applied_at)
        rows = Meeting.objects.filter(since, unit__in=part)
        if found := rows.values_list("unit_id", flat=True).first():
            return found
    return None
