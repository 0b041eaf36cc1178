"""Bulletins of a committee against the days they are to be out; its own office sees them late."""

from dataclasses import dataclass
from datetime import date

from nenmong.directives.models import Directive
from nenmong.directives.rules import bulletins
from nenmong.directives.rules.states import State
from nenmong.org.models import ABOVE_GRASSROOTS, Unit
from nenmong.rulebook import queries as rulebook

BULLETIN_DAY = "directives.bulletin_day"


@dataclass(frozen=True)
class Expected:
    """A bulletin that is to be out, or is: of which month or quarter, by which day."""

    kind: str
    for_month: date
    due_on: date
    one: Directive | None  # as a draft, or as it was issued
    late: bool

    @property
    def draft(self) -> Directive | None:
        return self.one if self.one and self.one.is_draft else None

    @property
    def issued_on(self) -> date | None:
        return self.one.issued_on if self.one else None


def expected_of(unit: Unit, today: date) -> list[Expected]:
    """Return the monthly and thematic bulletins that are next or just out, the earliest first.

    Of the topmost committee alone: those below add their own words when they pass one on. Two
    queries. Who may see that one is late is who works there: ask before.
    """
    if unit.parent_id is not None or unit.kind not in ABOVE_GRASSROOTS:
        return []
    day = int(rulebook.book_now(unit, today).value(BULLETIN_DAY))
    expected = bulletins.expected(today, day)
    rows = (
        Directive.objects.filter(
            issuer=unit,
            kind__in={row.kind for row in expected},
            for_month__in={row.for_month for row in expected},
        )
        .exclude(state__in=[State.DROPPED, State.WITHDRAWN])
        .defer("text", "gist", "search_fold")
    )
    there = {(one.kind, one.for_month): one for one in rows}
    found = []
    for row in expected:
        one = there.get((row.kind, row.for_month))
        issued_on = one.issued_on if one else None
        late = bulletins.is_late(row.due_on, issued_on, today)
        found.append(Expected(row.kind, row.for_month, row.due_on, one, late))
    return found


def to_come(unit: Unit, today: date) -> list[Expected]:
    """Return those of `expected_of` that are not out yet."""
    return [row for row in expected_of(unit, today) if row.issued_on is None]
