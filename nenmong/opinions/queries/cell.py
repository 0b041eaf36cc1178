"""What became of what a cell said, for its own page, with what the answers and the clocks say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.opinions.access import RAISE
from nenmong.opinions.models import Answer, DeskStay
from nenmong.opinions.queries.lists import Row, of_cell
from nenmong.opinions.queries.shown import hidden
from nenmong.opinions.rules import clocks
from nenmong.opinions.rules.clocks import Clock
from nenmong.opinions.rules.states import State
from nenmong.org import access as org
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook


@dataclass(frozen=True)
class Line:
    """One opinion of a cell, with the answer that counts now and the clock of its desk."""

    row: Row
    answer: Answer | None
    clock: Clock | None


@dataclass(frozen=True)
class Course:
    """A year of a cell's opinions, by what comes next."""

    year: int
    raised: int
    answered: int
    solved: int
    to_decide: list[Line]  # does the cell settle it itself, or send it up?
    to_do: list[Line]  # it settles it itself, or is asked for more
    to_judge: list[Line]
    elsewhere: list[Line]
    ended: list[Line]
    older: list[int]  # years before, the last first
    small: bool  # too few members to be named beyond the cell

    @property
    def now(self) -> bool:
        return self.year == clock.today().year


def belongs(actor: Actor, unit: Unit) -> bool:
    """Say whether a cell's opinions are `actor`'s own: of it, or of a cell it went on in."""
    inherited = any(
        held.unit_uid == unit.uid and held.role in org.INHERITED for held in org.holdings(actor)
    )
    return inherited or org.may(actor, RAISE, unit.path)


def course(actor: Actor, unit: Unit, year: int) -> Course:
    """Return what became of what a cell said in a year; open ones of before with this year's.

    Nine queries at most.
    """
    today = clock.today()
    until = None if year >= today.year else date(year, 12, 31)
    own = belongs(actor, unit)
    found = of_cell(actor, unit, date(year, 1, 1), until, beyond=not own)
    rows = [*found.to_do, *found.to_judge, *found.elsewhere, *found.ended]
    answers = _answers(row.uid for row in rows)
    ran = _clocks([row.uid for row in found.elsewhere], today) if found.elsewhere else {}

    def lines(some: Iterable[Row]) -> list[Line]:
        return [Line(row, answers.get(row.uid), ran.get(row.uid)) for row in some]

    first = found.first.year if found.first else year
    return Course(
        year, found.raised, found.answered, found.solved,
        to_decide=lines(row for row in found.to_do if row.state == State.AT_CELL),
        to_do=lines(row for row in found.to_do if row.state != State.AT_CELL),
        to_judge=lines(found.to_judge), elsewhere=lines(found.elsewhere),
        ended=lines(found.ended),
        older=[one for one in range(today.year, first - 1, -1) if one != year],
        small=not own and hidden(actor, unit),
    )  # fmt: skip


def _answers(opinion_uids: Iterable[str]) -> dict[str, Answer]:
    """Return the last signed answer to each. One query."""
    rows = Answer.objects.filter(opinion__in=list(opinion_uids), state=Answer.State.SIGNED)
    return {row.opinion_id: row for row in rows.select_related("desk").order_by("uid")}


def _clocks(opinion_uids: list[str], today: date) -> dict[str, Clock]:
    """Return the clock of the desk each lies on. Two queries."""
    days = rulebook.workdays()
    rows = DeskStay.objects.filter(opinion__in=opinion_uids, left_on=None)
    return {
        stay.opinion_id: clocks.read(
            stay.for_clock, today, days,
            stay.answer_days if stay.accepted_on else stay.accept_days,
        )
        for stay in rows
    }  # fmt: skip
