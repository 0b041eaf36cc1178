"""A meeting as a calendar file: one event that a later file of the same meeting replaces."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.meetings import notices
from nenmong.meetings.models import Meeting

if TYPE_CHECKING:
    from icalendar import Timezone

ZONE = "Asia/Ho_Chi_Minh"
AHEAD = timedelta(hours=7)  # since 1975, summer and winter
USUAL = timedelta(minutes=90)


def invite(meeting: Meeting, *, sequence: int, minutes: int = 0) -> bytes:
    """Return the file: day, hour, place and cell, nothing of what is discussed.

    Args:
        sequence: how often the time or place was changed: calendars keep the highest.
        minutes: planned; an hour and a half where nothing is said.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 -- 3 MB of each process, seldom used

    cancelled = meeting.status == Meeting.Status.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//Nen Mong//meetings//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(_zone())
    event = Event()
    event.add("uid", f"{meeting.uid}@nenmong")
    event.add("sequence", sequence)
    event.add("dtstamp", clock.now().astimezone(UTC))
    starts = clock.local(meeting.starts_at)
    event.add("dtstart", starts)
    event.add("dtend", starts + (timedelta(minutes=minutes) or USUAL))
    summary = f"{meeting.unit.name}: {notices.title(meeting)}"
    event.add(
        "summary", _("Cancelled: %(meeting)s") % {"meeting": summary} if cancelled else summary
    )
    event.add("location", meeting.place or _("told later"))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _zone() -> "Timezone":
    """Return the zone of Viet Nam; written out, since not every phone knows it by name."""
    from icalendar import Timezone, TimezoneStandard  # noqa: PLC0415 -- as above

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 -- a zone's own, as the format asks
    standard.add("tzoffsetfrom", AHEAD)
    standard.add("tzoffsetto", AHEAD)
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone
