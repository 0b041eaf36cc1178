"""Every fact has a name, a value that can be read, and words for what it was made of."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from django.utils.translation import override

from nenmong.meetings.rules.facts import RULES, facts
from nenmong.meetings.sentences import NAMES, fact_lines
from nenmong.meetings.tests.test_facts import BARE, OPENED, PLANNED, SEALED


def lines(sheet):
    with override("en"):
        return {line.name: line for line in fact_lines(facts(sheet))}


def test_every_fact_is_named():
    assert set(NAMES) == set(RULES)


def test_every_value_can_be_read():
    for sheet in (SEALED, BARE, PLANNED, replace(BARE, paper=True)):
        for line in lines(sheet).values():
            assert line.label
            assert line.value
            assert "Fraction" not in line.value + line.evidence
            assert "{" not in line.evidence


def test_what_a_fact_was_made_of_is_said():
    said = {name: (line.value, line.evidence) for name, line in lines(SEALED).items()}
    assert said["attendance_rate"][1] == "8 / 10"
    assert said["duration_minutes"][1] == "from 19:30 to 21:10"
    assert said["days_from_fixed_day"] == ("2", "held on 5 October 2026, fixed for 3 October 2026")
    assert said["notice_days_before"] == ("3.5", "07:30, 30 September 2026")
    assert said["longest_excused_run"] == ("3", "2 members")
    assert said["directives_conveyed_rate"][1] == "1 / 2"
    assert lines(BARE)["notice_days_before"].value == "has not happened"


def test_days_are_never_rounded_up():
    late = replace(SEALED, notice_at=OPENED - timedelta(hours=23, minutes=59))
    assert lines(late)["notice_days_before"].value == "0.9"
    assert facts(late)["notice_days_before"].value < Fraction(1)
