"""Which days are working days: the country's calendar, and what was set otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from nenmong.core.workdays import Workdays, named_days
from nenmong.core.workdays import workdays as calendar_of
from nenmong.rulebook.models import CalendarDay


def workdays() -> Workdays:
    """Return the calendar of working days. One query."""
    return calendar_of(frozenset(CalendarDay.objects.values_list("day", "works").order_by()))


def days_set() -> QuerySet[CalendarDay, tuple[str, bool]]:
    """Return what was set otherwise, each day as text: to be read along with another list."""
    rows = CalendarDay.objects.annotate(text=Cast("day", CharField(max_length=30)))
    return rows.order_by().values_list("text", "works")


def workdays_with(days: Iterable[tuple[str, bool]]) -> Workdays:
    """Return the calendar of working days with these set, as `days_set` reads them. No query."""
    return calendar_of(frozenset((date.fromisoformat(day), works) for day, works in days))


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
