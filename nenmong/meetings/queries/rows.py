"""The rows a seal covers, as digests: one hash a table, over every column that a seal freezes.

They go into the record and the names sheet, so that a byte changed in any column of any row of a
sealed meeting is noticed, also where the readable record does not print that column.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from nenmong.core.rules import canonical, sha256
from nenmong.meetings.models import (
    AgendaItem,
    Attendance,
    CarryOver,
    Meeting,
    NameEntry,
    NotedOpinion,
    Speech,
    Task,
    TaskReport,
    Vote,
)
from nenmong.org import queries as org

# What goes on after the seal and is therefore no part of it.
GOES_ON: dict[type[models.Model], frozenset[str]] = {
    Meeting: frozenset({"filed_at", "filed_how"}),
    Task: frozenset({"state", "result", "done_on"}),
}
RECORD_TABLES: tuple[type[models.Model], ...] = (
    AgendaItem, Speech, NotedOpinion, Vote, Task, TaskReport, CarryOver,
)  # fmt: skip
NAMES_TABLES: tuple[type[models.Model], ...] = (Attendance, NameEntry)

Digests = dict[str, dict[str, str]]


def frozen_columns(model: type[models.Model]) -> list[str]:
    """Return the columns of `model` that a seal covers."""
    left_out = GOES_ON.get(model, frozenset())
    return [field.attname for field in model._meta.concrete_fields if field.name not in left_out]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def digests(meetings: Sequence[Meeting], tables: Sequence[type[models.Model]]) -> Digests:
    """Return, for each meeting, a hash of its rows in each of `tables`. One query a table."""
    found: Digests = {meeting.uid: {} for meeting in meetings}
    units = {meeting.uid: meeting.unit_id for meeting in meetings}
    for model in tables:
        columns = frozen_columns(model)
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


def _born_in(unit_uid: str, meeting_unit: str) -> str:
    """Return the unit a task was given in: an open one goes on in the heir of a unit that ended."""
    if unit_uid != meeting_unit and unit_uid in org.heirs(meeting_unit):
        return meeting_unit
    return unit_uid


def of_meetings(meetings: Sequence[Meeting]) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Return what the record and the names sheet of each meeting hold of its rows. Nine queries."""
    of_record, of_names = digests(meetings, RECORD_TABLES), digests(meetings, NAMES_TABLES)
    return {
        m.uid: ({"meeting": meeting_digest(m)} | of_record[m.uid], of_names[m.uid])
        for m in meetings
    }


def meeting_digest(meeting: Meeting) -> str:
    """Return the hash of the meeting's own row."""
    return sha256(canonical([_plain(getattr(meeting, name)) for name in frozen_columns(Meeting)]))
