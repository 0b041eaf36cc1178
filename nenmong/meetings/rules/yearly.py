"""The plan of a year: in which stretches of it a thematic topic is asked for and none stands."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 12
FORTNIGHT = 14  # days


@dataclass(frozen=True)
class Stretch:
    """Some months of a year, the first and the last; a quarter where they are three."""

    first: date
    last: date

    @property
    def quarter(self) -> int:
        """The number of the quarter, 0 where it is none."""
        of_three = self.last.month - self.first.month == 2  # noqa: PLR2004 -- months
        return self.last.month // 3 if of_three else 0


def stretches(year: int, every_months: int) -> list[Stretch]:
    """Return the stretches of a year that each ask for a topic; the last may be shorter.

    Raises:
        ValueError: `every_months` lies outside 1..12.
    """
    if not 1 <= every_months <= MONTHS:
        raise ValueError(f"{every_months=} is no part of a year")
    return [
        Stretch(date(year, first, 1), date(year, min(first + every_months - 1, MONTHS), 1))
        for first in range(1, MONTHS + 1, every_months)
    ]


def day_for(month: date, regular_day: int, today: date) -> date | None:
    """Return a day to propose for a thematic meeting of a month: two weeks behind the regular one.

    The last day of the month where that is later; a week from today where it has passed. None where
    the month is over by then: whoever plans says the day.
    """
    last = monthrange(month.year, month.month)[1]
    day = month.replace(day=min(regular_day + FORTNIGHT, last))
    if day <= today:
        day = today + timedelta(days=FORTNIGHT // 2)
    return day if (day.year, day.month) == (month.year, month.month) else None


def without(year: int, every_months: int, months: Collection[date]) -> list[Stretch]:
    """Return the stretches in whose months no topic stands."""
    return [
        stretch
        for stretch in stretches(year, every_months)
        if not any(stretch.first <= month <= stretch.last for month in months)
    ]
