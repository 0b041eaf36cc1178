"""The one next step of a document that is being made: what its page offers first."""

from dataclasses import dataclass
from enum import StrEnum

from nenmong.directives.rules.states import State


class Step(StrEnum):
    """What is to be done next, and by whom."""

    WRITE = "write"
    ASK = "ask"  # the units under it
    WAIT = "wait"  # for comments, until their day
    WEIGH = "weigh"
    SUBMIT = "submit"
    MEETING = "meeting"  # it lies before the meeting that adopts it
    DESCRIBE = "describe"
    ISSUE = "issue"
    SEND = "send"
    NONE = "none"


@dataclass(frozen=True)
class Course:
    """How far a document is: what its next step follows from."""

    state: State
    meets: bool  # a meeting adopts its kind
    goes_down: bool  # its issuer has units under it
    has_text: bool = False
    has_gist: bool = False
    asked: int = 0  # units, to comment
    answered: int = 0
    late: int = 0  # not answered, and their day is past
    said: int = 0  # comments
    unweighed: int = 0
    sent: bool = False

    @property
    def pending(self) -> int:
        """Units that still have time to comment."""
        return self.asked - self.answered - self.late


def next_step(course: Course) -> Step:
    """Return the one next step; nobody waits for who let the day pass."""
    match course.state:
        case State.DRAFT:
            return _of_draft(course)
        case State.SUBMITTED:
            return Step.MEETING
        case State.ADOPTED:
            return _outward(course)
        case State.ISSUED if course.goes_down and not course.sent:
            return Step.SEND if course.has_gist else Step.DESCRIBE
        case _:
            return Step.NONE


def _of_draft(course: Course) -> Step:
    if not course.has_text:
        return Step.WRITE
    if course.unweighed:
        return Step.WEIGH
    if course.pending:
        return Step.WAIT
    if not course.meets:
        return _outward(course)
    return Step.ASK if course.goes_down and not course.asked else Step.SUBMIT


def _outward(course: Course) -> Step:
    return Step.DESCRIBE if course.goes_down and not course.has_gist else Step.ISSUE
