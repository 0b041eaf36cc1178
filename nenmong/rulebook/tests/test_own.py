"""What a committee may set, within which bounds, and as it is typed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.rulebook import queries, rules
from nenmong.rulebook.rules import SETTINGS, BadValueError, Kind, Rule, Source
from nenmong.rulebook.sentences import in_order, name_of

COUNTS = [key for key, setting in SETTINGS.items() if setting.kind is Kind.COUNT]


@given(st.sampled_from(COUNTS), st.integers(-5, 400))
def test_a_count_is_taken_within_its_bounds_and_nowhere_else(key, number):
    setting = SETTINGS[key]
    if setting.least <= number <= setting.most:
        assert rules.read_value(key, f" {number} ") == number
    else:
        with pytest.raises(BadValueError):
            rules.read_value(key, str(number))


@given(st.sampled_from(list(SETTINGS)), st.text(max_size=40))
def test_whatever_is_typed_is_a_value_or_is_refused(key, text):
    try:
        value = rules.read_value(key, text)
    except BadValueError:
        return
    assert rules.read_value(key, rules.shown(key, value)) == value


@given(st.lists(st.dates(date(1990, 1, 1), date(2100, 1, 1)), min_size=1, max_size=10))
def test_days_are_kept_in_order(days):
    typed = ", ".join(day.strftime("%d/%m/%Y") for day in days)
    kept = rules.read_value("documents.term_starts", typed)
    assert kept == sorted({day.isoformat() for day in days})
    assert (
        rules.read_value("documents.term_starts", rules.shown("documents.term_starts", kept))
        == kept
    )


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("meetings.regular.usual_hour", "19h30", "19:30"),
        ("meetings.regular.usual_hour", "8", "08:00"),
        ("meetings.regular.attendance_bar", "80 %", "80/100"),
        ("documents.term_starts", "1/1/2025; 1-1-2020", ["2020-01-01", "2025-01-01"]),
    ],
)
def test_as_people_type_it(key, typed, kept):
    assert rules.read_value(key, typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "24:00", "4:59", "19:60", "một giờ", "١٩:٣٠", "31/02/2026", "0"]
)
def test_what_is_no_value_is_refused(typed):
    for key in ("meetings.regular.usual_hour", "documents.term_starts"):
        with pytest.raises(BadValueError):
            rules.read_value(key, typed)


def test_votes_and_the_order_of_a_meeting_are_no_committee_s():
    assert not {"meetings.vote.majority", "meetings.regular.steps"} & set(SETTINGS)


def test_an_own_rule_is_quoted_with_its_value_and_its_source():
    source = Source("12-HD/BTCTW", "HD 12", date(2018, 7, 6))
    above = Rule(
        "meetings.regular.attendance_bar", "85/100", {"vi": "", "en": ""}, source,
        date(2018, 7, 6), strict=True, secondary=True,
    )  # fmt: skip
    own = Source("QĐ 12", "Đảng ủy phường", date(2026, 12, 1))
    rule = rules.own_rule(above, "80/100", own, own.on)
    assert rule.quote["vi"].startswith("Từ 80% ")
    assert (rule.strict, rule.secondary, rule.since) == (False, False, own.on)
    assert rule.reached(rule.fraction)
    assert rule.since - timedelta(days=1) < own.on


def test_no_rule_goes_by_its_key_on_a_page():
    keys = {*queries.rule_keys(), *SETTINGS}
    assert [key for key in keys if name_of(key) == key] == []


def test_a_rule_of_a_newer_pack_comes_last():
    assert in_order(["new.rule", "opinions.answer_days", "meetings.regular.fixed_day"]) == [
        "meetings.regular.fixed_day", "opinions.answer_days", "new.rule",
    ]  # fmt: skip
