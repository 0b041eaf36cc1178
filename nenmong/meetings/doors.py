"""What every door here does first, page or API: does the row exist for who asks, may they.

Outside of one's scope a thing does not exist (404); inside without the right, that is said (403).
"""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.meetings import access
from nenmong.meetings.models import (
    AgendaItem,
    JointPart,
    Meeting,
    MeetingDocument,
    NotedOpinion,
    PlannedTopic,
    Speech,
    Task,
)
from nenmong.org import access as org
from nenmong.org.models import Unit

LINES: dict[str, type[Speech] | type[NotedOpinion]] = {"speech": Speech, "opinion": NotedOpinion}


def meeting_for(actor: Actor, uid: str, permission: str = "meetings.view") -> Meeting:
    """Return the meeting as far as it exists for `actor` (404) and they may do this (403)."""
    rows = Meeting.objects.select_related("unit")
    meeting = rows.visible_to(actor).filter(uid=uid).first()
    if meeting is None:  # someone who was let in for this meeting alone
        meeting = get_object_or_404(rows, uid=uid)
        if not access.given(actor, meeting):
            raise Http404
    access.require(actor, permission, meeting)
    return meeting


def in_work_for(actor: Actor, uid: str) -> Meeting:
    """Return a meeting that is not sealed yet, for who works on it: what names people is open here.

    Raises:
        DomainError: `meetings.read_the_record`.
    """
    meeting = meeting_for(actor, uid, "meetings.work")
    not_sealed(meeting)
    return meeting


def not_sealed(meeting: Meeting) -> None:
    """Refuse to tell names of sealed minutes past the names sheet, whose opening is written down.

    Raises:
        DomainError: `meetings.read_the_record`.
    """
    if meeting.status == Meeting.Status.SEALED:
        raise DomainError(
            "meetings.read_the_record",
            _(
                "The minutes are sealed. Read the record; who was absent and who spoke stand on "
                "the names sheet."
            ),
        )


def readable_for(actor: Actor, uid: str) -> Meeting:
    """Return a meeting whose documents may be read: by its members, once sealed with its record."""
    meeting = meeting_for(actor, uid)
    if meeting.status != Meeting.Status.SEALED:
        access.require(actor, "meetings.agenda", meeting)
    return meeting


def item_for(actor: Actor, uid: str, permission: str) -> tuple[Meeting, AgendaItem]:
    """Return an item and its meeting, on the same terms."""
    item = get_object_or_404(AgendaItem, uid=uid)
    return meeting_for(actor, item.meeting_id, permission), item


def meeting_of_item(actor: Actor, uid: str, permission: str) -> Meeting:
    """Return the meeting of an item, on the same terms. One query, where it is seen by its unit."""
    rows = Meeting.objects.select_related("unit").visible_to(actor)
    if (meeting := rows.filter(items=uid).first()) is None:
        return item_for(actor, uid, permission)[0]
    access.require(actor, permission, meeting)
    return meeting


def line_for(actor: Actor, kind: str, uid: str) -> tuple[Meeting, Speech | NotedOpinion]:
    """Return a speech or an opinion and its meeting, for who may work on it."""
    if kind not in LINES:
        raise Http404
    row: Any = get_object_or_404(LINES[kind]._default_manager, uid=uid)
    return meeting_for(actor, row.meeting_id, "meetings.work"), row


def document_for(actor: Actor, uid: str, permission: str = "") -> tuple[Meeting, MeetingDocument]:
    """Return a file's row and its meeting; without a permission, for who may read it."""
    row = get_object_or_404(MeetingDocument, uid=uid)
    if permission:
        return meeting_for(actor, row.meeting_id, permission), row
    return readable_for(actor, row.meeting_id), row


def task_for(actor: Actor, uid: str, permission: str) -> Task:
    """Return a task, on the terms of its unit."""
    seen = org.scope(actor, "meetings.view", path="unit__path")
    task = get_object_or_404(Task.objects.select_related("unit", "meeting").filter(seen), uid=uid)
    org.require(actor, permission, task.unit)
    return task


def topic_for(actor: Actor, uid: str) -> PlannedTopic:
    """Return a topic of a year's plan, for who prepares meetings of its unit."""
    topic = get_object_or_404(PlannedTopic.objects.select_related("plan__unit"), uid=uid)
    _prepares(actor, topic.plan.unit)
    return topic


def asked_for(actor: Actor, uid: str) -> JointPart:
    """Return what the cell of who asks was asked; through its own unit, not the host's."""
    part = get_object_or_404(JointPart.objects.select_related("unit"), uid=uid)
    _prepares(actor, part.unit)
    return part


def _prepares(actor: Actor, unit: Unit) -> None:
    if not org.may(actor, "meetings.view", unit.path):
        raise Http404
    org.require(actor, "meetings.prepare", unit)


def part_for(actor: Actor, uid: str) -> JointPart:
    """Return a cell that was asked, for who prepares the host's meeting."""
    part = get_object_or_404(JointPart, uid=uid)
    meeting_for(actor, part.meeting_id, "meetings.prepare")
    return part


def given_task_for(actor: Actor, uid: str) -> Task:
    """Return a task on the terms of the meeting that gives it, for who works on that."""
    task = get_object_or_404(Task, uid=uid)
    meeting_for(actor, task.meeting_id, "meetings.work")
    return task
