"""The facts that a form may name: what each is, how it becomes known, and the nearest name.

Source: criteria/README.md, "Facts".
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Value = bool | int | Decimal | Fraction
FactType = Literal["bool", "int", "rate", "decimal"]
Known = Literal["R", "L", "D"]  # recorded, known only later, declared by people

MOST_DIGITS = 30  # of a number that is typed: more is a slip, or an attack on exact arithmetic


@dataclass(frozen=True, slots=True)
class FactRule:
    """What a value of a fact may be; a rate lies in 0..1, what is not signed is not below 0."""

    name: str
    type: FactType
    known: Known = "R"
    signed: bool = False
    circumstance: bool = False  # those at the meeting cannot change it by meeting well

    @property
    def numeric(self) -> bool:
        return self.type != "bool"


_CIRCUMSTANCES = {
    "members_total", "members_due", "has_cell_committee", "has_thematic_part", "thematic_due",
    "directives_due", "answers_due", "tasks_due", "required_minutes",
}  # fmt: skip
_SIGNED = {"days_from_fixed_day", "notice_days_before", "documents_days_before"}
_KNOWN: dict[str, Known] = {
    "tasks_due": "D", "tasks_done_rate": "D", "disciplined_members": "D",
    "documents_filed_days_after": "L",
}  # fmt: skip
_BY_TYPE: dict[FactType, tuple[str, ...]] = {
    "int": (
        "members_total", "members_due", "members_present", "excused_absences",
        "unexcused_absences", "late_members", "longest_excused_run", "duration_minutes",
        "required_minutes", "duration_shortfall", "days_from_fixed_day", "speakers",
        "review_minutes", "directives_due", "answers_due", "tasks_due", "disciplined_members",
    ),
    "rate": (
        "attendance_rate", "procedure_steps_rate", "speakers_rate", "directives_conveyed_rate",
        "answers_conveyed_rate", "tasks_done_rate",
    ),
    "decimal": (
        "duration_ratio", "notice_days_before", "documents_days_before",
        "documents_filed_days_after",
    ),
    "bool": (
        "has_cell_committee", "committee_met_before", "upper_member_notified",
        "draft_resolution_ready", "discussion_prompts", "has_thematic_part", "thematic_due",
        "praise_or_reminder", "resolution_adopted", "minutes_adopted", "tasks_assigned",
    ),
}  # fmt: skip

FACTS: dict[str, FactRule] = {
    name: FactRule(name, kind, _KNOWN.get(name, "R"), name in _SIGNED, name in _CIRCUMSTANCES)
    for kind, names in _BY_TYPE.items()
    for name in names
}


def nearest(name: str, known: Iterable[str] = FACTS) -> str | None:
    """Return the known name most like `name`, however little that is; None where none is known."""
    found = difflib.get_close_matches(name[:100], list(known), n=1, cutoff=0)
    return found[0] if found else None


def fits(rule: FactRule, value: object) -> bool:
    """Say whether `value` can be one of this fact; None, which is missing, always can."""
    if value is None:
        return True
    if isinstance(value, bool) or rule.type == "bool":
        return isinstance(value, bool) and rule.type == "bool"
    if not isinstance(value, int | Decimal | Fraction) or not _sane(value):
        return False
    if value < 0 and not rule.signed:
        return False
    if rule.type == "int":
        return value == int(value)
    return rule.type != "rate" or value <= 1


def _sane(value: int | Decimal | Fraction) -> bool:
    """Say whether a number is finite and short enough to reckon with exactly."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            return False
        digits, exponent = value.as_tuple()[1:]
        return len(digits) <= MOST_DIGITS and abs(int(exponent)) <= MOST_DIGITS
    return bool(abs(value) < 10**MOST_DIGITS)
