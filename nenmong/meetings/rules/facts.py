"""Facts of a meeting that scoring reads: each a pure function of what was recorded, with evidence.

A fact is missing (None) where its denominator is 0, or nothing is recorded or declared yet; missing
is never zero. `known` is how it is known: R recorded while the meeting is prepared and held, L
known only later, D declared by people. What the program would have recorded itself (R) counts as
not done once the minutes are sealed: not recording earns nothing.
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
    required_minutes: int | None  # none: nothing is asked of this kind of meeting
    required_steps: frozenset[str]
    steps_held: frozenset[str]
    review_minutes: int  # time spent on self-criticism and criticism, in whole minutes
    speakers: int
    excused_runs: Mapping[str, int] = field(default_factory=dict)  # member uid → longest run
    task_states: tuple[str, ...] = ()  # of the last resolution's tasks due; "" = not said
    tasks_assigned: int = 0
    resolution_passed: bool | None = None  # None = no vote recorded
    minutes_passed: bool | None = None
    sealed: bool = False
    filed_at: datetime | None = None
    now: datetime | None = None


@dataclass(frozen=True)
class Fact:
    """A value, how it is known, and the numbers it was made of; the sentence is the screen's."""

    name: str
    known: str
    value: Value
    evidence: Mapping[str, int | str]


Found = tuple[Value, dict[str, int | str]]
MISSING: Found = (None, {})
_Rule = Callable[[Sheet], Found]
RULES: dict[str, tuple[str, _Rule]] = {}


def fact(known: str) -> Callable[[_Rule], _Rule]:
    """Enter a function as the fact of its name."""

    def enter(rule: _Rule) -> _Rule:
        RULES[rule.__name__] = (known, rule)
        return rule

    return enter


def facts(sheet: Sheet) -> dict[str, Fact]:
    """Return every fact this capability knows of a meeting."""
    return {name: Fact(name, known, *rule(sheet)) for name, (known, rule) in RULES.items()}


def _counted(name: str) -> _Rule:
    def rule(sheet: Sheet) -> Found:
        if sheet.opened_at is None:  # no roll before that
            return MISSING
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
def attendance_rate(sheet: Sheet) -> Found:
    """Present of those due, exact."""
    present, due = sheet.counts["present"], sheet.counts["due"]
    return attendance.rate(present=present, due=due), {"present": present, "due": due}


@fact("R")
def longest_excused_run(sheet: Sheet) -> Found:
    """The longest run of meetings in a row this year that one same member missed with a reason."""
    if sheet.opened_at is None:
        return MISSING
    longest = max(sheet.excused_runs.values(), default=0)
    members = sum(run == longest for run in sheet.excused_runs.values()) if longest else 0
    return longest, {"count": longest, "members": members}


def _duration(sheet: Sheet) -> int | None:
    if sheet.opened_at is None or sheet.closed_at is None:
        return None
    return int((sheet.closed_at - sheet.opened_at) / timedelta(minutes=1))


@fact("R")
def duration_minutes(sheet: Sheet) -> Found:
    """Opening to closing, whole minutes."""
    if sheet.opened_at is None or sheet.closed_at is None:
        return MISSING
    return _duration(sheet), {
        "opened": sheet.opened_at.isoformat(),
        "closed": sheet.closed_at.isoformat(),
    }


@fact("R")
def required_minutes(sheet: Sheet) -> Found:
    """What the rules in force ask of this meeting."""
    if sheet.required_minutes is None:
        return MISSING
    return sheet.required_minutes, {"count": sheet.required_minutes}


@fact("R")
def duration_shortfall(sheet: Sheet) -> Found:
    """Minutes that are missing to what is required; a longer meeting gains nothing."""
    minutes = _duration(sheet)
    if minutes is None or sheet.required_minutes is None:
        return MISSING
    return max(0, sheet.required_minutes - minutes), {
        "minutes": minutes,
        "required": sheet.required_minutes,
    }


@fact("R")
def duration_ratio(sheet: Sheet) -> Found:
    """Duration of what is required, exact."""
    minutes = _duration(sheet)
    if minutes is None or not sheet.required_minutes:
        return MISSING
    return Fraction(minutes, sheet.required_minutes), {
        "minutes": minutes,
        "required": sheet.required_minutes,
    }


@fact("R")
def days_from_fixed_day(sheet: Sheet) -> Found:
    """Day held less the day fixed; negative when the cell met before it."""
    if sheet.held_on is None:
        return MISSING
    days = (sheet.held_on - sheet.fixed_day).days
    return days, {"held": sheet.held_on.isoformat(), "fixed": sheet.fixed_day.isoformat()}


@fact("R")
def procedure_steps_rate(sheet: Sheet) -> Found:
    """Required steps that were held, of all required; not known before the end."""
    if not sheet.required_steps or sheet.closed_at is None:
        return MISSING
    held = len(sheet.required_steps & sheet.steps_held)
    required = len(sheet.required_steps)
    return Fraction(held, required), {"held": held, "required": required}


@fact("R")
def has_thematic_part(_sheet: Sheet) -> Found:
    """A regular meeting has no thematic part; the kind with one is a kind of its own."""
    return False, {}


@fact("R")
def speakers(sheet: Sheet) -> Found:
    """Different members who spoke, chair and guests left out."""
    spoke = _spoke(sheet)
    return MISSING if spoke is None else (spoke, {"count": sheet.speakers})


@fact("R")
def speakers_rate(sheet: Sheet) -> Found:
    """Speakers of those present, exact."""
    present, spoke = sheet.counts["present"], _spoke(sheet)
    if not present or spoke is None:
        return MISSING
    return Fraction(spoke, present), {"speakers": spoke, "present": present}


def _spoke(sheet: Sheet) -> int | None:
    """Return how many spoke, never more than were present: an exempt member who came may speak."""
    if not sheet.speakers and not sheet.sealed:
        return None
    return min(sheet.speakers, sheet.counts["present"])


@fact("R")
def review_minutes(sheet: Sheet) -> Found:
    """Minutes spent on self-criticism and criticism; not known before the end."""
    if sheet.closed_at is None:
        return MISSING
    return sheet.review_minutes, {"count": sheet.review_minutes}


@fact("D")
def tasks_due(sheet: Sheet) -> Found:
    """Tasks of the last resolution due by now; what an earlier one left open stands in it again."""
    return len(sheet.task_states), {"count": len(sheet.task_states)}


@fact("D")
def tasks_done_rate(sheet: Sheet) -> Found:
    """Share of those tasks declared done; missing while the state of one has not been said."""
    due = len(sheet.task_states)
    if not due or "" in sheet.task_states:
        return MISSING
    done = sheet.task_states.count("done")
    return Fraction(done, due), {"done": done, "due": due}


@fact("R")
def resolution_adopted(sheet: Sheet) -> Found:
    """The resolution was voted and passed."""
    return _voted(sheet, passed=sheet.resolution_passed), {}


@fact("R")
def minutes_adopted(sheet: Sheet) -> Found:
    """The minutes were read and adopted."""
    return _voted(sheet, passed=sheet.minutes_passed), {}


def _voted(sheet: Sheet, *, passed: bool | None) -> bool | None:
    return False if passed is None and sheet.sealed else passed


@fact("R")
def tasks_assigned(sheet: Sheet) -> Found:
    """The meeting gave at least one task."""
    if not sheet.tasks_assigned and not sheet.sealed:
        return MISSING
    return sheet.tasks_assigned > 0, {"count": sheet.tasks_assigned}


@fact("L")
def documents_filed_days_after(sheet: Sheet) -> Found:
    """Days from closing to filing, or to now while not filed, exact to the second."""
    end = sheet.filed_at or sheet.now
    if sheet.closed_at is None or end is None:
        return MISSING
    seconds = max(0, int((end - sheet.closed_at) / timedelta(seconds=1)))
    return Fraction(seconds, 86400), {
        "filed": (sheet.filed_at or end).isoformat(),
        "closed": sheet.closed_at.isoformat(),
    }
