"""What happens to meetings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MeetingPlanned:
    """A meeting has its day and its agenda."""

    meeting_uid: str


@dataclass(frozen=True)
class MinutesSealed:
    """Minutes were frozen; tasks and what was noted go on from here."""

    meeting_uid: str


@dataclass(frozen=True)
class MeetingFiled:
    """The finished documents were filed."""

    meeting_uid: str
