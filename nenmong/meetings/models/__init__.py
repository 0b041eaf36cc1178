"""The tables of this capability. All grow with cells, so all carry `bucket`.

A row that belongs to a meeting is its child: same bucket, key by `ChildKey`. What may outlive a
merger of cells (a matter, a task, a member) is named by uid only and found by unit, never joined.
"""

from nenmong.meetings.models.around import (
    CorrectionNote,
    GivenRight,
    JointPart,
    MeetingDocument,
    Notice,
    Postponement,
)
from nenmong.meetings.models.feed import CalendarFeed
from nenmong.meetings.models.matter import (
    AnswerRead,
    CarryOver,
    Matter,
    Task,
    TaskProgress,
    TaskReport,
)
from nenmong.meetings.models.meeting import AgendaItem, Meeting
from nenmong.meetings.models.month import MeetingMonth
from nenmong.meetings.models.names import Attendance, Invitation, NameEntry
from nenmong.meetings.models.said import NotedOpinion, Speech, Vote
from nenmong.meetings.models.seal import ChainHead, DocumentCounter, SealedRecord
from nenmong.meetings.models.year import PlannedTopic, YearPlan

__all__ = [
    "AgendaItem", "AnswerRead", "Attendance", "CalendarFeed", "CarryOver", "ChainHead",
    "CorrectionNote", "DocumentCounter", "GivenRight", "Invitation", "JointPart", "Matter",
    "Meeting", "MeetingDocument", "MeetingMonth", "NameEntry", "NotedOpinion", "Notice",
    "PlannedTopic",
    "Postponement", "SealedRecord", "Speech", "Task", "TaskProgress", "TaskReport", "Vote",
    "YearPlan",
]  # fmt: skip
