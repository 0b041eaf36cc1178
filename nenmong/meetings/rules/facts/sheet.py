"""What facts are made of: the sheet of one meeting, and the table of the rules that read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

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
    thematic: bool = False
    thematic_due: bool | None = None  # none: nobody asks it of this kind of meeting
    cell_committee: bool | None = None  # whether the cell has one; none: not a cell's meeting
    committee_met_at: datetime | None = None  # last before this meeting, since the one before it
    notice_at: datetime | None = None
    documents_at: datetime | None = None
    upper_notified_at: datetime | None = None
    draft_ready_at: datetime | None = None
    prompts_ready_at: datetime | None = None
    review_noted: bool = False  # something was said or concluded in self-criticism and criticism
    conveyed: Mapping[str, tuple[bool, ...]] = field(default_factory=dict)  # kind of matter → each
    paper: bool = False  # typed in from paper: what was left blank there is not known
    starts_at: datetime | None = None
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
Rule = Callable[[Sheet], Found]
RULES: dict[str, tuple[str, Rule]] = {}


def fact(known: str) -> Callable[[Rule], Rule]:
    """Enter a function as the fact of its name."""

    def enter(rule: Rule) -> Rule:
        RULES[rule.__name__] = (known, rule)
        return rule

    return enter


def facts(sheet: Sheet) -> dict[str, Fact]:
    """Return every fact this capability knows of a meeting."""
    return {name: Fact(name, known, *rule(sheet)) for name, (known, rule) in RULES.items()}


def not_done(sheet: Sheet) -> bool | None:
    """What is not recorded: not done once the meeting has begun; on paper a blank is missing."""
    return None if sheet.paper or sheet.opened_at is None else False
