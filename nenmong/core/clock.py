"""What time it is. The demo and the tests may move it; nothing else reads the machine's clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

__all__ = ["UTC", "at", "at_hour", "local", "minutes_between", "now", "today"]

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """Return this moment, aware. Under `NENMONG_TODAY` the day is that one, the hour is real."""
    if moved := _moved.get():
        return moved
    real = timezone.now()
    if settings.TODAY is None:
        return real
    local = timezone.localtime(real)
    return local + (settings.TODAY - local.date())


def today() -> date:
    """Return the day it is in Vietnam."""
    return timezone.localtime(now()).date()


def local(moment: datetime) -> datetime:
    """Return `moment` as the clock on the wall shows it."""
    zone = timezone.get_default_timezone()  # no page has a zone of its own
    return moment if moment.tzinfo is zone else timezone.localtime(moment, zone)


def at_hour(day: date, hour: time) -> datetime:
    """Return the aware moment of `hour` on `day`, by the clock on the wall."""
    return timezone.make_aware(datetime.combine(day, hour))


def minutes_between(start: datetime, end: datetime) -> int:
    """Return whole minutes from `start` to `end`; what a minute's part is worth is not counted."""
    return int((end - start) / timedelta(minutes=1))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Make `now()` answer `moment` inside the block: to build a believable past, and for tests."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)
