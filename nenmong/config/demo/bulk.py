"""The demo's older months, written in bulk: the rows the actions would leave, without their audit.

One hand tells one cell at a time. It keeps the cell's rows in memory, does to them what each action
does, and puts them into the shelves of `Rows`, which are written many cells at a time. A test tells
one cell both ways and compares everything but ids, times and audit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.utils.translation import get_language

from nenmong.config.demo.sealing import sealed_record
from nenmong.config.demo.writing import Rows
from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.ids import new_uid
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import (
    AgendaItem,
    Attendance,
    CarryOver,
    ChainHead,
    DocumentCounter,
    Matter,
    Meeting,
    NameEntry,
    NotedOpinion,
    Postponement,
    Speech,
    Task,
    TaskReport,
    Vote,
)
from nenmong.meetings.models.matter import OwnerKind, TaskState
from nenmong.meetings.models.month import FROM_MEETING
from nenmong.meetings.queries.numbers import MINUTES, RESOLUTION, terms_of
from nenmong.meetings.rules import agenda, attendance, calendar, kinds, votes
from nenmong.org import queries as org
from nenmong.org.models import Membership, Post, Unit
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book


@dataclass
class Held:
    """The rows of one meeting in memory."""

    meeting: Meeting
    items: list[AgendaItem] = field(default_factory=list)
    roll: list[Attendance] = field(default_factory=list)
    speeches: list[Speech] = field(default_factory=list)
    opinions: list[NotedOpinion] = field(default_factory=list)
    names: list[NameEntry] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    reports: list[TaskReport] = field(default_factory=list)
    carried: list[CarryOver] = field(default_factory=list)
    postponed: list[Postponement] = field(default_factory=list)

    def of(self, table: type[models.Model]) -> Sequence[models.Model]:
        """Return the rows of one table."""
        shelves: dict[type[models.Model], Sequence[models.Model]] = {
            AgendaItem: self.items, Attendance: self.roll, Speech: self.speeches,
            NotedOpinion: self.opinions, NameEntry: self.names, Vote: self.votes,
            Task: self.tasks, TaskReport: self.reports, CarryOver: self.carried,
            Postponement: self.postponed,
        }  # fmt: skip
        return shelves.get(table, ())


class InBulk:
    """Tells one cell's meetings without the database; `finish` puts its rows on the shelves."""

    def __init__(self, unit: Unit, rows: Rows) -> None:
        self.unit = unit
        self.rows = rows
        self.grassroots = org.grassroots_of(unit)
        rows.paths[self.grassroots.uid] = self.grassroots.path
        self.members = list(
            Membership.objects.filter(unit=unit).select_related("member")
            .order_by("member__name_key", "member_id")
        )  # fmt: skip
        self.posts = list(Post.objects.filter(unit=unit).order_by("first_day", "uid"))
        self.held: dict[str, Held] = {}
        self.of_item: dict[str, Held] = {}
        self.matters: dict[str, Matter] = {}
        self.tasks: dict[str, Task] = {}
        self.counters: dict[tuple[str, date], DocumentCounter] = {}
        self.head = ChainHead(bucket=unit.bucket, unit=unit, position=0, link="")
        self.before: Meeting | None = None
        self._books: dict[date, Book] = {}

    # ── what a story reads ──────────────────────────────────────────────────────────────────

    def items(self, meeting: Meeting) -> Sequence[AgendaItem]:
        return list(self.held[meeting.uid].items)

    def roll(self, meeting: Meeting) -> Sequence[Attendance]:
        return list(self.held[meeting.uid].roll)

    def reports(self, meeting: Meeting) -> Sequence[TaskReport]:
        return list(self.held[meeting.uid].reports)

    def finish(self) -> None:
        """Put the cell's rows on the shelves."""
        put = self.rows.put
        for held in self.held.values():
            put(held.meeting, *held.items, *held.roll, *held.speeches, *held.opinions)
            put(*held.names, *held.votes, *held.tasks, *held.reports, *held.carried)
            put(*held.postponed)
        put(*self.matters.values(), *self.counters.values())
        if self.head.position:
            put(self.head)

    def _book(self, day: date) -> Book:
        month = calendar.month_of(day)  # the demo's rules begin with a month
        if month not in self._books:
            self._books[month] = rulebook.book_now(self.unit, day)
        return self._books[month]

    def _new(self, model: type[models.Model], **said: Any) -> Any:
        return model(uid=new_uid(), bucket=self.unit.bucket, **said)

    # ── planning ────────────────────────────────────────────────────────────────────────────

    def propose_topic(self, *, actor: Actor, unit_uid: str, title: str) -> Matter:
        matter: Matter = self._new(
            Matter, unit=self.unit, kind=Matter.Kind.TOPIC, title=title,
            asked=Matter.Asked.DISCUSS, since=clock.today(),
        )  # fmt: skip
        self.matters[matter.uid] = matter
        return matter

    def plan_meeting(self, *, actor: Actor, unit_uid: str, month: date) -> Meeting:
        kind = kinds.of(kinds.REGULAR)
        book = self._book(month)
        day = calendar.fixed_day(month, book.value("meetings.regular.fixed_day"))
        usual = time.fromisoformat(book.value("meetings.regular.usual_hour"))
        hour = clock.local(self.before.starts_at).time() if self.before else usual
        meeting: Meeting = self._new(
            Meeting, unit=self.unit, grassroots=self.grassroots, kind=kind.code, month=month,
            fixed_day=day, starts_at=clock.at_hour(day, hour),
            place=self.before.place if self.before else "",
        )  # fmt: skip
        held = self.held[meeting.uid] = Held(meeting)
        waiting = sorted(
            (m for m in self.matters.values() if m.state == Matter.State.WAITING),
            key=lambda m: (m.due_on is None, m.due_on or day, m.uid),
        )
        lines = agenda.draft(
            book.value(kind.steps), [agenda.Waiting(m.uid, m.kind, m.title) for m in waiting]
        )
        for position, line in enumerate(lines, start=1):
            item = self._new(
                AgendaItem, meeting=meeting, position=position, step=line.step, title=line.title,
                minutes=line.minutes, matter_uid=line.matter_uid,
            )  # fmt: skip
            held.items.append(item)
            self.of_item[item.uid] = held
        self._put_on_agenda(held, waiting)
        self._add(meeting, planned=1)
        self.before = meeting
        return meeting

    def _put_on_agenda(self, held: Held, waiting: Iterable[Matter]) -> None:
        by_task: dict[str, str] = {}
        for matter in waiting:
            matter.state, matter.meeting_uid = Matter.State.ON_AGENDA, held.meeting.uid
            if matter.kind == Matter.Kind.TASK and matter.source_uid:
                by_task[matter.source_uid] = matter.uid
        tasks = [self.tasks[uid] for uid in by_task]
        for task in sorted(tasks, key=lambda one: (one.due_on or date.max, one.uid)):
            held.reports.append(
                self._new(
                    TaskReport, meeting=held.meeting, task_uid=task.uid,
                    matter_uid=by_task[task.uid], title=task.title, owner=task.owner,
                    due_on=task.due_on, state_at_start=task.state, state="", result="",
                )
            )  # fmt: skip

    def postpone_meeting(
        self, *, actor: Actor, meeting_uid: str, starts_at: datetime, reason: str,
        agreed_by: str,
    ) -> Meeting:  # fmt: skip
        held = self.held[meeting_uid]
        held.postponed.append(
            self._new(
                Postponement, meeting=held.meeting, was_at=held.meeting.starts_at,
                now_at=starts_at, reason=reason, agreed_by=agreed_by, noted_at=clock.now(),
            )
        )  # fmt: skip
        held.meeting.starts_at = starts_at
        return held.meeting

    def set_time(
        self, *, actor: Actor, meeting_uid: str, starts_at: datetime, place: str
    ) -> Meeting:
        meeting = self.held[meeting_uid].meeting
        meeting.starts_at, meeting.place = starts_at, place
        return meeting

    def set_thematic(self, *, actor: Actor, meeting_uid: str, subject: str) -> Meeting:
        held = self.held[meeting_uid]
        meeting, items = held.meeting, held.items
        kind = kinds.of(kinds.REGULAR_THEMATIC)
        meeting.kind, meeting.subject = kind.code, subject
        steps = rulebook.value(kind.steps, meeting.fixed_day)
        step = next(one for one in steps if one["step"] == agenda.THEMATIC)
        part = self._new(
            AgendaItem, meeting=meeting, step=agenda.THEMATIC, minutes=step["minutes"],
            title=agenda.titled(step["title"][(get_language() or "vi")[:2]], subject),
        )  # fmt: skip
        ends = (place for place, item in enumerate(items) if item.step in agenda.AT_THE_END)
        items.insert(next(ends, len(items)), part)
        for position, item in enumerate(items, start=1):
            item.position = position
        self.of_item[part.uid] = held
        return meeting

    # ── holding ─────────────────────────────────────────────────────────────────────────────

    def open_meeting(self, *, actor: Actor, meeting_uid: str) -> Meeting:
        held = self.held[meeting_uid]
        meeting = held.meeting
        meeting.opened_at = clock.now()
        day = meeting.held_on = clock.local(meeting.opened_at).date()
        for one in self.members:
            if _in_force(one, day):
                held.roll.append(
                    self._new(
                        Attendance, meeting=meeting, member_uid=one.member_id,
                        name=one.member.full_name, name_key=one.member.name_key,
                        membership=one.status, status=attendance.first_status(one.status),
                    )
                )  # fmt: skip
        names = {row.member_uid: row.name for row in held.roll}
        posts = [org.Held(p.role, p.member_id, p.title) for p in self.posts if _in_force(p, day)]
        presides = (org.holder(posts, role) for role in kinds.CHAIRS)
        chair = next((uid for uid in presides if uid), "")
        scribe = org.holder(posts, "scribe") or ""
        secretary = scribe if scribe in names else chair
        if chair in names:
            meeting.chair_uid, meeting.chair_name = chair, names[chair]
            meeting.chair_post = org.post_title(posts, chair)
        if secretary in names:
            meeting.secretary_uid, meeting.secretary_name = secretary, names[secretary]
        self._count(held)
        held.items[0].take_up(meeting.opened_at)
        meeting.status = Meeting.Status.OPEN
        return meeting

    def _count(self, held: Held) -> None:
        counts = attendance.count((row.membership, row.status) for row in held.roll)
        for name, number in counts.as_dict().items():
            setattr(held.meeting, name, number)

    def record_roll(
        self, *, actor: Actor, meeting_uid: str, called: Mapping[str, Called]
    ) -> Meeting:
        held = self.held[meeting_uid]
        for row in held.roll:
            if call := called.get(row.member_uid):
                row.status = call.status
                keeps = call.status not in {"present", "exempt", "exempt_present"}
                row.reason = call.reason if keeps else ""
        self._count(held)
        return held.meeting

    def go_to_item(self, *, actor: Actor, item_uid: str) -> AgendaItem:
        held, item = self._item(item_uid)
        self._leave(held, clock.now())
        item.take_up(clock.now())
        return item

    def _item(self, item_uid: str) -> tuple[Held, AgendaItem]:
        held = self.of_item[item_uid]
        return held, next(item for item in held.items if item.uid == item_uid)

    def _leave(self, held: Held, moment: datetime) -> None:
        for item in held.items:
            if item.state == AgendaItem.State.NOW:
                item.leave(moment)

    def write_text(
        self, *, actor: Actor, meeting_uid: str, field: str, was: str, text: str,
        item_uid: str = "",
    ) -> Meeting:  # fmt: skip
        held = self.held[meeting_uid]
        if item_uid:
            _held, item = self._item(item_uid)
            setattr(item, field, text)
            item.saved_at = clock.now()
        else:
            setattr(held.meeting, field, text)
        return held.meeting

    def add_speech(self, *, actor: Actor, item_uid: str, text: str, member_uid: str) -> Speech:
        held, _item = self._item(item_uid)
        speech: Speech = self._said(held, Speech, item_uid, text, member_uid)
        held.speeches.append(speech)
        return speech

    def note_opinion(
        self, *, actor: Actor, item_uid: str, text: str, member_uid: str
    ) -> NotedOpinion:
        held, _item = self._item(item_uid)
        opinion: NotedOpinion = self._said(held, NotedOpinion, item_uid, text, member_uid)
        held.opinions.append(opinion)
        held.meeting.opinions += 1
        return opinion

    def _said(self, held: Held, model: Any, item_uid: str, text: str, member_uid: str) -> Any:
        row = self._new(
            model, meeting=held.meeting, item_id=item_uid, text=text, said_at=clock.now()
        )
        name = next(one.name for one in held.roll if one.member_uid == member_uid)
        held.names.append(
            self._new(
                NameEntry, meeting=held.meeting, subject_uid=row.uid, member_uid=member_uid,
                name=name,
            )
        )  # fmt: skip
        spoke = {entry.member_uid for entry in held.names} - {held.meeting.chair_uid}
        held.meeting.speakers = len(spoke)
        return row

    def record_vote(
        self, *, actor: Actor, meeting_uid: str, about: str, agreed: int, against: int,
        other: int, question: str = "", item_uid: str = "",
    ) -> Vote:  # fmt: skip
        held = self.held[meeting_uid]
        rule = rulebook.rule(kinds.MAJORITY, held.meeting.held_on or clock.today())
        base = held.meeting.official_present
        vote: Vote = self._new(
            Vote, meeting=held.meeting, item_id=item_uid or None, about=about, question=question,
            agreed=agreed, against=against, other=other, base=base, voters=base, rule=rule.key,
            passed=votes.passes(agreed=agreed, base=base, bar=rule.fraction, strict=rule.strict),
            voted_at=clock.now(),
        )  # fmt: skip
        held.votes.append(vote)
        return vote

    def assign_task(
        self, *, actor: Actor, item_uid: str, title: str, due_on: date, owner: str = "",
        owner_uid: str = "",
    ) -> Task:  # fmt: skip
        held, item = self._item(item_uid)
        if owner_uid:
            owner = next(one.name for one in held.roll if one.member_uid == owner_uid)
        task: Task = self._new(
            Task, unit=self.unit, meeting=held.meeting, item=item, title=title, owner=owner,
            owner_kind=OwnerKind.MEMBER if owner_uid else "", owner_uid=owner_uid or None,
            due_on=due_on,
        )  # fmt: skip
        held.tasks.append(task)
        self.tasks[task.uid] = task
        held.meeting.tasks += 1
        return task

    def report_task(
        self, *, actor: Actor, meeting_uid: str, task_uid: str, state: str, result: str
    ) -> TaskReport:
        held = self.held[meeting_uid]
        report = next(one for one in held.reports if one.task_uid == task_uid)
        report.state, report.result = state, result
        return report

    def carry_over(
        self, *, actor: Actor, meeting_uid: str, item_uid: str, reason: str
    ) -> CarryOver:
        held, item = self._item(item_uid)
        matter = self.matters[item.matter_uid or ""]
        carried: CarryOver = self._new(
            CarryOver, meeting=held.meeting, matter_uid=matter.uid, title=matter.title,
            reason=reason,
        )  # fmt: skip
        held.carried.append(carried)
        return carried

    # ── closing ─────────────────────────────────────────────────────────────────────────────

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
        if passed[Vote.About.RESOLUTION]:
            meeting.resolution_number = self._number(RESOLUTION, day, book)
        self.rows.put(sealed_record(actor, held, self.head, self.matters, book))
        self._settle(held)
        self._add(meeting, sealed=1, **{name: getattr(meeting, name) for name in FROM_MEETING})
        return meeting

    def _number(self, kind: str, day: date, book: Book) -> int:
        term = calendar.term_of(day, terms_of(book))
        counter = self.counters.get((kind, term))
        if counter is None:
            counter = self._new(DocumentCounter, unit=self.unit, kind=kind, term=term, last=0)
            self.counters[kind, term] = counter
        counter.last += 1
        return counter.last

    def _settle(self, held: Held) -> None:
        day = held.meeting.held_on or clock.today()
        reports = {report.matter_uid: report for report in held.reports}
        carried = {one.matter_uid for one in held.carried}
        for matter in self.matters.values():
            if matter.state != Matter.State.ON_AGENDA or matter.meeting_uid != held.meeting.uid:
                continue
            report = reports.get(matter.uid)
            if matter.uid in carried or (report and report.state != TaskState.DONE):
                matter.state, matter.carried = Matter.State.WAITING, matter.carried + 1
            else:
                matter.state = Matter.State.DISCHARGED
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

    def _add(self, meeting: Meeting, **by: int) -> None:
        self.rows.months[meeting.bucket, self.grassroots.uid, meeting.month].update(by)


def _in_force(row: Any, day: date) -> bool:
    return bool(row.first_day <= day and (row.last_day is None or row.last_day >= day))
