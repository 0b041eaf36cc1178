"""The facts of a meeting in words: what it is called, its value, and what it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.meetings.rules.facts import Fact
from nenmong.ui import formats

NAMES = {
    "members_total": gettext_lazy("On the roll"),
    "members_due": gettext_lazy("Due"),
    "members_present": gettext_lazy("Present, of those due"),
    "attendance_rate": gettext_lazy("Attendance"),
    "excused_absences": gettext_lazy("Absent, excused"),
    "unexcused_absences": gettext_lazy("Absent, unexcused"),
    "late_members": gettext_lazy("Came late"),
    "longest_excused_run": gettext_lazy("Longest run of excused absences this year"),
    "duration_minutes": gettext_lazy("Length"),
    "required_minutes": gettext_lazy("Least length asked for"),
    "duration_shortfall": gettext_lazy("Minutes missing"),
    "duration_ratio": gettext_lazy("Length, of what is asked for"),
    "days_from_fixed_day": gettext_lazy("Days from the fixed day"),
    "procedure_steps_rate": gettext_lazy("Steps held"),
    "has_thematic_part": gettext_lazy("Thematic part"),
    "speakers": gettext_lazy("Members who spoke, the chair not counted"),
    "speakers_rate": gettext_lazy("Share of those present who spoke"),
    "review_minutes": gettext_lazy("Minutes of self-criticism and criticism"),
    "tasks_due": gettext_lazy("Earlier tasks due"),
    "tasks_done_rate": gettext_lazy("Of those, declared done"),
    "resolution_adopted": gettext_lazy("Resolution passed"),
    "minutes_adopted": gettext_lazy("Minutes adopted"),
    "tasks_assigned": gettext_lazy("Tasks given"),
    "documents_filed_days_after": gettext_lazy("Days to filing"),
}
# The numbers a rate was made of, in the order part, whole.
PARTS = {
    "attendance_rate": ("present", "due"),
    "procedure_steps_rate": ("held", "required"),
    "speakers_rate": ("speakers", "present"),
    "tasks_done_rate": ("done", "due"),
    "duration_ratio": ("minutes", "required"),
}


@dataclass(frozen=True)
class FactLine:
    """One fact as a line on screen."""

    name: str
    label: str
    value: str
    evidence: str


def fact_lines(facts: Mapping[str, Fact]) -> list[FactLine]:
    """Return the facts as lines, in the order they are explained in."""
    return [
        FactLine(name, str(label), _value(facts[name]), _evidence(facts[name]))
        for name, label in NAMES.items()
        if name in facts
    ]


def _value(fact: Fact) -> str:
    match fact.value:
        case None:
            return _("not yet known")
        case bool():
            return _("yes") if fact.value else _("no")
        case Fraction() if fact.name == "documents_filed_days_after":
            return formats.number(round(float(fact.value) * 10) // 10)
        case Fraction():
            return formats.percent(fact.value)
        case _:
            return formats.number(fact.value)


def _evidence(fact: Fact) -> str:
    if fact.name in PARTS and fact.evidence:
        part, whole = (fact.evidence[key] for key in PARTS[fact.name])
        return f"{part} / {whole}"
    if fact.name == "longest_excused_run" and fact.evidence.get("members"):
        return _("%(count)s members") % {"count": fact.evidence["members"]}
    return ""
