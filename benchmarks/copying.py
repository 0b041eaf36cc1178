"""The rows of our tables as the floor's tables hold them: the same meetings, people and words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from nenmong.meetings.models import Meeting
from nenmong.org.models import Unit

FIRST_ID = 1_000_000  # of copied rows: PostgreSQL numbers new ones from 1
Rows = dict[str, list[dict[str, Any]]]


class Copy:
    """Rows put table by table, each under the next id."""

    def __init__(self) -> None:
        self.rows: Rows = {}
        self.ids: dict[str, int] = {}

    def put(self, table: str, uid: str, **columns: Any) -> int:
        """Add a row and return its id; `uid` is the row's it was copied from."""
        found = self.rows.setdefault(table, [])
        self.ids[uid] = FIRST_ID + len(found)
        found.append(
            {"id": self.ids[uid]} | {name: _plain(value) for name, value in columns.items()}
        )
        return self.ids[uid]

    def meeting(self, meeting: Meeting) -> None:
        """Copy all that was recorded under a meeting that is put already."""
        own, put = self.ids[meeting.uid], self.put
        names = dict(meeting.names.values_list("subject_uid", "name"))
        for row in meeting.attendances.all():
            put("Person", row.uid, meeting_id=own, name=row.name, membership=row.membership,
                status=row.status, reason=row.reason)  # fmt: skip
        for row in meeting.reports.all():
            put("Report", row.uid, meeting_id=own, title=row.title, owner=row.owner,
                state=row.state, result=row.result)  # fmt: skip
        for item in meeting.items.all():
            at = put("Item", item.uid, meeting_id=own, title=item.title, summary=item.summary,
                     conclusion=item.conclusion)  # fmt: skip
            for row in item.speeches.all():
                put("Speech", row.uid, item_id=at, said_at=row.said_at, name=names[row.uid],
                    text=row.text)  # fmt: skip
            for row in item.opinions_noted.all():
                put("Opinion", row.uid, item_id=at, text=row.text)
            for row in item.votes.all():
                put("Vote", row.uid, item_id=at, question=row.question, agreed=row.agreed,
                    base=row.base)  # fmt: skip
            for row in item.tasks.all():
                put("Task", row.uid, item_id=at, title=row.title, owner=row.owner,
                    due_on=row.due_on)  # fmt: skip


def copied(
    copy: Copy, ward: Unit, full: Sequence[Meeting], month: date, crowd: Unit
) -> dict[str, Any]:
    """Copy the rows of a ward, its meetings of `month`, all of the two in `full`, a large cell.

    The answer is what the floor's addresses are made of.
    """
    sealed, under_way = full
    for unit in Unit.objects.under(ward.path).order_by("path"):
        copy.put("Unit", unit.uid, name=unit.name, path=unit.path)
    others = Meeting.objects.in_month(month).filter(unit__path__under=ward.path)
    for meeting in [*full, *others.exclude(pk=under_way.pk).order_by("unit__path")]:
        copy.put("Meeting", meeting.uid, unit_id=copy.ids[meeting.unit_id], month=meeting.month,
                 status=meeting.status, opened_at=meeting.opened_at, place=meeting.place,
                 chair=meeting.chair_name, secretary=meeting.secretary_name, due=meeting.due,
                 present=meeting.present, excused=meeting.excused, unexcused=meeting.unexcused,
                 given=meeting.tasks)  # fmt: skip
    for meeting in full:
        copy.meeting(meeting)
    unit_id = copy.ids[under_way.unit_id]
    for row in under_way.attendances.all():
        copy.put(
            "Member", row.member_uid, unit_id=unit_id, name=row.name, membership=row.membership
        )
    crowd_id = copy.put("Unit", crowd.uid, name=crowd.name, path=crowd.path)
    for place in crowd.memberships.select_related("member"):
        copy.put(
            "Member", place.member_id, unit_id=crowd_id, name=place.member.full_name,
            membership=place.status,
        )  # fmt: skip
    for post in crowd.posts.all():
        copy.put("Post", post.uid, member_id=copy.ids[post.member_id], title=post.title)
    own = copy.ids[under_way.uid]
    return {
        "record": copy.ids[sealed.uid],
        "roll": own,
        "unit": unit_id,
        "crowd": crowd_id,
        "path": ward.path,
        "people": [row["id"] for row in copy.rows["Person"] if row["meeting_id"] == own],
        "items": [row["id"] for row in copy.rows["Item"] if row["meeting_id"] == own],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
