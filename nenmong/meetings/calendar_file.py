"""A private calendar as an iCalendar file (RFC 5545): where and when a unit meets, no name."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.meetings.overview_sentences import kind_name
from nenmong.meetings.queries.feed import MOST, Line, Shown

if TYPE_CHECKING:
    import icalendar

REFRESH = timedelta(hours=4)  # how often programs that listen to this look here
STATUSES = {"planned": "TENTATIVE", "cancelled": "CANCELLED"}


def calendar_ics(shown: Shown, link: Callable[[str], str]) -> bytes:
    """Return the file. `link` gives the address of a meeting's page.

    What the meeting is about is left out, as is all that was said there: a calendar is copied by
    programs of others, to machines of others.
    """
    import icalendar  # noqa: PLC0415 -- 3 MB of each process, seldom used

    found = icalendar.Calendar()
    found.add("prodid", "-//Nen Mong//Meetings//VI")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("Party meetings"))
    found.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    found.add("refresh-interval", icalendar.vDuration(REFRESH), {"VALUE": "DURATION"})
    if shown.shorted:
        found.add(
            "x-wr-caldesc",
            _("Only %(most)s meetings are shown here; the others stand on the pages of the units.")
            % {"most": MOST},
        )
    for line in shown.lines:
        found.add_component(_event(line, link))
    found.add_missing_timezones()
    return bytes(found.to_ical())


def _event(line: Line, link: Callable[[str], str]) -> "icalendar.Event":
    import icalendar  # noqa: PLC0415 -- as above

    row, event = line.row, icalendar.Event()
    changed_at = _whole(line.changed_at).astimezone(UTC)
    event.add("uid", f"{row.uid}@nenmong")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", max(line.changes - 1, 0))
    event.add("dtstart", _whole(clock.local(row.at)))
    event.add("dtend", _whole(clock.local(line.ends_at)))
    summary = f"{row.unit}: {kind_name(row.kind)}"
    if row.status == "cancelled":  # some programs show a cancelled line as any other
        summary = _("Cancelled: %(meeting)s") % {"meeting": summary}
    event.add("summary", summary)
    if row.place:
        event.add("location", row.place)
    event.add("status", STATUSES.get(row.status, "CONFIRMED"))
    event.add("transp", "TRANSPARENT" if row.status == "cancelled" else "OPAQUE")
    event.add("url", link(row.uid))
    return event


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
