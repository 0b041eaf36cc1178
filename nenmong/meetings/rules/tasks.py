"""When a task is reported, and how a committee is called among those who do one."""

from datetime import date

# As they stand in minutes and resolutions, which are Vietnamese whatever language the page is in.
CELL_COMMITTEE, COMMITTEE = "Chi ủy", "Cấp ủy"
FIRST_TIME = 1


def reporting_month(*, month: date, day: int, due: date | None) -> date:
    """Return the first day of the month whose meeting hears what became of a task.

    A cell meets on a fixed day of the month: this meeting's day is taken for it. A task is reported
    at the first meeting on or after its due day, at the soonest at the next one.

    Args:
        month: of the meeting that gives the task, its first day.
        day: of the month, on which that meeting is held.
        due: the day by which the task is to be done, where there is one.
    """
    following = next_month(month)
    if due is None:
        return following
    reported = due.replace(day=1)
    if due.day > day:
        reported = next_month(reported)
    return max(reported, following)


def next_month(month: date) -> date:
    """Return the first day of the month after; the last month there is stays itself."""
    if (month.year, month.month) == (date.max.year, 12):
        return month
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def committee_name(*, is_cell: bool) -> str:
    """Return how the committee of a unit is called as the owner of a task."""
    return CELL_COMMITTEE if is_cell else COMMITTEE
