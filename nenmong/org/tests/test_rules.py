"""The arithmetic of paths and of dated rows."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nenmong.org import rules

numbers = st.integers(1, rules.MAX_NUMBER - 1)
paths = st.lists(numbers, max_size=6).map(
    lambda line: "".join(rules.child_path("", number) for number in line)
)
days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@st.composite
def spans(draw):
    first = draw(days)
    last = draw(st.none() | st.integers(0, 400).map(lambda n: first + timedelta(days=n)))
    return rules.Span(first, last)


@given(parent=paths, one=numbers, other=numbers)
def test_a_unit_is_never_under_its_sibling(parent, one, other):
    first, second = rules.child_path(parent, one), rules.child_path(parent, other)
    assert rules.is_under(first, second) == (one == other)
    assert (first < second) == (one < other)


@given(above=paths.filter(bool), below=paths)
def test_all_below_lies_between_a_path_and_its_next_sibling(above, below):
    assert above <= above + below < rules.next_sibling(above)
    assert rules.is_under(above + below, above)
    assert rules.is_under(above, above + below) == (not below)


@given(parent=paths, number=numbers)
def test_a_path_says_which_child_it_is(parent, number):
    path = rules.child_path(parent, number)
    assert rules.number_of(path) == number
    assert rules.lineage(path) == [*rules.lineage(parent), path]


@given(path=paths.filter(bool), other=paths.filter(bool))
def test_lineage_is_all_one_is_under(path, other):
    assert (other in rules.lineage(path)) == rules.is_under(path, other)


@pytest.mark.parametrize("number", [0, -1, rules.MAX_NUMBER, 36**4])
def test_a_number_that_does_not_fit_is_refused(number):
    with pytest.raises(ValueError, match="does not fit"):
        rules.child_path("", number)


def test_the_last_number_has_a_path_behind_it():
    last = rules.child_path("0001", rules.MAX_NUMBER - 1)
    assert (last, rules.next_sibling(last)) == ("0001zzzy", "0001zzzz")
    with pytest.raises(ValueError, match="no sibling"):
        rules.next_sibling("0001zzzz")


@settings(max_examples=50)
@given(st.lists(spans(), max_size=5))
def test_spans_overlap_when_two_hold_on_one_day(some):
    ends = {day for span in some for day in (span.first, span.last) if day}
    shared = any(sum(span.holds(day) for span in some) > 1 for day in ends)
    assert rules.overlaps(some) == shared


@pytest.mark.parametrize(
    ("status", "due"),
    [("official", True), ("probationary", True), ("temporary", True), ("exempt", False),
     ("special_duty", False), ("away", False)],
)  # fmt: skip
def test_who_is_due(status, due):
    assert rules.is_due(status) is due
