"""The facts of a meeting in words: what it is called, its value, and what it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import floor

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.core import clock
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
    "thematic_due": gettext_lazy("A thematic meeting is due this month"),
    "has_cell_committee": gettext_lazy("The cell has a cell committee"),
    "committee_met_before": gettext_lazy("The cell committee met before"),
    "notice_days_before": gettext_lazy("Notice to members, days before"),
    "upper_member_notified": gettext_lazy("The follower from above was told"),
    "documents_days_before": gettext_lazy("Documents to members, days before"),
    "draft_resolution_ready": gettext_lazy("Draft resolution ready"),
    "discussion_prompts": gettext_lazy("Questions to discuss ready"),
    "speakers": gettext_lazy("Members who spoke, the chair not counted"),
    "speakers_rate": gettext_lazy("Share of those present who spoke"),
    "review_minutes": gettext_lazy("Minutes of self-criticism and criticism"),
    "praise_or_reminder": gettext_lazy("Praise or reminder in self-criticism and criticism"),
    "directives_due": gettext_lazy("Directives to convey"),
    "directives_conveyed_rate": gettext_lazy("Of those, conveyed"),
    "answers_due": gettext_lazy("Answers to tell back"),
    "answers_conveyed_rate": gettext_lazy("Of those, told"),
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
    "directives_conveyed_rate": ("conveyed", "due"),
    "answers_conveyed_rate": ("conveyed", "due"),
}
IN_DAYS = frozenset({"documents_filed_days_after", "notice_days_before", "documents_days_before"})


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
        case -1 if fact.name in IN_DAYS and not fact.evidence:
            return _("has not happened")
        case Fraction() if fact.name in IN_DAYS:
            return formats.number(_tenths(fact.value))
        case Fraction():
            return formats.percent(fact.value)
        case _:
            return formats.number(fact.value)


def _tenths(days: Fraction) -> Decimal:
    """Return days to one place, never rounded up: nine tenths of a day are not a day."""
    return Decimal(floor(days * 10)) / 10


def _evidence(fact: Fact) -> str:  # noqa: PLR0911 -- one line a kind of fact
    """Return what a fact was made of, in words; "" where the value says it all."""
    made = fact.evidence
    if fact.name in PARTS and made:
        part, whole = (made[key] for key in PARTS[fact.name])
        return f"{part} / {whole}"
    match fact.name:
        case "longest_excused_run" if made.get("members"):
            return _("%(count)s members") % {"count": made["members"]}
        case "duration_minutes" if made:
            return _("from %(start)s to %(end)s") % {
                "start": formats.clock_time(_moment(made["opened"])),
                "end": formats.clock_time(_moment(made["closed"])),
            }
        case "duration_shortfall" if made:
            return _("%(minutes)s of %(required)s minutes") % made
        case "days_from_fixed_day" if made:
            return _("held on %(held)s, fixed for %(fixed)s") % {
                key: formats.iso_day(str(made[key])) for key in ("held", "fixed")
            }
        case "documents_filed_days_after" if made:
            return _when(made["filed"])
        case _ if "at" in made:
            return _when(made["at"])
    return ""


def _moment(text: object) -> datetime:
    return clock.local(datetime.fromisoformat(str(text)))


def _when(text: object) -> str:
    moment = _moment(text)
    return f"{formats.clock_time(moment)}, {formats.day(moment)}"
