"""Opinions as rows to look over: a desk's inbox, a list with filters, a cell's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Min, Q, QuerySet

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.core.workdays import Workdays
from nenmong.opinions.models import Answer, Opinion
from nenmong.opinions.models.opinion import OpinionQuerySet
from nenmong.opinions.queries.shown import Sized, hidden, shown_as
from nenmong.opinions.rules.states import ENDED, State
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook

PAGE = 100
MOST_ROWS = 10_000  # in one workbook
SOON = 2  # working days before its day a matter is due
COLUMNS = (
    "uid", "unit_id", "kind", "field", "text", "raised_on", "state", "desk_id", "desk__name",
    "since", "due_on", "verdict", "returned", "issue_uid", "ended_on", "handler_uid", "nudged",
)  # fmt: skip


class Row(NamedTuple):
    """One opinion as it is looked over. A tuple: a list of them is made often."""

    uid: str
    unit: str  # as it is shown to this person: see `shown.shown_as`
    kind: str
    field: str
    text: str
    raised_on: date
    state: str
    desk_uid: str
    desk: str
    since: date
    due_on: date | None
    left: int | None  # working days to its day; below zero: past it
    verdict: str
    returned: int
    issue_uid: str | None
    ended_on: date | None
    mine: bool
    nudged: int

    @property
    def open(self) -> bool:
        return self.state not in ENDED

    @property
    def late(self) -> bool:
        return self.left is not None and self.left < 0


def rows_of(
    actor: Actor, opinions: QuerySet[Opinion], days: Workdays, known: Iterable[Sized] = ()
) -> list[Row]:
    """Return opinions as rows. Two queries; one where all their cells are `known`."""
    today = clock.today()
    # Columns, not rows of the model: a list of a hundred is read often.
    found = list(opinions.values_list(*COLUMNS))
    shown = shown_as(actor, {columns[1] for columns in found}, known)
    rows = []
    for (uid, unit, kind, field, text, raised_on, state, desk_uid, desk, since, due_on, verdict,
         returned, issue, ended_on, handler, nudged) in found:  # fmt: skip
        # What lies with its cell lies with one that may be too small to be named.
        where = shown[unit] if desk_uid == unit else desk
        rows.append(
            Row(
                uid, shown[unit], kind, field, text, raised_on, state, desk_uid, where, since,
                due_on, left(due_on, today, days), verdict, returned, issue, ended_on,
                handler == actor.uid, nudged,
            )
        )  # fmt: skip
    return rows


def left(due_on: date | None, today: date, days: Workdays) -> int | None:
    """Return the working days to a day; below zero where it has passed."""
    if due_on is None:
        return None
    return days.between(today, due_on) if due_on >= today else -max(1, days.between(due_on, today))


# ── a desk ──────────────────────────────────────────────────────────────────────────────────

TABS = ("all", "late", "due", "mine", "waiting")
AWAITED = (State.ASKED, State.ROADMAP)


@dataclass(frozen=True)
class Inbox:
    """What lies on a desk."""

    rows: list[Row]
    counts: dict[str, int]  # by tab
    offset: int


def _of_tab(tab: str, actor: Actor, days: Workdays) -> Q:
    today = clock.today()
    return {
        "late": Q(due_on__lt=today, state__in=[State.WAITING, State.ACCEPTED]),
        "due": Q(
            due_on__gte=today, due_on__lte=days.after(today, SOON),
            state__in=[State.WAITING, State.ACCEPTED],
        ),
        "mine": Q(handler_uid=actor.uid),
        "waiting": Q(state__in=AWAITED),
    }.get(tab, Q())  # fmt: skip


def inbox(actor: Actor, desk: Unit, tab: str = "all", field: str = "", offset: int = 0) -> Inbox:
    """Return what lies on a desk, due first, and how much stands in each tab. Four queries."""
    days = rulebook.workdays()
    here = Opinion.objects.open().on_desk(desk.uid)
    if field:
        here = here.filter(field=field)
    counts = here.order_by().aggregate(
        **{name: Count("uid", filter=_of_tab(name, actor, days)) for name in TABS[1:]},
        all=Count("uid"),
    )
    rows = here.filter(_of_tab(tab, actor, days))[offset : offset + PAGE]
    return Inbox(rows_of(actor, rows, days), counts, offset)


# ── a subtree ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Filters:
    """What is asked of a list; the empty word and None ask nothing."""

    state: str = ""  # a state, or `open`, `late`, `not_solved`, `ended`
    kind: str = ""
    field: str = ""
    first: date | None = None  # raised from
    last: date | None = None  # raised up to
    text: str = ""


@dataclass(frozen=True)
class Listed:
    """A page of a list."""

    rows: list[Row]
    total: int
    offset: int


def of_filters(actor: Actor, unit: Unit, asked: Filters) -> OpinionQuerySet:
    """Return the opinions under a unit that `actor` may see and that fit."""
    if hidden(actor, unit):
        return Opinion.objects.none()
    seen = Opinion.objects.visible_to(actor).filter(unit__path__under=unit.path)
    match asked.state:
        case "open":
            seen = seen.open()
        case "late":
            seen = seen.filter(due_on__lt=clock.today(), state__in=[State.WAITING, State.ACCEPTED])
        case "not_solved":
            seen = seen.filter(returned__gt=0)
        case "ended":
            seen = seen.filter(state__in=ENDED)
        case state if state:
            seen = seen.filter(state=state)
    for name, value in (("kind", asked.kind), ("field", asked.field)):
        if value:
            seen = seen.filter(**{name: value})
    if asked.first:
        seen = seen.filter(raised_on__gte=asked.first)
    if asked.last:
        seen = seen.filter(raised_on__lte=asked.last)
    for word in fold(asked.text).split():
        seen = seen.filter(text_fold__contains=word)
    return seen


def listed(
    actor: Actor,
    unit: Unit,
    asked: Filters,
    offset: int = 0,
    *,
    days: Workdays | None = None,
    known: Iterable[Sized] = (),
) -> Listed:
    """Return a page of opinions under a unit, the latest first.

    Three queries, without the calendar and the cells where they are known; one more counts where
    there are more than a page.
    """
    seen = of_filters(actor, unit, asked)
    ordered = seen.order_by("-raised_on", "-uid")
    found = ordered[offset : offset + PAGE + 1]
    rows = rows_of(actor, found, days or rulebook.workdays(), known)
    goes_on = len(rows) > PAGE or (offset and not rows)
    return Listed(rows[:PAGE], seen.count() if goes_on else offset + len(rows), offset)


# ── a cell ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Figures:
    """How much a cell raised in a time; answered and solved are two figures."""

    raised: int
    answered: int
    solved: int
    first: date | None  # day on which the cell ever raised something


@dataclass(frozen=True)
class OfCell:
    """What became of what a cell said: three figures, what it is to do, what waits elsewhere."""

    raised: int  # since the first day of the year
    answered: int
    solved: int
    to_do: list[Row]  # with the cell: to send, to settle, to say more
    to_judge: list[Row]  # answered, for its next meeting
    elsewhere: list[Row]
    ended: list[Row]  # the last ones
    first: date | None = None


def figures(unit: Unit, since: date, until: date | None = None) -> Figures:
    """Return how much a cell raised from a day on, up to another. Two queries."""
    within = Q(raised_on__gte=since)
    answered = Q(opinion__raised_on__gte=since)
    if until:
        within &= Q(raised_on__lte=until)
        answered &= Q(opinion__raised_on__lte=until)
    found = Opinion.objects.filter(unit=unit).aggregate(
        raised=Count("uid", filter=within), first=Min("raised_on"),
        solved=Count("uid", filter=within & Q(verdict="solved")),
    )  # fmt: skip
    answers = Answer.objects.filter(answered, opinion__unit=unit, state=Answer.State.SIGNED)
    return Figures(answered=answers.values("opinion").distinct().count(), **found)


def of_cell(
    actor: Actor,
    unit: Unit,
    since: date | None = None,
    until: date | None = None,
    *,
    beyond: bool = False,
) -> OfCell:
    """Return what became of a cell's opinions. Five queries.

    Args:
        since: this year's first day where none is said; what is open is there, however old.
        until: of a time gone by: then only what was raised in it.
        beyond: for who does not belong to the cell: nothing that it has kept to itself.
    """
    since = since or clock.today().replace(month=1, day=1)
    own = Opinion.objects.filter(unit=unit)
    recent = (
        own.filter(raised_on__gte=since, raised_on__lte=until)
        if until
        else own.filter(Q(raised_on__gte=since) | ~Q(state__in=ENDED))
    )
    if beyond:
        recent = recent.filter(OpinionQuerySet.beyond())
    rows = rows_of(actor, recent.order_by("-raised_on", "-uid")[:300], rulebook.workdays())
    counted = figures(unit, since, until)
    return OfCell(
        raised=counted.raised, answered=counted.answered, solved=counted.solved,
        first=counted.first,
        to_do=[r for r in rows if _is_cells(r, unit)],
        to_judge=[r for r in rows if r.state == State.ANSWERED],
        elsewhere=[
            r for r in rows if r.open and r.state != State.ANSWERED and not _is_cells(r, unit)
        ],
        ended=[r for r in rows if not r.open],
    )  # fmt: skip


def _is_cells(row: Row, unit: Unit) -> bool:
    """Say whether the cell itself is to do something next."""
    here = row.desk_uid == unit.uid and row.state in {State.AT_CELL, State.ACCEPTED}
    return here or row.state == State.ASKED


# ── what is late below ──────────────────────────────────────────────────────────────────────

HELP, HEAD = 2, 3  # as far as it was told: see `actions.moving.NUDGES`


def late_below(actor: Actor, unit: Unit, step: int) -> list[Row]:
    """Return what is so late on desks under a unit that it has come to a step. Three queries.

    Args:
        step: `HELP` for the office above, `HEAD` for the head.
    """
    rows = Opinion.objects.open().filter(desk__path__under=unit.path, nudged__gte=step)
    return rows_of(actor, rows.order_by("due_on", "uid")[:PAGE], rulebook.workdays())
