"""A paper form being filled in: a hand that writes down what is told, to be typed in afterwards."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date, datetime, timedelta
from typing import Any

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import AgendaItem, AnswerRead, Attendance, Meeting, TaskReport, Vote
from nenmong.meetings.rules import attendance
from nenmong.meetings.rules.paper import (
    Entered,
    EnteredItem,
    Line,
    NewTask,
    Report,
    Standing,
    Tally,
)

MINUTE = timedelta(minutes=1)


class Sheet:
    """Has the methods of a hand that a meeting is held with; `entered` is what stands on it."""

    def __init__(self, hand: Any, meeting: Meeting, day: date) -> None:
        self.meeting = copy(meeting)  # what the roll says of it is not written anywhere yet
        self._hand, self._day = hand, day
        roll, chair, secretary = hand.standing(meeting, day)
        self._roll: list[Attendance] = roll
        self.meeting.chair_uid, self.meeting.secretary_uid = chair, secretary
        self._items = list(hand.items(meeting))
        self._reports = [copy(report) for report in hand.reports(meeting)]
        self._own: dict[str, Any] = {"place": meeting.place, "guests": "", "directions": ""}
        self._texts: dict[str, dict[str, Any]] = defaultdict(dict)
        self._lines: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._begun: dict[str, datetime] = {}
        self._minutes: dict[str, int] = {}
        self._closing: dict[str, Tally] = {}
        self._now: str = ""

    def entered(self) -> Entered:
        """Return all that stands on the form."""
        return Entered(
            held_on=self._day, opened_at=self.meeting.opened_at, closed_at=self.meeting.closed_at,
            chair_uid=self.meeting.chair_uid or "",
            secretary_uid=self.meeting.secretary_uid or "",
            roll={
                row.member_uid: Standing(row.status, row.reason)
                for row in self._roll
                if (row.status, row.reason) != (attendance.first_status(row.membership), "")
            },
            items=tuple(self._item(item) for item in self._items),
            reports=tuple(
                Report(one.task_uid, one.state, one.result) for one in self._reports if one.state
            ),
            resolution=self._closing.get(Vote.About.RESOLUTION),
            minutes=self._closing.get(Vote.About.MINUTES),
            **self._own,
        )  # fmt: skip

    def _item(self, item: AgendaItem) -> EnteredItem:
        lines: dict[str, Any] = {name: tuple(said) for name, said in self._lines[item.uid].items()}
        return EnteredItem(
            uid=item.uid, title=item.title, minutes=self._minutes.get(item.uid),
            **self._texts[item.uid], **lines,
        )  # fmt: skip

    # ── what is told ────────────────────────────────────────────────────────────────────────

    def items(self, _meeting: Meeting) -> Sequence[AgendaItem]:
        return self._items

    def roll(self, _meeting: Meeting) -> Sequence[Attendance]:
        return self._roll

    def brought(self, item: AgendaItem) -> bool:
        brought: bool = self._hand.brought(item)
        return brought

    def reports(self, _meeting: Meeting) -> Sequence[TaskReport]:
        return self._reports

    def answers(self, _meeting: Meeting) -> Sequence[AnswerRead]:
        return ()

    def open_meeting(self, *, actor: Actor, meeting_uid: str) -> Meeting:
        self.meeting.opened_at = clock.now().replace(second=0, microsecond=0)
        self._count()
        self._take_up(self._items[0].uid)
        return self.meeting

    def _count(self) -> None:
        counts = attendance.count((row.membership, row.status) for row in self._roll)
        self.meeting.official_present, self.meeting.total = counts.official_present, counts.total

    def record_roll(
        self, *, actor: Actor, meeting_uid: str, called: Mapping[str, Called]
    ) -> Meeting:
        for row in self._roll:
            if call := called.get(row.member_uid):
                row.status, row.reason = call.status, call.reason
        self._count()
        return self.meeting

    def go_to_item(self, *, actor: Actor, item_uid: str) -> None:
        self._leave()
        self._take_up(item_uid)

    def _take_up(self, item_uid: str) -> None:
        self._now, self._begun[item_uid] = item_uid, clock.now()

    def _leave(self) -> None:
        self._minutes[self._now] = max(1, (clock.now() - self._begun[self._now]) // MINUTE)

    def write_text(
        self, *, actor: Actor, meeting_uid: str, field: str, was: str, text: str,
        item_uid: str = "",
    ) -> None:  # fmt: skip
        if item_uid:
            self._texts[item_uid][field] = text
        else:
            self._own[field] = text

    def add_speech(self, *, actor: Actor, item_uid: str, text: str, member_uid: str) -> None:
        self._lines[item_uid]["speeches"].append(Line(text, member_uid))

    def note_opinion(self, *, actor: Actor, item_uid: str, text: str, member_uid: str) -> None:
        self._lines[item_uid]["opinions"].append(Line(text, member_uid))

    def record_vote(
        self, *, actor: Actor, meeting_uid: str, about: str, agreed: int, against: int, other: int,
        question: str = "", item_uid: str = "",
    ) -> None:  # fmt: skip
        if item_uid:
            tally = Tally(agreed, against, other, question)
            self._lines[item_uid]["votes"].append(tally)
        else:
            self._closing[about] = Tally(agreed, against, other)

    def assign_task(
        self, *, actor: Actor, item_uid: str, title: str, due_on: date, owner: str = "",
        owner_uid: str = "",
    ) -> None:  # fmt: skip
        self._lines[item_uid]["tasks"].append(NewTask(title, due_on, owner_uid, owner))

    def report_task(
        self, *, actor: Actor, meeting_uid: str, task_uid: str, state: str, result: str
    ) -> None:
        report = next(one for one in self._reports if one.task_uid == task_uid)
        report.state, report.result = state, result

    def close_meeting(self, *, actor: Actor, meeting_uid: str) -> Meeting:
        self._leave()
        self.meeting.closed_at = clock.now().replace(second=0, microsecond=0)
        return self.meeting
