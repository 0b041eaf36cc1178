"""The one place that says who may: `scope` what exists for a person, `require` what they do.

Roles come from posts, memberships, following, administration and openings by exception in force
today; what each may stands in one table, named in the settings so that this capability need not
know the ones above it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import BigIntegerField, CharField, F, Q, Value
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.errors import NotAllowed
from nenmong.core.rules import read_uid, write_uid
from nenmong.org import rules
from nenmong.org.models import (
    ABOVE_GRASSROOTS,
    Administrator,
    Following,
    Membership,
    Opening,
    Post,
    Unit,
    UnitQuerySet,
    in_force,
)

OWN, BELOW = "own", "below"
# Roles that come from elsewhere than a post: from belonging to a cell, from following a unit, from
# keeping the installation, from an opening by exception.
MEMBER, VISITOR, ADMINISTRATOR, READER = "member", "visitor", "administrator", "reader"
# What a cell was before it was merged or split belongs to the cells it went on in: their members
# read its records, who keeps their papers its names sheets too.
HEIR, KEEPER = "heir", "keeper"
INHERITED = frozenset({HEIR, KEEPER})
NO_POST = frozenset({MEMBER, VISITOR, ADMINISTRATOR, READER}) | INHERITED
KEEPERS = ("secretary", "deputy")
EVERYWHERE = ""  # the path an administrator holds: above every root


@dataclass(frozen=True)
class Role:
    """What a post gives.

    `reach` is the unit where it is held, or everything under it too. `gives` are the posts its
    holder may give within that reach, `gives_below` those they may give strictly below their unit:
    nobody makes another their equal or their superior.
    """

    name: Any
    reach: str
    may: frozenset[str]
    gives: frozenset[str] = frozenset()
    gives_below: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Holding:
    """A role someone holds today, and where."""

    role: str
    unit_uid: str
    path: str
    kind: str = ""  # of the unit


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
    held = tuple(_held(actor.uid, day))
    actor._holdings = (day, held)  # type: ignore[attr-defined]
    return held


# Stand for a person and a day where the statement is made.
_SOMEONE, _SOME_DAY = 2**62, date(1, 1, 1)


def _held(user_uid: str, day: date) -> Iterator[Holding]:
    """Yield all that gives someone a role on `day`. One query, asked by every page."""
    sql, params = _statement(connection.vendor)
    given = {_SOMEONE: read_uid(user_uid), "day": connection.ops.adapt_datefield_value(day)}
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(param, param) for param in params])
        for role, unit, path, kind in cursor.fetchall():
            yield Holding(role, write_uid(unit), path, kind)


@lru_cache(maxsize=2)
def _statement(_vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of `_rows` and its parameters, made once.

    Django takes longer to write it than the database to answer it: 1.5 ms of every page.
    """
    sql, params = _rows(write_uid(_SOMEONE), _SOME_DAY).query.sql_with_params()
    some_day = connection.ops.adapt_datefield_value(_SOME_DAY)
    return sql, tuple("day" if param == some_day else param for param in params)


def _rows(user_uid: str, day: date) -> Any:
    """Return (role, unit, path, kind) of all that gives someone a role on `day`."""
    of_member = in_force(day) & Q(member__user_id=user_uid)

    def named(rows: Any, role: str) -> Any:
        labelled = rows.annotate(role_=Value(role, CharField()))
        return labelled.values_list("role_", "unit_id", "unit__path", "unit__kind")

    def inherited(rows: Any, role: str, via: str) -> Any:
        labelled = rows.filter(**{f"{via}__isnull": False}).annotate(role_=Value(role, CharField()))
        return labelled.values_list("role_", f"{via}_id", f"{via}__path", f"{via}__kind")

    before = "unit__predecessors__from_unit"
    longer_ago = f"{before}__predecessors__from_unit"  # a cell merged twice
    places = Membership.objects.filter(of_member)
    keeping = Post.objects.filter(of_member, role__in=KEEPERS)
    posts = Post.objects.filter(of_member).annotate(role_=F("role"))
    follows = Following.objects.filter(of_member, group_uid=None)
    openings = Opening.objects.filter(in_force(day), user_uid=user_uid, closed_at=None)
    keeps = Administrator.objects.filter(in_force(day), user_id=user_uid).annotate(
        role_=Value(ADMINISTRATOR, CharField()), unit_=Value(0, BigIntegerField()),
        path_=Value(EVERYWHERE, CharField()), kind_=Value("", CharField()),
    )  # fmt: skip
    return posts.values_list("role_", "unit_id", "unit__path", "unit__kind").union(
        named(places, MEMBER),
        *(inherited(places, HEIR, via) for via in (before, longer_ago)),
        *(inherited(keeping, KEEPER, via) for via in (before, longer_ago)),
        named(follows, VISITOR),
        named(openings, READER),
        keeps.values_list("role_", "unit_", "path_", "kind_"),
    )


def is_administrator(actor: Actor) -> bool:
    """Say whether `actor` keeps the installation today."""
    return any(held.role == ADMINISTRATOR for held in holdings(actor))


def may_somewhere(actor: Actor, permission: str) -> bool:
    """Say whether a role of `actor` allows this anywhere: for lists that belong to no unit."""
    return bool(getattr(actor, "is_program", False) or _grants(actor, permission))


def needs_second_factor(actor: Actor) -> bool:
    """Say whether a post of `actor` today asks for a second factor at sign-in.

    Those of the province and the district that reach below, and administrators.
    """
    table = roles()
    return any(
        held.role == ADMINISTRATOR
        or (held.kind in ABOVE_GRASSROOTS and held.role in table
            and held.role not in NO_POST and table[held.role].reach == BELOW)
        for held in holdings(actor)
    )  # fmt: skip


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
        if at == EVERYWHERE:
            return ~Q(pk__in=[])
        condition |= Q(**{path if reach == OWN else path + "__under": at})
    return condition or Q(pk__in=[])


def visible_units(actor: Actor, permission: str = "org.view_unit") -> UnitQuerySet:
    """Return the units that exist for `actor`."""
    return Unit.objects.filter(scope(actor, permission, path="path"))


def may(actor: Actor, permission: str, unit_path: str) -> bool:
    """Say whether `actor` may do this in the unit at `unit_path`. The program itself may."""
    if getattr(actor, "is_program", False):
        return True
    return any(_reaches(reach, at, unit_path) for reach, at in _grants(actor, permission))


def _reaches(reach: str, at: str, unit_path: str) -> bool:
    if at == EVERYWHERE:
        return True
    return unit_path == at if reach == OWN else rules.is_under(unit_path, at)


def givable(actor: Actor, unit_path: str) -> frozenset[str]:
    """Return the posts `actor` may give in the unit at a path; the program itself may give all."""
    table = roles()
    if getattr(actor, "is_program", False):
        return frozenset(table) - NO_POST
    found: set[str] = set()
    for held in holdings(actor):
        role = table.get(held.role)
        if role is None or not _reaches(role.reach, held.path, unit_path):
            continue
        found |= role.gives
        if unit_path != held.path:
            found |= role.gives_below
    return frozenset(found)


def require_givable(actor: Actor, role: str, unit_path: str, unit_name: str) -> None:
    """Refuse unless `actor` may give, or take, this post in the unit at a path.

    Raises:
        NotAllowed: `org.not_yours_to_give`.
    """
    if role not in givable(actor, unit_path):
        raise NotAllowed(
            "org.not_yours_to_give",
            _("You cannot give this post at %(unit)s. Ask the office of the committee above.")
            % {"unit": unit_name},
        )


def may_let_in(actor: Actor, person: Actor) -> bool:
    """Say whether `actor` may give another a way to sign in, or take it.

    Whoever lets another in could act as them. So it is theirs only where every right of the other
    is one they could give: an office lets in a cell's secretary, not a head who happens to be a
    member of that cell. Nobody does it for themselves.
    """
    if getattr(actor, "is_program", False):
        return True
    if actor.uid == person.uid:
        return False
    rights = holdings(person)
    if not rights:  # whoever has no right any more belongs nowhere: only the keeper knows them
        return may(actor, "accounts.restore", EVERYWHERE)
    return all(_lets_in(actor, held) for held in rights)


def _lets_in(actor: Actor, held: Holding) -> bool:
    if held.role == ADMINISTRATOR:
        return is_administrator(actor)
    if held.role in NO_POST:
        return may(actor, "accounts.restore", held.path)
    return held.role in givable(actor, held.path)


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
