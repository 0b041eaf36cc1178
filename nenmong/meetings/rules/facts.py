"""Facts of a meeting that scoring reads: each one pure function of what was recorded, with evidence.

A fact is missing (None) where its denominator is 0 or nothing was declared; missing is never zero.
`known` is how it is known: R recorded while the meeting is prepared and held, L known only later,
D declared by people.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from nenmong.meetings.rules import attendance

Value = bool | int | Fraction | None


@dataclass(frozen=True)
class Sheet:
    """What was recorded of one meeting, all that its facts are made of."""

    counts: Mapping[str, int]
    opened_at: datetime | None
    closed_at: datetime | None
    held_on: date | None
    fixed_day: date
    required_minutes: int
    required_steps: frozenset[str]
    steps_held: frozenset[str]
    review_minutes: int  # time spent on self-criticism and criticism
    speakers: int
    excused_runs: Mapping[str, int] = field(default_factory=dict)  # member uid → longest run
    task_states: tuple[str, ...] = ()  # of the last resolution's tasks due; "" = not said
    tasks_assigned: int = 0
    resolution_passed: bool = False
    minutes_passed: bool = False
    filed_at: datetime | None = None
    now: datetime | None = None


@dataclass(frozen=True)
class Fact:
    """A value, how it is known, and the numbers it was made of; the sentence is the screen's."""

    name: str
    known: str
    value: Value
    evidence: Mapping[str, int | str]


_Rule = Callable[[Sheet], tuple[Value, dict[str, int | str]]]
RULES: dict[str, tuple[str, _Rule]] = {}


def fact(known: str) -> Callable[[_Rule], _Rule]:
    """Enter a function as the fact of its name."""

    def enter(rule: _Rule) -> _Rule:
        RULES[rule.__name__] = (known, rule)
        return rule

    return enter


def facts(sheet: Sheet) -> dict[str, Fact]:
    """Return every fact this capability knows of a meeting."""
    return {
        name: Fact(name, known, *rule(sheet)) for name, (known, rule) in RULES.items()
    }


def _counted(name: str) -> Callable[[Sheet], tuple[Value, dict[str, int | str]]]:
    def rule(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
        return sheet.counts[name], {"count": sheet.counts[name]}

    return rule


for _name, _column in (
    ("members_total", "total"),
    ("members_due", "due"),
    ("members_present", "present"),
    ("excused_absences", "excused"),
    ("unexcused_absences", "unexcused"),
    ("late_members", "late"),
):
    RULES[_name] = ("R", _counted(_column))


@fact("R")
def attendance_rate(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Present of those due, exact."""
    present, due = sheet.counts["present"], sheet.counts["due"]
    return attendance.rate(present=present, due=due), {"present": present, "due": due}


@fact("R")
def longest_excused_run(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """The longest run of meetings in a row this year that one same member missed with a reason."""
    longest = max(sheet.excused_runs.values(), default=0)
    members = sum(run == longest for run in sheet.excused_runs.values()) if longest else 0
    return longest, {"count": longest, "members": members}


def _duration(sheet: Sheet) -> int | None:
    if sheet.opened_at is None or sheet.closed_at is None:
        return None
    return int((sheet.closed_at - sheet.opened_at) / timedelta(minutes=1))


@fact("R")
def duration_minutes(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Opening to closing, whole minutes."""
    if sheet.opened_at is None or sheet.closed_at is None:
        return None, {}
    return _duration(sheet), {
        "opened": sheet.opened_at.isoformat(),
        "closed": sheet.closed_at.isoformat(),
    }


@fact("R")
def required_minutes(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """What the rules in force ask of this meeting."""
    return sheet.required_minutes, {"count": sheet.required_minutes}


@fact("R")
def duration_shortfall(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Minutes that are missing to what is required; a longer meeting gains nothing."""
    minutes = _duration(sheet)
    if minutes is None:
        return None, {}
    return max(0, sheet.required_minutes - minutes), {
        "minutes": minutes,
        "required": sheet.required_minutes,
    }


@fact("R")
def duration_ratio(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Duration of what is required, exact."""
    minutes = _duration(sheet)
    if minutes is None or not sheet.required_minutes:
        return None, {}
    return Fraction(minutes, sheet.required_minutes), {
        "minutes": minutes,
        "required": sheet.required_minutes,
    }


@fact("R")
def days_from_fixed_day(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Day held less the day fixed; negative when the cell met before it."""
    if sheet.held_on is None:
        return None, {}
    days = (sheet.held_on - sheet.fixed_day).days
    return days, {"held": sheet.held_on.isoformat(), "fixed": sheet.fixed_day.isoformat()}


@fact("R")
def procedure_steps_rate(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Required steps that were held, of all required."""
    if not sheet.required_steps:
        return None, {}
    held = len(sheet.required_steps & sheet.steps_held)
    required = len(sheet.required_steps)
    return Fraction(held, required), {"held": held, "required": required}


@fact("R")
def has_thematic_part(_sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """A regular meeting has no thematic part; the kind with one is a kind of its own."""
    return False, {}


@fact("R")
def speakers(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Different members who spoke, chair and guests left out."""
    return sheet.speakers, {"count": sheet.speakers}


@fact("R")
def speakers_rate(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Speakers of those present, exact."""
    present = sheet.counts["present"]
    if not present:
        return None, {}
    spoke = min(sheet.speakers, present)
    return Fraction(spoke, present), {"speakers": spoke, "present": present}


@fact("R")
def review_minutes(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Minutes spent on self-criticism and criticism."""
    return sheet.review_minutes, {"count": sheet.review_minutes}


@fact("D")
def tasks_due(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Tasks of the last resolution due by now."""
    return len(sheet.task_states), {"count": len(sheet.task_states)}


@fact("D")
def tasks_done_rate(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Share of those tasks declared done; missing while the state of one has not been said."""
    due = len(sheet.task_states)
    if not due or "" in sheet.task_states:
        return None, {}
    done = sheet.task_states.count("done")
    return Fraction(done, due), {"done": done, "due": due}


@fact("R")
def resolution_adopted(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """The resolution was voted and passed."""
    return sheet.resolution_passed, {}


@fact("R")
def minutes_adopted(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """The minutes were read and adopted."""
    return sheet.minutes_passed, {}


@fact("R")
def tasks_assigned(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """The meeting gave at least one task."""
    return sheet.tasks_assigned > 0, {"count": sheet.tasks_assigned}


@fact("L")
def documents_filed_days_after(sheet: Sheet) -> tuple[Value, dict[str, int | str]]:
    """Days from closing to filing, or to now while not filed, exact to the second."""
    end = sheet.filed_at or sheet.now
    if sheet.closed_at is None or end is None:
        return None, {}
    seconds = max(0, int((end - sheet.closed_at) / timedelta(seconds=1)))
    return Fraction(seconds, 86400), {
        "filed": (sheet.filed_at or end).isoformat(),
        "closed": sheet.closed_at.isoformat(),
    }
