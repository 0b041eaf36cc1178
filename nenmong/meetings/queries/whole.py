"""All that is written of one meeting, with who said it: for those who work on it."""

from typing import Any

from nenmong.meetings.models import Meeting, NameEntry, NotedOpinion, Speech
from nenmong.meetings.queries import documents, work


def whole_of(meeting: Meeting) -> dict[str, Any]:
    """Return every row of a meeting in work. Eleven queries, whatever its length."""
    here = {"bucket": meeting.bucket, "meeting": meeting}
    agenda = work.agenda(meeting)
    names = {entry.subject_uid: entry for entry in NameEntry.objects.filter(**here)}
    return {
        "items": agenda.items, "reports": agenda.reports, "carried": agenda.carried,
        "matters": list(agenda.matters.values()), "waiting": agenda.waiting,
        "speeches": [_said(row, names) for row in meeting.speeches.all()],
        "opinions": [_said(row, names) for row in meeting.opinions_noted.all()],
        "votes": list(meeting.votes.all()), "tasks": list(meeting.assigned.all()),
        "documents": documents.documents_of(meeting),
    }  # fmt: skip


def _said(row: Speech | NotedOpinion, names: dict[str, NameEntry]) -> dict[str, Any]:
    entry = names.get(row.uid)
    return {
        "uid": row.uid, "meeting_id": row.meeting_id, "item_id": row.item_id, "text": row.text,
        "said_at": row.said_at, "member": entry.member_uid if entry else None,
        "name": entry.name if entry else "",
    }  # fmt: skip
