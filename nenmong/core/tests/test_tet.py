"""Tết against the moon itself: each day of the table is that of a new moon by Vietnam's clock."""

from datetime import date, timedelta
from math import floor, radians, sin

import pytest

from nenmong.core import tet


def new_moon(k):
    """Return the day, at UTC+7, of the k-th new moon since 1900 (Meeus; Hồ Ngọc Đức's form)."""
    t = k / 1236.85
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    m = 359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3
    mpr = 306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3
    f = 21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3
    terms = [
        (0.1734 - 0.000393 * t, m), (0.0021, 2 * m), (-0.4068, mpr), (0.0161, 2 * mpr),
        (-0.0004, 3 * mpr), (0.0104, 2 * f), (-0.0051, m + mpr), (-0.0074, m - mpr),
        (0.0004, 2 * f + m), (-0.0004, 2 * f - m), (-0.0006, 2 * f + mpr),
        (0.0010, 2 * f - mpr), (0.0005, m + 2 * mpr),
    ]  # fmt: skip
    periodic = sum(size * sin(radians(angle)) for size, angle in terms)
    delta = -0.000278 + 0.000265 * t + 0.000262 * t**2
    julian = floor(mean + periodic - delta + 0.5 + 7 / 24)
    return date(1970, 1, 1) + timedelta(days=julian - 2440588)


MOONS = {new_moon(k) for k in range(1400, 1700)}


def test_each_first_day_is_that_of_the_new_moon_of_its_season():
    for year, first in tet.FIRST_DAYS.items():
        in_season = [m for m in MOONS if date(year, 1, 21) <= m <= date(year, 2, 19)]
        assert in_season == [first]


def test_the_table_has_no_gap():
    assert sorted(tet.FIRST_DAYS) == list(range(2015, 2036))


@pytest.mark.parametrize(
    ("day", "within"),
    [
        (date(2026, 2, 15), False), (date(2026, 2, 16), True), (date(2026, 2, 17), True),
        (date(2026, 2, 20), True), (date(2026, 2, 21), False), (date(2060, 2, 2), False),
    ],
)  # fmt: skip
def test_the_days_of_tet(day, within):
    assert tet.first_day(day) == (date(2026, 2, 17) if within else None)


def test_the_day_after_is_a_working_day_outside_tet():
    assert tet.day_after(date(2026, 2, 17)) == date(2026, 2, 23)
    for first in tet.FIRST_DAYS.values():
        after = tet.day_after(first)
        assert after.weekday() < 5
        assert tet.first_day(after) is None
        assert (after - first).days <= 6
