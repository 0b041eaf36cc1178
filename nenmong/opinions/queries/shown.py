"""Under which name a cell's opinions stand beyond it: its own, or that of the committee above."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.opinions.access import RAISE
from nenmong.org import access
from nenmong.org.models import Membership, Unit, in_force
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.models import UnitRule

SMALL = "opinions.small_cell"


class Sized(NamedTuple):
    """What decides under which name a cell is shown. As `sized` reads it."""

    uid: str
    name: str
    path: str
    above: str | None  # name of its parent
    kind: str
    members: int
    ruled: bool  # some committee has set how few is few


def sized(units: QuerySet[Unit]) -> QuerySet[Unit, tuple[Any, ...]]:
    """Return the columns of `Sized` of these units."""
    today = clock.today()
    on_roll = (
        Membership.objects.filter(in_force(today), unit=OuterRef("pk"))
        .order_by()
        .values("unit")
        .annotate(count=Count("pk"))
        .values("count")
    )
    # Hardly a committee sets it: whose it is, is looked for only where one has.
    own_rules = UnitRule.objects.standing().filter(in_force(today), key=SMALL)
    return units.annotate(
        members=Coalesce(Subquery(on_roll, output_field=IntegerField()), 0),
        ruled=Exists(own_rules),
    ).values_list("uid", "name", "path", "parent__name", "kind", "members", "ruled")


def shown_as(
    actor: Actor, unit_uids: Collection[str], known: Iterable[Sized] = ()
) -> dict[str, str]:
    """Return, for each cell, the name under which its opinions are shown to `actor`.

    The cell itself sees its own name. Few members in a small cell could be told apart by what they
    say, so beyond it only the committee above is named. One query, none where all are known; one
    more where a committee has set how few is few.
    """
    wanted = set(unit_uids)
    rows = [one for one in known if one.uid in wanted]
    if missing := wanted - {one.uid for one in rows}:
        rows += map(Sized._make, sized(Unit.objects.filter(uid__in=missing)))
    own = _own_numbers(wanted) if any(one.ruled for one in rows) else {}
    country = rulebook.value(SMALL, clock.today())
    small = {one.uid for one in rows if one.members < (own.get(one.uid) or country)}
    belongs = access.reaching(actor, RAISE) if small else None
    return {
        one.uid: (one.above or one.name)
        if belongs and one.uid in small and not belongs(one.path)
        else one.name
        for one in rows
    }


def _own_numbers(unit_uids: Collection[str]) -> dict[str, int | None]:
    """Return for each unit the number that the nearest committee above it has set. One query."""
    units = Unit.objects.filter(uid__in=unit_uids)
    nearest = units.annotate(own_rule=rulebook.nearest(SMALL, clock.today()))
    return dict(nearest.values_list("uid", "own_rule"))


def shown(actor: Actor, unit: Unit) -> str:
    """Return the name under which one cell's opinions are shown to `actor`: see `shown_as`.

    No query for the cell itself, one for anybody else.
    """
    if access.may(actor, RAISE, unit.path):
        return unit.name
    return shown_as(actor, [unit.uid])[unit.uid]


def hidden(actor: Actor, unit: Unit) -> bool:
    """Say whether a cell is too small for its opinions to be listed for `actor` by themselves.

    One query for a cell, none for a committee.
    """
    return unit.is_cell and shown(actor, unit) != unit.name
