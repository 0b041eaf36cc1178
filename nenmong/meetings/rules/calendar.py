"""Which month a meeting is of, and the day fixed for it."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date


def month_of(day: date) -> date:
    """Return the first day of the month of `day`."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after `month`."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def previous_month(month: date) -> date:
    """Return the first day of the month before `month`."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def fixed_day(month: date, day: int) -> date:
    """Return the fixed day in a month; where the month is shorter, its last day.

    Raises:
        ValueError: `day` lies outside 1..31.
    """
    if not 1 <= day <= 31:  # noqa: PLR2004 -- no month has more
        raise ValueError(f"day={day} is no day of a month")
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))


def next_due(*, today: date, day: int, taken: Collection[date]) -> date:
    """Return the fixed day of the next regular meeting to prepare.

    Args:
        today: the day it is.
        day: the day of the month that the committee has fixed.
        taken: first days of the months, from this one on, that have their regular meeting already.

    Behind the last meeting there is, the month after it is next: nobody is sent back to a month
    before. Where there is none, it is this month or the next, whose day is nearer: a cell that
    missed the 3rd still meets on the 10th for the same month, on the 28th it prepares the next.
    """
    if taken:
        return fixed_day(next_month(max(taken)), day)
    month = month_of(today)
    days = [fixed_day(month, day), fixed_day(next_month(month), day)]
    return min(days, key=lambda due: abs((due - today).days))


def span_of(month: date, every: int) -> tuple[date, date]:
    """Return the first months of the span of `every` months `month` lies in and of the one after.

    Spans are counted from January: of three months they are the quarters.

    Raises:
        ValueError: `every` does not divide a year.
    """
    if every < 1 or 12 % every:
        raise ValueError(f"every={every} does not divide a year")
    first = date(month.year, (month.month - 1) // every * every + 1, 1)
    last = first.month + every - 1
    return first, next_month(date(first.year, last, 1))


def is_last_of_span(month: date, every: int) -> bool:
    """Say whether a month is the last of its span, the last chance of a quarter."""
    return next_month(month_of(month)) == span_of(month, every)[1]
