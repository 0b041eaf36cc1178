"""The sealed minutes of one unit in one year, for its minute book."""

from typing import Any

from nenmong.meetings.models import Meeting, SealedRecord
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


def without_names(unit_uid: str, year: int) -> list[tuple[dict[str, Any], None]]:
    """Return the records of a year, for the book that goes up."""
    return [(record_in(sealed), None) for sealed in sealed_in(unit_uid, year)]


def with_names(rows: list[SealedRecord]) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Return records with their names sheets; an action writes down who asked for them."""
    return [(record_in(sealed), names_in(sealed)) for sealed in rows]
