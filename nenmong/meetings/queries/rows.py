"""The rows a seal covers, as digests: one hash a table, over every column that a seal freezes.

They go into the record and the names sheet, so that a byte changed in any column of any row of a
sealed meeting is noticed, also where the readable record does not print that column.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db import models

from nenmong.core.rules import canonical, sha256
from nenmong.meetings.models import (
    AgendaItem,
    AnswerRead,
    Attendance,
    CarryOver,
    Meeting,
    MeetingDocument,
    NameEntry,
    NotedOpinion,
    Postponement,
    Speech,
    Task,
    TaskReport,
    Vote,
)
from nenmong.meetings.rules.seal import FORMAT
from nenmong.org import queries as org

# What goes on after the seal and is therefore no part of it.
GOES_ON: dict[type[models.Model], frozenset[str]] = {
    Meeting: frozenset({"filed_at", "filed_how", "filed_on"}),
    Task: frozenset({"state", "result", "done_on", "declared_on"}),
}
RECORD_TABLES: tuple[type[models.Model], ...] = (
    AgendaItem, Speech, NotedOpinion, Vote, Task, TaskReport, AnswerRead, CarryOver, Postponement,
)  # fmt: skip
# What a record of an older form was sealed without: columns, and whole tables, that came later.
CAME_LATER: dict[int, dict[type[models.Model], frozenset[str]]] = {
    1: {
        Meeting: frozenset({
            "subject", "joint_uid", "notice_at", "documents_at", "upper_notified_at",
            "draft_ready_at", "prompts_ready_at", "draft_resolution", "entry", "typed_by_uid",
            "typed_by", "sealed_by",
        }),
        AgendaItem: frozenset({
            "business", "presenter", "prompts", "dues_members", "dues_amount"
        }),
        Vote: frozenset({"way", "issued", "returned", "spoiled", "voters", "rule"}),
        Task: frozenset({"owner_kind"}),
        Attendance: frozenset({"group"}),
        AnswerRead: frozenset({"*"}),
        Postponement: frozenset({"*"}),
    },
}  # fmt: skip
NAMES_TABLES: tuple[type[models.Model], ...] = (Attendance, NameEntry)

LISTED = ("title", "kind", "sha256")  # what a record says of a document

AS_IT_IS = frozenset({str, int, bool, type(None)})
Digests = dict[str, dict[str, str]]


@lru_cache(maxsize=64)
def frozen_columns(model: type[models.Model], form: int) -> list[str]:
    """Return the columns of `model` that the seal of a record of this form covers; none: no table.

    Raises:
        KeyError: no record has this form.
    """
    later = CAME_LATER[form].get(model, frozenset()) if form != FORMAT else frozenset()
    if "*" in later:
        return []
    left_out = GOES_ON.get(model, frozenset()) | later
    return [field.attname for field in model._meta.concrete_fields if field.name not in left_out]


def _plain(value: Any) -> Any:
    if type(value) in AS_IT_IS:  # nearly all of some millions of values a province's demo seals
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def digests(
    meetings: Sequence[Meeting], tables: Sequence[type[models.Model]], form: int
) -> Digests:
    """Return, for each meeting, a hash of its rows in each of `tables`. One query a table."""
    found: Digests = {meeting.uid: {} for meeting in meetings}
    units = {meeting.uid: meeting.unit_id for meeting in meetings}
    for model in tables:
        if not (columns := frozen_columns(model, form)):
            continue
        rows: dict[str, list[list[Any]]] = defaultdict(list)
        query = model._default_manager.filter(meeting__in=list(found)).order_by("pk")
        at = columns.index("meeting_id")
        unit_at = columns.index("unit_id") if model is Task else None
        for row in query.values_list(*columns):
            plain = [_plain(value) for value in row]
            if unit_at is not None:
                plain[unit_at] = _born_in(plain[unit_at], units[row[at]])
            rows[row[at]].append(plain)
        for uid, hashes in found.items():
            hashes[model._meta.model_name or ""] = sha256(canonical(rows[uid]))
    return found


def digest_of(model: type[models.Model], rows: Iterable[models.Model]) -> str:
    """Return the hash of one meeting's rows of a table, from memory, in the present form."""
    columns = frozen_columns(model, FORMAT)
    ordered = sorted(rows, key=lambda row: row.pk)
    return sha256(
        canonical([[_plain(row.__dict__[column]) for column in columns] for row in ordered])
    )


def of_memory(
    meeting: Meeting, read: Mapping[type[models.Model], Sequence[models.Model]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what `of_meetings` does, of one meeting in the present form, from rows just read."""
    of_record, of_names = (
        {table._meta.model_name or "": digest_of(table, read[table]) for table in tables}
        for tables in (RECORD_TABLES, NAMES_TABLES)
    )
    return {"meeting": meeting_digest(meeting, FORMAT)} | of_record, of_names


def _born_in(unit_uid: str, meeting_unit: str) -> str:
    """Return the unit a task was given in: an open one goes on in the heir of a unit that ended."""
    if unit_uid != meeting_unit and unit_uid in org.heirs(meeting_unit):
        return meeting_unit
    return unit_uid


def of_meetings(
    meetings: Sequence[Meeting], forms: Mapping[str, int] | None = None
) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Return what the record and the names sheet of each meeting hold of its rows.

    Eleven queries for each form that occurs among the records; without `forms` all are of the
    present one.
    """
    by_form: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        by_form[(forms or {}).get(meeting.uid, FORMAT)].append(meeting)
    found = {}
    for form, alike in by_form.items():
        of_record = digests(alike, RECORD_TABLES, form)
        of_names = digests(alike, NAMES_TABLES, form)
        for m in alike:
            own = {"meeting": meeting_digest(m, form)}
            found[m.uid] = (own | of_record[m.uid], of_names[m.uid])
    return found


def documents(meetings: Sequence[Meeting]) -> dict[str, list[dict[str, str]]]:
    """Return what the record of each meeting says of its documents; scans come after it.

    One query. They stand in the record in words, not as a digest: whoever reads it sees which files
    members had.
    """
    found: dict[str, list[dict[str, str]]] = {meeting.uid: [] for meeting in meetings}
    query = MeetingDocument.objects.filter(
        meeting__in=list(found), sort=MeetingDocument.Sort.DOCUMENT
    )
    for uid, *said in query.order_by("pk").values_list("meeting_id", *LISTED):
        found[uid].append(dict(zip(LISTED, said, strict=True)))
    return found


def meeting_digest(meeting: Meeting, form: int) -> str:
    """Return the hash of the meeting's own row."""
    columns = frozen_columns(Meeting, form)
    return sha256(canonical([_plain(getattr(meeting, name)) for name in columns]))
