"""Writing what was told in bulk: rows as plain tuples, many at a time, past Django's objects.

A process that tells cells turns its rows into tuples of what the database takes (`Rows.packed`),
and the one that writes needs to do no more than hand them on: COPY on PostgreSQL, `executemany`
on SQLite.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models import F, Max
from django.db.models.functions import ExtractYear

from nenmong.core.fields import FoldedField, UidField
from nenmong.core.ids import new_uid
from nenmong.core.rules import read_uid
from nenmong.directives.models import CellLoad, Delivery, DirectiveMonth
from nenmong.directives.models.month import SUMS as DIRECTIVE_SUMS
from nenmong.meetings.models import (
    AgendaItem,
    AnswerRead,
    Attendance,
    CarryOver,
    ChainHead,
    DocumentCounter,
    GivenRight,
    JointPart,
    Matter,
    Meeting,
    MeetingMonth,
    NameEntry,
    NotedOpinion,
    Postponement,
    SealedRecord,
    Speech,
    Task,
    TaskReport,
    Vote,
)
from nenmong.meetings.models.month import SUMS
from nenmong.opinions.models import (
    Answer,
    DeskStay,
    Issue,
    IssuePart,
    Opinion,
    OpinionMonth,
    OpinionMove,
    Raiser,
)
from nenmong.opinions.models.month import SUMS as OPINION_SUMS

if TYPE_CHECKING:
    from nenmong.config.demo.bulk.held import Held

BATCH = 2000
# Parents before children.
ORDER: tuple[type[models.Model], ...] = (
    Meeting, AgendaItem, Attendance, Speech, NotedOpinion, NameEntry, Vote, Task, TaskReport,
    AnswerRead, CarryOver, Postponement, GivenRight, JointPart, Matter, DocumentCounter, ChainHead,
    SealedRecord, Issue, Opinion, Raiser, DeskStay, OpinionMove, Answer, IssuePart, Delivery,
    CellLoad,
)  # fmt: skip

Months = dict[tuple[int, str, date], Counter[str]]


@dataclass
class Packed:
    """What one telling leaves to be written: tuples by the place of their table in `ORDER`."""

    tables: dict[int, list[tuple[Any, ...]]]
    months: Months
    opinions: Months
    directives: Months
    paths: dict[str, str]


@dataclass
class Rows:
    """What is to be written, by table, parents first; and the sums of months over all cells."""

    shelves: dict[type[models.Model], list[models.Model]] = field(
        default_factory=lambda: defaultdict(list)
    )
    months: Months = field(default_factory=lambda: defaultdict(Counter))
    opinions: Months = field(default_factory=lambda: defaultdict(Counter))
    directives: Months = field(default_factory=lambda: defaultdict(Counter))
    paths: dict[str, str] = field(default_factory=dict)
    # By the uid of a joint meeting or of the part asked to it: the host's, for the cells' hands.
    hosts: "dict[str, Held]" = field(default_factory=dict)

    def put(self, *rows: models.Model) -> None:
        for row in rows:
            if not row.pk:
                row.pk = new_uid()
            self.shelves[type(row)].append(row)

    def packed(self) -> Packed:
        """Return all of it as the database takes it, and clear the shelves."""
        tables = {
            number: _tuples(model, rows)
            for number, model in enumerate(ORDER)
            if (rows := self.shelves.pop(model, None))
        }
        months, self.months = dict(self.months), defaultdict(Counter)
        opinions, self.opinions = dict(self.opinions), defaultdict(Counter)
        directives, self.directives = dict(self.directives), defaultdict(Counter)
        return Packed(tables, months, opinions, directives, self.paths)


def write(packed: Packed) -> None:
    """Write the rows of one telling; sums of months are added up first and written at the end."""
    for number, rows in sorted(packed.tables.items()):
        _insert(ORDER[number], rows)


def add_months(months: Months, more: Months) -> None:
    for key, sums in more.items():
        months[key].update(sums)


def write_sums(model: Any, names: Sequence[str], months: Months, paths: dict[str, str]) -> None:
    """Write one table of months, of all cells told."""
    model._default_manager.bulk_create(
        (
            model(
                bucket=bucket, unit_id=unit, month=month, path=paths[unit],
                **{name: sums[name] for name in names},
            )
            for (bucket, unit, month), sums in sorted(months.items())
        ),
        batch_size=BATCH,
    )  # fmt: skip


@dataclass
class Sums:
    """The sums of months over all cells told, by table."""

    months: Months = field(default_factory=lambda: defaultdict(Counter))
    opinions: Months = field(default_factory=lambda: defaultdict(Counter))
    directives: Months = field(default_factory=lambda: defaultdict(Counter))

    def add(self, packed: Packed) -> None:
        add_months(self.months, packed.months)
        add_months(self.opinions, packed.opinions)
        add_months(self.directives, packed.directives)

    def write(self, paths: dict[str, str]) -> None:
        write_sums(MeetingMonth, SUMS, self.months, paths)
        write_sums(OpinionMonth, OPINION_SUMS, self.opinions, paths)
        write_sums(DirectiveMonth, DIRECTIVE_SUMS, self.directives, paths)


def number_letters() -> None:
    """Number the answers of each desk by year, in the order they were signed, behind what is."""
    without = Answer.objects.filter(number=None, state=Answer.State.SIGNED).exclude(
        desk=F("opinion__unit")
    )
    last: Counter[tuple[str, int]] = Counter()
    years = Answer.objects.exclude(number=None).order_by()
    for desk, year, number in years.values_list("desk_id", ExtractYear("signed_on")).annotate(
        Max("number")
    ):
        last[desk, year] = number
    rows = list(without.order_by("signed_on", "uid").only("uid", "desk_id", "signed_on"))
    for row in rows:
        assert row.signed_on is not None  # noqa: S101 -- the database sees to it
        key = (row.desk_id, row.signed_on.year)
        last[key] += 1
        row.number = last[key]
    Answer.objects.bulk_update(rows, ["number"], batch_size=BATCH // 10)


def _insert(model: type[models.Model], rows: Sequence[tuple[Any, ...]]) -> None:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(column.column)) for column in model._meta.concrete_fields)
    table = quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(model._meta.concrete_fields))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608


def _tuples(model: type[models.Model], rows: Sequence[models.Model]) -> list[tuple[Any, ...]]:
    columns = model._meta.concrete_fields
    names = [column.attname for column in columns]
    for folded in (column for column in columns if isinstance(column, FoldedField)):
        for row in rows:
            folded.pre_save(row, add=True)
    taken = [row.__dict__ for row in rows]
    turned: list[list[Any]] = []
    for column, name in zip(columns, names, strict=True):
        values = [row[name] for row in taken]
        turn = _turn(column)
        turned.append([turn(value) for value in values] if turn else values)
    return list(zip(*turned, strict=True))


def _turn(column: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """Return how a column's values become what the database takes; None where they are that."""
    target = column
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if isinstance(target, UidField):
        return _number
    if isinstance(target, models.DateTimeField):
        return None if connection.vendor == "postgresql" else _moment
    if isinstance(target, models.DateField):
        return None if connection.vendor == "postgresql" else _day
    if isinstance(target, models.JSONField):
        return lambda value: target.get_db_prep_save(value, connection)
    return None


def _number(uid: str | None) -> int | None:
    return None if uid is None else read_uid(uid)


@lru_cache(maxsize=4096)
def _moment(moment: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
