"""Scoring: what the README says, and what holds for every form and every meeting."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nenmong.scoring.rules.explaining import explain, possible
from nenmong.scoring.rules.loading import parse
from nenmong.scoring.rules.scoring import EXCLUDED, Refused, score
from nenmong.scoring.rules.written import json_text, read_json, result_of
from nenmong.scoring.tests import forms

RATE = {"id": "c", "max": 10, "levels": [
    {"points": 10, "when": {"attendance_rate": {"min": 0.9}, "unexcused_absences": {"is": 0}}},
    {"points": 6, "when": {"attendance_rate": {"min": 0.75}}}, {"points": 2},
]}  # fmt: skip


def points(criterion, facts, decided=None):
    return score(forms.pack_of(criterion), facts, decided or {}).points["c"]


@pytest.mark.parametrize(("facts", "expected"), [
    ({"attendance_rate": Decimal("0.9"), "unexcused_absences": 0}, 10),
    ({"attendance_rate": Fraction(8996, 10000), "unexcused_absences": 0}, 6),
    ({"attendance_rate": Decimal("0.5")}, 2),  # one false settles the first level
    ({"attendance_rate": Decimal("0.95")}, None),  # the first one is open: the search stops
    ({"unexcused_absences": 1}, None),
    ({}, None),
])  # fmt: skip
def test_levels_are_read_from_the_top(facts, expected):
    assert points(RATE, facts) == expected


@pytest.mark.parametrize(("late", "expected"), [
    (0, "10"), (1, "10"), (2, "9.5"), (19, "5.5"), (100, "3"), (10**12, "3"), (None, None),
])  # fmt: skip
def test_deduct(late, expected):
    way = {"fact": "late_members", "per": 2, "points": 0.5, "floor": 3}
    found = points({"id": "c", "max": 10, "deduct": way}, {"late_members": late})
    assert found == (None if expected is None else Decimal(expected))


def test_deduct_never_gives_more_than_the_maximum():
    way = {"fact": "days_from_fixed_day", "per": 1, "points": 1}
    assert points({"id": "c", "max": 5, "deduct": way}, {"days_from_fixed_day": -3}) == 5


def test_any_is_settled_by_one_true_entry():
    when = {"any": [{"late_members": {"is": 0}}, {"minutes_adopted": {"is": True}}]}
    criterion = {"id": "c", "max": 1, "levels": [{"points": 1, "when": when}, {"points": 0}]}
    assert points(criterion, {"minutes_adopted": True}) == 1
    assert points(criterion, {"minutes_adopted": False}) is None
    assert points(criterion, {"minutes_adopted": False, "late_members": 2}) == 0


def test_order_is_not_applicable_then_decision_then_fact():
    criterion = RATE | {"not_applicable": {"when": {"tasks_due": {"is": 0}}, "gives": "full"}}
    facts = {"attendance_rate": Decimal("0.5")}
    assert points(criterion, facts, {"c": Decimal("7.5")}) == Decimal("7.5")
    assert points(criterion, facts | {"tasks_due": 0}, {"c": Decimal(1)}) == 10
    assert points(criterion, facts | {"tasks_due": 1}) == 2


def test_what_is_excluded_is_reckoned_out_of_the_total():
    out = {"when": {"tasks_due": {"is": 0}}, "gives": "excluded"}
    pack = forms.pack_of(
        {"id": "a", "max": 70, "judged": {}}, {"id": "b", "max": 30, "judged": {},
                                               "not_applicable": out},
        grades=[{"id": "good", "name": {"vi": "Tốt"}, "min": 90, "full_marks": ["b"]},
                {"id": "poor", "name": {"vi": "Kém"}, "min": 0}],
    )  # fmt: skip
    result = score(pack, {"tasks_due": 0}, {"a": Decimal("62.5")})
    assert result.points["b"] is EXCLUDED
    assert result.total == Decimal("89.29")
    assert result.grade == "poor"
    result = score(pack, {"tasks_due": 0}, {"a": Decimal(63)})
    assert (result.total, result.grade) == (90, "good")


def test_all_excluded_has_no_total_and_no_grade():
    out = {"when": {"tasks_due": {"is": 0}}, "gives": "excluded"}
    result = score(forms.pack_of(RATE | {"not_applicable": out}), {"tasks_due": 0}, {})
    assert (result.total, result.so_far, result.at_most, result.grade) == (None,) * 4
    assert result.undetermined == ()


@pytest.mark.parametrize(("name", "value", "code"), [
    ("j", Decimal("-0.5"), "outside"), ("j", Decimal("10.5"), "outside"),
    ("j", Decimal("1.3"), "off_step"), ("j", True, "wants_points"), ("j", "5", "wants_points"),
    ("j", None, "wants_points"), ("j", Decimal("NaN"), "outside"),
    ("y", Decimal(1), "wants_yes_no"),
    ("y", None, "wants_yes_no"), ("k", Decimal(1), "unknown_criterion"),
])  # fmt: skip
def test_a_decision_that_the_form_does_not_allow(name, value, code):
    pack = forms.pack_of({"id": "j", "max": 10, "judged": {}}, {"id": "y", "max": 1, "yes_no": {}})
    with pytest.raises(Refused) as refused:
        score(pack, {}, {name: value})
    assert refused.value.code == code


def test_quality_without_points():
    pack = parse(forms.issued("hd12-2018"))
    said = {name: True for name, one in pack.criteria.items() if not one.is_measured}
    facts = {
        "attendance_rate": Decimal("0.85"), "unexcused_absences": 0, "longest_excused_run": 3,
        "committee_met_before": True, "draft_resolution_ready": True, "days_from_fixed_day": 0,
        "procedure_steps_rate": 1, "praise_or_reminder": True, "duration_shortfall": 0,
        "minutes_adopted": False,
    }  # fmt: skip
    result = score(pack, facts, said)
    assert (result.missed, result.grade, result.total) == (2, "fair", None)
    assert score(pack, facts | {"minutes_adopted": True}, said).grade == "good"
    open_ = score(pack, facts | {"minutes_adopted": None}, said)
    assert (open_.grade, open_.undetermined) == (None, ("conduct.minutes",))


@settings(max_examples=40)
@given(st.data())
def test_properties(data):
    pack, facts = data.draw(forms.packs()), data.draw(forms.facts())
    said = data.draw(forms.decisions(pack))
    result = score(pack, facts, said)
    left = [name for name, value in result.points.items() if value is not EXCLUDED]
    if left:
        assert 0 <= result.so_far <= result.at_most <= pack.total
        maxima = sum(pack.criteria[name].max for name in left)
        earned = sum(Fraction(result.points[name] or 0) for name in left)
        assert abs(
            Fraction(result.so_far) - Fraction(pack.total) * earned / Fraction(maxima)
        ) <= Fraction(1, 200)
    assert (result.total is None) == bool(result.undetermined or not left)
    # the order in which facts come is nothing, and the same gives the same, byte for byte
    turned = dict(reversed(facts.items()))
    again = score(pack, turned, said)
    assert json_text(result_of(pack, again)) == json_text(result_of(pack, result))
    assert repr(explain(pack, facts, said, result)) == repr(explain(pack, turned, said, again))
    # overrides only lower
    ids = [grade.id for grade in pack.grades]
    free = score(forms.without_overrides(pack), facts, said)
    if result.grade is not None:
        assert ids.index(result.grade) >= ids.index(free.grade)
    # a missing fact never gives points
    for name in pack.facts:
        less = score(pack, facts | {name: None}, said)
        for criterion, value in less.points.items():
            applies = pack.criteria[criterion].not_applicable
            away = applies is not None and name in applies.when.facts
            assert value in (None, result.points[criterion]) or away


@settings(max_examples=30)
@given(st.data())
def test_in_a_monotone_form_a_better_fact_never_lowers_the_score(data):
    cuts = sorted(data.draw(st.sets(st.sampled_from([0.2, 0.4, 0.5, 0.75, 0.9, 1]), min_size=1)))
    levels = [{"points": 2 + place, "when": {"attendance_rate": {"min": cut}}}
              for place, cut in enumerate(cuts)][::-1]  # fmt: skip
    way = {"fact": "late_members", "per": 1, "points": 0.5}
    pack = forms.pack_of({"id": "a", "max": 10, "levels": [*levels, {"points": 0}]},
                         {"id": "b", "max": 10, "deduct": way})  # fmt: skip
    low, high = sorted(data.draw(st.lists(st.fractions(0, 1), min_size=2, max_size=2)))
    few, many = sorted(data.draw(st.lists(st.integers(0, 40), min_size=2, max_size=2)))
    worse = score(pack, {"attendance_rate": low, "late_members": many}, {})
    better = score(pack, {"attendance_rate": high, "late_members": few}, {})
    assert better.total >= worse.total


def test_explanation_says_the_level_reached_and_what_the_next_one_wants():
    pack = forms.pack_of(RATE)
    facts = {"attendance_rate": Decimal("0.8"), "unexcused_absences": 0}
    (one,) = explain(pack, facts, {}, score(pack, facts, {}))
    assert (one.how, one.level, one.points, one.next.points) == ("fact", 1, 6, 10)
    assert one.facts == facts


def test_a_self_score_with_a_pending_fact():
    in_time = {"documents_filed_days_after": {"max": 2}}
    filing = {"id": "f", "max": 5, "levels": [{"points": 5, "when": in_time}, {"points": 0}]}
    pack = forms.pack_of(RATE | {"id": "c"}, filing)
    facts = {"attendance_rate": Decimal("0.95"), "unexcused_absences": 0}
    found = possible(pack, facts, {}, {"documents_filed_days_after"})
    assert (found.at_least, found.at_most, found.grades) == (10, 15, ("good", "poor"))


def test_numbers_are_read_and_written_by_their_digits():
    assert read_json(b'{"a": 0.1, "b": 2}') == {"a": Decimal("0.1"), "b": 2}
    assert json_text({"a": Decimal("92.50"), "b": Decimal("90.00"), "c": None, "d": [True]}) == (
        '{"a": 92.5, "b": 90, "c": null, "d": [true]}'
    )
    json.loads(json_text([Decimal("1E+2"), Decimal(0), "chữ"]))
    for bad in (b'{"a": 1, "a": 2}', b"[NaN]", b"[1e999999]", b"{", b"\xff"):
        with pytest.raises(ValueError):  # noqa: PT011 -- which one is the parser's
            read_json(bad)
