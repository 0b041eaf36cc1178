"""How far a meeting under way has come, as chair and scribe both see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nenmong.core import clock
from nenmong.meetings.models import AgendaItem, Meeting
from nenmong.meetings.rules import course


@dataclass(frozen=True)
class Course:
    """One item of a meeting in its time, and where the meeting is meanwhile."""

    item: AgendaItem
    number: int
    items: list[AgendaItem]
    ends_at: datetime | None  # expected; none once the meeting is over
    spent: timedelta
    left: timedelta
    now: tuple[int, AgendaItem] | None  # the item under way, with its number

    @property
    def following(self) -> AgendaItem | None:
        return self.items[self.number] if self.number < len(self.items) else None

    @property
    def previous(self) -> AgendaItem | None:
        return self.items[self.number - 2] if self.number > 1 else None

    @property
    def elsewhere(self) -> tuple[int, AgendaItem] | None:
        """The item under way, where it is another than this one."""
        return self.now if self.now and self.now[1].uid != self.item.uid else None

    @property
    def spent_minutes(self) -> int:
        return int(self.spent // timedelta(minutes=1))

    @property
    def left_minutes(self) -> int:
        """Minutes this item still has; below none once it runs over."""
        return course.whole_minutes(self.left)


def course_of(meeting: Meeting, item_uid: str, items: list[AgendaItem] | None = None) -> Course:
    """Return where a meeting is. One query, none where its items are given.

    Raises:
        AgendaItem.DoesNotExist: the meeting has no such item.
    """
    items = list(meeting.items.all()) if items is None else items
    number = next((n for n, item in enumerate(items, start=1) if item.uid == item_uid), 0)
    if not number:
        raise AgendaItem.DoesNotExist
    moment = clock.now()
    stretches = [course.Stretch(i.state, i.minutes, i.seconds, i.taken_up_at) for i in items]
    this = stretches[number - 1]
    going = meeting.status == Meeting.Status.OPEN
    now = next(((n, i) for n, i in enumerate(items, start=1) if i.state == course.NOW), None)
    return Course(
        items[number - 1], number, items,
        course.expected_end(stretches, moment) if going else None,
        course.spent(this, moment), course.left(this, moment), now,
    )  # fmt: skip


def current(meeting: Meeting) -> AgendaItem | None:
    """Return the item under way; before any the first, after the last the last. One query."""
    items = list(meeting.items.all())
    under_way = (item for item in items if item.state == course.NOW)
    waiting = (item for item in items if item.state == course.WAITING)
    return next(under_way, None) or next(waiting, None) or (items[-1] if items else None)
