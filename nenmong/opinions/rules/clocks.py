"""The clock of each desk an opinion lies on: working days, standing still while it waits.

A stay begins when the opinion comes to a desk and ends when it leaves. Stays follow each other
without a gap, so that their days add up to the working days since it was raised.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nenmong.core.workdays import Workdays

Pause = tuple[date, date | None]  # from, to; still standing where the second is None


@dataclass(frozen=True)
class Stay:
    """One stay on one desk, as the clock needs it."""

    arrived_on: date
    left_on: date | None = None
    pauses: Sequence[Pause] = ()


@dataclass(frozen=True)
class Clock:
    """How a clock stands: working days that ran, that stood, and those allowed (None: no limit)."""

    ran: int
    stood: int
    allowed: int | None = None
    standing: bool = False

    @property
    def over(self) -> int:
        """Working days past what is allowed; 0 in time."""
        return max(0, self.ran - self.allowed) if self.allowed is not None else 0


def read(stay: Stay, today: date, calendar: Workdays, allowed: int | None = None) -> Clock:
    """Return how the clock of a stay stands on a day."""
    end = stay.left_on or today
    stood = sum(
        calendar.between(start, min(stop or end, end)) for start, stop in stay.pauses if start < end
    )
    standing = stay.left_on is None and any(stop is None for _start, stop in stay.pauses)
    return Clock(calendar.between(stay.arrived_on, end) - stood, stood, allowed, standing)


def due(stay: Stay, today: date, calendar: Workdays, allowed: int) -> date:
    """Return the day by which `allowed` working days have run, if it stands still no more."""
    stood = read(stay, today, calendar).stood
    return calendar.after(stay.arrived_on, allowed + stood)


def total(stays: Iterable[Stay], today: date, calendar: Workdays) -> int:
    """Return the working days of all stays, running and standing."""
    clocks = [read(stay, today, calendar) for stay in stays]
    return sum(clock.ran + clock.stood for clock in clocks)


def late_steps(
    due_on: date, calendar: Workdays, *, before: int, help_: int, head: int
) -> list[date]:
    """Return the days on which a desk is reminded, helped by the office above, the head told."""
    remind = due_on
    for _step in range(before):
        remind = _working_day_before(remind, calendar)
    return [remind, calendar.after(due_on, help_), calendar.after(due_on, head)]


def _working_day_before(day: date, calendar: Workdays) -> date:
    day = date.fromordinal(day.toordinal() - 1)
    while not calendar.works(day):
        day = date.fromordinal(day.toordinal() - 1)
    return day
