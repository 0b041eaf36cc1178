"""Which rule holds on a day, and that the packs say what the program reads."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core.errors import DomainError
from nenmong.rulebook import queries
from nenmong.rulebook.rules import Pack, Rule, Source, in_force, read_pack
from nenmong.rulebook.sentences import name_of

SOURCE = Source("HD", "HD", date(2018, 1, 1))
days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def pack(code, first, last=None, keys=("a",)):
    rules = {key: Rule(key, code, {}, SOURCE, first) for key in keys}
    return Pack(code, first, last, rules)


@given(st.lists(st.tuples(days, st.none() | st.integers(0, 900)), max_size=4), days)
def test_the_latest_pack_that_holds_says_it(spans, day):
    packs = [
        pack(str(n), first, None if length is None else first + timedelta(days=length))
        for n, (first, length) in enumerate(spans)
    ]
    holding = [p.first_day for p in packs if p.holds(day)]
    found = in_force(packs, "a", day)
    assert (found is None) == (not holding)
    assert found is None or found.since == max(holding)


def test_what_a_newer_pack_does_not_name_stays_as_it_was():
    packs = [pack("old", date(2018, 1, 1), keys=("a", "b")), pack("new", date(2025, 1, 1))]
    day = date(2026, 1, 1)
    assert (in_force(packs, "a", day).value, in_force(packs, "b", day).value) == ("new", "old")
    assert in_force(packs, "c", day) is None


@pytest.mark.parametrize(
    ("strict", "rate", "reached"),
    [(True, (1, 2), False), (False, (1, 2), True), (True, (51, 100), True), (False, (0, 1), False)],
)
def test_a_bar_is_passed_or_reached_exactly(strict, rate, reached):
    rule = Rule("a", "1/2", {}, SOURCE, date(2018, 1, 1), strict=strict)
    assert rule.reached(Fraction(*rate)) is reached


@pytest.mark.parametrize(
    ("key", "day", "value", "short"),
    [
        ("meetings.regular.minimum_minutes", date(2026, 10, 3), 90, "HD 42"),
        ("meetings.regular.attendance_bar", date(2025, 10, 27), "85/100", "HD 12"),
        ("meetings.regular.attendance_bar", date(2025, 10, 28), "90/100", "HD 42"),
        ("meetings.regular.minimum_minutes", date(2010, 1, 1), 90, "HD 12"),  # entered late
    ],
)
def test_the_country_s_packs(key, day, value, short):
    rule = queries.rule(key, day)
    assert (rule.value, rule.source.short) == (value, short)
    assert rule.quote["vi"]


OWN = {"document": "Điều lệ Đảng", "short": "Điều lệ", "date": date(2011, 1, 19)}


@pytest.mark.parametrize(
    ("says", "since"),
    [
        ({}, date(2018, 7, 9)),
        ({"source": OWN}, date(2011, 1, 19)),
        ({"source": OWN, "since": date(2011, 2, 1)}, date(2011, 2, 1)),
        ({"since": date(2015, 1, 1)}, date(2015, 1, 1)),
    ],
)
def test_a_rule_holds_since_its_own_document(says, since):
    read = read_pack({
        "pack": "p", "effective_from": date(2018, 7, 9), "effective_to": None,
        "source": OWN | {"date": date(2018, 7, 6)},
        "rules": {"a": {"value": 3, "quote": {"vi": "ba", "en": "three"}} | says},
    })  # fmt: skip
    assert (read.first_day, read.rules["a"].since) == (date(2018, 7, 9), since)


def test_the_day_of_the_meeting_is_told_by_the_charter_of_2011():
    assert queries.rule("meetings.regular.fixed_day", date(2026, 1, 1)).since == OWN["date"]


def test_a_rule_nobody_set_is_a_fault():
    with pytest.raises(KeyError, match="No pack names"):
        queries.value("meetings.colour", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"rules: [: {", "line 1"),
        (b"a: 1", "source"),
        (b"", "YAML"),
        (b"\xff\xfe", "UTF-8"),
        (b"[1, 2]", "YAML"),
    ],
)
def test_a_broken_pack_is_named(tmp_path, content, place):
    (tmp_path / "hd42-2025.yaml").write_bytes(content)
    with pytest.raises(DomainError, match=r"rulebook\.pack_broken") as refused:
        queries.read_packs(tmp_path)
    assert "hd42-2025.yaml" in str(refused.value.message)
    assert place in str(refused.value.message)


def test_no_pack_at_all_is_said(tmp_path):
    with pytest.raises(DomainError, match=r"rulebook\.pack_broken"):
        queries.read_packs(tmp_path)


def test_every_value_says_where_it_comes_from():
    for one in queries.packs():
        for rule in one.rules.values():
            assert rule.source.document
            assert set(rule.quote) == {"vi", "en"}


def test_every_rule_is_shown_by_a_name_and_not_by_its_key():
    assert [key for key in queries.rule_keys() if name_of(key) == key] == []
