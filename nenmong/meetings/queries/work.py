"""What the pages of a meeting in work show: its agenda, one item, its roll. For the cell only."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nenmong.meetings.models import (
    AgendaItem,
    AnswerRead,
    Attendance,
    CarryOver,
    Matter,
    Meeting,
    MeetingDocument,
    NameEntry,
    TaskReport,
    Vote,
)
from nenmong.meetings.models.said import NotedOpinion, Speech
from nenmong.org.models import Following, Unit, in_force


@dataclass(frozen=True)
class Line:
    """A speech or an opinion with who said it, as the cell itself sees it."""

    uid: str
    text: str
    said_at: object
    name: str
    member_uid: str


@dataclass
class Agenda:
    """A meeting's agenda with the matters on it, what was left out, and what has come since."""

    items: list[AgendaItem]
    matters: dict[str, Matter]
    reports: list[TaskReport]
    carried: list[CarryOver] = field(default_factory=list)
    waiting: list[Matter] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)

    @property
    def carried_matters(self) -> set[str]:
        return {carry.matter_uid for carry in self.carried}

    @property
    def unsaid(self) -> list[TaskReport]:
        """The tasks without a result, those left to the next meeting not counted."""
        return [r for r in self.reports if not r.state and r.matter_uid not in self.carried_matters]


def agenda(meeting: Meeting) -> Agenda:
    """Return the agenda of a meeting. Five queries."""
    matters = {m.uid: m for m in Matter.objects.before(meeting)}
    return Agenda(
        items=list(meeting.items.all()),
        matters=matters,
        reports=list(meeting.reports.all()),
        carried=list(meeting.carryovers.all()),
        waiting=list(Matter.objects.waiting_for(meeting.unit_id)),
    )


def followed(unit: Unit, day: date) -> bool:
    """Say whether someone of a committee above follows a unit on a day. One query."""
    return Following.objects.filter(in_force(day), unit=unit, group_uid=None).exists()


def roll(meeting: Meeting) -> list[Attendance]:
    """Return the roll of a meeting in the order of given names. One query."""
    return list(meeting.attendances.all())


@dataclass
class ItemWork:
    """One item under discussion with everything recorded under it."""

    item: AgendaItem
    number: int
    items: list[AgendaItem]
    speeches: list[Line]
    opinions: list[Line]
    votes: list[Vote]
    tasks: list[object]
    reports: list[TaskReport]
    carried: CarryOver | None
    matter: Matter | None
    answer: AnswerRead | None = None  # to an opinion of the cell, to be read out here

    @property
    def previous(self) -> AgendaItem | None:
        return self.items[self.number - 2] if self.number > 1 else None

    @property
    def following(self) -> AgendaItem | None:
        return self.items[self.number] if self.number < len(self.items) else None


def item_work(meeting: Meeting, item_uid: str) -> ItemWork:
    """Return one item of a meeting as the scribe sees it. Nine queries at most.

    Raises:
        AgendaItem.DoesNotExist: the meeting has no such item.
    """
    items = list(meeting.items.all())
    number = next((n for n, item in enumerate(items, start=1) if item.uid == item_uid), 0)
    if not number:
        raise AgendaItem.DoesNotExist
    item = items[number - 1]
    names = {
        entry.subject_uid: entry
        for entry in NameEntry.objects.filter(bucket=meeting.bucket, meeting=meeting)
    }
    carried = matter = None
    if item.matter_uid:
        matter = Matter.objects.filter(unit=meeting.unit_id, uid=item.matter_uid).first()
        carried = CarryOver.objects.filter(
            bucket=meeting.bucket, meeting=meeting, matter_uid=item.matter_uid
        ).first()
    return ItemWork(
        item=item,
        number=number,
        items=items,
        speeches=[_line(s, names) for s in item.speeches.all()],
        opinions=[_line(o, names) for o in item.opinions_noted.all()],
        votes=list(item.votes.all()),
        tasks=list(item.tasks.all()),
        reports=list(meeting.reports.all()) if item.step == "review" else [],
        carried=carried,
        matter=matter,
        answer=_answer(meeting, matter),
    )


def _answer(meeting: Meeting, matter: Matter | None) -> AnswerRead | None:
    """Return the answer that a matter brings before a meeting. One query where it is one."""
    if matter is None or matter.kind != Matter.Kind.ANSWER:
        return None
    return meeting.answers_read.filter(matter_uid=matter.uid).first()


def read_out(meeting: Meeting, item: AgendaItem) -> dict[str, Any]:
    """Return what the chair reads out at one item. Five queries at most."""
    matter = None
    if item.matter_uid:
        matter = Matter.objects.filter(unit=meeting.unit_id, uid=item.matter_uid).first()
    documents = meeting.documents.filter(sort=MeetingDocument.Sort.DOCUMENT)
    last = item.step in {"criticism", "closing"}
    return {
        "matter": matter,
        "answer": _answer(meeting, matter),
        "documents": list(documents) if item.step in {"opening", "documents"} else [],
        "reports": list(meeting.reports.all()) if item.step == "review" else [],
        "carried": list(meeting.carryovers.all()) if last or item.step == "opening" else [],
        "votes": list(item.votes.all()),
    }


def line(row: Speech | NotedOpinion) -> Line:
    """Return one speech or opinion with who said it. One query."""
    entry = NameEntry.objects.filter(bucket=row.bucket, subject_uid=row.uid).first()
    return _line(row, {row.uid: entry} if entry else {})


def _line(line: Speech | NotedOpinion, names: dict[str, NameEntry]) -> Line:
    entry = names.get(line.uid)
    return Line(
        line.uid,
        line.text,
        line.said_at,
        entry.name if entry else "",
        (entry.member_uid or "") if entry else "",
    )
