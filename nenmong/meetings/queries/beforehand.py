"""What a meeting is to be, for its notice and the form for notes; a cell's plan of a year."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from nenmong.core import clock
from nenmong.meetings.models import JointPart, Meeting, MeetingDocument, YearPlan
from nenmong.meetings.queries import numbers, paper
from nenmong.meetings.queries.record import unit_then
from nenmong.meetings.rules import kinds
from nenmong.org import queries as org
from nenmong.org.models import Member


def coming(meeting: Meeting, people: Iterable[Any] = ()) -> dict[str, Any]:
    """Return a meeting as it is planned; `people`: its roll, as the form prints it. Ten queries.

    People are whoever has a `name` and, by what they are members, a `membership` or a `status`.
    """
    day = clock.local(meeting.starts_at).date()
    answers = {
        one.matter_uid: {"sender": one.sender, "text": one.text}
        for one in meeting.answers_read.all()
    }
    return {
        "uid": meeting.uid,
        "number": numbers.number_of(meeting.uid),
        "kind": meeting.kind,
        "subject": meeting.subject,
        "month": meeting.month.isoformat(),
        "unit": unit_then(meeting.unit_id, day),
        "on": clock.today().isoformat(),
        "starts_at": clock.local(meeting.starts_at).isoformat(timespec="seconds"),
        "place": meeting.place,
        "guests": meeting.guests,
        "chair": _signer(meeting.unit_id, day, meeting),
        "items": [
            {
                "number": number, "title": item.title, "business": item.business,
                "presenter": item.presenter, "prompts": item.prompts, "minutes": item.minutes,
                "answer": answers.get(item.matter_uid or ""),
            }
            for number, item in paper.numbered_items(meeting)
        ],
        "reviewed": [
            {
                "title": report.title, "owner": report.owner,
                "due": report.due_on.isoformat() if report.due_on else None,
            }
            for _number, report in paper.numbered_reports(meeting)
        ],
        "documents": [
            one.title for one in meeting.documents.filter(sort=MeetingDocument.Sort.DOCUMENT)
        ],
        "joint": [
            part.unit.name
            for part in meeting.parts.filter(state=JointPart.State.ACCEPTED).select_related("unit")
        ],
        "people": [
            {
                "name": one.name,
                "membership": getattr(one, "membership", "") or getattr(one, "status", ""),
            }
            for one in people
        ],
    }  # fmt: skip


def year_plan(plan: YearPlan) -> dict[str, Any]:
    """Return a cell's plan of a year as it is printed. Six queries."""
    day = clock.local(plan.reported_at or plan.changed_at).date()
    return {
        "year": plan.year,
        "number": numbers.number_of(plan.uid),
        "unit": unit_then(plan.unit_id, day),
        "note": plan.note,
        "on": day.isoformat(),
        "signer": _signer(plan.unit_id, day),
        "topics": [
            {
                "month": topic.month.isoformat(), "title": topic.title,
                "presenter": topic.presenter,
            }
            for topic in plan.topics.all()
        ],
    }  # fmt: skip


def _signer(unit_uid: str, day: date, meeting: Meeting | None = None) -> dict[str, str]:
    """Return who signs: who chairs, where that is known already, else the secretary or the head."""
    if meeting is not None and meeting.chair_name:
        return {"name": meeting.chair_name, "post": meeting.chair_post}
    held = org.posts(unit_uid, day)
    uid = next((uid for role in kinds.CHAIRS if (uid := org.holder(held, role))), None)
    if uid is None:
        return {"name": "", "post": ""}
    name = Member.objects.values_list("full_name", flat=True).get(uid=uid)
    return {"name": name, "post": org.post_title(held, uid)}
