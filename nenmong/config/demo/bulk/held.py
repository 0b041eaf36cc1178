"""The rows of one meeting in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import models

from nenmong.meetings.models import (
    AgendaItem,
    AnswerRead,
    Attendance,
    CarryOver,
    GivenRight,
    JointPart,
    Meeting,
    NameEntry,
    NotedOpinion,
    Postponement,
    Speech,
    Task,
    TaskReport,
    Vote,
)


@dataclass
class Held:
    """A meeting, and all that hangs on it."""

    meeting: Meeting
    items: list[AgendaItem] = field(default_factory=list)
    roll: list[Attendance] = field(default_factory=list)
    speeches: list[Speech] = field(default_factory=list)
    opinions: list[NotedOpinion] = field(default_factory=list)
    names: list[NameEntry] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    reports: list[TaskReport] = field(default_factory=list)
    answers: list[AnswerRead] = field(default_factory=list)
    carried: list[CarryOver] = field(default_factory=list)
    postponed: list[Postponement] = field(default_factory=list)
    given: list[GivenRight] = field(default_factory=list)
    parts: list[JointPart] = field(default_factory=list)

    def of(self, table: type[models.Model]) -> Sequence[models.Model]:
        """Return the rows of one table."""
        shelves: dict[type[models.Model], Sequence[models.Model]] = {
            AgendaItem: self.items, Attendance: self.roll, Speech: self.speeches,
            NotedOpinion: self.opinions, NameEntry: self.names, Vote: self.votes,
            Task: self.tasks, TaskReport: self.reports, AnswerRead: self.answers,
            CarryOver: self.carried, Postponement: self.postponed,
        }  # fmt: skip
        return shelves.get(table, ())

    def all(self) -> list[models.Model]:
        """Return every row, the meeting first."""
        return [
            self.meeting, *self.items, *self.roll, *self.speeches, *self.opinions, *self.names,
            *self.votes, *self.tasks, *self.reports, *self.answers, *self.carried,
            *self.postponed, *self.given, *self.parts,
        ]  # fmt: skip
