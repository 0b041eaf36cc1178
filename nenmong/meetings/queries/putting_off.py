"""How often a meeting was put off, why, who agreed; and what Tết says of its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from nenmong.core import clock, tet
from nenmong.meetings.models import Meeting, Postponement
from nenmong.meetings.models.meeting import REGULAR_KINDS


def told(rows: Iterable[Postponement]) -> list[dict[str, Any]]:
    """Return how a meeting came to its day, as its record tells it."""
    return [as_told(row) for row in rows if row.now_at is not None]


def as_told(row: Postponement) -> dict[str, Any]:
    """Return one putting off as a record tells it."""
    return {
        "was": _moment(row.was_at), "now": _moment(row.now_at), "reason": row.reason,
        "agreed_by": row.agreed_by,
    }  # fmt: skip


def rows(meeting: Meeting) -> list[Postponement]:
    """Return what was noted, the first one first. One query."""
    return list(Postponement.objects.filter(bucket=meeting.bucket, meeting=meeting))


def _moment(moment: Any) -> str:
    text: str = clock.local(moment).isoformat(timespec="seconds")
    return text


@dataclass(frozen=True)
class InTet:
    """A regular meeting that stands on a day of Tết, and the day proposed instead."""

    first: date
    proposed: date


def in_tet(meeting: Meeting) -> InTet | None:
    """Say whether a planned regular meeting stands on a day of Tết. No query."""
    if meeting.kind not in REGULAR_KINDS or meeting.status != Meeting.Status.PLANNED:
        return None
    first = tet.first_day(clock.local(meeting.starts_at).date())
    return InTet(first, tet.day_after(first)) if first else None
