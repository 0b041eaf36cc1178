"""Checking: the three issued forms, gaps and what scoring says of them, bounds on the work."""

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nenmong.scoring.rules.checking import check, examine
from nenmong.scoring.rules.facts import FACTS, fits
from nenmong.scoring.rules.scoring import score
from nenmong.scoring.tests import forms


def found(*criteria, **changes):
    return check(forms.pack_of(*criteria, **changes))


def codes(*criteria, **changes):
    return [one.code for one in found(*criteria, **changes)]


def levels(*each, **more):
    """A criterion of levels (points, condition), the best of them being the maximum."""
    made = [
        {"points": points} | ({"when": when} if when else {}) for points, when in each
    ]  # fmt: skip
    return {"id": "c", "max": max(points for points, _when in each), "levels": made, **more}


def test_the_ward_form_is_as_the_readme_says():
    findings = examine(forms.issued("an-phu-2025")).findings
    assert [(one.severity, one.criterion, one.code) for one in findings] == [
        ("warning", None, "unreachable-total"),
        ("warning", "duration.length", "gap"),
        ("warning", "conduct.speakers", "gap"),
    ]
    total, length, speakers = (one.where for one in findings)
    assert total == {"has_thematic_part": False, "best": 95}
    assert speakers == {"speakers_rate": Decimal("0.5")}
    assert length["duration_shortfall"] > 30
    assert length["duration_ratio"] > Decimal("0.5")


@pytest.mark.parametrize(("code", "gaps"), [("hd12-2018", 0), ("hd42-2025", 5)])
def test_the_national_frames(code, gaps):
    loaded = examine(forms.issued(code))
    assert [one.code for one in loaded.findings] == ["gap"] * gaps
    assert loaded.pack is not None


@pytest.mark.parametrize(("name", "low", "high"), [
    ("late_members", {"max": 2}, {"min": 3}),  # neighbouring integers
    ("late_members", {"below": 2.5}, {"above": 2.5}),
    ("attendance_rate", {"max": 0.5}, {"above": 0.5}),
    ("duration_shortfall", {"max": 119}, {"is": 120}),
    ("duration_ratio", {"max": 0.5}, {"min": 0.508}),  # no minutes lie between
    ("required_minutes", {"max": 60}, {"min": 90}),
])  # fmt: skip
def test_no_gap_where_no_value_lies(name, low, high):
    assert "gap" not in codes(levels((1, {name: low}), (2, {name: high})))


def test_no_gap_for_what_a_relation_excludes():
    pairs = [
        [{"has_cell_committee": {"is": True}}, {"committee_met_before": {"is": True}}],
        [{"unexcused_absences": {"is": 0}}, {"attendance_rate": {"below": 1}}],
        [{"speakers": {"max": 3}}, {"members_due": {"min": 4}}],
        [{"tasks_due": {"min": 1}}, {"tasks_done_rate": {"min": 0}}],
    ]
    for first, second in pairs:
        assert "gap" not in codes(levels((1, first), (2, second)))


def test_each_stretch_of_one_fact_is_a_gap_of_its_own():
    when = [{"attendance_rate": {"above": 0.9}}, {"attendance_rate": {"min": 0.5, "below": 0.9}}]
    gaps = [one.where for one in found(levels((2, when[0]), (1, when[1]))) if one.code == "gap"]
    assert gaps == [{"attendance_rate": 0}, {"attendance_rate": Decimal("0.9")}]


@pytest.mark.parametrize("when", [
    {"attendance_rate": {"min": 1.2}}, {"late_members": {"above": 3, "below": 4}},
    {"late_members": {"is": 1.5}}, {"late_members": {"below": 0}},
    {"required_minutes": {"is": 50}},
    {"has_cell_committee": {"is": False}, "committee_met_before": {"is": False}},
    {"unexcused_absences": {"min": 1}, "attendance_rate": {"is": 1}},
    {"tasks_due": {"is": 0}, "tasks_done_rate": {"min": 0.5}},
    {"duration_shortfall": {"min": 1}, "duration_ratio": {"min": 1}},
    {"late_members": {"is": 0}, "any": [{"attendance_rate": {"above": 1}}]},
])  # fmt: skip
def test_impossible(when):
    assert "impossible" in codes(levels((1, when), (2, None)))


def test_an_impossible_entry_is_found_beside_a_possible_one():
    when = {"any": [{"late_members": {"is": 0}}, {"late_members": {"below": 0}}]}
    assert codes(levels((1, when), (0, None))) == ["impossible"]


def test_hidden():
    rate = "attendance_rate"
    assert codes(levels((2, {rate: {"min": 0.5}}), (5, {rate: {"min": 0.9}}), (0, None))) == [
        "hidden"
    ]
    together = levels((5, {rate: {"above": 0.5}}), (4, {rate: {"min": 0.2, "max": 0.5}}),
                      (3, {rate: {"min": 0.4}}), (0, None))  # fmt: skip
    assert codes(together) == ["hidden"]
    yes = {"minutes_adopted": {"is": True}}, {"minutes_adopted": {"is": False}}
    assert codes(levels((5, yes[0]), (1, yes[1]), (0, None))) == ["hidden"]


def test_unreachable_total():
    thematic = levels((5, {"has_thematic_part": {"is": True}}), (1, None))
    (one,) = found(thematic)
    assert one.where == {"has_thematic_part": False, "best": 1}
    both = {"has_thematic_part": {"is": False}, "thematic_due": {"is": True}}
    (one,) = found(levels((0, both), (5, None)))
    assert one.where == {"has_thematic_part": False, "thematic_due": True, "best": 0}
    out = {"when": {"has_thematic_part": {"is": False}}, "gives": "excluded"}
    assert found(thematic | {"not_applicable": out}) == ()
    (one,) = found(levels((5, {"speakers": {"min": 5}}), (1, None)))
    assert one.where == {"members_due": 4, "best": 1}
    (one,) = found(levels((4, {"minutes_adopted": {"is": True}}), (0, None), max=5))
    assert one.where == {"best": 4}


def test_two_criteria_that_want_opposite_things():
    first = levels((5, {"speakers_rate": {"min": 0.5}}), (1, None))
    second = levels((5, {"speakers_rate": {"max": 0.3}}), (2, None)) | {"id": "d"}
    (one,) = found(first, second)
    assert one.where == {"best": 7}


def as_facts(where):
    for name, value in where.items():
        assert fits(FACTS[name], value)
    return where


@settings(max_examples=60)
@given(st.data())
def test_check_and_score_never_disagree(data):
    pack = data.draw(forms.packs())
    findings = check(pack)
    gaps = {one.criterion for one in findings if one.code == "gap"}
    for one in findings:
        if one.code == "gap":
            assert set(one.where) == set(pack.criteria[one.criterion].facts)
            result = score(pack, as_facts(one.where), {})
            assert one.criterion in result.undetermined
    for _ in range(4):
        facts = data.draw(forms.facts(whole=True))
        result = score(pack, facts, {})
        for name, criterion in pack.criteria.items():
            known = all(facts[fact] is not None for fact in criterion.facts)
            if known and criterion.is_measured and name not in gaps:
                assert result.points[name] is not None
        if result.total is not None and pack.total:
            given = [one.where for one in findings if one.code == "unreachable-total"]
            bests = [
                where["best"]
                for where in given
                if all(facts[name] == value for name, value in where.items() if name != "best")
            ]
            assert all(result.total <= best for best in bests)


def test_an_intricate_criterion_is_bounded():
    """Conditions made to exhaust a search are refused, or answered, within seconds."""
    names = [name for name, rule in FACTS.items() if rule.type == "rate"] + [
        "late_members", "review_minutes", "excused_absences", "longest_excused_run"]  # fmt: skip
    each = []
    for number in range(45):
        tests = {}
        for place in range(4):
            name = names[(number * 7 + place * 3) % len(names)]
            bound = Fraction(number * 13 % 20, 20)
            whole = FACTS[name].type == "int"
            tests[name] = {
                "max" if number % 2 else "min": int(bound * 20) if whole else float(bound)
            }
        each.append((1 + number % 5, tests))
    began = time.perf_counter()
    for _ in range(3):
        found(levels(*each))
    assert time.perf_counter() - began < 15
