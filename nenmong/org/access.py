"""The one place that says who may: `scope` what exists for a person, `require` what they do.

Roles come from posts, memberships, following, administration and openings by exception in force
today; what each may stands in one table, named in the settings so that this capability need not
know the ones above it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    OFFICES,
    Administrator,
    Following,
    Membership,
    Opening,
    Post,
    Unit,
    UnitQuerySet,
    UnitSuccession,
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
    nobody makes another their equal or their superior. `here` is allowed only in the unit where the
    role is held, however far it reaches.
    """

    name: Any
    reach: str
    may: frozenset[str]
    gives: frozenset[str] = frozenset()
    gives_below: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()


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
    held = tuple(_held(actor.uid, by=day, until=day))
    actor._holdings = (day, held)  # type: ignore[attr-defined]
    return held


def from_now_on(actor: Actor) -> tuple[Holding, ...]:
    """Return the roles someone holds today or on a day to come, as far as it is known. One query.

    Whoever is let in today can wait: a post that begins tomorrow counts for who may let them in.
    """
    return tuple(_held(actor.uid, by=date.max, until=clock.today()))


# Stand for a person and two days where the statement is made.
_SOMEONE, _BY, _UNTIL = 2**62, date(1, 1, 1), date(1, 1, 2)


def _held(user_uid: str, *, by: date, until: date) -> Iterator[Holding]:
    """Yield all that gives someone a role and began by one day, and has not ended before another.

    One query, asked by every page.
    """
    sql, params = _statement(connection.vendor)
    adapt = connection.ops.adapt_datefield_value
    given = {_SOMEONE: read_uid(user_uid), "by": adapt(by), "until": adapt(until)}
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(param, param) for param in params])
        rows = cursor.fetchall()
    held = [Holding(role, write_uid(unit), path, kind) for role, unit, path, kind in rows]
    yield from (one for one in held if one.role != HEIR)
    yield from _inherited(held)


@lru_cache(maxsize=2)
def _statement(_vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of `_rows` and its parameters, made once.

    Django takes longer to write it than the database to answer it: 1.5 ms of every page.
    """
    sql, params = _rows(write_uid(_SOMEONE)).query.sql_with_params()
    adapt = connection.ops.adapt_datefield_value
    days = {adapt(_BY): "by", adapt(_UNTIL): "until"}
    return sql, tuple(days.get(param, param) for param in params)


def _inherited(held: list[Holding]) -> Iterator[Holding]:
    """Yield what comes from cells that went on in the person's own; a query a step where any did.

    A row of the statement names, as kind, the path of the unit the old one went on in.
    """
    keeps = {one.path for one in held if one.role in KEEPERS}
    found = {one.unit_uid: one.path for one in held if one.role == HEIR}
    keeper = any(one.kind in keeps for one in held if one.role == HEIR)
    role = KEEPER if keeper else HEIR
    step = set(found)
    while step:
        yield from (Holding(role, uid, found[uid]) for uid in sorted(step))
        rows = UnitSuccession.objects.filter(to_unit__in=step)
        older = dict(rows.values_list("from_unit_id", "from_unit__path"))
        step = older.keys() - found.keys()
        found |= older


def _rows(user_uid: str) -> Any:
    """Return (role, unit, path, kind) of all that gives someone a role."""
    holds = Q(first_day__lte=_BY) & (Q(last_day=None) | Q(last_day__gte=_UNTIL))
    of_member = holds & Q(member__user_id=user_uid)

    def named(rows: Any, role: str, *columns: str) -> Any:
        labelled = rows.annotate(role_=Value(role, CharField()))
        return labelled.values_list("role_", *(columns or ("unit_id", "unit__path", "unit__kind")))

    before = "unit__predecessors__from_unit"
    places = Membership.objects.filter(of_member)
    merged = places.filter(**{f"{before}__isnull": False})
    posts = Post.objects.filter(of_member).annotate(role_=F("role"))
    follows = Following.objects.filter(of_member, group_uid=None)
    openings = Opening.objects.filter(holds, user_uid=user_uid, closed_at=None)
    keeps = Administrator.objects.filter(holds, user_id=user_uid).annotate(
        role_=Value(ADMINISTRATOR, CharField()), unit_=Value(0, BigIntegerField()),
        path_=Value(EVERYWHERE, CharField()), kind_=Value("", CharField()),
    )  # fmt: skip
    return posts.values_list("role_", "unit_id", "unit__path", "unit__kind").union(
        # Two rows that say the same do no harm: the database need not look for them.
        named(places, MEMBER),
        named(merged, HEIR, f"{before}_id", f"{before}__path", "unit__path"),
        named(follows, VISITOR),
        named(openings, READER),
        keeps.values_list("role_", "unit_", "path_", "kind_"),
        all=True,
    )


def is_administrator(actor: Actor) -> bool:
    """Say whether `actor` keeps the installation today."""
    return any(held.role == ADMINISTRATOR for held in holdings(actor))


def may_somewhere(actor: Actor, permission: str) -> bool:
    """Say whether a role of `actor` allows this anywhere: for lists that belong to no unit."""
    return bool(getattr(actor, "is_program", False) or _grants(actor, permission))


def needs_second_factor(actor: Actor) -> bool:
    """Say whether a post of `actor` today asks for a second factor at sign-in."""
    return asks_for_second_factor(holdings(actor))


def asks_for_second_factor(held: Iterable[Holding]) -> bool:
    """Say whether one of these asks for it: posts of province and district, their boards too."""
    posts = [one for one in held if one.role not in NO_POST or one.role == ADMINISTRATOR]
    if any(one.role == ADMINISTRATOR or one.kind in ABOVE_GRASSROOTS for one in posts):
        return True
    boards = [one.unit_uid for one in posts if one.kind in OFFICES]
    if not boards:
        return False
    return Unit.objects.filter(uid__in=boards, parent__kind__in=ABOVE_GRASSROOTS).exists()


def _grants(actor: Actor, permission: str) -> list[tuple[str, str]]:
    """Return (reach, path) of each holding of `actor` whose role allows `permission`."""
    table = roles()
    found = []
    for held in holdings(actor):
        if (role := table.get(held.role)) is None:
            continue
        if permission in role.may:
            found.append((role.reach, held.path))
        elif permission in role.here:
            found.append((OWN, held.path))
    return found


def reaches_alike(actor: Actor, one: str, other: str) -> bool:
    """Say whether `actor` has both permissions in the very same places."""
    return _grants(actor, one) == _grants(actor, other)


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
    return reaching(actor, permission)(unit_path)


def reaching(actor: Actor, permission: str) -> Callable[[str], bool]:
    """Return what says of a unit's path whether `actor` may do this there: for lists of units."""
    if getattr(actor, "is_program", False):
        return lambda _path: True
    grants = _grants(actor, permission)
    return lambda path: any(_reaches(reach, at, path) for reach, at in grants)


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
    rights = from_now_on(person)
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
