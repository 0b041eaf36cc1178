"""What an office sees of a month: each cell with its meeting of the month, and whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.meetings.models import Meeting, Postponement
from nenmong.meetings.models.meeting import COMMITTEE, REGULAR_KINDS, MeetingKind
from nenmong.meetings.rules import calendar
from nenmong.meetings.rules import overview as states
from nenmong.org import access
from nenmong.org.models import CELLS, Post, Unit, in_force
from nenmong.org.queries import secretaries
from nenmong.rulebook import queries as rulebook

PAGE = 100
OWN = 12  # of a committee's own meetings in a month
FIXED_DAY = "meetings.regular.fixed_day"
ORDER = {"late": 0, "new": 2}  # all others between
MET, TO_COME = {"open", "held", "sealed", "filed"}, {"planned", "postponed", "none"}
COLUMNS = (
    "uid", "name", "parent_id", "parent__name", "own", "m__uid", "m__status", "m__starts_at",
    "m__opened_at", "m__filed_at", "m__present", "m__due", "m__tasks", "moved",
)  # fmt: skip


class CellRow(NamedTuple):
    """One cell in an office's list, with its meeting of the month. A tuple: see `overview.Row`."""

    uid: str
    name: str
    above_uid: str | None
    above: str
    meeting_uid: str | None
    fixed_day: date
    # As `meetings.rules.overview.state`; without a meeting `none`, `late`, or `new`: none was ever
    # planned here, so the cell is not late, it has not begun.
    state: str
    at: datetime | None = None  # when it was held, else is to be
    filed_at: datetime | None = None
    present: int = 0
    due: int = 0
    tasks: int = 0
    secretary: str = ""  # whom to call when the day has passed, with the number where it is known
    phone: str = ""

    @property
    def sealed(self) -> bool:
        return self.state in {"sealed", "filed"}


@dataclass(frozen=True)
class OfficeWork:
    """What an office sees of a month: its cells, those with work to do first."""

    unit: Unit
    month: date
    rows: Sequence[CellRow]
    own: Sequence[CellRow]  # the committee's own meetings of the month
    total: int
    offset: int = 0

    def _of(self, states: set[str]) -> int:
        return sum(row.state in states for row in self.rows)

    @property
    def met(self) -> int:
        return self._of(MET)

    @property
    def to_come(self) -> int:
        return self._of(TO_COME)

    @property
    def late(self) -> int:
        return self._of({"late"})

    @property
    def sealed(self) -> int:
        return self._of({"sealed", "filed"})


def office_work(actor: Actor, unit: Unit, month: date, offset: int = 0) -> OfficeWork:
    """Return up to 100 cells under `unit` with their meeting of `month`.

    One query; one more counts the cells where there are more than one page shows, one finds whom to
    call where a cell has no meeting or is past its day.
    """
    seen = access.visible_units(actor, "meetings.view").under(unit.path)
    wanted = Q(kind__in=CELLS)
    if not offset and access.may(actor, COMMITTEE, unit.path):
        wanted |= Q(pk=unit.pk)  # first, as the highest: its own meetings come with its cells'
    listed = _with_meeting(seen.filter(wanted), month).values_list(*COLUMNS)
    asked = PAGE + 1 + (0 if offset else OWN)
    page = list(listed[offset : offset + asked])
    usual, today = rulebook.value(FIXED_DAY, month), clock.today()
    found = [_row(columns, month, usual, today) for columns in page]
    own = [row for row in found if row.uid == unit.uid]
    cells = [row for row in found if row.uid != unit.uid][:PAGE]
    whole = len(page) < asked and (page or not offset)
    total = offset + len(found) - len(own) if whole else seen.cells().count()
    if len(found) - len(own) > PAGE:
        total = seen.cells().count()
    rows = _with_whom_to_call(cells, today)
    rows.sort(key=lambda row: ORDER.get(row.state, 1))
    return OfficeWork(unit, month, rows, [row for row in own if row.meeting_uid], total, offset)


def _with_meeting(units: Any, month: date) -> Any:
    """Join the month's own meeting to each unit, and the fixed day it has set or inherits."""
    kinds = [*REGULAR_KINDS, MeetingKind.COMMITTEE]
    of_month = Q(meetings__month=month, meetings__kind__in=kinds)
    moved = Postponement.objects.filter(
        bucket=OuterRef("m__bucket"), meeting=OuterRef("m__uid"), now_at__isnull=False
    )
    joined = units.annotate(
        m=FilteredRelation("meetings", condition=of_month),
        own=rulebook.nearest(FIXED_DAY, month),
        moved=Exists(moved),
    )
    return joined.order_by("path", F("m__starts_at"))


def _row(columns: Sequence[Any], month: date, usual: int, today: date) -> CellRow:
    (uid, name, above_uid, above, own, meeting, status, starts_at, opened_at, filed_at, present,
     due, tasks, moved) = columns  # fmt: skip
    fixed = calendar.fixed_day(month, own or usual)
    if meeting is None:
        state = "late" if fixed < today else "none"
        return CellRow(uid, name, above_uid, above, None, fixed, state)
    state = states.state(
        status=status, day=clock.local(starts_at).date(), today=today, moved=moved,
        filed=filed_at is not None,
    )  # fmt: skip
    at = opened_at or starts_at
    return CellRow(
        uid, name, above_uid, above, meeting, fixed, state, at, filed_at, present, due, tasks
    )


def _with_whom_to_call(rows: list[CellRow], today: date) -> list[CellRow]:
    """Say whom to call in cells past their day, and which cells have never begun. One query."""
    missing = [row.uid for row in rows if row.meeting_uid is None]
    late = [row.uid for row in rows if row.state == "late"]
    if not missing and not late:
        return rows
    if missing:
        known = _missing(sorted({*missing, *late}), today)
    else:  # all have a meeting, so all have begun: a cheaper question
        known = {uid: (True, *who) for uid, who in secretaries(late, today).items()}
    found = []
    for row in rows:
        begun, secretary, phone = known.get(row.uid, (True, "", ""))
        if not begun:
            found.append(row._replace(state="new"))
        elif row.state == "late":
            found.append(row._replace(secretary=secretary, phone=phone))
        else:
            found.append(row)
    return found


def _missing(uids: list[str], today: date) -> dict[str, tuple[bool, str, str]]:
    """Return whether each cell ever had a meeting, its secretary and their number. One query."""
    posts = Post.objects.filter(in_force(today), unit=OuterRef("pk"), role="secretary")
    latest = posts.order_by("-first_day")
    about = Unit.objects.filter(uid__in=uids).annotate(
        begun=Exists(Meeting.objects.filter(unit=OuterRef("pk"))),
        secretary=Subquery(latest.values("member__full_name")[:1]),
        phone=Subquery(latest.values("member__phone")[:1]),
    )
    return {
        uid: (begun, name or "", phone or "")
        for uid, begun, name, phone in about.values_list("uid", "begun", "secretary", "phone")
    }
