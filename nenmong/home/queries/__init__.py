"""What a person sees on landing: the one next step, what else is due, an office's cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.utils.translation import gettext as _

from nenmong.accounts.models import User
from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.home import rules
from nenmong.home.queries.office import FIXED_DAY, CellRow, OfficeWork, office_work
from nenmong.meetings.models import AgendaItem, Meeting, Task
from nenmong.meetings.models.meeting import NOT_SEALED, PLANNED_OR_OPEN, REGULAR_KINDS
from nenmong.meetings.queries import invitations, lists, work
from nenmong.meetings.queries.owners import owner_in
from nenmong.meetings.rules import calendar
from nenmong.org import access
from nenmong.org.models import (
    Administrator,
    Following,
    Membership,
    Post,
    Unit,
    in_force,
)
from nenmong.org.queries import OpeningRow, openings_of
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book

__all__ = [
    "CellRow", "CellWork", "OfficeWork", "cell_work", "demo_accounts", "next_day", "next_meeting",
    "office_work",
    "stands_for",
]  # fmt: skip


@dataclass(frozen=True)
class CellWork:
    """What one cell has to do next, for one who belongs to it."""

    unit: Unit
    meeting: Meeting | None  # the one under way or being prepared
    unfiled: Meeting | None
    next_day: date | None  # of the next meeting, where none is being prepared
    now: AgendaItem | None
    unsaid: int  # tasks of the last resolution without a result
    tasks: list[Task]
    own: list[Task]  # those of them the person signed in is to do
    noted: dict[str, str]  # task uid → the state noted for the meeting under way
    may_prepare: bool
    may_raise: bool  # an opinion, as a member: a follower of the cell sees its work too
    may_work: bool
    may_seal: bool
    sees_tasks: bool  # a follower of the cell reads its records, not what it has to do
    book: Book  # the rules of the cell today
    opened: list[OpeningRow]  # its records, to whom and why
    asked: invitations.Own | None = None  # whether they come, for who does not prepare it

    @property
    def days_to_meeting(self) -> int | None:
        """Days until the meeting being prepared; None where there is none ahead."""
        if self.meeting is None or self.meeting.status != Meeting.Status.PLANNED:
            return None
        return (clock.local(self.meeting.starts_at).date() - clock.today()).days

    @property
    def step(self) -> str:
        """The one next step; see `rules.next_step`."""
        return rules.next_step(
            status=self.meeting.status if self.meeting else "",
            days=self.days_to_meeting,
            unfiled=self.unfiled is not None,
            may_work=self.may_work,
            may_prepare=self.may_prepare,
            may_seal=self.may_seal,
        )


def cell_work(actor: Actor, unit: Unit) -> CellWork:
    """Return what a cell has to do next. At most thirteen queries."""
    book = rulebook.book_now(unit, clock.today())
    may_work = access.may(actor, "meetings.work", unit.path)
    may_prepare = access.may(actor, "meetings.prepare", unit.path)
    # What a cell committee prepares is not every member's to see, nor their next step.
    of_unit = Meeting.objects.visible_to(actor).of_unit(unit.uid)
    meeting = of_unit.filter(status__in=NOT_SEALED).order_by("month", "uid").first()
    if meeting:
        meeting.unit = unit  # known: no query for it
    unfiled = None
    if access.may(actor, "meetings.file", unit.path):
        unfiled = of_unit.sealed().filter(filed_at=None).order_by("month").first()
    now = None
    unsaid = 0
    noted: dict[str, str] = {}
    if meeting and may_work:
        now = meeting.items.filter(state=AgendaItem.State.NOW).first()
        agenda = work.agenda(meeting)
        unsaid = len(agenda.unsaid)
        noted = {report.task_uid: report.state for report in agenda.reports if report.state}
    sees_tasks = access.may(actor, "meetings.agenda", unit.path)
    if sees_tasks and not may_work:
        noted = lists.noted_states(unit.uid)  # as the table of tasks shows it to every member
    tasks = lists.open_tasks(unit.uid) if sees_tasks else []
    own = []
    if tasks and access.may(actor, "meetings.own_tasks", unit.path):
        owner = owner_in(actor, unit.uid)
        own = [task for task in tasks if owner.owns(task)]
    return CellWork(
        unit=unit,
        meeting=meeting,
        unfiled=unfiled,
        next_day=None if meeting else next_day(unit, book),
        now=now,
        unsaid=unsaid,
        tasks=tasks,
        own=own,
        noted=noted,
        may_prepare=may_prepare,
        may_raise=access.may(actor, "opinions.raise", unit.path),
        may_work=may_work,
        may_seal=access.may(actor, "meetings.seal", unit.path),
        sees_tasks=sees_tasks,
        book=book,
        opened=[row for row in openings_of(unit, clock.today()) if row.open],
        asked=invitations.own(meeting, actor.uid) if meeting and not may_prepare else None,
    )


def next_meeting(actor: Actor, unit: Unit) -> tuple[Meeting | None, date | None]:
    """Return the regular meeting of a cell that is planned or in session, else the day it is due.

    Four queries at most.
    """
    rows = Meeting.objects.visible_to(actor).of_unit(unit.uid)
    ahead = rows.filter(kind__in=REGULAR_KINDS, status__in=PLANNED_OR_OPEN)
    if meeting := ahead.order_by("month", "uid").first():
        return meeting, None
    return None, next_day(unit, rulebook.book_now(unit, clock.today()))


def next_day(unit: Unit, book: Book) -> date:
    """Return the fixed day of the next regular meeting that a cell has not planned. One query."""
    today = clock.today()
    taken = Meeting.objects.of_unit(unit.uid).filter(
        kind__in=REGULAR_KINDS, month__gte=calendar.month_of(today)
    )
    return calendar.next_due(
        today=today,
        day=book.value(FIXED_DAY),
        taken=set(taken.values_list("month", flat=True)),
    )


def stands_for(user_uids: Sequence[str]) -> dict[str, str]:
    """Return what each account is, in words: a post, a cell, what it follows. Four queries."""
    today = in_force(clock.today())
    of_users = Q(member__user__in=user_uids)
    columns = ("member__user_id", "unit__name")
    member, follows = _("Party member"), _("Follows")
    said = {
        uid: str(_("Administrator"))
        for uid in Administrator.objects.filter(today, user__in=user_uids).values_list(
            "user_id", flat=True
        )
    }
    follows_rows = Following.objects.filter(today, of_users).order_by("uid")
    for uid, name in follows_rows.values_list(*columns):
        said[uid] = f"{said[uid]}; {name}" if uid in said else f"{follows}: {name}"
    for uid, name in Membership.objects.filter(today, of_users).values_list(*columns):
        said[uid] = f"{member}, {name}"
    posts = Post.objects.filter(today, of_users).values_list("title", *columns)
    return said | {uid: f"{title}, {name}" for title, uid, name in posts}


def demo_accounts() -> list[dict[str, str]]:
    """Return who can sign in to the demo, and as what. Only for the demo's own first page."""
    # Accounts nobody can sign in to only carry what was done at the meetings.
    unusable = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    users = list(User.objects.filter(~unusable).order_by("uid")[:20])
    titles = stands_for([user.uid for user in users])
    return [
        {"username": user.username, "name": user.full_name, "post": titles.get(user.uid, "")}
        for user in users
    ]
