"""Closing in bulk: ended, sealed, filed."""

from datetime import date

from nenmong.config.demo.bulk.held import Held
from nenmong.config.demo.bulk.holding import Holding
from nenmong.config.demo.bulk.letters import Letters
from nenmong.config.demo.sealing import sealed_record
from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.meetings.models import DocumentCounter, JointPart, Matter, Meeting, Vote
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.models.month import FROM_MEETING
from nenmong.meetings.queries.numbers import MINUTES, RESOLUTION, terms_of
from nenmong.rulebook.queries import Book
from nenmong.rulebook.rules.terms import term_of


class Closing(Letters, Holding):
    """What is done after a meeting."""

    def close_meeting(self, *, actor: Actor, meeting_uid: str) -> Meeting:
        held = self.held[meeting_uid]
        held.meeting.closed_at = clock.now()
        held.meeting.status = Meeting.Status.HELD
        self._leave(held, clock.now())
        self._add(held.meeting, held=1)
        return held.meeting

    def seal_minutes(self, *, actor: Actor, meeting_uid: str) -> Meeting:
        held = self.held[meeting_uid]
        meeting = held.meeting
        day = meeting.held_on or clock.today()
        book = self._book(day)
        passed = {vote.about: vote.passed for vote in held.votes if not vote.item_id}
        meeting.status, meeting.sealed_at = Meeting.Status.SEALED, clock.now()
        meeting.sealed_by = str(actor)[:120]
        meeting.minutes_number = self._number(MINUTES, day, book)
        if passed.get(Vote.About.RESOLUTION):
            meeting.resolution_number = self._number(RESOLUTION, day, book)
        for right in held.given:
            right.ended_at = meeting.sealed_at
        together = self._together(held)
        self.rows.put(sealed_record(actor, held, self.head, self.matters, book, together))
        self._settle(held)
        self._add(meeting, sealed=1, **{name: getattr(meeting, name) for name in FROM_MEETING})
        return meeting

    def _together(self, held: Held) -> list[str]:
        """Return the names of the other cells of a joint meeting, the host first."""
        host = self.rows.hosts.get(held.meeting.uid)
        if host is None:
            return []
        accepted = [part.unit for part in host.parts if part.state == JointPart.State.ACCEPTED]
        others = [] if host is held else [host.meeting.unit.name]
        accepted.sort(key=lambda unit: unit.path)
        return others + [unit.name for unit in accepted if unit.uid != self.unit.uid]

    def _number(self, kind: str, day: date, book: Book) -> int:
        term = term_of(day, terms_of(book))
        counter = self.counters.get((kind, term))
        if counter is None:
            counter = self._new(DocumentCounter, unit=self.unit, kind=kind, term=term, last=0)
            self.counters[kind, term] = counter
        counter.last += 1
        return counter.last

    def _settle(self, held: Held) -> None:
        day = held.meeting.held_on or clock.today()
        reports = {report.matter_uid: report for report in held.reports}
        carried = {one.matter_uid: one.reason for one in held.carried}
        for matter in self.matters.values():
            if matter.state != Matter.State.ON_AGENDA or matter.meeting_uid != held.meeting.uid:
                continue
            report = reports.get(matter.uid)
            if matter.uid in carried or (report and report.state != TaskState.DONE):
                matter.state, matter.carried = Matter.State.WAITING, matter.carried + 1
            else:
                matter.state = Matter.State.DISCHARGED
            if matter.kind == Matter.Kind.DIRECTIVE:
                self._told(held, matter, carried_why=carried.get(matter.uid, ""))
        for report in held.reports:
            if report.state:
                task = self.tasks[report.task_uid]
                task.state, task.result = report.state, report.result
                task.done_on = day if report.state == TaskState.DONE else None
        for task in held.tasks:
            matter = self._new(
                Matter, unit=self.unit, kind=Matter.Kind.TASK, source_uid=task.uid,
                title=task.title, asked=Matter.Asked.REPORT_BACK, due_on=task.due_on, since=day,
            )  # fmt: skip
            self.matters[matter.uid] = matter

    def file_documents(self, *, actor: Actor, meeting_uid: str, how: str) -> Meeting:
        meeting = self.held[meeting_uid].meeting
        meeting.filed_at, meeting.filed_how = clock.now(), how
        self._add(meeting, filed=1)
        return meeting
