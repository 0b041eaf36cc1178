"""Preparing a meeting: planning it, its day, its agenda, and what waits to come before it."""

from typing import Any

from ninja import Status

from nenmong.accounts.requests import ApiRequest
from nenmong.core.actions import answered
from nenmong.meetings import actions, doors
from nenmong.meetings.actions.business import title_for
from nenmong.meetings.api import sent, told
from nenmong.meetings.api.shapes import (
    CarryOverOut,
    GoneOut,
    ItemOut,
    MatterOut,
    MeetingOut,
    ReportOut,
)
from nenmong.meetings.api.theme import Theme
from nenmong.meetings.models import AgendaItem, CarryOver, Matter, TaskReport
from nenmong.meetings.models.meeting import Business
from nenmong.org import doors as org
from nenmong.ui.api import Key, Uid

theme = Theme("preparing")
Told = dict[str, Any]


@theme.post(
    "/units/{uid:uid}/meetings", response={201: MeetingOut}, operation_id="meetings_plan_meeting"
)
def plan_meeting(request: ApiRequest, uid: Uid, key: Key, said: sent.PlanIn) -> Status[Told]:
    """Prepare a meeting of any kind; the month or the hour that has it is answered with it."""
    actor = request.auth
    unit = org.unit_for(actor, uid, "meetings.prepare")
    made = actions.plan_meeting(
        actor=actor, key=key, unit_uid=unit.uid, month=said.month, starts_at=said.starts_at,
        kind=said.kind.value if said.kind else "", subject=said.subject,
    )  # fmt: skip
    return Status(201, told.meeting(actor, made))


@theme.post(
    "/units/{uid:uid}/matters", response={201: MatterOut}, operation_id="meetings_propose_topic"
)
def propose_topic(request: ApiRequest, uid: Uid, key: Key, said: sent.TopicIn) -> Status[Matter]:
    """Put a topic before the unit's next meeting."""
    actor = request.auth
    unit = org.unit_for(actor, uid, "meetings.prepare")
    made = actions.propose_topic(actor=actor, key=key, unit_uid=unit.uid, title=said.title)
    return Status(201, made)


@theme.get(
    "/units/{uid:uid}/matters", response=list[MatterOut], operation_id="meetings_list_matters"
)
def list_matters(request: ApiRequest, uid: Uid) -> list[Matter]:
    """What waits for the unit's next meeting, what is due first at the head."""
    unit = org.unit_for(request.auth, uid, "meetings.work")
    return list(Matter.objects.waiting_for(unit.uid))


@theme.put("/meetings/{uid:uid}/time", response=MeetingOut, operation_id="meetings_set_time")
def set_time(request: ApiRequest, uid: Uid, key: Key, said: sent.TimeIn) -> Told:
    """Set at what hour and where a planned meeting is held; another day may need a reason."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    row = actions.set_time(
        actor=actor, key=key, meeting_uid=uid, starts_at=said.starts_at, place=said.place
    )
    return told.meeting(actor, row)


@theme.put(
    "/meetings/{uid:uid}/thematic", response=MeetingOut, operation_id="meetings_set_thematic"
)
def set_thematic(request: ApiRequest, uid: Uid, key: Key, said: sent.SubjectIn) -> Told:
    """Give a regular meeting a thematic part, or take it away."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    row = actions.set_thematic(actor=actor, key=key, meeting_uid=uid, subject=said.subject)
    return told.meeting(actor, row)


@theme.post(
    "/meetings/{uid:uid}/postpone", response=MeetingOut, operation_id="meetings_postpone_meeting"
)
def postpone_meeting(request: ApiRequest, uid: Uid, key: Key, said: sent.PutOffIn) -> Told:
    """Hold a planned meeting on another day; its month stays."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    row = actions.postpone_meeting(
        actor=actor, key=key, meeting_uid=uid, starts_at=said.starts_at, reason=said.reason,
        agreed_by=said.agreed_by,
    )  # fmt: skip
    return told.meeting(actor, row)


@theme.post(
    "/meetings/{uid:uid}/cancel", response=MeetingOut, operation_id="meetings_cancel_meeting"
)
def cancel_meeting(request: ApiRequest, uid: Uid, key: Key, said: sent.CancelIn) -> Told:
    """Say that a planned meeting is not held; what stood on its agenda waits for the next one."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    row = actions.cancel_meeting(
        actor=actor, key=key, meeting_uid=uid, reason=said.reason, agreed_by=said.agreed_by
    )
    return told.meeting(actor, row)


@theme.post(
    "/meetings/{uid:uid}/reinstate", response=MeetingOut, operation_id="meetings_reinstate_meeting"
)
def reinstate_meeting(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> Told:
    """Take back that a meeting was cancelled."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    return told.meeting(actor, actions.reinstate_meeting(actor=actor, key=key, meeting_uid=uid))


# ── the agenda ──────────────────────────────────────────────────────────────────────────────


@theme.post("/meetings/{uid:uid}/items", response={201: ItemOut}, operation_id="meetings_add_item")
def add_item(request: ApiRequest, uid: Uid, key: Key, said: sent.NewItemIn) -> Status[AgendaItem]:
    """Add an item before the closing one; the delegate's behind the documents."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    business = said.business.value if said.business else ""
    secret = business == Business.CLASSIFIED  # its words go no further than this line
    title = "" if secret else title_for(business, said.title) if business else said.title
    made = actions.add_item(
        actor=actor, key=key, meeting_uid=uid, title=title, minutes=said.minutes,
        business=business, presenter="" if secret else said.presenter,
    )  # fmt: skip
    return Status(201, made)


@theme.put("/items/{uid:uid}", response=ItemOut, operation_id="meetings_change_item")
def change_item(request: ApiRequest, uid: Uid, key: Key, said: sent.ItemIn) -> AgendaItem:
    """Change the words, the kind or the minutes of an item."""
    actor = request.auth
    doors.item_for(actor, uid, "meetings.prepare")
    business = "" if said.plain else said.business.value if said.business else None
    secret = business == Business.CLASSIFIED
    return actions.change_item(
        actor=actor, key=key, item_uid=uid, title="" if secret else said.title,
        minutes=said.minutes, business=business, presenter="" if secret else said.presenter,
    )  # fmt: skip


@theme.post("/items/{uid:uid}/move", response=ItemOut, operation_id="meetings_move_item")
def move_item(request: ApiRequest, uid: Uid, key: Key, said: sent.ShiftIn) -> AgendaItem:
    """Move an item up or down the agenda."""
    actor = request.auth
    doors.item_for(actor, uid, "meetings.prepare")
    return actions.move_item(actor=actor, key=key, item_uid=uid, by=said.by)


@theme.delete("/items/{uid:uid}", response=GoneOut, operation_id="meetings_drop_item")
def drop_item(request: ApiRequest, uid: Uid, key: Key) -> dict[str, str]:
    """Take an item off the agenda; one that a matter stands behind is left to the next meeting."""
    actor = request.auth
    if not answered(actor, key):  # then it is gone, and the answer is the same
        doors.item_for(actor, uid, "meetings.prepare")
    actions.drop_item(actor=actor, key=key, item_uid=uid)
    return {"uid": uid}


@theme.post("/meetings/{uid:uid}/matters", response=MeetingOut, operation_id="meetings_take_matter")
def take_matter(request: ApiRequest, uid: Uid, key: Key, said: sent.MatterIn) -> Told:
    """Put a waiting matter on this agenda, or take back that it was left to the next meeting."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    row = actions.take_matter(actor=actor, key=key, meeting_uid=uid, matter_uid=said.matter)
    return told.meeting(actor, row)


@theme.post(
    "/meetings/{uid:uid}/carried", response=CarryOverOut, operation_id="meetings_carry_over"
)
def carry_over(request: ApiRequest, uid: Uid, key: Key, said: sent.CarryIn) -> CarryOver:
    """Leave a matter, or an item, to the next meeting, with the reason."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    return actions.carry_over(
        actor=actor, key=key, meeting_uid=uid, reason=said.reason,
        matter_uid=said.matter or "", item_uid=said.item or "",
    )  # fmt: skip


@theme.put("/meetings/{uid:uid}/reports", response=ReportOut, operation_id="meetings_report_task")
def report_task(request: ApiRequest, uid: Uid, key: Key, said: sent.ReportIn) -> TaskReport:
    """Record what the meeting is told of an earlier task; before the meeting too."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    return actions.report_task(
        actor=actor, key=key, meeting_uid=uid, task_uid=said.task, state=said.state.value,
        result=said.result,
    )  # fmt: skip
