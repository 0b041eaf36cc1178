"""Members, their posts, and the accounts one signs in with. All persons are made up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db.models import Model

from nenmong.accounts.models import User
from nenmong.config.demo.accounts import usernames
from nenmong.config.demo.chance import chance
from nenmong.config.demo.choices import FOUNDED, Choices
from nenmong.config.demo.names import Names
from nenmong.config.demo.packs import pack
from nenmong.config.demo.tree import BATCH, Cell, Tree
from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.org import access
from nenmong.org.models import (
    Administrator,
    Following,
    Member,
    Membership,
    MemberStatus,
    Post,
    Unit,
)

OFFICERS = ("secretary", "deputy", "scribe")
ACTING = ("secretary", "scribe")  # who does things at the meetings, so has an account
YOUNG, ALL_AGES, OLD, NEW = (27, 58), (32, 76), (76, 90), (21, 34)
RECENT = {MemberStatus.PROBATIONARY: 330, MemberStatus.TEMPORARY: 150}  # days on the roll at most


@dataclass
class Rows:
    """What is to be written, table by table."""

    users: list[User] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    followings: list[Following] = field(default_factory=list)
    administrators: list[Administrator] = field(default_factory=list)

    def write(self) -> None:
        tables: tuple[Sequence[Model], ...] = (
            self.users, self.members, self.memberships, self.posts, self.followings,
            self.administrators,
        )  # fmt: skip
        for rows in tables:
            if rows:
                type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)


@action
def enter_members(*, actor: Actor, tree: Tree, choices: Choices, password: str) -> None:
    """Write members, memberships, posts and accounts of all cells."""
    rows = Rows()
    hashed = make_password(password)
    begun: set[str] = set()  # communes whose first cell was entered
    for number, cell in enumerate(tree.cells, start=1):
        commune = cell.unit.parent
        assert commune is not None  # noqa: S101 -- every cell here stands under one
        first = commune.uid not in begun
        begun.add(commune.uid)
        _enter(rows, cell, number, choices, hashed, above=_above(cell, number, first=first))
    _follow(rows, tree)
    _enter_beyond(rows, tree, choices, hashed)
    rows.write()
    root = tree.units[0]
    audit.record(
        actor, "org.members_imported", root, unit_path=root.path, members=len(rows.members)
    )


def _above(cell: Cell, number: int, *, first: bool) -> list[tuple[str, str, str]]:
    """Return which posts above a cell's members hold: role, title, sign-in name."""
    posts = cell.said.get("above", ()) if cell.in_ward else pack("cells")["above"] if first else ()
    return [
        (post["role"], post["title"], post.get("username", "").format(number=number))
        for post in posts
    ]


def _follow(rows: Rows, tree: Tree) -> None:
    """Let who works at a commune follow its cells in turn: the direct superior's tier."""
    of_commune: dict[str, list[Member]] = {}
    for post in rows.posts:
        if post.role in {"head", "office"}:
            of_commune.setdefault(post.unit_id, []).append(post.member)
    turn: dict[str, int] = {}
    for cell in tree.cells:
        commune = str(cell.unit.parent_id)
        if people := of_commune.get(commune):
            turn[commune] = turn.get(commune, -1) + 1
            rows.followings.append(
                _following(people[turn[commune] % len(people)], cell.unit, Following.Tier.SUPERIOR)
            )


def _following(member: Member, unit: Unit, tier: str) -> Following:
    return Following(bucket=member.bucket, member=member, unit=unit, tier=tier, first_day=FOUNDED)


def _enter(
    rows: Rows,
    cell: Cell,
    number: int,
    choices: Choices,
    hashed: str,
    *,
    above: Sequence[tuple[str, str, str]],
) -> None:
    """Add one cell's persons: officers first, then who has an account or a post above, then all."""
    unit, said = cell.unit, cell.said
    rng = chance(choices.seed, "people", unit.path)
    names, titles = Names(rng), pack("cells")["titles"]
    accounts = said.get("accounts", {})
    roles = [
        (unit, role, titles[role], accounts.get(role, f"{role}-{number:02}" * (role in ACTING)))
        for role in (OFFICERS if cell.in_ward else OFFICERS[:2])
    ]
    commune = cell.unit.parent or unit
    for place in range(cell.committee):
        username = accounts.get("committee_member", "") if not place else ""
        roles.append((unit, "committee_member", titles["committee_member"], username))
    roles += [(commune, role, title, username) for role, title, username in above]
    roles += [(unit, role, "", accounts[role]) for role in ("member", "helper") if role in accounts]
    for place, status in enumerate(statuses(cell, rng)):
        member = Member(
            bucket=unit.bucket, full_name=names.new(), birth_year=_born(status, cell, choices, rng)
        )
        rows.members.append(member)
        rows.memberships.append(
            Membership(
                bucket=unit.bucket, member=member, unit=unit, status=status,
                first_day=_joined(status, choices, rng),
            )
        )  # fmt: skip
        if place < len(roles):
            where, role, title, username = roles[place]
            if title:
                rows.posts.append(_post(member, where, role, title))
            if username:
                _account(rows, member, username, hashed if username in usernames() else "")


def _enter_beyond(rows: Rows, tree: Tree, choices: Choices, hashed: str) -> None:
    """Add who works above the ward: at the province, the district, and the administrator.

    Their own cells lie outside the demo, so they stand on no roll of it.
    """
    names = Names(chance(choices.seed, "beyond"))
    by_code = {unit.code: unit for unit in tree.units}
    for said in pack("cells")["beyond"]:
        name, role = names.new(), said.get("role", "")
        member = Member(bucket=tree.ward.bucket, full_name=name)
        _account(rows, member, said["username"], hashed)
        if role == access.ADMINISTRATOR:
            rows.administrators.append(Administrator(user=member.user, first_day=FOUNDED))
            continue
        rows.members.append(member)
        if role:
            rows.posts.append(_post(member, by_code[said["at"]], role, said["title"]))
        for code in said.get("follows", ()):
            rows.followings.append(_following(member, by_code[code], Following.Tier.PROVINCE))


def statuses(cell: Cell, rng: Random) -> Iterator[MemberStatus]:
    """Yield the status of each of a cell's members, officials first."""
    given = cell.said.get("statuses")
    if given is None:
        old = 0 if cell.young else cell.members // rng.randint(8, 14)
        given = {"exempt": old, "probationary": rng.random() < 0.4}  # noqa: PLR2004 -- two of five
    others = [MemberStatus(name) for name, count in given.items() for _ in range(count)]
    yield from [MemberStatus.OFFICIAL] * (cell.members - len(others))
    yield from others


def _born(status: str, cell: Cell, choices: Choices, rng: Random) -> int:
    ages = {MemberStatus.EXEMPT: OLD, MemberStatus.PROBATIONARY: NEW}
    youngest, oldest = ages.get(MemberStatus(status), YOUNG if cell.young else ALL_AGES)
    return choices.day.year - rng.randint(youngest, oldest)


def _joined(status: MemberStatus, choices: Choices, rng: Random) -> date:
    if status not in RECENT:
        return FOUNDED
    return max(FOUNDED, choices.day - timedelta(days=rng.randint(60, RECENT[status])))


def _post(member: Member, unit: Unit, role: str, title: str) -> Post:
    return Post(
        bucket=member.bucket, member=member, unit=unit, role=role, title=title, first_day=FOUNDED
    )


def _account(rows: Rows, member: Member, username: str, hashed: str) -> None:
    """Give a member an account; without a hash it is one nobody can sign in to."""
    member.user = User(
        bucket=member.bucket, username=username, full_name=member.full_name,
        password=hashed or make_password(None),
    )  # fmt: skip
    rows.users.append(member.user)
