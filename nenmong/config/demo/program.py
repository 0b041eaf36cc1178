"""What a cell has had before it, day by day: regular meetings, those not held, and others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from nenmong.config.demo.choices import Choices
from nenmong.config.demo.habits import Temper
from nenmong.core import tet
from nenmong.meetings.rules import calendar
from nenmong.rulebook import queries as rulebook

FIXED_DAY = "meetings.regular.fixed_day"
SATURDAY, SUNDAY = 5, 6
RECENT = 2  # regular meetings told by the actions of real life; older ones are written in bulk
WEEK = timedelta(days=7)
POSTPONED = (3, 8)  # by how many days
CANCELLED = 0.5  # of the months without a meeting; in the others nobody even planned one
AHEAD = range(3, 12)  # in how many days the meeting shown half prepared is due
LAST_FIXED = 28  # every month has this day
AT_TET = 0.6  # of the meetings whose day lies close to Tết are put off
REGULAR, EXTRAORDINARY = "regular", "extraordinary"
CANCELLED_ONE, POSTPONED_ONE = "cancelled", "postponed"


@dataclass(frozen=True, order=True)
class Due:
    """One meeting that was due: its day, the month it is of, and what became of it."""

    day: date
    month: date
    what: str = REGULAR


def meeting_day(month: date, said: Mapping[str, Any]) -> date:
    """Return the day a cell meets in a month: its fixed one, off Tết and off weekends."""
    usual = rulebook.value(FIXED_DAY, month)
    day = calendar.fixed_day(month, said.get("fixed", usual)) + timedelta(days=said["offset"])
    if first := tet.first_day(day):
        day = tet.day_after(first)
    if said.get("workday"):
        day += timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))
    return day


def near_tet(day: date) -> date | None:
    """Return the first day of the lunar year where a day lies close to it, else None."""
    first = tet.FIRST_DAYS.get(day.year)
    return first if first and abs(day - first) <= WEEK else None


def soon(today: date) -> int:
    """Return the day of the month on which a cell whose meeting is due within days meets."""
    days = (today + timedelta(days=ahead) for ahead in AHEAD)
    return next(day.day for day in days if day.day <= LAST_FIXED and not tet.first_day(day))


def days_of(said: Mapping[str, Any], choices: Choices) -> tuple[list[date], date]:
    """Return the days a cell has met on, oldest first, and the day it meets next."""
    held, coming = months_of(said, choices)
    return [due.day for due in held], coming.day


def months_of(said: Mapping[str, Any], choices: Choices) -> tuple[list[Due], Due]:
    """Return the regular meetings a cell has had, oldest first, and the one it has next."""
    due: list[Due] = []
    month = choices.first_month
    while not due or due[-1].day < choices.day:
        due.append(Due(meeting_day(month, said), month))
        month = calendar.next_month(month)
    past = due[:-1]
    if said.get("late"):
        past = past[:-1]
    return past[max(0, len(past) - choices.months) :], due[-1]


def became(
    due: Due, said: Mapping[str, Any], temper: Temper, rng: Random, today: date
) -> Due | None:
    """Return what became of a regular meeting: held on its day or later, cancelled, never planned.

    Some months pass without, some are late.
    """
    events = said.get("events", ())
    off = next((e["what"] for e in events if ago(today, e["ago"]) == due.month), "")
    if off == CANCELLED_ONE:
        return Due(due.day, due.month, CANCELLED_ONE)
    if off != POSTPONED_ONE and rng.random() < temper.missed:
        never = rng.random() >= CANCELLED
        return None if never else Due(due.day, due.month, CANCELLED_ONE)
    first = near_tet(due.day)
    if off == POSTPONED_ONE or rng.random() < (AT_TET if first else temper.postponed):
        begins = max(due.day, tet.day_after(first)) if first else due.day
        later = begins + timedelta(days=rng.randint(*POSTPONED))
        return Due(later, due.month) if later < today and later.month == due.day.month else due
    return due


def others(said: Mapping[str, Any], choices: Choices) -> list[Due]:
    """Return the meetings beside the regular ones that are told of a cell; which day is open."""
    found = []
    for event in said.get("events", ()):
        if event["what"] != EXTRAORDINARY:
            continue
        month = ago(choices.day, event["ago"])
        found.append(Due(month, month, event["what"]))
    return found


def ago(today: date, months: int) -> date:
    """Return the first day of the month that lies `months` before today's."""
    number = today.year * 12 + today.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def clear_of(days: list[date], month: date) -> date | None:
    """Return a day of a month that lies a week from each of `days`; None where none does."""
    wished = (month.replace(day=number) for number in (20, 17, 23, 26, 14, 11))
    return next((day for day in wished if all(abs(day - other) >= WEEK for other in days)), None)
