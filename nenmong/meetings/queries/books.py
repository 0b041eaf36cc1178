"""The sealed minutes of one unit in one year, for its minute book."""

from typing import Any

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.meetings.models import CorrectionNote, Meeting, SealedRecord
from nenmong.meetings.queries.verify import names_in, record_in

MOST = 60  # of a cell's meetings in a year; a book of more would be no file to open


def sealed_in(unit_uid: str, year: int) -> list[SealedRecord]:
    """Return the seals of a unit's meetings of a year, in the order they were held. One query."""
    rows = SealedRecord.objects.filter(
        unit=unit_uid, meeting__unit=unit_uid, meeting__status=Meeting.Status.SEALED,
        meeting__held_on__year=year,
    ).select_related("meeting")  # fmt: skip
    return list(rows.order_by("meeting__opened_at", "position")[:MOST])


def years(unit_uid: str) -> list[int]:
    """Return the years in which a unit has sealed minutes, the latest first. One query."""
    days = Meeting.objects.filter(unit=unit_uid, status=Meeting.Status.SEALED).dates(
        "held_on", "year", order="DESC"
    )
    return [day.year for day in days]


def seen_in(actor: Actor, unit_uid: str, year: int) -> list[SealedRecord]:
    """Return the seals of a year as far as `actor` may read them: not all read the committee's."""
    rows = sealed_in(unit_uid, year)
    seen = Meeting.objects.visible_to(actor).filter(uid__in=[row.meeting_id for row in rows])
    uids = set(seen.values_list("uid", flat=True))
    return [row for row in rows if row.meeting_id in uids]


def without_names(actor: Actor, unit_uid: str, year: int) -> list[tuple[dict[str, Any], None]]:
    """Return the records of a year, for the book that goes up. Three queries."""
    rows = seen_in(actor, unit_uid, year)
    notes = corrections([row.meeting for row in rows])
    return [(record_in(row) | {"notes": notes[row.meeting_id]}, None) for row in rows]


def with_names(rows: list[SealedRecord]) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Return records with their names sheets; an action writes down who asked for them."""
    notes = corrections([row.meeting for row in rows])
    return [(record_in(row) | {"notes": notes[row.meeting_id]}, names_in(row)) for row in rows]


def corrections(meetings: list[Meeting]) -> dict[str, list[dict[str, str]]]:
    """Return what was said beside sealed minutes, as Word prints it beneath them. One query."""
    found: dict[str, list[dict[str, str]]] = {meeting.uid: [] for meeting in meetings}
    rows = CorrectionNote.objects.filter(
        bucket__in={meeting.bucket for meeting in meetings}, meeting__in=list(found)
    )
    for row in rows:
        found[row.meeting_id].append(
            {
                "text": row.text, "by_name": row.by_name,
                "written_at": clock.local(row.written_at).isoformat(timespec="seconds"),
            }
        )  # fmt: skip
    return found
