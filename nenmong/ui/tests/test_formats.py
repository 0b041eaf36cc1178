"""How days, times and numbers are written."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from nenmong.ui import formats

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
RATES = st.fractions(0, 1)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (date(2026, 7, 3), "03/7/2026", "3 July 2026"),
        (date(2026, 2, 10), "10/02/2026", "10 February 2026"),
        (date(2026, 1, 31), "31/01/2026", "31 January 2026"),
        (date(2026, 12, 25), "25/12/2026", "25 December 2026"),
        # Twenty past midnight in Hanoi is still the day before in Greenwich.
        (datetime(2026, 7, 2, 17, 20, tzinfo=UTC), "03/7/2026", "3 July 2026"),
    ],
)
def test_a_day(value, vi, en):
    assert formats.day(value) == vi
    assert formats.day_month(value) == vi.rsplit("/", 1)[0]
    with translation.override("en"):
        assert formats.day(value) == en
        assert formats.day_month(value) == en.rsplit(" ", 1)[0]


@pytest.mark.parametrize(
    ("write", "value", "vi", "en"),
    [
        (formats.weekday, date(2026, 7, 3), "Thứ Sáu", "Friday"),
        (formats.weekday, date(2026, 7, 5), "Chủ nhật", "Sunday"),
        (formats.month_name, date(2026, 7, 1), "tháng 7", "July"),
        (formats.month_year, date(2026, 2, 1), "tháng 02/2026", "February 2026"),
        (formats.clock_time, time(19, 30), "19.30", "19:30"),
        (formats.clock_time, datetime(2026, 7, 3, 12, 30, tzinfo=UTC), "19.30", "19:30"),
        (formats.clock_time, time(8, 5), "08.05", "08:05"),
        (formats.spoken_time, time(19, 30), "19 giờ 30", "19:30"),
        (formats.spoken_time, time(8, 5), "8 giờ 05", "08:05"),
        (formats.spoken_time, time(8), "8 giờ", "08:00"),
        (formats.number, 9439, "9.439", "9,439"),
        (formats.number, Decimal("1234.50"), "1.234,50", "1,234.50"),
        (formats.number, Decimal("1E+2"), "100", "100"),
        (formats.number, -1200, "-1.200", "-1,200"),
        (formats.percent, Fraction(27, 30), "90,0%", "90.0%"),
        (formats.percent, Fraction(2, 3), "66,7%", "66.7%"),
        (formats.percent, Fraction(1), "100,0%", "100.0%"),
        (formats.percent, Fraction(0), "0,0%", "0.0%"),
        (formats.percent, Fraction(9999, 10000), "99,9%", "99.9%"),
        (formats.percent, Fraction(1, 10000), "0,1%", "0.1%"),
        (formats.minutes, 1, "1 phút", "1 minute"),
        (formats.minutes, 90, "90 phút", "90 minutes"),
    ],
)
def test_the_rest(write, value, vi, en):
    assert write(value) == vi
    with translation.override("en"):
        assert write(value) == en


@pytest.mark.parametrize(
    ("days", "vi", "en", "kind"),
    [
        (0, "Hôm nay", "Today", "soon"),
        (1, "Còn 1 ngày", "1 day left", "soon"),
        (2, "Còn 2 ngày", "2 days left", "soon"),
        (6, "Còn 6 ngày", "6 days left", "todo"),
        (-1, "Quá hạn 1 ngày", "1 day overdue", "late"),
        (-1200, "Quá hạn 1.200 ngày", "1,200 days overdue", "late"),
    ],
)
def test_how_far_a_due_day_is(days, vi, en, kind):
    today = date(2026, 7, 1)
    due = today + timedelta(days=days)
    assert formats.days_left(today, due) == vi
    assert formats.due_kind(today, due) == kind
    with translation.override("en"):
        assert formats.days_left(today, due) == en


@given(DAYS)
def test_a_day_can_be_read_back_and_not_be_forged(value):
    written = formats.day(value)
    day, month, year = written.split("/")
    assert date(int(year), int(month), int(day)) == value
    # No figure can be put before a day or a month to make another one of the calendar.
    assert len(day) == 2
    assert len(month) == 2 or int(month) > 2


@given(RATES)
def test_a_rate_is_written_to_the_nearest_tenth_and_never_touches_its_ends_by_rounding(rate):
    written = formats.percent(rate)
    assert re.fullmatch(r"\d{1,3},\d%", written)
    shown = Fraction(written[:-1].replace(",", ".")) / 100
    assert (shown == 1) == (rate == 1)
    assert (shown == 0) == (rate == 0)
    assert abs(shown - rate) <= Fraction(1, 1000)


@given(RATES, RATES)
def test_a_greater_rate_is_never_written_smaller(one, other):
    low, high = sorted([one, other])
    assert len(formats.percent(low)) <= len(formats.percent(high))
    assert _tenths(formats.percent(low)) <= _tenths(formats.percent(high))


@given(st.integers(-(10**12), 10**12))
def test_a_number_keeps_its_figures(value):
    assert int(formats.number(value).replace(".", "")) == value


def _tenths(written):
    return int(written.rstrip("%").replace(",", ""))


@pytest.mark.parametrize(
    ("words", "said"),
    [("xây dựng Đảng, cán bộ", "Xây dựng Đảng, cán bộ"), ("ủy ban", "Ủy ban"), ("", "")],
)
def test_a_capital_at_the_beginning_leaves_those_of_names(words, said):
    assert formats.upper_first(words) == said
