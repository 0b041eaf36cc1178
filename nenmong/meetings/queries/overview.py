"""Meetings across units as rows to look over: a list with filters, the days of a month, a unit."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.meetings.models import Meeting, Postponement
from nenmong.meetings.models.meeting import COMMITTEE_KINDS, REGULAR_KINDS, MeetingQuerySet
from nenmong.meetings.rules import calendar
from nenmong.meetings.rules import overview as rules
from nenmong.org import access
from nenmong.org.models import Unit

PAGE = 100
MOST_ROWS = 10_000  # in one workbook
MOST_IN_A_MONTH = 600  # in one calendar
PAIRS = 20_000  # of place and subject that a text is sought in
AGENDA = "meetings.agenda"  # what a meeting is about is the unit's own until it is sealed
COLUMNS = (
    "uid", "unit_id", "unit__name", "unit__path", "kind", "status", "starts_at", "held_on",
    "opened_at", "closed_at", "filed_at", "month", "place", "subject", "present", "due", "moved",
    "unit__parent_id", "unit__parent__name",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What is asked of a list; the empty word and None ask nothing."""

    kind: str = ""
    state: str = ""
    first: date | None = None  # months, by their first day
    last: date | None = None
    text: str = ""
    own: bool = False  # the unit's own meetings only


class Row(NamedTuple):
    """One meeting as it is looked over. A tuple: a list of them is made often."""

    uid: str
    unit_uid: str
    unit: str
    kind: str
    state: str  # see `rules.STATES`
    at: datetime  # when it was held, else is to be
    month: date
    place: str
    subject: str  # "" where it is not for this person to read yet
    present: int
    due: int
    status: str
    filed_on: date | None
    closed_at: datetime | None
    above_uid: str | None = None
    above: str = ""  # cells of two communes may have one name

    @property
    def day(self) -> date:
        return clock.local(self.at).date()

    @property
    def counted(self) -> bool:
        """Whether the count of those present is final."""
        return self.status == Meeting.Status.SEALED


@dataclass(frozen=True)
class Listed:
    """A page of a list."""

    rows: list[Row]
    total: int
    offset: int = 0
    shorted: bool = field(default=False)  # more were there than are looked at


def put_off() -> Exists:
    """Return, to be annotated to meetings, whether they were put off to another day."""
    return Exists(
        Postponement.objects.filter(
            bucket=OuterRef("bucket"), meeting=OuterRef("pk"), now_at__isnull=False
        )
    )


def rows_of(actor: Actor, meetings: MeetingQuerySet) -> list[Row]:
    """Return meetings as rows. One query."""
    today = clock.today()
    # Columns, not rows of the model: a list of a hundred is read often.
    return [
        _row(actor, today, columns)
        for columns in meetings.annotate(moved=put_off()).values_list(*COLUMNS)
    ]


def _row(actor: Actor, today: date, columns: tuple) -> Row:  # type: ignore[type-arg]
    (uid, unit_uid, unit, path, kind, status, starts_at, held_on, opened_at, closed_at, filed_at,
     month, place, subject, present, due, moved, above_uid, above) = columns  # fmt: skip
    starts_at = clock.local(starts_at)  # once; pages write it more than once
    planned_for = starts_at.date()
    state = rules.state(
        status=status, day=planned_for, today=today, moved=moved, filed=filed_at is not None
    )
    # Held on another day than it was to be: that day, and the hour it began.
    at = opened_at if held_on and opened_at and held_on != planned_for else starts_at
    if subject and status != Meeting.Status.SEALED and not access.may(actor, AGENDA, path):
        subject = ""
    return Row(
        uid, unit_uid, unit, kind, state, at, month, place, subject, present, due, status,
        clock.local(filed_at).date() if filed_at else None, closed_at, above_uid, above or "",
    )  # fmt: skip


def in_state(state: str) -> Q:
    """Return the condition under which a meeting stands so; see `rules.state`. Needs `moved`."""
    midnight = clock.at_hour(clock.today(), time())
    to_come = Q(status=Meeting.Status.PLANNED, starts_at__gte=midnight)
    return {
        "planned": to_come & Q(moved=False),
        "postponed": to_come & Q(moved=True),
        "late": Q(status=Meeting.Status.PLANNED, starts_at__lt=midnight),
        "sealed": Q(status=Meeting.Status.SEALED, filed_at=None),
        "filed": Q(status=Meeting.Status.SEALED, filed_at__isnull=False),
    }.get(state) or Q(status=state)


def of_filters(actor: Actor, unit: Unit, asked: Filters) -> MeetingQuerySet:
    """Return the meetings under a unit that `actor` may see and that fit. For a text one query."""
    seen = Meeting.objects.visible_to(actor)
    seen = seen.filter(unit=unit) if asked.own else seen.filter(unit__path__under=unit.path)
    if asked.kind:
        seen = seen.filter(kind=asked.kind)
    if asked.state:
        seen = seen.annotate(moved=put_off()).filter(in_state(asked.state))
    if asked.first:
        seen = seen.filter(month__gte=asked.first)
    if asked.last:
        seen = seen.filter(month__lte=asked.last)
    return _with_text(actor, seen, asked.text) if fold(asked.text) else seen


def _with_text(actor: Actor, seen: MeetingQuerySet, text: str) -> MeetingQuerySet:
    """Keep those whose place or subject holds the text, however its accents are written.

    Places and subjects are few, since units meet where they met before: they are read once each
    and compared here, as both engines fold no accents.
    """
    words = fold(text)
    pairs = list(seen.order_by().values_list("place", "subject").distinct()[:PAIRS])
    places = {place for place, _subject in pairs if words in fold(place)}
    subjects = {subject for _place, subject in pairs if words in fold(subject)}
    # A subject that may not be read may not be found either.
    may_read = Q(status=Meeting.Status.SEALED) | access.scope(actor, AGENDA, path="unit__path")
    return seen.filter(Q(place__in=places) | Q(subject__in=subjects) & may_read)


def listed(actor: Actor, unit: Unit, asked: Filters, offset: int = 0, most: int = PAGE) -> Listed:
    """Return a page of the list: the latest month first, then as the units stand.

    One query; one more counts where there are more than a page, one more looks for a text.
    """
    found = of_filters(actor, unit, asked)
    ordered = found.order_by("-month", "unit__path", "starts_at", "uid")
    rows = rows_of(actor, ordered[offset : offset + most + 1])
    goes_on = len(rows) > most or (offset and not rows)
    total = found.count() if goes_on else offset + len(rows)
    return Listed(rows[:most], total, offset, shorted=total > offset + most)


def of_month(actor: Actor, unit: Unit, month: date, asked: Filters) -> Listed:
    """Return the meetings held or to be held in the days of a month, in their order. One query."""
    after = calendar.next_month(month)
    begins, ends = clock.at_hour(month, time()), clock.at_hour(after, time())
    held = Q(held_on__gte=month, held_on__lt=after)
    to_be = Q(held_on=None, starts_at__gte=begins, starts_at__lt=ends)
    found = of_filters(actor, unit, asked).filter(
        held | to_be,
        # The index leads here: a meeting lies within a month or two of the month it is of.
        month__gte=rules.months_back(month, 3), month__lte=month + timedelta(days=100),
    )  # fmt: skip
    ordered = found.order_by("starts_at", "unit__path", "uid")
    rows = rows_of(actor, ordered[: MOST_IN_A_MONTH + 1])
    shown = sorted(rows[:MOST_IN_A_MONTH], key=lambda row: row.at)
    return Listed(shown, len(rows), shorted=len(rows) > MOST_IN_A_MONTH)


@dataclass(frozen=True)
class MonthBox:
    """One month of a unit: its own meeting, or none."""

    month: date
    row: Row | None
    past: bool


@dataclass(frozen=True)
class Course:
    """A unit's months, year by year from the latest, and its other meetings, the latest first."""

    years: list[tuple[int, list[MonthBox]]]
    others: list[Row]

    @property
    def any(self) -> bool:
        return bool(self.others) or any(box.row for _year, boxes in self.years for box in boxes)


def course(actor: Actor, unit: Unit, months: int = 24) -> Course:
    """Return the last months of a unit, with those planned ahead. One query."""
    this_month = calendar.month_of(clock.today())
    first = rules.months_back(this_month, months - 1)
    seen = Meeting.objects.visible_to(actor).of_unit(unit.uid).filter(month__gte=first)
    rows = rows_of(actor, seen.order_by("-month", "-starts_at", "-uid"))
    # A committee may meet twice in a month: the first one has the box, the others stand beside.
    monthly = REGULAR_KINDS if unit.is_cell else COMMITTEE_KINDS
    by_month = {row.month: row for row in rows if row.kind in monthly}
    boxed = {row.uid for row in by_month.values()}
    last = max([this_month, *by_month])
    years: dict[int, list[MonthBox]] = {}
    for month in rules.months_between(first, last):
        box = MonthBox(month, by_month.get(month), month < this_month)
        years.setdefault(month.year, []).append(box)
    others = [row for row in rows if row.uid not in boxed]
    return Course(sorted(years.items(), reverse=True), others)
