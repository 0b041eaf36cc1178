"""Whether every sealed meeting of the last two months has come from plan to seal, and opinions.

What was done by the actions has its audit, step by step. What was told in bulk has none; it has the
rows each step leaves: an agenda, a roll, votes, moments in their order, a record in its chain.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from nenmong.config.demo.packs import pack
from nenmong.config.demo.paper_trail import of_documents
from nenmong.core.models import AuditEntry
from nenmong.meetings.models import AgendaItem, Attendance, Meeting, SealedRecord, Vote
from nenmong.meetings.models.meeting import REGULAR_KINDS
from nenmong.opinions.models import Answer, Opinion, OpinionMove
from nenmong.org.models import Post, Unit

RECENT, A_WEEK = timedelta(days=61), timedelta(days=7)
AT_ONCE = 500  # meetings whose audit is read in one query
# What a sealed meeting has gone through, in this order; one of several names a step may bear.
LIVE = (
    ("meetings.planned", "meetings.joint_accepted"),
    ("meetings.opened",),
    ("meetings.closed",),
    ("meetings.minutes_sealed",),
)
PAPER = (("meetings.planned",), ("meetings.typed_in",), ("meetings.minutes_sealed",))

# What stands in the audit for a move in an opinion's timeline.
AUDITED = {
    "raised": "opinions.raised", "sorted": "opinions.sorted", "keep": "opinions.keep",
    "send": "opinions.send", "accept": "opinions.accept", "forward": "opinions.forward",
    "return": "opinions.return", "ask": "opinions.ask", "reply": "opinions.reply",
    "answer": "opinions.answered", "solved": "opinions.solved", "partly": "opinions.partly",
    "not_solved": "opinions.not_solved", "await": "opinions.await", "heard": "opinions.heard",
    "withdraw": "opinions.withdraw", "come_due": "opinions.come_due", "reopen": "opinions.reopen",
}  # fmt: skip
# What opinions of the cell shown have surely met, all of it by the actions; see `sure`.
SURE = ("withdraw", "ask", "come_due", "reopen")
TWO_MEETINGS = 2  # a promise comes due, and what was solved is raised again, after the first


@dataclass(frozen=True)
class Trail:
    """How many sealed meetings were looked at, and what is missing, a line each."""

    by_actions: int
    in_bulk: int
    faults: list[str]
    opinions: int = 0  # of the ward's that were raised by the actions
    documents: int = 0  # that were issued

    @property
    def meetings(self) -> int:
        return self.by_actions + self.in_bulk


def trail(day: date) -> Trail:
    """Look for the trail of every meeting sealed in the two months before `day`, of all cells.

    Eight queries, one more for every five hundred meetings of the ward, and those of documents.
    """
    ward = Unit.objects.get(code=pack("cells")["ward"])
    sealed = Meeting.objects.sealed().filter(held_on__gt=day - RECENT, held_on__lte=day)
    told = sealed.exclude(unit__path__startswith=ward.path)
    count, faults = _of_actions(sealed.filter(unit__path__startswith=ward.path))
    opinions, missing = _of_opinions(ward, day)
    missing += _of_sure(ward, day)
    documents, astray = of_documents(ward, day - RECENT, day)
    faults += _of_rows(told) + missing + astray
    return Trail(count, told.count(), faults, opinions, documents)


def _of_sure(ward: Unit, day: date) -> list[str]:
    """Return what the cell that is shown has not met in the last two months. Four queries."""
    [said] = [cell for cell in pack("cells")["cells"] if cell.get("prepares")]
    cell = Unit.objects.filter(parent=ward, name=said["name"]).first()
    whole = Post.objects.filter(unit=ward, role="office").exists()
    if cell is None or not whole:
        return []
    recent = day - RECENT
    held = Meeting.objects.of_unit(cell.uid).sealed().filter(kind__in=REGULAR_KINDS)
    moves = OpinionMove.objects.filter(opinion__unit=cell, on__gt=recent).values_list(
        "what", "desk"
    )
    found = set(moves.values_list("what", flat=True))
    above = moves.filter(what="forward").exclude(desk__path__startswith=ward.path)
    missing = [what for what in SURE if what not in found]
    if held.filter(held_on__gt=recent - A_WEEK).count() < TWO_MEETINGS:
        missing = [what for what in missing if what in SURE[:2]]
    if held.exists() and not above.exists():
        missing.append("forward")
    if not held.exists() or not missing:
        return []
    return [
        _("%(unit)s: none of its opinions has met in the last two months: %(steps)s")
        % {"unit": cell.name, "steps": ", ".join(missing)}
    ]


def _of_opinions(ward: Unit, day: date) -> tuple[int, list[str]]:
    """Return how many opinions of the ward the actions raised, and what their audit misses.

    Each move has its line, on the opinion itself, or on that of its issue which moved with it.
    """
    recent = Opinion.objects.filter(
        unit__path__startswith=ward.path, raised_on__gt=day - RECENT, raised_on__lte=day
    )
    raised = AuditEntry.objects.filter(verb="opinions.raised").values_list("subject_uid", flat=True)
    told = {one.uid: one for one in recent.filter(uid__in=set(raised)).select_related("unit")}
    verbs: dict[str, set[str]] = defaultdict(set)
    issues: dict[str, set[str]] = defaultdict(set)
    about = dict(
        Answer.objects.filter(opinion__in=list(told)).values_list("uid", "opinion_id")
    ) | {uid: uid for uid in told}  # fmt: skip
    uids = list(about)
    for at in range(0, len(uids), AT_ONCE):
        rows = AuditEntry.objects.filter(subject_uid__in=uids[at : at + AT_ONCE])
        for uid, verb in rows.values_list("subject_uid", "verb"):
            one = told[about[uid]]
            verbs[one.uid].add(verb)
            if one.issue_uid:
                issues[one.issue_uid].add(verb)
    faults = []
    moves = OpinionMove.objects.filter(opinion__in=list(told), what__in=list(AUDITED)).order_by()
    done: dict[str, set[str]] = defaultdict(set)
    for uid, what in moves.values_list("opinion_id", "what"):
        done[uid].add(AUDITED[what])
    for uid, wanted in done.items():
        one = told[uid]
        missing = sorted(wanted - verbs[uid] - issues[one.issue_uid or ""])
        if missing:
            faults.append(
                _("%(unit)s, %(day)s: of its trail is missing: %(steps)s")
                % {"unit": one.unit.name, "day": one.raised_on, "steps": ", ".join(missing)}
            )
    return len(told), faults


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
