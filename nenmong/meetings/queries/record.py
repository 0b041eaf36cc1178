"""The record and the names sheet of a meeting, built from what was written while it was held.

The record holds no speaker's name, nobody's absence and no reason; it may be read above the cell.
Both are plain dicts of one shape (`FORMAT`): sealed as JSON, shown as pages, printed as Word.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nenmong.core import clock
from nenmong.meetings.models import (
    AgendaItem,
    AnswerRead,
    Attendance,
    CarryOver,
    Matter,
    Meeting,
    NameEntry,
    NotedOpinion,
    Postponement,
    Speech,
    Task,
    TaskReport,
    Vote,
)
from nenmong.meetings.queries import joint, putting_off
from nenmong.meetings.queries.documents import listed
from nenmong.meetings.rules.seal import FORMAT
from nenmong.org import queries as org
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook

PARTS = ("speeches", "opinions", "votes", "tasks")
COUNTS = (
    "total", "official", "probationary", "temporary", "exempt", "exempt_present",
    "special_duty",
    "due", "present", "excused", "unexcused", "late",
)  # fmt: skip


@dataclass(frozen=True)
class Parts:
    """The rows a record is made of, in their order; the unit by the names it bore that day."""

    unit: Mapping[str, str]
    items: Sequence[AgendaItem]
    votes: Sequence[Vote]
    speeches: Sequence[Speech]
    opinions: Sequence[NotedOpinion]
    tasks: Sequence[Task]
    reports: Sequence[TaskReport]
    carried: Sequence[CarryOver]
    times: Mapping[str, int]  # matter uid → how often it was left over or not done before
    postponed: Sequence[Postponement] = ()
    answers: Sequence[AnswerRead] = ()  # to opinions, that came before it
    joint: Sequence[str] = ()  # names of the cells that sat together
    documents: Sequence[Mapping[str, str]] = ()  # that members had; scans come after the seal


def record_of(meeting: Meeting) -> dict[str, Any]:
    """Return the record of a meeting as it stands. Thirteen queries, whatever its length; for a
    thematic one two more.
    """
    return assembled(meeting, parts_of(meeting))


def parts_of(meeting: Meeting) -> Parts:
    """Return the rows of a meeting that its record is made of. Thirteen queries."""
    carried = list(CarryOver.objects.filter(bucket=meeting.bucket, meeting=meeting))
    items = list(meeting.items.all())
    reports = list(meeting.reports.all())
    behind = {one.matter_uid for one in carried} | {one.matter_uid for one in reports}
    before = Matter.objects.filter(unit=meeting.unit_id, uid__in=behind)
    return Parts(
        unit=_unit(meeting),
        items=items,
        votes=list(meeting.votes.all()),
        speeches=list(meeting.speeches.all()),
        opinions=list(meeting.opinions_noted.all()),
        tasks=list(meeting.assigned.all()),
        reports=reports,
        answers=list(meeting.answers_read.all()) if any(i.matter_uid for i in items) else [],
        carried=carried,
        times=dict(before.values_list("uid", "carried")),
        postponed=putting_off.rows(meeting),
        joint=joint.names(meeting),
        documents=listed(meeting),
    )


def assembled(meeting: Meeting, parts: Parts) -> dict[str, Any]:
    """Return the record that rows make. No query."""
    day = meeting.held_on or clock.local(meeting.starts_at).date()
    closing = {
        vote.about: _vote(vote, day) for vote in parts.votes if vote.about != Vote.About.ITEM
    }
    return {
        "format": FORMAT,
        "uid": meeting.uid,
        "kind": meeting.kind,
        "subject": meeting.subject,
        "month": meeting.month.isoformat(),
        "unit": dict(parts.unit),
        "opened_at": _moment(meeting.opened_at or meeting.starts_at),
        "closed_at": _moment(meeting.closed_at) if meeting.closed_at else None,
        "place": meeting.place,
        "guests": meeting.guests,
        "chair": {"name": meeting.chair_name, "post": meeting.chair_post},
        "minutes_secretary": {"name": meeting.secretary_name, "post": ""},
        "numbers": {
            "minutes": meeting.minutes_number,
            "resolution": meeting.resolution_number,
        },
        "counts": {name: getattr(meeting, name) for name in COUNTS},
        "items": _items(parts, day),
        "reviewed": [
            {
                "task": report.task_uid, "title": report.title, "owner": report.owner,
                "due": report.due_on.isoformat() if report.due_on else None,
                "state_at_start": report.state_at_start, "state": report.state,
                "result": report.result,
                # For the how manieth time it comes before a meeting; older records do not say it.
                "times": parts.times.get(report.matter_uid, 0) + 1,
            }
            for report in parts.reports
        ],
        "carried": [
            {
                "title": carry.title, "reason": carry.reason,
                "times": parts.times.get(carry.matter_uid, 0) + 1,
            }
            for carry in parts.carried
        ],
        "postponed": putting_off.told(parts.postponed),
        "joint": list(parts.joint),
        "documents": list(parts.documents),
        "directions": meeting.directions,
        "resolution_vote": closing.get(Vote.About.RESOLUTION),
        "minutes_vote": closing.get(Vote.About.MINUTES),
        "held_on": day.isoformat(),
        "entry": meeting.entry,
        "typed_by": meeting.typed_by,
        "sealed_by": meeting.sealed_by,
    }  # fmt: skip


def _moment(moment: Any) -> str:
    text: str = clock.local(moment).isoformat(timespec="seconds")
    return text


def _unit(meeting: Meeting) -> dict[str, str]:
    """Return the unit by the names it bore on the day of the meeting."""
    return unit_then(
        meeting.unit_id, meeting.held_on or clock.local(meeting.starts_at).date(), meeting.unit
    )


def unit_then(uid: str, day: date, unit: Unit | None = None) -> dict[str, str]:
    """Return a unit by the names it bore on a day. Two queries."""
    then = org.version_on(uid, day) or unit or Unit.objects.select_related("parent").get(uid=uid)
    parent = then.parent
    above = parent and (org.version_on(parent.uid, day) or parent)
    return {
        "uid": uid,
        "name": then.name,
        "above": above.organization_name if above else "",
        "locality": then.locality,
    }


def _vote(vote: Vote, day: date) -> dict[str, Any]:
    return {
        "question": vote.question, "for": vote.agreed, "against": vote.against,
        "other": vote.other, "base": vote.base, "passed": vote.passed,
        "way": vote.way, "issued": vote.issued, "returned": vote.returned,
        "spoiled": vote.spoiled, "voters": vote.voters,
        # The share that was asked for, so that a reader need not look the rule up.
        "rule": vote.rule, "bar": str(rulebook.rule(vote.rule, day).value),
    }  # fmt: skip


def _items(parts: Parts, day: date) -> list[dict[str, Any]]:
    of_item: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for speech in parts.speeches:
        of_item[speech.item_id]["speeches"].append(
            {"uid": speech.uid, "text": speech.text, "at": _moment(speech.said_at)}
        )
    for opinion in parts.opinions:
        of_item[opinion.item_id]["opinions"].append({"uid": opinion.uid, "text": opinion.text})
    for vote in parts.votes:
        if vote.item_id:
            of_item[vote.item_id]["votes"].append(_vote(vote, day))
    for task in parts.tasks:
        of_item[task.item_id]["tasks"].append(
            {
                "uid": task.uid, "title": task.title, "owner": task.owner,
                "due": task.due_on.isoformat() if task.due_on else None,
            }
        )  # fmt: skip
    left = {carry.matter_uid for carry in parts.carried}
    read = {one.matter_uid: one for one in parts.answers if one.matter_uid not in left}
    return [
        {
            "uid": item.uid, "number": number, "step": item.step, "title": item.title,
            "planned_minutes": item.minutes, "discussed": item.state == AgendaItem.State.DONE,
            "business": item.business, "presenter": item.presenter, "prompts": item.prompts,
            "dues": _dues(item),
            "started_at": _moment(item.started_at) if item.started_at else None,
            "ended_at": _moment(item.ended_at) if item.ended_at else None,
            "summary": item.summary, "conclusion": item.conclusion,
            "answer": _answer(read.get(item.matter_uid or "")),
            **{part: of_item[item.uid][part] for part in PARTS},
        }
        for number, item in enumerate(parts.items, start=1)
    ]  # fmt: skip


def _answer(read: AnswerRead | None) -> dict[str, Any] | None:
    """Return an answer to an opinion that was read out, and what the cell made of it."""
    if read is None:
        return None
    names = ("text", "sender", "asks", "verdict", "solved", "partly", "not_solved", "reason")
    return {"uid": read.source_uid} | {name: getattr(read, name) for name in names}


def _dues(item: AgendaItem) -> dict[str, int | None] | None:
    if item.dues_members is None and item.dues_amount is None:
        return None
    return {"members": item.dues_members, "amount": item.dues_amount}


def names_of(meeting: Meeting) -> dict[str, Any]:
    """Return the names sheet as it stands: who was absent and why, who said what. Three queries."""
    speeches = set(meeting.speeches.values_list("uid", flat=True))
    return named(meeting, *names_parts_of(meeting), speeches)


def names_parts_of(meeting: Meeting) -> tuple[list[Attendance], list[NameEntry]]:
    """Return the rows a names sheet is made of. Two queries."""
    return list(meeting.attendances.all()), list(NameEntry.objects.filter(meeting=meeting))


def named(
    meeting: Meeting,
    roll: Iterable[Attendance],
    entries: Iterable[NameEntry],
    speeches: Collection[str],
) -> dict[str, Any]:
    """Return the names sheet that rows make; `speeches` tells them from opinions. No query."""
    by_status: dict[str, list[Attendance]] = defaultdict(list)
    for row in roll:
        by_status[row.status].append(row)
    said = {entry.subject_uid: entry.name for entry in entries}
    return {
        "format": FORMAT,
        "meeting": meeting.uid,
        "absent": [
            {"name": row.name, "status": status, "reason": row.reason}
            for status in ("excused", "unexcused")
            for row in by_status[status]
        ],
        "late": [{"name": row.name, "reason": row.reason} for row in by_status["late"]],
        "exempt": [{"name": row.name} for row in by_status["exempt"] + by_status["exempt_present"]],
        "special_duty": [{"name": row.name} for row in by_status["special_duty"]],
        "speakers": {uid: name for uid, name in said.items() if uid in speeches},
        "opinions": {uid: name for uid, name in said.items() if uid not in speeches},
    }
