"""What every theme of telling in bulk needs: a cell, its people, its rows in memory."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models

from nenmong.config.demo.bulk.held import Held
from nenmong.config.demo.bulk.made import made
from nenmong.config.demo.writing import Rows
from nenmong.core import clock
from nenmong.core.ids import new_uid
from nenmong.meetings.models import (
    AgendaItem,
    AnswerRead,
    Attendance,
    ChainHead,
    DocumentCounter,
    Matter,
    Meeting,
    Task,
    TaskReport,
)
from nenmong.meetings.rules import attendance, calendar, kinds
from nenmong.org import queries as org
from nenmong.org.models import Membership, MemberStatus, Post, Unit
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book


class Desk:
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
        self.posts = list(
            Post.objects.filter(unit=unit).select_related("member").order_by("first_day", "uid")
        )
        self.held: dict[str, Held] = {}
        self.of_item: dict[str, Held] = {}
        self.matters: dict[str, Matter] = {}
        self.tasks: dict[str, Task] = {}
        self.counters: dict[tuple[str, date], DocumentCounter] = {}
        self.head = ChainHead(bucket=unit.bucket, unit=unit, position=0, link="")
        self.before: Meeting | None = None  # the regular one before
        self.last_of: dict[str, Meeting] = {}  # of the other kinds
        self._books: dict[date, Book] = {}
        # All that units of the demo have set has held since it was founded, before its first month.
        self._own = rulebook.book_now(unit, clock.today()).own

    # ── what a story reads ──────────────────────────────────────────────────────────────────

    def items(self, meeting: Meeting) -> Sequence[AgendaItem]:
        return list(self.held[meeting.uid].items)

    def roll(self, meeting: Meeting) -> Sequence[Attendance]:
        return list(self.held[meeting.uid].roll)

    def reports(self, meeting: Meeting) -> Sequence[TaskReport]:
        return list(self.held[meeting.uid].reports)

    def answers(self, meeting: Meeting) -> Sequence[AnswerRead]:
        return list(self.held[meeting.uid].answers)

    def standing(self, meeting: Meeting, day: date) -> tuple[list[Attendance], str, str]:
        """Return the roll as it would be taken on `day`, and who presides and keeps the minutes."""
        rows = self._roll(meeting, day)
        posts = self._posts_on(day)
        presides = (org.holder(posts, role) for role in kinds.CHAIRS)
        chair = next((uid for uid in presides if uid), "")
        scribe = org.holder(posts, "scribe") or ""
        secretary = scribe if scribe in {row.member_uid for row in rows} else chair
        return rows, chair, secretary

    def _roll(self, meeting: Meeting, day: date) -> list[Attendance]:
        if kinds.of(meeting.kind).of_committee:
            seated = {
                post.member_id: post.member for post in self.posts
                if post.role in kinds.SEATS and _in_force(post, day)
            }  # fmt: skip
            found = [(member, MemberStatus.OFFICIAL.value) for member in seated.values()]
            found.sort(key=lambda one: (one[0].name_key, one[0].uid))
        else:
            found = [(one.member, one.status) for one in self.members if _in_force(one, day)]
        return [
            self._new(
                Attendance, meeting=meeting, member_uid=member.uid, name=member.full_name,
                name_key=member.name_key, membership=status, status=attendance.first_status(status),
            )
            for member, status in found
        ]  # fmt: skip

    def _posts_on(self, day: date) -> list[org.Held]:
        return [
            org.Held(post.role, post.member_id, post.title)
            for post in self.posts
            if _in_force(post, day)
        ]

    # ── what the themes share ───────────────────────────────────────────────────────────────

    def finish(self) -> None:
        """Put the cell's rows on the shelves."""
        for held in self.held.values():
            self.rows.put(*held.all())
        self.rows.put(*self.matters.values(), *self.counters.values())
        if self.head.position:
            self.rows.put(self.head)

    def _book(self, day: date) -> Book:
        month = calendar.month_of(day)
        if month not in self._books:
            self._books[month] = Book(day, self._own)
        return self._books[month]

    def _new(self, model: type[models.Model], **said: Any) -> Any:
        return made(model, {"uid": new_uid(), "bucket": self.unit.bucket, **said})

    def _item(self, item_uid: str) -> tuple[Held, AgendaItem]:
        held = self.of_item[item_uid]
        return held, next(item for item in held.items if item.uid == item_uid)

    def _add(self, meeting: Meeting, **by: int) -> None:
        if kinds.of(meeting.kind).monthly:
            self.rows.months[meeting.bucket, self.grassroots.uid, meeting.month].update(by)


def _in_force(row: Any, day: date) -> bool:
    return bool(row.first_day <= day and (row.last_day is None or row.last_day >= day))
