"""A meeting as it may be told to who asks; files as they are handed over."""

from typing import Any

from django.http import HttpResponse

from nenmong.core.audit import Actor
from nenmong.meetings import access
from nenmong.meetings.api.shapes import CountsOut, InWorkOut
from nenmong.meetings.models import Meeting

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PLAIN = (
    "uid", "kind", "status", "entry", "month", "starts_at", "fixed_day", "place", "held_on",
    "opened_at", "closed_at", "sealed_at", "minutes_number", "resolution_number", "filed_at",
    "filed_how", "filed_on",
)  # fmt: skip
_NAMED = {"chair": "chair_uid", "secretary": "secretary_uid"}


def meeting(actor: Actor, row: Meeting) -> dict[str, Any]:
    """Return a meeting as far as `actor` may know it. Two queries at most."""
    sealed = row.status == Meeting.Status.SEALED
    works = access.may(actor, "meetings.work", row)
    reads = sealed or works or access.may(actor, "meetings.agenda", row)
    work = {name: getattr(row, _NAMED.get(name, name)) for name in InWorkOut.model_fields}
    return {name: getattr(row, name) for name in _PLAIN} | {
        "unit": row.unit_id, "unit_name": row.unit.name, "joint": row.joint_uid,
        "subject": row.subject if reads else "",
        "counts": {name: getattr(row, name) for name in CountsOut.model_fields}
        if sealed or works else None,
        "work": work if works else None,
    }  # fmt: skip


def file(content: bytes, name: str, kind: str = DOCX) -> HttpResponse:
    """Answer with a file that nobody keeps and no browser opens by itself."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def described(*kinds: str) -> dict[str, Any]:
    """Return how an answer that is a file stands in the description of the API."""
    body = {"schema": {"type": "string", "format": "binary"}}
    return {"responses": {200: {"description": "The file.", "content": dict.fromkeys(kinds, body)}}}
