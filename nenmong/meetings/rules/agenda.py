"""How an agenda is drafted: the steps of a meeting, and what waits for it in between."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MATTER_MINUTES = 10
TASKS_STEP = "review"  # what became of the last resolution's tasks
BEFORE_STEP = "discussion"  # what waits is taken up before the month's own tasks are discussed
TOPIC, THEMATIC = "topic", "thematic"
AT_THE_END = frozenset({"criticism", "closing"})
MAX_MINUTES = 480
LONGEST_TITLE = 300


@dataclass(frozen=True)
class Waiting:
    """A waiting matter, as far as the order of an agenda depends on it."""

    uid: str
    kind: str
    title: str
    minutes: int | None = None  # that it asks for; else those of any matter


@dataclass(frozen=True)
class Drafted:
    """One line of a drafted agenda."""

    step: str
    title: str
    minutes: int
    matter_uid: str | None = None


def draft(
    steps: Sequence[Mapping[str, Any]],
    waiting: Iterable[Waiting],
    language: str = "vi",
    subject: str = "",
) -> list[Drafted]:
    """Return the agenda that the steps in force and the waiting matters make.

    `subject` stands behind the thematic step; where there is none, behind what is discussed.

    Tasks are reported under the step of the last resolution, all together. Every other matter gets
    a line of its own before the discussion, in the order given. None is left out.
    """
    own = [
        Drafted(TOPIC, matter.title, matter.minutes or MATTER_MINUTES, matter.uid)
        for matter in waiting
        if matter.kind != "task"
    ]
    about = THEMATIC if any(step["step"] == THEMATIC for step in steps) else BEFORE_STEP
    lines: list[Drafted] = []
    for step in steps:
        if step["step"] == BEFORE_STEP:
            lines += own
            own = []
        title = step["title"][language]
        if step["step"] == about:
            title = titled(title, subject)
        lines.append(Drafted(step["step"], title, step["minutes"]))
    return lines + own


def titled(step: str, subject: str) -> str:
    """Return the title of a step with what it is about, as long as a title may be."""
    return f"{step}: {subject}"[:LONGEST_TITLE] if subject else step


def moved(order: Sequence[str], uid: str, by: int) -> list[str]:
    """Return `order` with `uid` moved by `by` places; past an end it stays at the end.

    Raises:
        ValueError: `uid` is not in `order`.
    """
    place = order.index(uid)
    rest = [other for other in order if other != uid]
    target = min(max(place + by, 0), len(rest))
    return [*rest[:target], uid, *rest[target:]]
