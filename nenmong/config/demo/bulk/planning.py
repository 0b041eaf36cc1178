"""Preparing in bulk: topics, the meeting laid out, its agenda, its hour, its thematic part."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import get_language

from nenmong.config.demo.bulk.desk import Desk
from nenmong.config.demo.bulk.held import Held
from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.meetings.models import AgendaItem, AnswerRead, Matter, Meeting, TaskReport
from nenmong.meetings.rules import agenda, calendar, kinds
from nenmong.rulebook import queries as rulebook


class Planning(Desk):
    """What is done before a meeting."""

    def propose_topic(self, *, actor: Actor, unit_uid: str, title: str) -> Matter:
        matter: Matter = self._new(
            Matter, unit=self.unit, kind=Matter.Kind.TOPIC, title=title,
            asked=Matter.Asked.DISCUSS, since=clock.today(),
        )  # fmt: skip
        self.matters[matter.uid] = matter
        return matter

    def plan_meeting(
        self, *, actor: Actor, unit_uid: str, month: date | None = None, kind: str = kinds.REGULAR,
        subject: str = "", starts_at: datetime | None = None,
    ) -> Meeting:  # fmt: skip
        wanted = kinds.of(kind)
        if starts_at is None and month is not None:
            day, starts_at = self._regular_day(month)
            last = self.before
        else:
            starts_at = starts_at or clock.now()
            day = clock.local(starts_at).date()
            month, last = calendar.month_of(day), self.last_of.get(kind)
        meeting: Meeting = self._new(
            Meeting, unit=self.unit, grassroots=self.grassroots, kind=wanted.code, subject=subject,
            month=month, fixed_day=day, starts_at=starts_at, place=last.place if last else "",
        )  # fmt: skip
        self._lay_out(meeting)
        self._add(meeting, planned=1)
        if wanted.monthly:
            self.before = meeting
        else:
            self.last_of[kind] = meeting
        return meeting

    def _regular_day(self, month: date) -> tuple[date, datetime]:
        book = self._book(month)
        day = calendar.fixed_day(month, book.value("meetings.regular.fixed_day"))
        usual = time.fromisoformat(book.value("meetings.regular.usual_hour"))
        hour = clock.local(self.before.starts_at).time() if self.before else usual
        return day, clock.at_hour(day, hour)

    def _lay_out(self, meeting: Meeting) -> None:
        held = self.held[meeting.uid] = Held(meeting)
        kind = kinds.of(meeting.kind)
        waiting = sorted(
            (m for m in self.matters.values() if kind.monthly and m.state == Matter.State.WAITING),
            key=lambda m: (m.due_on is None, m.due_on or meeting.fixed_day, m.uid),
        )
        lines = agenda.draft(
            self._book(meeting.fixed_day).value(kind.steps),
            [agenda.Waiting(m.uid, m.kind, m.title, m.minutes) for m in waiting],
            subject=meeting.subject,
        )
        for position, line in enumerate(lines, start=1):
            self._line(
                held, position=position, step=line.step, title=line.title, minutes=line.minutes,
                matter_uid=line.matter_uid,
            )  # fmt: skip
        self._put_on_agenda(held, waiting)

    def _line(self, held: Held, **said: Any) -> AgendaItem:
        item: AgendaItem = self._new(AgendaItem, meeting=held.meeting, **said)
        held.items.append(item)
        self.of_item[item.uid] = held
        return item

    def _put_on_agenda(self, held: Held, waiting: Iterable[Matter]) -> None:
        by_task: dict[str, str] = {}
        for matter in waiting:
            matter.state, matter.meeting_uid = Matter.State.ON_AGENDA, held.meeting.uid
            if matter.kind == Matter.Kind.TASK and matter.source_uid:
                by_task[matter.source_uid] = matter.uid
            if matter.kind == Matter.Kind.ANSWER:
                held.answers.append(
                    self._new(
                        AnswerRead, meeting=held.meeting, matter_uid=matter.uid,
                        source_uid=matter.source_uid, title=matter.title, text=matter.text,
                        sender=matter.sender, asks=matter.asked == Matter.Asked.DECIDE,
                    )
                )  # fmt: skip
        tasks = [self.tasks[uid] for uid in by_task]
        for task in sorted(tasks, key=lambda one: (one.due_on or date.max, one.uid)):
            held.reports.append(
                self._new(
                    TaskReport, meeting=held.meeting, task_uid=task.uid,
                    matter_uid=by_task[task.uid], title=task.title, owner=task.owner,
                    due_on=task.due_on, state_at_start=task.state, state="", result="",
                )
            )  # fmt: skip

    def set_time(
        self, *, actor: Actor, meeting_uid: str, starts_at: datetime, place: str
    ) -> Meeting:
        meeting = self.held[meeting_uid].meeting
        meeting.starts_at, meeting.place = starts_at, place
        return meeting

    def set_thematic(self, *, actor: Actor, meeting_uid: str, subject: str) -> Meeting:
        held = self.held[meeting_uid]
        meeting = held.meeting
        kind = kinds.of(kinds.REGULAR_THEMATIC)
        meeting.kind, meeting.subject = kind.code, subject
        steps = rulebook.value(kind.steps, meeting.fixed_day)
        step = next(one for one in steps if one["step"] == agenda.THEMATIC)
        title = agenda.titled(step["title"][(get_language() or "vi")[:2]], subject)
        self._insert(held, step=agenda.THEMATIC, minutes=step["minutes"], title=title)
        return meeting

    def add_item(
        self, *, actor: Actor, meeting_uid: str, title: str, minutes: int, business: str = ""
    ) -> AgendaItem:
        held = self.held[meeting_uid]
        return self._insert(
            held, step=agenda.TOPIC, minutes=minutes, title=title, business=business
        )

    def _insert(self, held: Held, **said: Any) -> AgendaItem:
        """Put an item where topics go, and number all anew."""
        item = self._line(held, position=0, **said)
        held.items.pop()
        ends = (at for at, one in enumerate(held.items) if one.step in agenda.AT_THE_END)
        held.items.insert(next(ends, len(held.items)), item)
        for position, one in enumerate(held.items, start=1):
            one.position = position
        return item
