"""Reads of the organisation, as of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import get_language

from nenmong.accounts.models import User
from nenmong.core.models import AuditEntry
from nenmong.org import rules
from nenmong.org.models import (
    GRASSROOTS,
    CellKind,
    Member,
    Membership,
    MemberStatus,
    PartyGroup,
    Post,
    Reorganisation,
    Unit,
    UnitSuccession,
    UnitVersion,
    in_force,
)
from nenmong.org.queries.accounts import (
    AccountRow,
    SignIn,
    account_counts,
    accounts_named,
    keepers,
    roots,
    sign_in,
)
from nenmong.org.queries.groups import GroupRow, groups_of
from nenmong.org.queries.lists import (
    MemberRow,
    OpeningRow,
    UnitSheet,
    followings_ever,
    members_on,
    openings_of,
    people_above,
    people_at,
    posts_ever,
    unit_sheet,
)
from nenmong.org.rules.kinds import Kind, overlaid

__all__ = [
    "AccountRow", "GroupRow", "Held", "Joined", "MemberRow", "OpeningRow", "RollEntry", "SignIn",
    "UnitSheet", "account_counts", "accounts_named", "cell_kind_choices", "cell_kind_name",
    "cell_kinds", "followings_ever", "grassroots_of", "groups_of", "heirs", "holder", "keepers",
    "member_of", "members_on", "openings_of", "people_above", "people_at", "plans_below",
    "post_title", "posts", "posts_ever", "predecessors", "roll", "roots", "seats",
    "secretaries", "sign_in",
    "unit_sheet", "version_on",
]  # fmt: skip


def cell_kinds() -> dict[str, Kind]:
    """Return all kinds of cell by code, as the office has changed the built-in list. One query."""
    rows = CellKind.objects.order_by("code").values_list("code", "name_vi", "name_en", "retired")
    return overlaid(Kind(*row) for row in rows)


def cell_kind_choices() -> list[tuple[str, str]]:
    """Return (code, name) of the kinds a cell may be given today. One query."""
    language = get_language() or "vi"
    return [(code, kind.name(language)) for code, kind in cell_kinds().items() if not kind.retired]


def cell_kind_name(code: str) -> str:
    """Return what a kind of cell is called in the language in use; "" for none. One query."""
    kind = cell_kinds().get(code)
    return kind.name(get_language() or "vi") if kind else ""


@dataclass(frozen=True)
class RollEntry:
    """One person on a cell's roll on a day; `due` says whether they count as due at its meeting."""

    member_uid: str
    name: str
    name_key: str
    status: str
    group: str = ""  # of the party group, its name

    @property
    def due(self) -> bool:
        return rules.is_due(self.status)


def roll(unit_uid: str, day: date) -> list[RollEntry]:
    """Return a cell's roll on `day` in the order of given names. Two queries at most."""
    rows = (
        Membership.objects.on(day)
        .filter(unit=unit_uid)
        .order_by("member__name_key", "member_id")
        .values_list("member_id", "member__full_name", "member__name_key", "status", "group_uid")
    )
    found = list(rows)
    groups: dict[str | None, str] = {}
    if any(row[-1] for row in found):
        groups |= dict(PartyGroup.objects.filter(unit=unit_uid).values_list("uid", "name"))
    return [
        RollEntry(uid, name, key, status, groups.get(group, ""))
        for uid, name, key, status, group in found
    ]


def seats(unit_uid: str, day: date, roles: Iterable[str]) -> list[RollEntry]:
    """Return who holds one of these posts in a unit on `day`, each once, by given name. One query.

    Whoever sits on a committee is due at its meetings whatever their standing in their own cell.
    """
    rows = (
        Post.objects.filter(in_force(day), unit=unit_uid, role__in=list(roles))
        .order_by("member__name_key", "member_id")
        .values_list("member_id", "member__full_name", "member__name_key")
        .distinct()
    )
    return [RollEntry(*row, MemberStatus.OFFICIAL) for row in rows]


def version_on(unit_uid: str, day: date) -> UnitVersion | None:
    """Return a unit as it was on `day`, with its parent; None when it did not exist. One query."""
    return UnitVersion.objects.filter(in_force(day), unit=unit_uid).select_related("parent").first()


def grassroots_of(unit: Unit) -> Unit:
    """Return the grassroots organisation a unit stands in: the nearest one above, else itself.

    One query; none where it is the unit, or its parent read along with it.
    """
    for near in (unit, unit._state.fields_cache.get("parent")):
        if near is not None and near.kind in GRASSROOTS:
            return near
    above = Unit.objects.filter(path__in=rules.lineage(unit.path), kind__in=GRASSROOTS)
    return above.order_by("-path").first() or unit


@dataclass(frozen=True)
class Held:
    """A post someone holds in a unit on a day."""

    role: str
    member_uid: str
    title: str


def posts(unit_uid: str, day: date) -> list[Held]:
    """Return the posts held in a unit on `day`, the longest first. One query."""
    rows = Post.objects.filter(in_force(day), unit=unit_uid).order_by("first_day", "uid")
    return [Held(*row) for row in rows.values_list("role", "member_id", "title")]


def holder(held: Iterable[Held], role: str) -> str | None:
    """Return who of `held` has a role, the longest first; None when nobody has it."""
    return next((post.member_uid for post in held if post.role == role), None)


def post_title(held: Iterable[Held], member_uid: str) -> str:
    """Return a member's latest title among `held`; one without a title hides none."""
    titles = [post.title for post in held if post.member_uid == member_uid and post.title]
    return titles[-1] if titles else ""


def secretaries(unit_uids: Iterable[str], day: date) -> dict[str, tuple[str, str]]:
    """Return, for each unit, its secretary's name and number, as far as known. One query."""
    rows = Post.objects.filter(in_force(day), unit_id__in=list(unit_uids), role="secretary")
    called = rows.order_by("-first_day").values_list(
        "unit_id", "member__full_name", "member__phone"
    )
    return {unit: (name, phone) for unit, name, phone in called}


def member_of(user_uid: str) -> tuple[str, str] | None:
    """Return (member uid, unit uid) of the person who signs in with this account, if a member."""
    return (
        Membership.objects.filter(member__user=user_uid, last_day=None)
        .values_list("member_id", "unit_id")
        .first()
    )


def users_of(member_uids: Iterable[str]) -> list[User]:
    """Return the accounts of these members that can sign in, in their order. Two queries."""
    order = list(dict.fromkeys(member_uids))
    rows = Member.objects.filter(uid__in=order).exclude(user=None)
    accounts = dict(rows.values_list("uid", "user_id"))
    users = User.objects.in_bulk(list(accounts.values()))
    found = [users[accounts[uid]] for uid in order if uid in accounts]
    return [user for user in found if user.is_active]


@dataclass(frozen=True)
class Joined:
    """A unit that ended and went on in another, entered at the moment `since`."""

    unit_uid: str
    since: datetime


def predecessors(unit_uids: Iterable[str] | None = None) -> dict[str, list[Joined]]:
    """Return what went on in each of these units (all: None), in the order of uids. One query."""
    rows = UnitSuccession.objects.order_by("from_unit_id")
    if unit_uids is not None:
        rows = rows.filter(to_unit__in=list(unit_uids))
    found: dict[str, list[Joined]] = defaultdict(list)
    for to, before, since in rows.values_list("to_unit_id", "from_unit_id", "since"):
        found[to].append(Joined(before, since))
    return dict(found)


def heirs(unit_uid: str) -> set[str]:
    """Return all units this one went on in, those these went on in too. One query a step."""
    found: set[str] = set()
    now = {unit_uid}
    while now:
        rows = UnitSuccession.objects.filter(from_unit__in=now)
        now = set(rows.values_list("to_unit_id", flat=True)) - found
        found |= now
    return found


def plans_below(unit: Unit) -> QuerySet[Reorganisation]:
    """Return the plans that changed a unit under this one, the latest first. Two queries."""
    told = AuditEntry.objects.filter(
        verb="org.unit_reorganised", unit_path__gte=unit.path,
        unit_path__lt=rules.next_sibling(unit.path),
    )  # fmt: skip
    uids = list(told.values_list("detail__plan", flat=True).distinct())
    return Reorganisation.objects.filter(uid__in=uids).order_by("-applied_at", "-uid")
