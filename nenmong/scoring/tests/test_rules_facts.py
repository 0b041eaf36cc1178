"""The facts a form may name are those that meetings know, and what people declare on the sheet."""

from decimal import Decimal
from fractions import Fraction

import pytest

from nenmong.meetings.rules.facts import RULES
from nenmong.scoring.rules.facts import FACTS, fits, nearest
from nenmong.scoring.sentences import condition_words, fact_words
from nenmong.scoring.sentences.facts import LABELS, NONE, NOT_SO, WHOLE
from nenmong.scoring.tests import forms


def test_they_are_those_of_a_meeting():
    known = {name: rule.known for name, rule in FACTS.items()}
    assert known == {name: known for name, (known, _rule) in RULES.items()} | {
        "disciplined_members": "D"
    }


def test_each_has_its_words():
    assert set(LABELS) == set(FACTS)
    assert set(NOT_SO) == {name for name, rule in FACTS.items() if not rule.numeric}
    assert set(NONE) | set(WHOLE) <= set(FACTS)
    assert fact_words("attendance_rate")[0].isupper()


@pytest.mark.parametrize(("name", "value", "fitting"), [
    ("attendance_rate", Fraction(27, 30), True), ("attendance_rate", Decimal("1.01"), False),
    ("attendance_rate", True, False), ("minutes_adopted", 1, False), ("speakers", -1, False),
    ("speakers", Decimal("2.0"), True), ("speakers", Decimal("2.5"), False),
    ("days_from_fixed_day", -2, True), ("notice_days_before", Decimal(-1), True),
    ("documents_filed_days_after", Decimal(-1), False), ("duration_ratio", Decimal("1.5"), True),
    ("speakers", Decimal("1E+1000000"), False), ("speakers", None, True), ("speakers", "3", False),
])  # fmt: skip
def test_what_a_value_may_be(name, value, fitting):
    assert fits(FACTS[name], value) is fitting


def test_the_nearest_name():
    assert nearest("atendance_rate") == "attendance_rate"
    assert nearest("", []) is None


def test_a_condition_in_words():
    when = {"attendance_rate": {"min": 0.9}, "unexcused_absences": {"is": 0},
            "any": [{"late_members": {"max": 2}}, {"minutes_adopted": {"is": False}}]}  # fmt: skip
    criterion = {"id": "c", "max": 1, "levels": [{"points": 1, "when": when}, {"points": 0}]}
    words = condition_words(forms.pack_of(criterion).criteria["c"].way.levels[0].when)
    assert "90%" in words
    assert words[0].isupper()
