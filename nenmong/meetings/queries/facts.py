"""The facts of a meeting, from what was recorded; the rules are those of the meeting's day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from nenmong.core import clock
from nenmong.meetings.models import AgendaItem, Attendance, Matter, Meeting, Speech, Vote
from nenmong.meetings.rules import attendance, calendar, kinds
from nenmong.meetings.rules.facts import Fact, Sheet, facts
from nenmong.org import queries as org
from nenmong.rulebook.queries import Book


def runs_this_year(meeting: Meeting) -> dict[str, int]:
    """Return who missed with a reason this year, and how often in a row at most. One query."""
    rows = Attendance.objects.filter(
        meeting__unit=meeting.unit_id,
        meeting__month__gte=meeting.month.replace(month=1),
        meeting__month__lte=meeting.month,
    ).order_by("meeting__month", "meeting_id")
    missed: dict[str, list[bool]] = defaultdict(list)
    for uid, status in rows.values_list("member_uid", "status"):
        missed[uid].append(status == Attendance.Status.EXCUSED)
    return {uid: attendance.longest_run(row) for uid, row in missed.items() if any(row)}


def excused_runs(meeting: Meeting) -> dict[str, int]:
    """Return the same, only for those excused at this meeting. Two queries."""
    now = meeting.attendances.filter(status=Attendance.Status.EXCUSED)
    excused = set(now.values_list("member_uid", flat=True))
    if not excused:
        return {}
    return {uid: run for uid, run in runs_this_year(meeting).items() if uid in excused}


def measured_by(book: Book, kind: str) -> dict[str, Any]:
    """Return the rules a committee may set that facts of a kind of meeting rest on, to be sealed.

    A unit may later be said to have stood elsewhere on that day (a plan may be dated back): what
    was sealed is not measured anew by it.
    """
    if (length := kinds.of(kind).length) is None:
        return {}
    rule = book.rule(length)
    return {
        length: {
            "value": rule.value, "source": rule.source.document, "since": rule.since.isoformat(),
        }
    }  # fmt: skip


def sheet_of(meeting: Meeting, book: Book, record: Mapping[str, Any] | None = None) -> Sheet:
    """Return all that a meeting's facts are made of. Six queries; eight where matters stood on it.

    With the sealed `record`, by the rules it was sealed with, and two queries less.
    """
    kept = (record or {}).get("rules", {})  # records of before committees set rules have none
    day = meeting.held_on or meeting.fixed_day
    items = list(meeting.items.annotate(spoken=_spoken()))
    kind = kinds.of(meeting.kind)
    steps = book.value(kind.steps)
    passed, reports = _passed(meeting, record), _reports(meeting, record)
    criticism = [item for item in items if item.step == "criticism"]
    return Sheet(
        counts={name: getattr(meeting, name) for name in (
            "total", "due", "present", "excused", "unexcused", "late"
        )},
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        held_on=meeting.held_on,
        fixed_day=meeting.fixed_day,
        required_minutes=_required(kind, kept, book),
        required_steps=frozenset(step["step"] for step in steps if step["required"]),
        steps_held=frozenset(item.step for item in items if item.state == AgendaItem.State.DONE),
        review_minutes=sum(item.seconds for item in criticism) // 60,
        review_noted=any(item.spoken or item.conclusion or item.summary for item in criticism),
        speakers=meeting.speakers,
        excused_runs=runs_this_year(meeting),
        task_states=tuple(state for due_on, state in reports if due_on is None or due_on <= day),
        tasks_assigned=meeting.tasks,
        thematic=kind.thematic,
        conveyed=_conveyed(meeting, items),
        resolution_passed=passed.get(Vote.About.RESOLUTION),
        minutes_passed=passed.get(Vote.About.MINUTES),
        sealed=meeting.status == Meeting.Status.SEALED,
        filed_at=_filed_at(meeting),
        now=clock.now(),
        paper=meeting.entry == Meeting.Entry.PAPER,
        **{name: getattr(meeting, name) for name in MOMENTS},
        **_around(meeting, book),
    )  # fmt: skip


def _passed(meeting: Meeting, record: Mapping[str, Any] | None) -> dict[str, bool]:
    """Return what the closing votes said: from the sealed record without a query."""
    if record is None:
        votes = meeting.votes.exclude(about=Vote.About.ITEM)
        return dict(votes.order_by().values_list("about", "passed"))
    said = {about: record.get(f"{about}_vote") for about in Vote.About.values}
    return {about: vote["passed"] for about, vote in said.items() if vote}


def _reports(meeting: Meeting, record: Mapping[str, Any] | None) -> list[tuple[date | None, str]]:
    """Return until when each earlier task was, and how it stands: as above."""
    if record is None:
        return list(meeting.reports.order_by().values_list("due_on", "state"))
    return [
        (date.fromisoformat(one["due"]) if one["due"] else None, one["state"])
        for one in record.get("reviewed", ())
    ]


MOMENTS = (
    "notice_at", "documents_at", "upper_notified_at", "draft_ready_at", "prompts_ready_at",
    "starts_at",
)  # fmt: skip
# A cell committee that met longer ago did not prepare this meeting.
PREPARED_WITHIN = timedelta(days=31)


def _spoken() -> Exists:
    return Exists(Speech.objects.filter(item=OuterRef("pk"), bucket=OuterRef("bucket")))


def _around(meeting: Meeting, book: Book) -> dict[str, Any]:
    """Return what a cell's regular meeting is asked that lies in other meetings. Two queries."""
    if not kinds.of(meeting.kind).monthly:
        return {}
    every = book.value("meetings.thematic.every_months")
    since, _after = calendar.span_of(meeting.month, every)
    begins = meeting.opened_at or meeting.starts_at
    window = begins - PREPARED_WITHIN
    held = Meeting.objects.of_unit(meeting.unit_id).filter(
        status__in=(Meeting.Status.HELD, Meeting.Status.SEALED), opened_at__lt=begins,
        opened_at__gte=min(window, clock.at_hour(since, time())),
    )  # fmt: skip
    columns = ("kind", "month", "opened_at")
    rows: list[tuple[str, date, datetime]]
    rows = list(held.order_by("opened_at").values_list(*columns))
    before = max((at for kind, _m, at in rows if kinds.of(kind).monthly), default=window)
    met = [
        at for kind, _m, at in rows if kind == kinds.CELL_COMMITTEE and at >= max(window, before)
    ]
    had = any(kinds.of(kind).thematic and month >= since for kind, month, _at in rows)
    posts = org.posts(meeting.unit_id, meeting.held_on or meeting.fixed_day)
    return {
        "thematic_due": not had and calendar.is_last_of_span(meeting.month, every),
        "cell_committee": any(post.role == "committee_member" for post in posts),
        "committee_met_at": met[-1] if met else None,
    }


def _conveyed(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[str, tuple[bool, ...]]:
    """Return, by kind of matter, whether each on this agenda was brought before the cell.

    Two queries where any stood on it. From the meeting's own rows: a matter that is carried over
    goes on to the next agenda.
    """
    done = {item.matter_uid: item.state == AgendaItem.State.DONE for item in items}
    done.pop(None, None)
    if not done and meeting.status == Meeting.Status.PLANNED:
        return {}
    carried = set(meeting.carryovers.values_list("matter_uid", flat=True))
    done |= dict.fromkeys(carried, False)
    if not done:
        return {}
    found: dict[str, list[bool]] = defaultdict(list)
    rows = Matter.objects.filter(unit=meeting.unit_id, uid__in=list(done)).order_by("uid")
    for uid, kind in rows.values_list("uid", "kind"):
        found[kind].append(done[uid])
    return {kind: tuple(each) for kind, each in found.items()}


def _filed_at(meeting: Meeting) -> datetime | None:
    """Return when a meeting was filed; elsewhere on an earlier day, as that day began."""
    return clock.at_hour(meeting.filed_on, time()) if meeting.filed_on else meeting.filed_at


def _required(kind: kinds.Kind, kept: Mapping[str, Any], book: Book) -> int | None:
    """Return the least minutes asked of a meeting, as sealed if it is; None: nothing is asked."""
    if kind.length is None:
        return None
    sealed = kept.get(kind.length)
    least: int = sealed["value"] if sealed else book.value(kind.length)
    return least


def facts_of(
    meeting: Meeting, book: Book, record: Mapping[str, Any] | None = None
) -> dict[str, Fact]:
    """Return every fact known of a meeting, by the rules of its unit on its day."""
    return facts(sheet_of(meeting, book, record))
