"""How far a meeting has come: what an item still has, and when the meeting is expected to end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

WAITING, NOW = "waiting", "now"


@dataclass(frozen=True)
class Stretch:
    """One item, as far as time goes."""

    state: str  # waiting, now or done
    minutes: int  # planned
    seconds: int = 0  # spent, in stretches that have ended
    taken_up_at: datetime | None = None  # the last time


def spent(item: Stretch, now: datetime) -> timedelta:
    """Return the time spent on an item, the stretch under way with it; never less than nothing."""
    whole = timedelta(seconds=item.seconds)
    if item.state == NOW and item.taken_up_at is not None:
        whole += max(now - item.taken_up_at, timedelta())
    return whole


def left(item: Stretch, now: datetime) -> timedelta:
    """Return what an item still has of its minutes; negative once it runs over, none when done."""
    if item.state not in {WAITING, NOW}:
        return timedelta()
    return timedelta(minutes=item.minutes) - spent(item, now)


def expected_end(items: Iterable[Stretch], now: datetime) -> datetime:
    """Return when a meeting ends that goes on as planned: now, and what is left of every item.

    An item that runs over takes nothing from those behind it.
    """
    return now + sum((max(left(item, now), timedelta()) for item in items), timedelta())


def whole_minutes(length: timedelta) -> int:
    """Return a length in minutes, a minute begun counted whole; of one run over, those over."""
    return -int(-length // timedelta(minutes=1))
