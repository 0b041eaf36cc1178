"""Which days are working days: the country's calendar, and what was set otherwise."""

from nenmong.core.workdays import Workdays
from nenmong.core.workdays import workdays as calendar_of
from nenmong.rulebook.models import CalendarDay


def workdays() -> Workdays:
    """Return the calendar of working days. One query."""
    return calendar_of(frozenset(CalendarDay.objects.values_list("day", "works")))
