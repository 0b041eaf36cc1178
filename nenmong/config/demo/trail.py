"""Whether what the ward's cells did in the last two months was done by the actions of real life.

Which meetings those are is known by the ward's path: the cells elsewhere are told in bulk to the
last day, and have no trail.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from nenmong.config.demo.packs import pack
from nenmong.core.models import AuditEntry
from nenmong.meetings.models import Meeting
from nenmong.org.models import Unit

RECENT = timedelta(days=61)
# What every sealed meeting has gone through, in this order.
STEPS = ("meetings.planned", "meetings.opened", "meetings.closed", "meetings.minutes_sealed")


@dataclass(frozen=True)
class Trail:
    """How many sealed meetings were looked at, and what is missing, a line each."""

    meetings: int
    faults: list[str]


def trail(day: date) -> Trail:
    """Look for the audit of every meeting of the ward sealed in the two months before `day`.

    Three queries.
    """
    ward = Unit.objects.get(code=pack("cells")["ward"])
    sealed = Meeting.objects.sealed().filter(
        held_on__gt=day - RECENT, held_on__lte=day, unit__path__startswith=ward.path
    )
    meetings = {meeting.uid: meeting for meeting in sealed.select_related("unit")}
    verbs: dict[str, list[str]] = defaultdict(list)
    entries = AuditEntry.objects.filter(subject_uid__in=list(meetings)).order_by("at", "uid")
    for uid, verb in entries.values_list("subject_uid", "verb"):
        verbs[uid].append(verb)
    faults = [
        _("%(unit)s, %(day)s: of its trail is missing: %(steps)s")
        % {"unit": meeting.unit.name, "day": meeting.held_on, "steps": ", ".join(missing)}
        for uid, meeting in meetings.items()
        if (missing := _missing(verbs[uid]))
    ]
    return Trail(len(meetings), faults)


def _missing(found: list[str]) -> list[str]:
    """Return the steps that do not stand in `found` behind the one before them."""
    place, missing = 0, []
    for step in STEPS:
        if step in found[place:]:
            place = found.index(step, place) + 1
        else:
            missing.append(step)
    return missing
