"""The tables of this capability. All grow with cells, so all carry `bucket`.

A row that belongs to a meeting is its child: same bucket, key by `ChildKey`. What may outlive a
merger of cells (a matter, a task, a member) is named by uid only and found by unit, never joined.
"""

from nenmong.meetings.models.matter import CarryOver, Matter, Task, TaskReport
from nenmong.meetings.models.meeting import AgendaItem, Meeting
from nenmong.meetings.models.month import MeetingMonth
from nenmong.meetings.models.names import Attendance, NameEntry
from nenmong.meetings.models.said import NotedOpinion, Speech, Vote
from nenmong.meetings.models.seal import ChainHead, DocumentCounter, SealedRecord

__all__ = [
    "AgendaItem", "Attendance", "CarryOver", "ChainHead", "DocumentCounter", "Matter", "Meeting",
    "MeetingMonth", "NameEntry", "NotedOpinion", "SealedRecord", "Speech", "Task", "TaskReport",
    "Vote",
]  # fmt: skip
