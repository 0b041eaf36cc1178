"""The one place that says who may: `scope` what exists for a person, `require` what they do.

Roles come from posts and memberships in force today; what each may stands in one table, named in
the settings so that this capability need not know the ones above it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import F, Q, Value
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.errors import NotAllowed
from nenmong.org import rules
from nenmong.org.models import Membership, Post, Unit, UnitQuerySet, in_force

OWN, BELOW = "own", "below"
MEMBER = "member"  # the role that comes from belonging to a cell, not from a post


@dataclass(frozen=True)
class Role:
    """What a post gives: `reach` is the unit where it is held, or everything under it too."""

    name: Any
    reach: str
    may: frozenset[str]


@dataclass(frozen=True)
class Holding:
    """A role someone holds today, and where."""

    role: str
    unit_uid: str
    path: str


@lru_cache(maxsize=1)
def roles() -> Mapping[str, Role]:
    """Return the table of roles."""
    table: Mapping[str, Role] = import_string(settings.NENMONG_ROLES)
    return table


def holdings(actor: Actor) -> tuple[Holding, ...]:
    """Return the roles `actor` holds today. One query a request: kept on the person signed in."""
    day = clock.today()
    kept: tuple[Any, tuple[Holding, ...]] | None = getattr(actor, "_holdings", None)
    if kept and kept[0] == day:
        return kept[1]
    here = in_force(day) & Q(member__user_id=actor.uid)
    columns = ("role", "unit_id", "unit__path")
    posts = Post.objects.filter(here).values_list(*columns)
    member = (
        Membership.objects.filter(here)
        .annotate(role=Value(MEMBER), path=F("unit__path"))
        .values_list("role", "unit_id", "path")
    )
    held = tuple(Holding(*row) for row in posts.union(member))
    actor._holdings = (day, held)  # type: ignore[attr-defined]
    return held


def _grants(actor: Actor, permission: str) -> list[tuple[str, str]]:
    """Return (reach, path) of each holding of `actor` whose role allows `permission`."""
    table = roles()
    return [
        (table[held.role].reach, held.path)
        for held in holdings(actor)
        if held.role in table and permission in table[held.role].may
    ]


def scope(actor: Actor, permission: str, *, path: str) -> Q:
    """Return the condition on the column `path` under which a row exists for `actor`."""
    condition = Q()
    for reach, at in _grants(actor, permission):
        condition |= Q(**{path if reach == OWN else path + "__under": at})
    return condition or Q(pk__in=[])


def visible_units(actor: Actor, permission: str = "org.view_unit") -> UnitQuerySet:
    """Return the units that exist for `actor`."""
    return Unit.objects.filter(scope(actor, permission, path="path"))


def may(actor: Actor, permission: str, unit_path: str) -> bool:
    """Say whether `actor` may do this in the unit at `unit_path`. The program itself may."""
    if getattr(actor, "is_program", False):
        return True
    return any(
        unit_path == at if reach == OWN else rules.is_under(unit_path, at)
        for reach, at in _grants(actor, permission)
    )


def require(actor: Actor, permission: str, unit: Unit) -> None:
    """Refuse unless `actor` may do this in `unit`.

    Raises:
        NotAllowed: `access.denied`.
    """
    if not may(actor, permission, unit.path):
        raise NotAllowed(
            "access.denied",
            _("You may not do this for %(unit)s. Ask its secretary to grant you the right.")
            % {"unit": unit.name},
        )
