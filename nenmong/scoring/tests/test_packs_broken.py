"""Broken forms: each code with one, with its line; hostile files are refused within a second."""

import copy
import time

import pytest
import yaml

from nenmong.scoring.rules.checking import examine
from nenmong.scoring.rules.loading import BrokenPackError, parse
from nenmong.scoring.sentences import finding_words
from nenmong.scoring.tests import forms

WARD = forms.issued("an-phu-2025").decode()
NO_POINTS = forms.issued("hd12-2018").decode()

# What is written instead of what, what is found of it, and on which line.
CHANGES = [
    ("max: 5\n    criteria:", "max: 6\n    criteria:", "sum", 19),
    ("total: 100", "total: 90", "sum", 14),
    ("{points: 5, when: {duration_shortfall: {is: 0}}}", "{points: 6}", "sum", 25),
    ("{points: 4, when: {duration_shortfall: {max: 15}}}", "{points: 4}", "hidden", 27),
    ("{points: 4, when: {duration_shortfall: {max: 15}}}", "{points: 4}", "shape", 26),
    ("id: attendance.runs", "id: attendance.rate", "duplicate", 43),
    ("id: preparation\n", "id: attendance\n", "duplicate", 44),
    ("id: fair", "id: good", "duplicate", 112),
    ("speakers_rate: {above: 0.5}", "speaker_rate: {above: 0.5}", "unknown-fact", 66),
    ("fact: praise_or_reminder", "fact: praise", "unknown-fact", 60),
    ("step: 0.5", "step: 0.5\nexplain_full: [conduct.step]", "unknown-criterion", 16),
    ("min: 90}", "min: 90, full_marks: [conduct.step]}", "unknown-criterion", 111),
    ("review_minutes: {min: 15, max: 30}", "review_minutes: {min: 30, max: 15}", "impossible", 71),
    ("attendance_rate: {min: 0.9}", "attendance_rate: {min: 90}", "impossible", 39),
    ("attendance_rate: {min: 0.75}", "attendance_rate: {min: 0.95}", "hidden", 40),
    ("min: 70}", "min: 95}", "grade-order", 112),
    ("min: 0}", "min: 10}", "grade-order", 114),
    ("min: 50}", "missed_at_most: 3}", "shape", 113),
    ("max: 3, yes_no: {}", "max: 3, yes_no: {}, judged: {}", "shape", 48),
    ("max: 3, yes_no: {}", "max: 3", "shape", 48),
    ("max: 3, yes_no: {}", "max: 3, met: {}", "shape", 48),
    ("max: 3, yes_no: {}", "max: '3', yes_no: {}", "shape", 48),
    ("max: 3, yes_no: {}", "max: 3, yesno: {}", "shape", 48),
    ("max: 3, yes_no: {}", "max: 3, yes_no: {fact: late_members}", "shape", 48),
    ("max: 3, yes_no: {}", "max: 3, deduct: {fact: late_members, per: 0, points: 1}", "shape", 48),
    ("has_thematic_part: {is: true}", "has_thematic_part: {is: 1}", "shape", 59),
    ("has_thematic_part: {is: true}", "has_thematic_part: {min: 1}", "shape", 59),
    ("when: {has_thematic_part: {is: true}}", "when: {}", "shape", 59),
    ("when: {has_thematic_part: {is: true}}", "when: {any: []}", "shape", 59),
    ("when: {has_thematic_part: {is: true}}",
     "when: {any: [{any: [{late_members: {is: 0}}]}]}", "shape", 59),
    ("gives: full}", "gives: half}", "shape", 50),
    ("step: 0.5\n", "", "shape", 1),
    ("step: 0.5", "step: 0", "shape", 15),
    ("version: \"2025.1\"", "version: 2025.1", "shape", 5),
    ("effective_from: 2025-11-01", "effective_from: 01/11/2025", "shape", 9),
    ("effective_to: null", "effective_to: 2025-10-01", "shape", 10),
    ("completeness: full", "completeness: whole", "shape", 8),
    ("step: 0.5", "step: 0.5\nexplain_full: [conduct.steps, conduct.praise, conduct.regular, "
     "conduct.review]", "shape", 16),
    ("grades:", "overrides:\n  - {id: o, grade: bad, when: {late_members: {min: 1}}, "
     "reason: {vi: Lý do}}\ngrades:", "unknown-grade", 111),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line"), CHANGES)
def test_each_code_is_found_on_its_line(old, new, code, line):
    assert old in WARD
    findings = examine(WARD.replace(old, new, 1).encode()).findings
    codes = {(one.code, one.line) for one in findings if one.severity == "error"}
    near = {found for found, at in codes if abs(at - line) <= 1}
    assert code in near, codes
    for one in findings:
        assert "%(" not in finding_words(one)


@pytest.mark.parametrize(("old", "new", "code"), [
    ("missed_at_most: 4", "missed_at_most: 0", "grade-order"),
    ("missed_at_most: 4", "missed_at_most: null", "grade-order"),
    ("missed_at_most: null", "missed_at_most: 9", "grade-order"),
    ("met: {}", "judged: {}", "shape"), ("met: {}", "max: 5, met: {}", "shape"),
])  # fmt: skip
def test_forms_without_points(old, new, code):
    findings = examine(NO_POINTS.replace(old, new, 1).encode()).findings
    assert code in {one.code for one in findings if one.severity == "error"}


def test_the_nearest_name_is_said():
    broken = WARD.replace("speakers_rate: {above", "speaker_rate: {above").encode()
    (one,) = [one for one in examine(broken).findings if one.code == "unknown-fact"]
    assert one.params["nearest"] == "speakers_rate"
    assert one.criterion == "conduct.speakers"
    with pytest.raises(BrokenPackError):
        parse(broken)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "too_big": b"pack: x\n" + b"# y\n" * 2_500_000,
    "anchor": BOMB.encode(),
    "tab": b"pack: x\nname:\n\tvi: y\n",
    "encoding": WARD.encode("utf-16"),
    "key_twice": b"pack: x\npack: y\n",
    "too_much": b"pack: " + b"[" * 100_000,
    "tag": b"pack: !!python/object/apply:os.system [ls]\n",
    "documents": b"pack: x\n---\npack: y\n",
    "not_a_form": b"",
    "control": b"pack: x\nname: \x00\n",
    "not_yaml": b"pack: {x\n",
    "long_number": b"total: " + b"9" * 5000,
    "no_such_day": b"effective_from: 2025-02-30\n",
    "key": b"? [a]\n: b\n",
}


@pytest.mark.parametrize("reason", HOSTILE)
def test_hostile_files_are_refused_at_once(reason):
    began = time.perf_counter()
    (one,) = examine(HOSTILE[reason]).findings
    assert time.perf_counter() - began < 1
    assert (one.code, one.severity, one.reason) == ("shape", "error", reason)
    assert finding_words(one)


@pytest.mark.parametrize("code", forms.ISSUED)
def test_nothing_in_a_form_can_break_the_reader(code):
    """Every value of an issued form in turn becomes what it should never be."""
    content = yaml.safe_load(forms.issued(code))
    content = {**content, "groups": content["groups"][1:2]}
    for path in _paths(content):
        for wrong in (None, [], "x", -1, True, {"x": None}):
            changed = copy.deepcopy(content)
            _set(changed, path, wrong)
            examine(forms.written(changed))


def _paths(value, path=()):
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield (*path, key)
        if isinstance(inner, dict | list) and len(path) < 5:
            yield from _paths(inner, (*path, key))


def _set(value, path, wrong):
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = wrong
