"""Writing the month table, inside the action that changes a meeting."""

from django.db.models import F

from nenmong.core.actions import within_action
from nenmong.meetings.models import Meeting, MeetingMonth
from nenmong.meetings.models.meeting import REGULAR_KINDS
from nenmong.meetings.models.month import FROM_MEETING, SUMS


@within_action
def add(meeting: Meeting, **by: int) -> None:
    """Add to the sums of the month and grassroots organisation a regular meeting belongs to."""
    if meeting.kind not in REGULAR_KINDS:
        return
    if unknown := by.keys() - set(SUMS):
        raise ValueError(f"no such sums: {unknown}")
    row = {"bucket": meeting.bucket, "unit_id": meeting.grassroots_id, "month": meeting.month}
    changed = {name: F(name) + amount for name, amount in by.items()}
    if not MeetingMonth.objects.filter(**row).update(**changed):
        MeetingMonth.objects.get_or_create(**row, defaults={"path": meeting.grassroots.path})
        MeetingMonth.objects.filter(**row).update(**changed)


def sums_of(meeting: Meeting) -> dict[str, int]:
    """Return what a sealed meeting adds to its month."""
    return {name: getattr(meeting, name) for name in FROM_MEETING}
