"""When bulletins are due: the monthly one before its month, the thematic one before its quarter.

Source: 37-HD/BTGDVTW, 19/11/2025: out on the 15th of the month before; the thematic one in the last
week of the quarter's third month.
"""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_A_QUARTER = 3


@dataclass(frozen=True)
class Due:
    """A bulletin that is to be out: of which month or quarter (its first day), by which day."""

    kind: str  # of `kinds`
    for_month: date
    due_on: date


def previous(month: date) -> date:
    """Return the first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def following(month: date) -> date:
    """Return the first day of the month behind."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def quarter_of(day: date) -> date:
    """Return the first day of the quarter a day lies in."""
    return day.replace(month=(day.month - 1) // MONTHS_A_QUARTER * MONTHS_A_QUARTER + 1, day=1)


def monthly_due(for_month: date, day: int) -> date:
    """Return by when the bulletin of a month is out: on `day` (1 to 28) of the month before."""
    return previous(for_month).replace(day=day)


def thematic_due(for_quarter: date) -> date:
    """Return by when the thematic bulletin of a quarter is out.

    On the last day of the month before it, the end of that month's last week.
    """
    return for_quarter - timedelta(days=1)


def expected(today: date, day: int) -> list[Due]:
    """Return the bulletins that are next: of the coming month, of this one, of the coming quarter.

    Args:
        day: of the month on which the monthly one is out, 1 to 28.
    """
    month = today.replace(day=1)
    coming = following(month)
    quarter = quarter_of(today)
    next_quarter = following(following(following(quarter)))
    rows = [
        Due("bulletin", month, monthly_due(month, day)),
        Due("bulletin", coming, monthly_due(coming, day)),
        Due("thematic_bulletin", quarter, thematic_due(quarter)),
        Due("thematic_bulletin", next_quarter, thematic_due(next_quarter)),
    ]
    return sorted(rows, key=lambda row: (row.due_on, row.kind))


def is_late(due_on: date, issued_on: date | None, today: date) -> bool:
    """Say whether a bulletin was, or is, late for its day."""
    return (issued_on or today) > due_on
