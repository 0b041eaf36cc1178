"""What units have set: the history of one, and whom a change touches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists

from nenmong.org.models import CELLS, Unit, in_force
from nenmong.rulebook.models import UnitRule
from nenmong.rulebook.queries.books import line_of

NAMED = 20


@dataclass(frozen=True)
class Touched:
    """The cells that a rule of a unit holds for: those where nobody nearer has set it."""

    count: int
    names: Sequence[str]  # the first ones, in the order of the tree
    nearer: Sequence[str]  # the first units below that have set their own


def touched(unit: Unit, key: str, on: date) -> Touched:
    """Return whom a rule that `unit` sets or ends on a day holds for. Three queries."""
    rows = UnitRule.objects.standing().filter(in_force(on), key=key)
    nearer = rows.filter(unit__path__under=unit.path).exclude(unit=unit)
    cells = Unit.objects.filter(path__under=unit.path, kind__in=CELLS, last_day=None)
    own = nearer.filter(unit__path__in=line_of("path"))
    held = cells.filter(~Exists(own)).order_by("path")
    names = nearer.order_by("unit__path").values_list("unit__name", flat=True)
    return Touched(
        count=held.count(),
        names=list(held.values_list("name", flat=True)[:NAMED]),
        nearer=list(names[:NAMED]),
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
            row,
            holds=row.withdrawn_at is None and row.first_day <= today <= (row.last_day or today),
            to_come=row.withdrawn_at is None and row.first_day > today,
        )
        for row in rows
    ]  # fmt: skip
