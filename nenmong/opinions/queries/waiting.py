"""How much waits for a person: with their cells, on their desks, for their signature."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q

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
    found: dict[str, list[tuple[int, int, int, int, str | None]]] = {}
    counted = rows.values_list("desk", "desk__parent").annotate(
        here=Count("uid"),
        due=Count("uid", filter=running & Q(due_on__range=(today, days.after(today, SOON)))),
        late=Count("uid", filter=running & Q(due_on__lt=today)),
        to_sign=Count("uid", filter=Exists(to_sign)),
        first=Min("uid", filter=Exists(to_sign)),
    )
    for desk, above, *counts in counted:
        found.setdefault(desk, []).append(tuple(counts))
        if above in signs:
            found.setdefault(above, []).append((0, 0, 0, *counts[3:]))
    waits = []
    for unit in desks:
        parts = found.get(unit.uid, [])
        here, due, late, signing = (sum(part[n] for part in parts) for n in range(4))
        firsts = [part[4] for part in parts if part[4]]
        mine = unit.uid in signs
        waits.append(
            DeskWaits(
                unit, here, due, late, signing if mine else 0,
                min(firsts, default=None) if mine else None,
            )
        )  # fmt: skip
    return waits
