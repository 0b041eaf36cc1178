"""A meeting as the paper form holds it: its roll by number, and what was typed in so far."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from nenmong.core import clock
from nenmong.meetings.models import (
    AgendaItem,
    AnswerRead,
    Attendance,
    CarryOver,
    GivenRight,
    Meeting,
    NameEntry,
    NotedOpinion,
    Speech,
    Task,
    TaskReport,
    Vote,
)
from nenmong.meetings.rules import attendance, kinds
from nenmong.meetings.rules.paper import (
    MOMENTS,
    Entered,
    EnteredItem,
    Judged,
    Line,
    NewTask,
    Report,
    Standing,
    Tally,
)
from nenmong.org import queries as org

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Numbered:
    """A person on the roll by the number that stands before the name on paper."""

    number: int
    member_uid: str
    name: str
    membership: str

    @property
    def choices(self) -> tuple[str, ...]:
        return attendance.choices_for(self.membership)

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


def day_of(meeting: Meeting) -> date:
    """Return the day a meeting was held on, as far as is said, else the day it is planned for."""
    return meeting.held_on or clock.local(meeting.starts_at).date()


def roll_of(meeting: Meeting, day: date) -> list[org.RollEntry]:
    """Return who is on the roll of a meeting: the cell's members, of a committee who sits on it."""
    if meeting.unit.is_cell and not kinds.of(meeting.kind).of_committee:
        return org.roll(meeting.unit_id, day)
    return org.seats(meeting.unit_id, day, kinds.SEATS)


def numbered(meeting: Meeting, day: date) -> list[Numbered]:
    """Return the roll of a day by given name, numbered: as printed and as typed. Two queries."""
    roll = roll_of(meeting, day)
    return [Numbered(n, e.member_uid, e.name, e.status) for n, e in enumerate(roll, start=1)]


def numbered_items(meeting: Meeting) -> list[tuple[int, AgendaItem]]:
    """Return the items of a meeting by their numbers: as printed and as typed. One query."""
    return list(enumerate(meeting.items.all(), start=1))


def numbered_reports(meeting: Meeting) -> list[tuple[int, TaskReport]]:
    """Return the tasks before a meeting by their numbers, as printed and typed. One query."""
    return list(enumerate(meeting.reports.all(), start=1))


def typed_of(meeting: Meeting) -> Entered:
    """Return what is recorded of a meeting in the form in which it is entered.

    Ten queries; four for one not begun, in which nobody can have said or decided anything.

    Of a meeting not begun nothing is said yet: its items stand as discussed, as on the paper all
    that is printed was, until somebody says otherwise.
    """
    begun = meeting.status != Meeting.Status.PLANNED
    votes = _said(Vote, meeting)
    closing = {v.about: replace(_tally(v), question="") for v in votes if not v.item_id}
    return Entered(
        held_on=day_of(meeting),
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        place=meeting.place,
        guests=meeting.guests,
        directions=meeting.directions,
        chair_uid=meeting.chair_uid or "",
        secretary_uid=meeting.secretary_uid or "",
        roll={
            row.member_uid: Standing(row.status, row.reason)
            for row in sorted(_said(Attendance, meeting), key=lambda row: row.member_uid)
            if (row.status, row.reason) != (attendance.first_status(row.membership), "")
        },
        items=_items(meeting, votes, begun=begun),
        reports=tuple(Report(r.task_uid, r.state, r.result) for r in meeting.reports.all()),
        resolution=closing.get(Vote.About.RESOLUTION),
        minutes=closing.get(Vote.About.MINUTES),
        **{name: getattr(meeting, name) for name in MOMENTS},
    )


def _said(model: type[M], meeting: Meeting) -> list[M]:
    """Return the rows of a meeting that begins to have some only when it is opened."""
    if meeting.status == Meeting.Status.PLANNED:
        return []
    found: QuerySet[M] = model._default_manager.filter(bucket=meeting.bucket, meeting=meeting)
    return list(found)


def _tally(vote: Vote) -> Tally:
    return Tally(
        vote.agreed, vote.against, vote.other, vote.question, vote.issued, vote.returned,
        vote.spoiled,
    )  # fmt: skip


def _items(meeting: Meeting, votes: list[Vote], *, begun: bool) -> tuple[EnteredItem, ...]:
    names = {entry.subject_uid: entry for entry in _said(NameEntry, meeting)}
    speeches = _lines(_said(Speech, meeting), names)
    opinions = _lines(_said(NotedOpinion, meeting), names)
    carried = CarryOver.objects.filter(bucket=meeting.bucket, meeting=meeting)
    left = dict(carried.values_list("matter_uid", "reason"))
    tallies: dict[str, list[Tally]] = defaultdict(list)
    for vote in votes:
        if vote.item_id:
            tallies[vote.item_id].append(_tally(vote))
    judged = {one.matter_uid: _judged(one) for one in meeting.answers_read.all() if one.verdict}
    tasks: dict[str, list[NewTask]] = defaultdict(list)
    for task in _said(Task, meeting):
        owner = "" if task.owner_uid else task.owner
        tasks[task.item_id].append(NewTask(task.title, task.due_on, task.owner_uid or "", owner))
    return tuple(
        EnteredItem(
            uid=item.uid, title=item.title,
            discussed=not begun or item.state != AgendaItem.State.WAITING,
            minutes=item.seconds // 60 or None, summary=item.summary, conclusion=item.conclusion,
            left=left.get(item.matter_uid or "", ""), speeches=tuple(speeches[item.uid]),
            opinions=tuple(opinions[item.uid]), votes=tuple(tallies[item.uid]),
            tasks=tuple(tasks[item.uid]), presenter=item.presenter or None,
            dues_members=item.dues_members, dues_amount=item.dues_amount,
            judged=judged.get(item.matter_uid or ""),
        )
        for _number, item in numbered_items(meeting)
    )  # fmt: skip


def _judged(read: AnswerRead) -> Judged:
    return Judged(read.verdict, read.solved, read.partly, read.not_solved, read.reason)


def _lines(
    rows: Iterable[Speech] | Iterable[NotedOpinion], names: dict[str, NameEntry]
) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        entry = names.get(row.uid)
        member, name = (entry.member_uid or "", entry.name) if entry else ("", "")
        found[row.item_id].append(Line(row.text, member, "" if member else name))
    return found


@dataclass(frozen=True)
class Helps:
    """A meeting someone was let in to, and as what."""

    meeting: Meeting
    role: str


def given_to(user_uid: str) -> list[Helps]:
    """Return the meetings a person may work on that are not sealed, by rights given. One query."""
    rows = GivenRight.objects.filter(user=user_uid, ended_at=None).exclude(
        meeting__status__in=[Meeting.Status.SEALED, Meeting.Status.CANCELLED]
    )
    return [Helps(row.meeting, row.role) for row in rows.select_related("meeting__unit")]


def rights_of(meeting: Meeting) -> list[GivenRight]:
    """Return who was let in to a meeting and may still work on it. One query."""
    return list(GivenRight.objects.filter(bucket=meeting.bucket, meeting=meeting, ended_at=None))
