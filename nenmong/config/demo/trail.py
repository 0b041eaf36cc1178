"""Whether every sealed meeting of the last two months has come from plan to seal.

What was done by the actions has its audit, step by step. What was told in bulk has none; it has the
rows each step leaves: an agenda, a roll, votes, moments in their order, a record in its chain.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from nenmong.config.demo.packs import pack
from nenmong.core.models import AuditEntry
from nenmong.meetings.models import AgendaItem, Attendance, Meeting, SealedRecord, Vote
from nenmong.org.models import Unit

RECENT = timedelta(days=61)
AT_ONCE = 500  # meetings whose audit is read in one query
# What a sealed meeting has gone through, in this order; one of several names a step may bear.
LIVE = (
    ("meetings.planned", "meetings.joint_accepted"),
    ("meetings.opened",),
    ("meetings.closed",),
    ("meetings.minutes_sealed",),
)
PAPER = (("meetings.planned",), ("meetings.typed_in",), ("meetings.minutes_sealed",))


@dataclass(frozen=True)
class Trail:
    """How many sealed meetings were looked at, and what is missing, a line each."""

    by_actions: int
    in_bulk: int
    faults: list[str]

    @property
    def meetings(self) -> int:
        return self.by_actions + self.in_bulk


def trail(day: date) -> Trail:
    """Look for the trail of every meeting sealed in the two months before `day`, of all cells.

    Eight queries, and one more for every five hundred meetings of the ward.
    """
    ward = Unit.objects.get(code=pack("cells")["ward"])
    sealed = Meeting.objects.sealed().filter(held_on__gt=day - RECENT, held_on__lte=day)
    told = sealed.exclude(unit__path__startswith=ward.path)
    count, faults = _of_actions(sealed.filter(unit__path__startswith=ward.path))
    return Trail(count, told.count(), faults + _of_rows(told))


def _of_actions(sealed: QuerySet[Meeting]) -> tuple[int, list[str]]:
    """Return how many meetings these are, and which steps their audit misses."""
    meetings = {meeting.uid: meeting for meeting in sealed.select_related("unit")}
    verbs: dict[str, list[str]] = defaultdict(list)
    uids = list(meetings)
    for at in range(0, len(uids), AT_ONCE):
        entries = AuditEntry.objects.filter(subject_uid__in=uids[at : at + AT_ONCE])
        rows = entries.order_by("at", "uid").values_list("subject_uid", "verb")
        for uid, verb in rows:
            verbs[uid].append(verb)
    faults = []
    for uid, meeting in meetings.items():
        steps = PAPER if meeting.entry == Meeting.Entry.PAPER else LIVE
        if missing := _missing(verbs[uid], steps):
            faults.append(_fault(meeting, missing))
    return len(meetings), faults


def _fault(meeting: Meeting, missing: list[str]) -> str:
    return _("%(unit)s, %(day)s: of its trail is missing: %(steps)s") % {
        "unit": meeting.unit.name, "day": meeting.held_on, "steps": ", ".join(missing),
    }  # fmt: skip


def _missing(found: list[str], steps: tuple[tuple[str, ...], ...]) -> list[str]:
    """Return the steps that do not stand in `found` behind the one before them."""
    place, missing = 0, []
    for names in steps:
        at = next((n for n, verb in enumerate(found[place:], place) if verb in names), None)
        if at is None:
            missing.append(names[0])
        else:
            place = at + 1
    return missing


def _of_rows(told: QuerySet[Meeting]) -> list[str]:
    """Return which rows are missing behind meetings told in bulk."""
    here = {"meeting": OuterRef("pk"), "bucket": OuterRef("bucket")}
    tables = {
        "meetings.planned": AgendaItem, "meetings.roll_called": Attendance, "meetings.voted": Vote,
        "meetings.minutes_sealed": SealedRecord,
    }  # fmt: skip
    faults = []
    for step, model in tables.items():
        without = told.exclude(Exists(model._default_manager.filter(**here)))
        faults += [_fault(meeting, [step]) for meeting in without.select_related("unit")]
    early = Q(opened_at__gt=F("closed_at")) | Q(closed_at__gt=F("sealed_at"))
    disorder = told.filter(early).select_related("unit")
    return faults + [_fault(meeting, ["meetings.closed"]) for meeting in disorder]
