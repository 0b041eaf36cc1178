"""The form in which a document is sent: what is offered, what was chosen, what it asks of cells."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count
from django.http import QueryDict

from nenmong.core import clock
from nenmong.directives.models import Directive
from nenmong.directives.queries.targets import QUOTA, To, load_for, load_of, targets
from nenmong.directives.rules import bulletins
from nenmong.directives.rules.load import MEASURES, KindLoad, Load, month_for
from nenmong.directives.rules.reach import Level
from nenmong.org.models import Post, Unit, in_force
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.rules import Rule

MONTHS = 6  # offered, from this one on
MOST_PICKED = 150  # boxes on a page; more are not picked one by one
FIXED_DAY = "meetings.regular.fixed_day"


@dataclass(frozen=True)
class Offer:
    """One level that can be chosen: how many units it has, and they by name where they are few."""

    level: str
    count: int
    units: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Offered:
    """All that the form offers."""

    levels: list[Offer]
    cell_kinds: list[tuple[str, int]]  # (code, cells)
    months: list[date]
    month: date  # the one whose meetings come next


@dataclass
class Typed:
    """The form as it was filled in."""

    to: To
    month: date
    words: str = ""
    over_why: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """Whom the form reaches, and what the month asks of each kind of cell then."""

    units: int
    rows: list[KindLoad]
    quota: Load
    rules: dict[str, Rule]

    @property
    def over(self) -> int:
        return sum(row.over for row in self.rows)

    @property
    def cells(self) -> int:
        return sum(row.cells for row in self.rows)

    @property
    def tight(self) -> list[str]:
        """The measures by which somebody is over quota."""
        return [name for name in MEASURES if any(name in row.tightest for row in self.rows)]


def offered(unit: Unit) -> Offered:
    """Return what a unit may choose from. Seven queries at most."""
    counts = {level.value: targets(unit, To(level.value)).count() for level in Level}
    levels = [name for name, count in counts.items() if count]
    direct = Level.DIRECT.value
    others = {counts[name] for name in levels if name != direct}
    if direct in levels and counts[direct] in others:  # the same units under another name
        levels.remove(direct)
    kinds = targets(unit, To()).order_by().values("cell_kind").annotate(cells=Count("uid"))
    today = clock.today()
    fixed_day = int(rulebook.book_now(unit, today).value(FIXED_DAY))
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append(bulletins.following(months[-1]))
    return Offered(
        levels=[Offer(name, counts[name], _few(unit, name, counts[name])) for name in levels],
        cell_kinds=sorted(kinds.values_list("cell_kind", "cells"), key=lambda row: -row[1]),
        months=months, month=month_for(today, fixed_day),
    )  # fmt: skip


def _few(unit: Unit, level: str, count: int) -> list[tuple[str, str]]:
    if not 1 < count <= MOST_PICKED:
        return []
    return list(targets(unit, To(level)).values_list("uid", "name"))


def first(form: Offered) -> Typed:
    """Return the form as it is opened: the level nearest to the sender, passed on from there."""
    levels = [offer.level for offer in form.levels]
    level = Level.GRASSROOTS.value if Level.GRASSROOTS in levels else Level.CELLS.value
    return Typed(To(level, pass_on=level != Level.CELLS), form.month)


def read(post: QueryDict, form: Offered) -> Typed:
    """Return the form as it came; what was not offered is not chosen."""
    level = post.get("level", "")
    offer = next((one for one in form.levels if one.level == level), None)
    kinds = {code for code, _cells in form.cell_kinds}
    known = {uid for uid, _name in offer.units} if offer else set()
    months = {month.isoformat(): month for month in form.months}
    return Typed(
        To(
            level,
            tuple(code for code in post.getlist("kinds") if code in kinds)
            if level == Level.CELLS else (),
            tuple(uid for uid in dict.fromkeys(post.getlist(f"picked-{level}")) if uid in known),
            pass_on=bool(post.get("pass_on")) and level != Level.CELLS,
        ),
        months.get(post.get("month", ""), form.month),
        post.get("words", ""), post.get("over_why", ""),
    )  # fmt: skip


def found(one: Directive, unit: Unit, typed: Typed) -> Found:
    """Return whom a form reaches and what the month asks of them. Seven queries."""
    if typed.to.level not in set(Level):
        return Found(0, [], Load(), {})
    rows, quota = load_of(unit, typed.to, typed.month, load_for(one), one.uid)
    book = rulebook.book_now(unit, typed.month)
    rules = {name: book.rule(QUOTA + name) for name in MEASURES}
    return Found(targets(unit, typed.to).count(), rows, quota, rules)


def heads(unit: Unit) -> list[str]:
    """Return the names of who may let more be sent than the quota. One query."""
    posts = Post.objects.filter(in_force(clock.today()), unit=unit, role="head")
    return list(posts.values_list("member__full_name", flat=True))
