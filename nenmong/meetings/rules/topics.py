"""What a cell could discuss next, from what is recorded; and when its agenda repeats itself."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

MOST = 3
MONTHS = 3  # in which the same agenda is no chance any more
# Templates name the month or the year: the same item is the same in another month.
_DATED = re.compile(r"\d+")


class Why(Enum):
    """From what a topic is proposed; the sentence is the screen's."""

    TASK_OVERDUE = "task_overdue"
    PLANNED_TOPIC = "planned_topic"
    THEMATIC_DUE = "thematic_due"
    TASKS_NOT_DONE = "tasks_not_done"
    ATTENDANCE = "attendance"
    TOO_SHORT = "too_short"
    NOTHING_SAID = "nothing_said"
    FEW_SPOKE = "few_spoke"


@dataclass(frozen=True)
class OpenTask:
    """A task the cell has not finished."""

    title: str
    due_on: date | None


@dataclass(frozen=True)
class Known:
    """What is recorded that a topic can come of. Facts are those of the last sealed meeting."""

    today: date
    tasks: Sequence[OpenTask] = ()
    planned: str = ""  # the topic that the plan of the year has for these months
    thematic_due: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)  # name → value; None: not known
    bar_reached: bool = True


@dataclass(frozen=True)
class Proposed:
    """A topic to discuss and what it comes of."""

    why: Why
    about: str = ""
    count: int = 0  # days past, minutes short
    rate: Fraction = Fraction(0)


def propose(known: Known) -> list[Proposed]:
    """Return up to three topics: the oldest overdue task, the year's plan, the last weaknesses."""
    found = [*_of_tasks(known), *_of_the_year(known), *_of_weaknesses(known)]
    return found[:MOST]


def _of_tasks(known: Known) -> Iterable[Proposed]:
    overdue = [task for task in known.tasks if task.due_on and task.due_on < known.today]
    if overdue:
        oldest = min(overdue, key=lambda task: task.due_on or known.today)
        days = (known.today - (oldest.due_on or known.today)).days
        yield Proposed(Why.TASK_OVERDUE, oldest.title, count=days)


def _of_the_year(known: Known) -> Iterable[Proposed]:
    if known.planned:
        yield Proposed(Why.PLANNED_TOPIC, known.planned)
    elif known.thematic_due:
        yield Proposed(Why.THEMATIC_DUE)


def _of_weaknesses(known: Known) -> Iterable[Proposed]:
    """Yield what was short last time, what weighs most in the carrying-out first."""
    facts = known.facts
    done = facts.get("tasks_done_rate")
    if done is not None and done < 1:
        yield Proposed(Why.TASKS_NOT_DONE, rate=Fraction(done))
    if facts.get("praise_or_reminder") is False:
        yield Proposed(Why.NOTHING_SAID)
    if facts.get("attendance_rate") is not None and not known.bar_reached:
        yield Proposed(Why.ATTENDANCE, rate=Fraction(facts["attendance_rate"]))
    if facts.get("duration_shortfall"):
        yield Proposed(Why.TOO_SHORT, count=facts["duration_shortfall"])
    if facts.get("speakers") == 0:
        yield Proposed(Why.FEW_SPOKE)


def same_as(title: str) -> str:
    """Return what makes an item the same in another month: its words without figures."""
    return " ".join(_DATED.sub("", title).casefold().split())


def repeats(agendas: Sequence[Iterable[str]]) -> bool:
    """Say whether the agendas of three months in a row are the same.

    Args:
        agendas: titles of each month's own items, the latest first; fewer than three repeat
            nothing. Months without any item of their own are alike too.
    """
    if len(agendas) < MONTHS:
        return False
    alike = {frozenset(same_as(title) for title in agenda) for agenda in agendas[:MONTHS]}
    return len(alike) == 1
