"""What the pages of the organisation show, each list in a constant number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from nenmong.accounts.models import User
from nenmong.core import clock
from nenmong.core.rules import fold
from nenmong.org import rules
from nenmong.org.models import (
    Following,
    Member,
    Membership,
    MemberStatus,
    Opening,
    PartyGroup,
    Post,
    Unit,
    UnitSuccession,
    UnitVersion,
    in_force,
)


@dataclass(frozen=True)
class MemberRow:
    """A member on a cell's roll on a day."""

    uid: str
    name: str
    status: str
    group: str
    titles: tuple[str, ...]

    @property
    def due(self) -> bool:
        return rules.is_due(self.status)

    @property
    def status_name(self) -> str:
        return str(MemberStatus(self.status).label)


def members_on(unit: Unit, day: date) -> list[MemberRow]:
    """Return a cell's members on `day` in the order of given names. Two queries, three with groups.

    Columns, not rows of the models: a large cell's list is read often.
    """
    roll = Membership.objects.on(day).filter(unit=unit).order_by("member__name_key", "member_id")
    rows = list(roll.values_list("member_id", "member__full_name", "status", "group_uid"))
    groups: dict[str | None, str] = {}
    if any(row[3] for row in rows):
        groups |= dict(PartyGroup.objects.filter(unit=unit).values_list("uid", "name"))
    titles: dict[str, list[str]] = {}
    held = Post.objects.filter(in_force(day), unit=unit).exclude(title="")
    for member, title in held.values_list("member_id", "title"):
        titles.setdefault(member, []).append(title)
    return [
        MemberRow(uid, name, status, groups.get(group, ""), tuple(titles.get(uid, ())))
        for uid, name, status, group in rows
    ]


def posts_ever(unit: Unit) -> list[Post]:
    """Return the posts of a unit, those in force first, then the latest. One query."""
    rows = Post.objects.filter(unit=unit).select_related("member")
    return sorted(rows, key=lambda row: (row.last_day is not None, -row.first_day.toordinal()))


def followings_ever(unit: Unit) -> list[Following]:
    """Return who follows or followed a unit, those in force first, then the latest. One query."""
    rows = Following.objects.filter(unit=unit).select_related("member")
    return sorted(rows, key=lambda row: (row.last_day is not None, -row.first_day.toordinal()))


def post_candidates(unit: Unit) -> models.QuerySet[Member]:
    """Return whom a post here may be given to.

    In a cell its members; in a committee the members of the cells under it, and who holds a post
    in it: so the first post of a committee has somebody to go to.
    """
    if unit.is_cell:
        return Member.objects.filter(today_in("memberships"), memberships__unit=unit).distinct()
    today = in_force(clock.today())
    below = Membership.objects.filter(
        today, unit__path__under=unit.path, bucket=OuterRef("bucket"), member=OuterRef("pk")
    )
    here = Post.objects.filter(today, unit=unit, bucket=OuterRef("bucket"), member=OuterRef("pk"))
    return Member.objects.filter(Exists(below) | Exists(here))


def people_at(unit: Unit, name: str) -> list[tuple[str, str]]:
    """Return (uid, name) of whom a post here may be given to, at most 100. One query.

    Of those whose name holds `name`.
    """
    rows = post_candidates(unit).filter(name_fold__contains=fold(name))
    return [(row.uid, row.full_name) for row in rows.order_by("name_key", "uid")[:100]]


def follower_candidates(unit: Unit, *, groups: bool = False) -> models.QuerySet[Member]:
    """Return who may follow a unit: who holds a post above it; its groups, in the cell too."""
    line = rules.lineage(unit.path)[: -1 if unit.is_cell and not groups else None]
    return Member.objects.filter(today_in("posts"), posts__unit__path__in=line).distinct()


def today_in(rows: str) -> Q:
    """Return the condition that a dated row of a member holds today."""
    return in_force(clock.today(), f"{rows}__")


def people_above(unit: Unit, *, groups: bool = False) -> list[tuple[str, str]]:
    """Return (uid, name) of who may follow a unit, at most 500. One query."""
    rows = follower_candidates(unit, groups=groups).order_by("name_key")[:500]
    return [(row.uid, row.full_name) for row in rows]


@dataclass(frozen=True)
class OpeningRow:
    """A unit's records opened to one person by exception."""

    opening: Opening
    person: str
    opened_by: str
    open: bool


def openings_of(unit: Unit, day: date) -> list[OpeningRow]:
    """Return the openings of a unit, the latest first, with who and by whom. Two queries."""
    rows = list(Opening.objects.filter(unit=unit).order_by("-opened_at")[:50])
    uids = {uid for row in rows for uid in (row.user_uid, row.opened_by_uid)}
    names = dict(User.objects.filter(uid__in=uids).values_list("uid", "full_name"))
    return [
        OpeningRow(
            row, names.get(row.user_uid, ""), names.get(row.opened_by_uid, ""),
            row.closed_at is None and row.first_day <= day <= row.last_day,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class UnitSheet:
    """A unit on a day; `version` is None where it did not exist then."""

    version: UnitVersion | None
    under: list[UnitVersion]
    versions: list[UnitVersion]
    before: list[UnitSuccession]
    after: list[UnitSuccession]
    openings: list[Opening]


def unit_sheet(unit: Unit, day: date) -> UnitSheet:
    """Return what a unit was on `day`. Six queries."""
    versions = list(unit.versions.select_related("parent").order_by("-first_day"))
    now = next((v for v in versions if v.first_day <= day and (v.last_day or day) >= day), None)
    under = UnitVersion.objects.filter(in_force(day), parent=unit).order_by("path")
    return UnitSheet(
        version=now,
        under=list(under.select_related("unit")),
        versions=versions,
        before=list(unit.predecessors.select_related("from_unit").order_by("day", "uid")),
        after=list(unit.successors.select_related("to_unit").order_by("day", "uid")),
        openings=list(
            Opening.objects.filter(in_force(day), unit=unit, closed_at=None).order_by("uid")
        ),
    )
