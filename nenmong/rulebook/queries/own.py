"""What units have set: the history of one, and whom a change touches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nenmong.org.models import CELLS, Unit, in_force
from nenmong.rulebook.models import UnitRule

NAMED = 20


@dataclass(frozen=True)
class Touched:
    """The cells that a rule of a unit holds for: those where nobody nearer has set it."""

    count: int
    names: Sequence[str]  # the first ones, in the order of the tree
    nearer: Sequence[str]  # units below that have set their own


def touched(unit: Unit, key: str, on: date) -> Touched:
    """Return whom a rule that `unit` sets or ends on a day holds for. Three queries."""
    rows = UnitRule.objects.filter(in_force(on), key=key, unit__path__under=unit.path)
    nearer = list(rows.exclude(unit=unit).values_list("unit__path", "unit__name"))
    elsewhere = Q(pk__in=[])
    for path, _name in nearer:
        elsewhere |= Q(path__under=path)
    cells = Unit.objects.filter(path__under=unit.path, kind__in=CELLS, last_day=None)
    held = cells.exclude(elsewhere).order_by("path")
    return Touched(
        count=held.count(),
        names=list(held.values_list("name", flat=True)[:NAMED]),
        nearer=sorted(name for _path, name in nearer),
    )


@dataclass(frozen=True)
class History:
    """A rule that a unit set, with the days it held."""

    row: UnitRule
    holds: bool
    to_come: bool


def history(unit: Unit, today: date) -> list[History]:
    """Return all rules a unit ever set, the latest first. One query."""
    rows = UnitRule.objects.filter(unit=unit).order_by("-first_day", "key")
    return [
        History(
            row, row.first_day <= today and (row.last_day is None or row.last_day >= today),
            row.first_day > today,
        )
        for row in rows
    ]  # fmt: skip
