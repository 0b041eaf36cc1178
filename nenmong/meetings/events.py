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


@dataclass(frozen=True)
class NoticeToMail:
    """One person is to be told of a meeting by e-mail."""

    meeting_uid: str
    member_uid: str
    site: str  # where the answer's address begins: a job has no request to ask


@dataclass(frozen=True)
class MeetingTimeSet:
    """A planned meeting has another hour or place."""

    meeting_uid: str


@dataclass(frozen=True)
class MeetingPostponed:
    """A planned meeting is held on another day, for a reason."""

    meeting_uid: str


@dataclass(frozen=True)
class MeetingCancelled:
    """A planned meeting is not held."""

    meeting_uid: str


@dataclass(frozen=True)
class MeetingReinstated:
    """A cancelled meeting is held after all."""

    meeting_uid: str


@dataclass(frozen=True)
class YearPlanReported:
    """A cell has reported its plan of a year to the committee above."""

    plan_uid: str
