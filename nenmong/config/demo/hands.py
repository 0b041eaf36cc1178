"""By whose hand the demo's past is written: by the actions of real life, or in bulk.

Both have the same methods, named like the actions, and read a meeting's rows the same way; so one
story is told by either, and a test compares what they leave.
"""

from collections.abc import Sequence
from typing import Any

from nenmong.meetings import actions
from nenmong.meetings.models import AgendaItem, Attendance, Meeting, TaskReport

NAMES = (
    "add_speech", "assign_task", "carry_over", "close_meeting", "file_documents", "go_to_item",
    "note_opinion", "open_meeting", "plan_meeting", "postpone_meeting", "propose_topic",
    "record_roll", "record_vote", "report_task", "seal_minutes", "set_thematic",
    "set_time", "write_text",
)  # fmt: skip


class ByActions:
    """Everything is done by its action, one after another."""

    def __getattr__(self, name: str) -> Any:
        """Return the action of this name."""
        if name not in NAMES:
            raise AttributeError(name)
        return getattr(actions, name)

    def items(self, meeting: Meeting) -> Sequence[AgendaItem]:
        return list(meeting.items.all())

    def roll(self, meeting: Meeting) -> Sequence[Attendance]:
        return list(meeting.attendances.all())

    def reports(self, meeting: Meeting) -> Sequence[TaskReport]:
        return list(meeting.reports.all())
