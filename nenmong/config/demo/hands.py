"""By whose hand the demo's past is written: by the actions of real life, or in bulk.

Both have the same methods, named like the actions, and read a meeting's rows the same way; so one
story is told by either, and a test compares what they leave.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from nenmong.config.demo.rounds import follow
from nenmong.directives import actions as directives
from nenmong.directives.models import Delivery
from nenmong.meetings import actions
from nenmong.meetings.actions.holding import standing_on
from nenmong.meetings.models import AgendaItem, AnswerRead, Attendance, Matter, Meeting, TaskReport
from nenmong.meetings.queries.paper import roll_of
from nenmong.meetings.rules import kinds
from nenmong.org import queries as org

NAMES = (
    "accept_joint", "add_document", "add_item", "add_speech", "ask_to_join", "assign_task",
    "attach_scan", "cancel_meeting", "carry_over", "close_meeting", "enter_meeting",
    "file_documents", "give_right", "go_to_item", "judge_answer", "note_answer", "note_opinion",
    "open_meeting", "plan_meeting", "plan_topic", "postpone_meeting", "propose_topic",
    "record_ballot", "record_dues", "record_notice", "record_roll", "record_vote", "report_task",
    "report_year_plan", "seal_minutes", "set_thematic", "set_time", "start_paper",
    "take_common_texts", "write_note", "write_text",
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

    def answers(self, meeting: Meeting) -> Sequence[AnswerRead]:
        """Return the answers to the cell's opinions that come before a meeting."""
        return list(meeting.answers_read.all())

    def standing(self, meeting: Meeting, day: date) -> tuple[list[Attendance], str, str]:
        """Return the roll as it would be taken on `day`, and who presides and keeps the minutes."""
        rows = [standing_on(meeting, entry) for entry in roll_of(meeting, day)]
        posts = org.posts(meeting.unit_id, day)
        presides = (org.holder(posts, role) for role in kinds.CHAIRS)
        chair = next((uid for uid in presides if uid), "")
        scribe = org.holder(posts, "scribe") or ""
        return rows, chair, scribe if scribe in {row.member_uid for row in rows} else chair

    def come(self, _until: date, _ended_by: date) -> None:
        """Do nothing: documents come by their own actions."""

    def brought(self, item: AgendaItem) -> bool:
        """Say whether an item is a document that was sent down, or a draft to decide on."""
        return bool(item.matter_uid) and Matter.objects.filter(
            uid=item.matter_uid, kind=Matter.Kind.DIRECTIVE
        ).exists()  # fmt: skip

    def report_back(self, *, actor: Any, matter_uid: str, text: str) -> None:
        """Report on a document once the worker has noted that it was discussed."""
        follow()
        matter = Matter.objects.get(uid=matter_uid)
        row = Delivery.objects.get(unit=matter.unit_id, directive=matter.source_uid)
        if row.state == Delivery.State.DISCUSSED:
            directives.report_back(actor=actor, delivery_uid=row.uid, text=text)

    def finish(self) -> None:
        """Do nothing more: all is written already."""
