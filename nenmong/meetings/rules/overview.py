"""How a meeting stands, in one word for lists and calendars; the days of a month as weeks."""

from datetime import date, timedelta

from nenmong.meetings.rules import calendar

# In the order they are offered to choose from.
STATES = (
    "planned", "postponed", "late", "open", "held", "sealed", "filed", "cancelled",
)  # fmt: skip


def state(*, status: str, day: date, today: date, moved: bool, filed: bool) -> str:
    """Return how a meeting stands, one of `STATES`.

    Args:
        status: as it is kept.
        day: on which it is to be held.
        today: the day it is.
        moved: it was put off to another day.
        filed: its documents were filed.
    """
    if status == "sealed":
        return "filed" if filed else "sealed"
    if status != "planned":
        return status
    if day < today:
        return "late"
    return "postponed" if moved else "planned"


def weeks(month: date) -> list[list[date]]:
    """Return the days of a month in whole weeks from Monday, those of its neighbours too."""
    first = month - timedelta(days=month.weekday())
    after = calendar.next_month(month)
    found = []
    while first < after:
        found.append([first + timedelta(days=number) for number in range(7)])
        first += timedelta(days=7)
    return found


def months_back(month: date, count: int) -> date:
    """Return the first day of the month `count` months before `month`."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of the months from `first` to `last`, both counted."""
    found = []
    while first <= last:
        found.append(first)
        first = calendar.next_month(first)
    return found
