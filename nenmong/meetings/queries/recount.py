"""What counters and month tables should be, counted anew from the rows; differences are named."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from nenmong.meetings.models import (
    Attendance,
    CarryOver,
    Matter,
    Meeting,
    MeetingMonth,
    NameEntry,
    NotedOpinion,
    Task,
    TaskReport,
)
from nenmong.meetings.models.month import FROM_MEETING, SUMS
from nenmong.meetings.rules import attendance

BATCH = 500


@dataclass(frozen=True)
class Difference:
    """A stored number that is not what the rows say."""

    table: str
    uid: str
    name: str
    stored: int
    counted: int

    def __str__(self) -> str:
        return f"{self.table} {self.uid}: {self.name} is {self.stored}, should be {self.counted}"


def meeting_counts() -> Iterator[tuple[Meeting, dict[str, int]]]:
    """Yield every meeting with its counters as its rows say. Five queries for each 500 meetings."""
    begun = Meeting.objects.order_by("uid").iterator(BATCH)
    batch: list[Meeting] = []
    for meeting in begun:
        batch.append(meeting)
        if len(batch) == BATCH:
            yield from _counted(batch)
            batch = []
    yield from _counted(batch)


def _counted(meetings: list[Meeting]) -> Iterator[tuple[Meeting, dict[str, int]]]:
    uids = [m.uid for m in meetings]
    rolls: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for uid, membership, status in Attendance.objects.filter(meeting__in=uids).values_list(
        "meeting_id", "membership", "status"
    ):
        rolls[uid].append((membership, status))
    spoke: dict[str, set[str]] = defaultdict(set)
    for uid, member in NameEntry.objects.filter(
        meeting__in=uids, member_uid__isnull=False
    ).values_list("meeting_id", "member_uid"):
        spoke[uid].add(str(member))
    opinions = _by_meeting(NotedOpinion, uids)
    tasks = _by_meeting(Task, uids)
    for meeting in meetings:
        counts = attendance.count(rolls[meeting.uid]).as_dict()
        counts["speakers"] = len(spoke[meeting.uid] - {meeting.chair_uid})
        counts["opinions"], counts["tasks"] = opinions[meeting.uid], tasks[meeting.uid]
        yield meeting, counts


def _by_meeting(model: Any, uids: list[str]) -> Counter[str]:
    rows = model.objects.filter(meeting__in=uids).values_list("meeting_id")
    return Counter(dict(rows.annotate(count=Count("uid")).order_by()))


def month_sums() -> dict[tuple[int, str, Any], dict[str, int]]:
    """Return the sums of every (bucket, grassroots unit, month) as its regular meetings say."""
    sums: dict[tuple[int, str, Any], Counter[str]] = defaultdict(Counter)
    columns = ("bucket", "grassroots_id", "month", "status", "filed_at", *FROM_MEETING)
    regular = Meeting.objects.regular().values_list(*columns)
    for bucket, unit, month, status, filed_at, *numbers in regular.iterator(BATCH):
        row = sums[bucket, unit, month]
        row["planned"] += 1
        row["cancelled"] += status == Meeting.Status.CANCELLED
        row["held"] += status in {Meeting.Status.HELD, Meeting.Status.SEALED}
        row["filed"] += filed_at is not None
        if status == Meeting.Status.SEALED:
            row["sealed"] += 1
            row.update(dict(zip(FROM_MEETING, numbers, strict=True)))
    return {key: {name: row[name] for name in SUMS} for key, row in sums.items()}


def carried_counts() -> dict[str, int]:
    """Return how often each matter was carried over at sealed meetings."""
    sealed = Q(meeting__status=Meeting.Status.SEALED)
    carried = Counter(
        dict(
            CarryOver.objects.filter(sealed)
            .values_list("matter_uid")
            .annotate(count=Count("uid"))
            .order_by()
        )
    )
    choices = set(CarryOver.objects.filter(sealed).values_list("meeting_id", "matter_uid"))
    unfinished = TaskReport.objects.filter(sealed, state__in=["open", "doing", "not_done"])
    for meeting_uid, matter_uid in unfinished.values_list("meeting_id", "matter_uid"):
        if (meeting_uid, matter_uid) not in choices:
            carried[matter_uid] += 1
    return carried


def differences() -> Iterator[Difference]:
    """Yield every stored number that is not what the rows say."""
    for meeting, counted in meeting_counts():
        for name, number in counted.items():
            if (stored := getattr(meeting, name)) != number:
                yield Difference("meeting", meeting.uid, name, stored, number)
    expected = month_sums()
    for row in MeetingMonth.objects.all().iterator(BATCH):
        wanted = expected.pop((row.bucket, row.unit_id, row.month), dict.fromkeys(SUMS, 0))
        for name, number in wanted.items():
            if (stored := getattr(row, name)) != number:
                yield Difference("month", row.uid, name, stored, number)
    for (_bucket, unit, _month), wanted in expected.items():
        for name, number in wanted.items():
            if number:
                yield Difference("month", unit, name, 0, number)
    carried = carried_counts()
    for uid, stored in Matter.objects.values_list("uid", "carried").iterator(BATCH):
        if stored != carried.get(uid, 0):
            yield Difference("matter", uid, "carried", stored, carried.get(uid, 0))
