"""The time of a meeting under way, and the numbers people type, as plain rules."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.meetings.rules import business, course, votes
from nenmong.meetings.rules.course import Stretch

NOW = datetime(2026, 11, 3, 13, 0, tzinfo=UTC)
WAITS = st.builds(Stretch, st.just("waiting"), st.integers(1, 480), st.integers(0, 40_000))
DONE = st.builds(Stretch, st.just("done"), st.integers(1, 480), st.integers(0, 40_000))
UNDER_WAY = st.builds(
    Stretch, st.just("now"), st.integers(1, 480), st.integers(0, 40_000),
    st.integers(-600, 40_000).map(lambda ago: NOW - timedelta(seconds=ago)),
)  # fmt: skip
ITEMS = st.builds(  # one at most is under way
    lambda others, now: [*others, *now],
    st.lists(st.one_of(WAITS, DONE), max_size=20),
    st.lists(UNDER_WAY, max_size=1),
)


def test_the_end_is_now_and_what_is_left():
    items = [
        Stretch("done", 5, 600),
        Stretch("now", 15, 0, NOW - timedelta(minutes=4)),
        Stretch("waiting", 30),
        Stretch("waiting", 10, 240),  # it was gone back from
    ]
    assert course.expected_end(items, NOW) == NOW + timedelta(minutes=11 + 30 + 6)
    assert course.left(items[1], NOW) == timedelta(minutes=11)


def test_what_runs_over_takes_nothing_from_the_rest():
    items = [Stretch("now", 5, 0, NOW - timedelta(minutes=9)), Stretch("waiting", 30)]
    assert course.expected_end(items, NOW) == NOW + timedelta(minutes=30)
    assert course.left(items[0], NOW) == timedelta(minutes=-4)


@given(ITEMS)
def test_it_never_ends_before_now_nor_after_all_that_was_planned(items):
    end = course.expected_end(items, NOW)
    assert NOW <= end <= NOW + timedelta(minutes=sum(item.minutes for item in items))


@given(ITEMS, st.integers(0, 10_000))
def test_time_that_passes_never_brings_the_end_nearer(items, seconds):
    later = NOW + timedelta(seconds=seconds)
    assert course.expected_end(items, later) >= course.expected_end(items, NOW)


@given(ITEMS)
def test_an_item_that_is_done_takes_no_time(items):
    done = [Stretch("done", item.minutes, item.seconds) for item in items]
    assert course.expected_end(done, NOW) == NOW


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, 0), (1, 1), (60, 1), (61, 2), (-59, 0), (-130, -2)]
)
def test_a_minute_begun_is_a_minute(seconds, said):
    assert course.whole_minutes(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", 0), ("0", 0), ("1250000", 1_250_000), ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000), ("1 250 000 đ", 1_250_000), (" 350.000 đồng ", 350_000),
        ("000.500", 500), ("999.999.999.999", 999_999_999_999),
        ("1.25", None), ("1.250,000", None), ("1250.000", None), (".250", None), ("-5", None),
        ("1e6", None), ("²", None), ("٣", None), ("9" * 30, None), ("1..000", None), ("đồng", 0),
    ],
)  # fmt: skip
def test_a_sum_is_read_as_people_write_it(text, read):
    assert business.amount(text) == read


@given(st.integers(0, business.MAX_AMOUNT), st.sampled_from(".,  "))
def test_a_sum_with_marks_is_the_sum(sum_, mark):
    assert business.amount(f"{sum_:,}".replace(",", mark)) == sum_


@given(
    st.integers(0, 300), st.fractions(Fraction(1, 3), Fraction(9, 10), max_denominator=10),
    st.booleans(),
)  # fmt: skip
def test_as_many_as_are_needed_pass_and_one_less_does_not(base, bar, strict):
    least = votes.needed(base=base, bar=bar, strict=strict)
    if least <= base:
        assert votes.passes(agreed=least, base=base, bar=bar, strict=strict)
    if 0 < least - 1 <= base:
        assert not votes.passes(agreed=least - 1, base=base, bar=bar, strict=strict)


def test_the_name_stands_behind_the_colon():
    assert business.person_of("Xét kết nạp đảng viên: Trần Thị Lan") == "Trần Thị Lan"
    assert business.person_of("Thu nộp đảng phí") == ""
