"""Where a document was discussed, where not yet and why: for who sent it. Readings are not counted.

Whether a cell has met at all belongs to meetings: what is known here is what deliveries know.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.directives.access import SEND, VIEW
from nenmong.directives.models import Delivery, Directive, UnclearPoint
from nenmong.directives.queries.library import sendings_of
from nenmong.org import access
from nenmong.org.models import CELLS, Unit
from nenmong.org.rules import lineage

PAGE = 100
State = Delivery.State
NOT_DELIVERED, LATE, CARRIED, UNANSWERED = "not_delivered", "late", "carried", "unanswered"
# What is to be done first comes first.
ORDER = (
    State.TO_PASS_ON.value, LATE, CARRIED, State.WAITING.value, NOT_DELIVERED, UNANSWERED,
    State.DISCUSSED.value, State.PASSED_ON.value, State.TAKEN_IN.value, State.WITHDRAWN.value,
)  # fmt: skip
# Not among those that are to discuss it: committees in between, and where it ended.
BESIDE = frozenset({State.TO_PASS_ON, State.PASSED_ON, State.TAKEN_IN, State.WITHDRAWN})
DONE = frozenset({UNANSWERED, State.DISCUSSED})
COLUMNS = (
    "uid", "unit_id", "unit__name", "unit__path", "unit__kind", "grassroots_id",
    "grassroots__name", "state", "month", "came_on", "due_on", "meeting_uid", "discussed_on",
    "speakers", "carried", "carried_why", "reminded_on", "report",
)  # fmt: skip


@dataclass(frozen=True)
class Point:
    """What a meeting found unclear, and the answer, if there is one."""

    text: str
    answer: str
    answered_on: date | None


@dataclass(frozen=True)
class Row:
    """One unit and what became of the document there."""

    unit_uid: str
    unit: str
    path: str
    area_uid: str
    area: str
    state: str  # of `ORDER`
    is_cell: bool = True
    month: date | None = None
    came_on: date | None = None
    due_on: date | None = None
    meeting_uid: str = ""
    discussed_on: date | None = None
    speakers: int = 0
    carried: int = 0
    carried_why: str = ""
    reminded_on: date | None = None
    report: str = ""
    points: list[Point] = field(default_factory=list)

    @property
    def open_points(self) -> int:
        return sum(not point.answer for point in self.points)


@dataclass(frozen=True)
class Area:
    """A grassroots organisation: of how many it was discussed in how many."""

    uid: str
    name: str
    total: int
    discussed: int
    late: int
    carried: int
    waiting: int
    not_delivered: int
    open_points: int

    @property
    def left(self) -> int:
        return self.total - self.discussed


@dataclass(frozen=True)
class Covered:
    """A document over all the units a person sees it with."""

    rows: list[Row]
    areas: list[Area]

    @property
    def counted(self) -> list[Row]:
        return [row for row in self.rows if row.state not in BESIDE]

    @property
    def total(self) -> int:
        return len(self.counted)

    @property
    def discussed(self) -> int:
        return sum(row.state in DONE for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many stand how, in the order of what is to be done."""
        return {code: n for code in ORDER if (n := sum(row.state == code for row in self.rows))}

    @property
    def points(self) -> int:
        return sum(len(row.points) for row in self.rows)

    @property
    def open_points(self) -> int:
        return sum(row.open_points for row in self.rows)

    @property
    def only_cells(self) -> bool:
        return all(row.is_cell for row in self.counted)

    @property
    def missing(self) -> int:
        """Where it waits, as one would remind them; not where it came only today."""
        waits = {State.TO_PASS_ON, LATE, CARRIED, State.WAITING}
        today = clock.today()
        return sum(
            row.state in waits and row.came_on is not None and row.came_on < today
            for row in self.rows
        )

    @property
    def reminded(self) -> tuple[date, int] | None:
        """When somebody was reminded last, and how many that day."""
        days = [row.reminded_on for row in self.rows if row.reminded_on]
        return (max(days), days.count(max(days))) if days else None


def covered(actor: Actor, one: Directive) -> Covered:
    """Return what became of a document at every unit that `actor` sees. Four queries."""
    points: dict[str, list[Point]] = defaultdict(list)
    said = UnclearPoint.objects.filter(delivery__directive=one).order_by("uid")
    columns_of_point = ("delivery_id", "text", "answer", "answered_on")
    for delivery, text, answer, answered_on in said.values_list(*columns_of_point):
        points[delivery].append(Point(text, answer, answered_on))
    seen = access.scope(actor, VIEW, path="unit__path")
    today = clock.today()
    rows = []
    for columns in Delivery.objects.filter(seen, directive=one).values_list(*COLUMNS):
        rows.append(_row(columns, points, today))
    rows += _not_delivered(actor, rows)
    order = {state: place for place, state in enumerate(ORDER)}
    rows.sort(key=lambda row: (order[row.state], row.due_on or date.max, row.path))
    return Covered(rows, _areas(rows))


def _row(columns: Sequence[object], points: dict[str, list[Point]], today: date) -> Row:
    said = dict(zip(COLUMNS, columns, strict=True))
    its = points.get(str(said["uid"]), [])
    state, due = said["state"], said["due_on"]
    if state == State.WAITING:
        if isinstance(due, date) and due < today:
            state = LATE
        elif said["carried"]:
            state = CARRIED
    elif state == State.DISCUSSED and any(not point.answer for point in its):
        state = UNANSWERED
    taken = {name: said[name] for name in COLUMNS[8:] if name != "meeting_uid"}
    return Row(
        str(said["unit_id"]), str(said["unit__name"]), str(said["unit__path"]),
        str(said["grassroots_id"]), str(said["grassroots__name"]), str(state),
        is_cell=said["unit__kind"] in CELLS, meeting_uid=str(said["meeting_uid"] or ""),
        points=its, **taken,  # type: ignore[arg-type]
    )  # fmt: skip


def _not_delivered(actor: Actor, rows: Sequence[Row]) -> list[Row]:
    """Return the cells that do not have it because their committee has not passed it on.

    One query, and only where a committee is to pass it on.
    """
    above = {row.path: row for row in rows if row.state == State.TO_PASS_ON}
    if not above:
        return []
    have = {row.unit_uid for row in rows}
    cells = Unit.objects.cells().filter(access.scope(actor, VIEW, path="path"), last_day=None)
    found = []
    for uid, name, path in cells.values_list("uid", "name", "path"):
        over = next((above[step] for step in reversed(lineage(path)) if step in above), None)
        if over is not None and uid not in have:
            found.append(Row(uid, name, path, over.unit_uid, over.unit, NOT_DELIVERED))
    return found


def _areas(rows: Sequence[Row]) -> list[Area]:
    """Return the organisations with the most left to do first; no score, no rank."""
    of: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.state not in BESIDE:
            of[row.area_uid].append(row)
    areas = []
    for uid, its in of.items():
        states = [row.state for row in its]
        areas.append(
            Area(
                uid, its[0].area, len(its), sum(state in DONE for state in states),
                states.count(LATE), states.count(CARRIED), states.count(State.WAITING.value),
                states.count(NOT_DELIVERED), sum(row.open_points for row in its),
            )
        )  # fmt: skip
    return sorted(areas, key=lambda area: (-area.left, -area.open_points, area.name))


@dataclass(frozen=True)
class Listed:
    """A page of rows."""

    rows: list[Row]
    total: int
    offset: int


def narrowed(rows: Sequence[Row], *, state: str = "", area: str = "", text: str = "") -> list[Row]:
    """Return the rows that fit; `left` is all that is still to be done."""
    words = fold(text).split()
    left = set(ORDER[:5])

    def fits(row: Row) -> bool:
        return (
            (not state or row.state == state or (state == "left" and row.state in left))
            and (not area or row.area_uid == area)
            and all(word in fold(row.unit) for word in words)
        )

    return [row for row in rows if fits(row)]


def page_of(rows: Sequence[Row], offset: int = 0) -> Listed:
    return Listed(list(rows[offset : offset + PAGE]), len(rows), offset)


def senders(actor: Actor, one: Directive) -> list[Unit]:
    """Return the units that sent the document and for which `actor` sends. One query."""
    sent = sendings_of(actor, one).order_by().values("unit")
    rows = Unit.objects.filter(access.scope(actor, SEND, path="path"), uid__in=sent)
    return list(rows.order_by("path"))
