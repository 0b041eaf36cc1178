"""The one clock: Vietnam's day, moved by the demo and by tests only."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from nenmong.core import clock

LATE = datetime(2026, 10, 2, 18, 30, tzinfo=UTC)  # 1:30 on the 3rd in Vietnam


def test_the_day_is_vietnam_s():
    with clock.at(LATE):
        assert clock.today() == date(2026, 10, 3)
        assert clock.local(clock.now()).hour == 1


def test_a_moved_clock_stands_still_and_comes_back():
    with clock.at(LATE):
        with clock.at(LATE + timedelta(days=1)):
            assert clock.today() == date(2026, 10, 4)
        assert clock.now() == LATE
    assert clock.now() != LATE


@time_machine.travel(LATE, tick=False)
def test_the_demo_s_day_keeps_the_hour(settings):
    settings.TODAY = date(2024, 2, 29)
    assert clock.today() == date(2024, 2, 29)
    assert clock.local(clock.now()).time() == time(1, 30)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (59, 0), (60, 1), (5999, 99)])
def test_minutes_are_whole(seconds, minutes):
    assert clock.minutes_between(LATE, LATE + timedelta(seconds=seconds)) == minutes


def test_an_hour_on_a_day_is_by_the_clock_on_the_wall():
    assert clock.at_hour(date(2026, 10, 3), time(19, 30)).astimezone(UTC).hour == 12
