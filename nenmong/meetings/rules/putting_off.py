"""When moving a meeting takes a reason and someone's agreement, and how far it may go."""

from datetime import date

FARTHEST = 31  # days from the day fixed: into the month before or the next, no further


def asks_reason(*, day: date, was: date, fixed: date, notified: bool, monthly: bool) -> bool:
    """Say whether moving a meeting to `day` is more than setting its hour.

    The day that members were told is not changed silently, nor is the day fixed by the committee;
    another hour or place on the same day is, and coming back to the fixed day before it was told.

    Args:
        day: the day it is to be held on.
        was: the day it stands on.
        fixed: the day fixed for it.
        notified: members have been told of the day it stands on.
        monthly: it is a regular meeting, whose day the committee has fixed.
    """
    if day == was:
        return False
    return notified or (monthly and day != fixed)


def too_far(*, day: date, fixed: date) -> bool:
    """Say whether a day is no longer one for the meeting of the day fixed."""
    return abs((day - fixed).days) > FARTHEST
