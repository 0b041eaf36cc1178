"""How much waits for a person: with their cells, on their desks, for their signature."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.opinions import access
from nenmong.opinions.models import Answer, Opinion
from nenmong.opinions.queries.lists import SOON
from nenmong.opinions.rules.states import State
from nenmong.org import access as org
from nenmong.org.models import OFFICES, Unit
from nenmong.rulebook import queries as rulebook


@dataclass(frozen=True)
class CellWaits:
    """What waits for a cell: to be decided, to be said more of, to be read out."""

    to_decide: int = 0
    asked: int = 0
    to_judge: int = 0


@dataclass(frozen=True)
class DeskWaits:
    """What waits on a desk."""

    unit: Unit
    here: int
    due: int
    late: int
    to_sign: int  # for its head, on it and on the desks that work for it
    first_to_sign: str | None


def of_cells(units: Collection[Unit]) -> dict[str, CellWaits]:
    """Return what waits for each of these cells. One query."""
    states = {State.AT_CELL: "to_decide", State.ASKED: "asked", State.ANSWERED: "to_judge"}
    rows = Opinion.objects.filter(unit__in=units, state__in=states).order_by()
    found: dict[str, dict[str, int]] = {}
    counted = rows.values("unit", "state").annotate(count=Count("uid"))
    for unit, state, count in counted.values_list("unit", "state", "count"):
        found.setdefault(unit, {})[states[State(state)]] = count
    return {unit: CellWaits(**counts) for unit, counts in found.items()}


def on_desks(actor: Actor, units: Collection[Unit]) -> list[DeskWaits]:
    """Return what waits on the desks among these units that are `actor`'s. Two queries."""
    desks = [unit for unit in units if not unit.is_cell and org.may(actor, access.DESK, unit.path)]
    if not desks:
        return []
    signs = [unit.uid for unit in desks if org.may(actor, access.SIGN, unit.path)]
    today, days = clock.today(), rulebook.workdays()
    running = Q(state__in=[State.WAITING, State.ACCEPTED])
    to_sign = Answer.objects.filter(
        bucket=OuterRef("bucket"), opinion=OuterRef("pk"), desk=OuterRef("desk"),
        state=Answer.State.TO_SIGN,
    )  # fmt: skip
    signed_here = Q(desk__in=signs) | Q(desk__parent__in=signs, desk__kind__in=OFFICES)
    rows = Opinion.objects.open().filter(Q(desk__in=desks) | signed_here).order_by()
    counted = (
        rows.annotate(above=F("desk__parent"))
        .values("desk", "above")
        .annotate(
            here=Count("uid"),
            due=Count("uid", filter=running & Q(due_on__range=(today, days.after(today, SOON)))),
            late=Count("uid", filter=running & Q(due_on__lt=today)),
            to_sign=Count("uid", filter=Exists(to_sign)),
            first=Min("uid", filter=Exists(to_sign)),
        )
    )
    by_desk = {row["desk"]: row for row in counted}
    return [_waits(unit, by_desk, signs=unit.uid in signs) for unit in desks]


def _waits(unit: Unit, by_desk: Mapping[str, Mapping[str, Any]], *, signs: bool) -> DeskWaits:
    """Put together what lies on a desk, and what its head signs there and on desks beside it."""
    here = by_desk.get(unit.uid, {})
    signing = [
        row for row in by_desk.values()
        if signs and row["to_sign"] and unit.uid in {row["desk"], row["above"]}
    ]  # fmt: skip
    return DeskWaits(
        unit, here.get("here", 0), here.get("due", 0), here.get("late", 0),
        to_sign=sum(row["to_sign"] for row in signing),
        first_to_sign=min((row["first"] for row in signing), default=None),
    )  # fmt: skip
