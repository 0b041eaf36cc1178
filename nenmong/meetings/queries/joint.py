"""Who sits together in a thematic meeting, and who was asked to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from nenmong.meetings.models import JointPart, Meeting
from nenmong.meetings.models.meeting import MeetingKind
from nenmong.org.models import Unit


@dataclass(frozen=True)
class Asked:
    """What a cell is told of the meeting it was asked to: who asks, about what, when and where."""

    part_uid: str
    unit_name: str
    host: str
    subject: str
    starts_at: datetime
    place: str


def asked_of(unit_uids: Collection[str]) -> list[Asked]:
    """Return what these cells were asked to and have not answered. One query, none for none."""
    if not unit_uids:
        return []
    rows = JointPart.objects.filter(
        unit__in=unit_uids, state=JointPart.State.ASKED, meeting__status=Meeting.Status.PLANNED
    )
    columns = (
        "uid", "unit__name", "meeting__unit__name", "meeting__subject", "meeting__starts_at",
        "meeting__place",
    )  # fmt: skip
    return [Asked(*row) for row in rows.values_list(*columns)]


def names(meeting: Meeting) -> list[str]:
    """Return the other cells of a joint meeting. Two queries, none for another kind."""
    if meeting.kind != MeetingKind.THEMATIC:
        return []
    found = []
    if meeting.joint_uid:
        host = Meeting.objects.filter(uid=meeting.joint_uid)
        going = host.exclude(status=Meeting.Status.CANCELLED).exclude(
            status=Meeting.Status.PLANNED, unit__last_day__isnull=False
        )
        found = list(going.values_list("unit__name", flat=True))
        if not found:
            return []
    parts = JointPart.objects.filter(
        meeting=meeting.joint_uid or meeting.uid, state=JointPart.State.ACCEPTED
    )
    others = parts.exclude(unit=meeting.unit_id).order_by("unit__path")
    return found + list(others.values_list("unit__name", flat=True))


def parts(meeting: Meeting) -> list[JointPart]:
    """Return the cells asked to a meeting. One query."""
    rows = JointPart.objects.filter(bucket=meeting.bucket, meeting=meeting)
    return list(rows.select_related("unit").order_by("unit__path"))


def accepted(meeting_uid: str) -> list[str]:
    """Return the own meetings of the cells that sit with this one. One query."""
    rows = JointPart.objects.filter(meeting=meeting_uid, state=JointPart.State.ACCEPTED)
    return [uid for uid in rows.values_list("part_uid", flat=True) if uid]


def to_ask(meeting: Meeting) -> list[tuple[str, str]]:
    """Return the other cells of the committee. One query."""
    beside = Unit.objects.cells().filter(parent=meeting.unit.parent_id, last_day=None)
    rows = beside.exclude(uid=meeting.unit_id).order_by("path")
    return list(rows.values_list("uid", "name"))
