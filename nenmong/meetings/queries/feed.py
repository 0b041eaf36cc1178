"""What a private calendar shows: the meetings its person may see today, near to today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Max, Q

from nenmong.accounts.models import User
from nenmong.core import clock
from nenmong.core.models import AuditEntry
from nenmong.meetings.models import CalendarFeed, Meeting
from nenmong.meetings.queries import overview
from nenmong.meetings.queries.overview import Row
from nenmong.meetings.rules import calendar, feeds
from nenmong.meetings.rules import overview as rules
from nenmong.rulebook import queries as rulebook

MONTHS_BACK, MONTHS_AHEAD = 3, 12
MOST = 500  # meetings in one calendar, those to come first
# What changes a line of the calendar; each adds one to its count.
CHANGES = (
    "meetings.planned", "meetings.time_set", "meetings.postponed", "meetings.cancelled",
    "meetings.reinstated", "meetings.thematic_set", "meetings.opened",
    "meetings.opening_taken_back", "meetings.hours_set", "meetings.closed", "meetings.resumed",
    "meetings.paper_started",
)  # fmt: skip
LENGTH = "meetings.regular.minimum_minutes"  # how long a line is where nothing else is known


@dataclass(frozen=True)
class Line:
    """One meeting of the calendar."""

    row: Row
    ends_at: datetime
    changes: int
    changed_at: datetime


@dataclass(frozen=True)
class Shown:
    """A calendar as it is today."""

    lines: list[Line]
    changed_at: datetime  # the latest that anything here can have changed
    shorted: bool  # there is more than is shown


def feed_of(user: User) -> CalendarFeed | None:
    """Return the address that holds for a person. One query."""
    return CalendarFeed.objects.filter(user=user, revoked_at=None).first()


def read(token: str) -> CalendarFeed | None:
    """Return the calendar a secret opens, with its person. One query, two on its first of a day.

    The day it was last read is written outside an action: it changes nothing for anybody.
    """
    if not feeds.is_token(token):
        return None
    held = CalendarFeed.objects.filter(revoked_at=None, user__is_active=True)
    feed = held.filter(token_hash=feeds.token_hash(token)).select_related("user").first()
    now = clock.now()
    if feed and (feed.read_at is None or clock.local(feed.read_at).date() != clock.today()):
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
    return feed


def shown(feed: CalendarFeed) -> Shown:
    """Return what the person of a calendar may see today. Four queries.

    Their rights are asked anew each time: whoever lost a post this morning sees nothing of it now.
    """
    user: User = feed.user
    today = clock.today()
    month = calendar.month_of(today)
    midnight = clock.at_hour(today, time())
    ends = rules.months_back(month, -MONTHS_AHEAD - 1)
    seen = Meeting.objects.visible_to(user).filter(
        month__gte=rules.months_back(month, MONTHS_BACK), month__lt=ends
    )
    coming = seen.filter(starts_at__gte=midnight).order_by("starts_at", "uid")
    past = seen.filter(starts_at__lt=midnight).order_by("-starts_at", "-uid")
    rows = overview.rows_of(user, coming[: MOST + 1])
    rows += overview.rows_of(user, past[: max(MOST + 1 - len(rows), 1)])
    shorted = len(rows) > MOST
    lines = _lines(rows[:MOST])
    # A post that began or ended, and the window itself, move at midnight.
    latest = max([midnight, feed.made_at, *(line.changed_at for line in lines)])
    return Shown(sorted(lines, key=lambda line: (line.row.at, line.row.uid)), latest, shorted)


def _lines(rows: Iterable[Row]) -> list[Line]:
    rows = list(rows)
    uids = [row.uid for row in rows]
    told = AuditEntry.objects.filter(
        Q(subject="meetings.meeting", verb__in=CHANGES), subject_uid__in=uids
    )
    counted = told.values_list("subject_uid").annotate(Count("uid"), Max("at")).order_by()
    changes = {uid: (count, at) for uid, count, at in counted}
    found = []
    for row in rows:
        count, changed_at = changes.get(row.uid, (0, row.at))
        usual = row.at + timedelta(minutes=rulebook.value(LENGTH, row.day))
        ended = row.closed_at
        # A meeting that lasted until after midnight is a line until then, no more.
        ends_at = ended if ended and row.at < ended < row.at + timedelta(days=1) else usual
        found.append(Line(row, ends_at, count, changed_at))
    return found
