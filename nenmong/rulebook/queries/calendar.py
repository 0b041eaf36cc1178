"""Which days are working days: the country's calendar, and what was set otherwise."""

from dataclasses import dataclass
from datetime import date

from nenmong.core.workdays import Workdays, named_days
from nenmong.core.workdays import workdays as calendar_of
from nenmong.rulebook.models import CalendarDay


def workdays() -> Workdays:
    """Return the calendar of working days. One query."""
    return calendar_of(frozenset(CalendarDay.objects.values_list("day", "works")))


@dataclass(frozen=True)
class YearDay:
    """A day of a year that is no plain working day or week-end."""

    day: date
    name: str
    works: bool
    ours: bool  # set by a board, otherwise than the country's calendar


def year_days(year: int, language: str) -> list[YearDay]:
    """Return the days of a year that are set apart, by the country or by a board. One query."""
    found = {
        day: YearDay(day, name, works, False) for day, name, works in named_days(year, language)
    }
    for row in CalendarDay.objects.filter(day__year=year):
        found[row.day] = YearDay(row.day, row.name, row.works, True)
    return [found[day] for day in sorted(found)]
