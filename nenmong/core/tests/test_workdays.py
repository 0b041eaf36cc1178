"""Working days: what the country keeps, what is set otherwise, and that spans add up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core.workdays import Workdays, workdays

days = st.dates(date(2016, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(("day", "works"), [
    (date(2026, 11, 23), True),
    (date(2026, 11, 21), False),  # a Saturday
    (date(2026, 2, 17), False),  # Tết
    (date(2026, 4, 27), False),  # in place of Giỗ Tổ, a Sunday
    (date(2026, 8, 31), False),  # changed against …
    (date(2026, 8, 22), True),  # … this Saturday
    (date(2025, 5, 2), False),
    (date(2025, 4, 26), True),
])  # fmt: skip
def test_the_country_s_days(day, works):
    assert workdays().works(day) == works


def test_what_is_set_otherwise():
    changed = workdays(frozenset({(date(2026, 1, 2), False), (date(2026, 1, 10), True)}))
    assert not changed.works(date(2026, 1, 2))
    assert changed.works(date(2026, 1, 10))
    assert workdays().works(date(2026, 1, 2))


def test_outside_the_years_is_refused():
    with pytest.raises(ValueError, match="outside"):
        workdays().works(date(2014, 12, 31))
    with pytest.raises(ValueError, match="outside"):
        Workdays({date(2050, 1, 1): True})


@given(days, days, days)
def test_spans_add_up(one, two, three):
    first, middle, last = sorted([one, two, three])
    calendar = workdays()
    whole = calendar.between(first, last)
    assert whole == calendar.between(first, middle) + calendar.between(middle, last)
    assert whole == sum(
        calendar.works(first + timedelta(days=n)) for n in range(1, (last - first).days + 1)
    )
    assert calendar.between(last, first) == 0


@given(days, st.integers(0, 200))
def test_so_many_days_on_is_a_working_day(start, count):
    calendar = workdays()
    end = calendar.after(start, count)
    assert calendar.between(start, end) == count
    assert count == 0 or calendar.works(end)
