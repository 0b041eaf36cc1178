"""The facts of a meeting, from what was recorded; the rules are those of the meeting's day."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from nenmong.core import clock
from nenmong.meetings.models import AgendaItem, Attendance, Meeting, Vote
from nenmong.meetings.rules import attendance, kinds
from nenmong.meetings.rules.facts import Fact, Sheet, facts
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
    """Return all that a meeting's facts are made of. Four queries.

    With the sealed `record`, by the rules it was sealed with.
    """
    kept = (record or {}).get("rules", {})  # records of before committees set rules have none
    day = meeting.held_on or meeting.fixed_day
    items = list(meeting.items.all())
    kind = kinds.of(meeting.kind)
    steps = book.value(kind.steps)
    passed = dict(meeting.votes.exclude(about=Vote.About.ITEM).values_list("about", "passed"))
    reports = meeting.reports.values_list("due_on", "state")
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
        review_minutes=sum(item.seconds for item in items if item.step == "criticism") // 60,
        speakers=meeting.speakers,
        excused_runs=runs_this_year(meeting),
        task_states=tuple(state for due_on, state in reports if due_on is None or due_on <= day),
        tasks_assigned=meeting.tasks,
        resolution_passed=passed.get(Vote.About.RESOLUTION),
        minutes_passed=passed.get(Vote.About.MINUTES),
        sealed=meeting.status == Meeting.Status.SEALED,
        filed_at=meeting.filed_at,
        now=clock.now(),
    )  # fmt: skip


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
