"""Holding a meeting: the roll, one item after another, what was said, voted and given to do."""

from typing import Any

from django.http import Http404
from ninja import Status

from nenmong.accounts.requests import ApiRequest
from nenmong.core.actions import answered
from nenmong.meetings import actions, doors, queries
from nenmong.meetings.actions.holding import ITEM_TEXTS, MEETING_TEXTS, Called
from nenmong.meetings.actions.voting import Ballots
from nenmong.meetings.api import sent, told
from nenmong.meetings.api.names import RollOut
from nenmong.meetings.api.shapes import (
    GoneOut,
    ItemInWorkOut,
    LineOut,
    MeetingOut,
    TaskOut,
    VoteOut,
)
from nenmong.meetings.api.theme import Theme
from nenmong.meetings.models import AgendaItem, Attendance, NotedOpinion, Speech, Task, Vote
from nenmong.ui.api import Key, Uid

theme = Theme("holding")
Told = dict[str, Any]


@theme.post("/meetings/{uid:uid}/open", response=MeetingOut, operation_id="meetings_open_meeting")
def open_meeting(request: ApiRequest, uid: Uid, key: Key, said: sent.BeginIn) -> Told:
    """Begin a meeting: the roll of the day is taken, all who are due stand as present."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    row = actions.open_meeting(
        actor=actor, key=key, meeting_uid=uid, chair_uid=said.chair or "",
        secretary_uid=said.secretary or "",
    )  # fmt: skip
    return told.meeting(actor, row)


@theme.post(
    "/meetings/{uid:uid}/unopen", response=MeetingOut, operation_id="meetings_take_back_opening"
)
def take_back_opening(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> Told:
    """Take back that a meeting was begun, as long as nothing is written in it."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    return told.meeting(actor, actions.take_back_opening(actor=actor, key=key, meeting_uid=uid))


@theme.put("/meetings/{uid:uid}/roll", response=list[RollOut], operation_id="meetings_record_roll")
def record_roll(request: ApiRequest, uid: Uid, key: Key, said: sent.RollIn) -> list[Attendance]:
    """Note how the persons named stand on the roll; others stay as they are."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    called = {who: Called(one.status.value, one.reason) for who, one in said.called.items()}
    row = actions.record_roll(actor=actor, key=key, meeting_uid=uid, called=called)
    doors.not_sealed(row)
    return queries.work.roll(row)


@theme.post(
    "/meetings/{uid:uid}/roll", response=list[RollOut], operation_id="meetings_refresh_roll"
)
def refresh_roll(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> list[Attendance]:
    """Bring the roll up to what the organisation says of its day; what was noted stays."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    row = actions.refresh_roll(actor=actor, key=key, meeting_uid=uid)
    doors.not_sealed(row)
    return queries.work.roll(row)


@theme.post("/items/{uid:uid}/take-up", response=ItemInWorkOut, operation_id="meetings_go_to_item")
def go_to_item(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> AgendaItem:
    """Take up an item; the one under way ends."""
    actor = request.auth
    doors.item_for(actor, uid, "meetings.work")
    return actions.go_to_item(actor=actor, key=key, item_uid=uid)


@theme.put(
    "/items/{uid:uid}/texts/{field}", response=ItemInWorkOut, operation_id="meetings_write_item"
)
def write_item(
    request: ApiRequest, uid: Uid, field: str, key: Key, said: sent.TextIn
) -> AgendaItem:
    """Save a text of an item (`summary`, `conclusion`, `prompts`: questions, a line each).

    Where somebody else has changed it meanwhile nothing is written (409), and theirs is told.
    """
    actor = request.auth
    if field not in ITEM_TEXTS:
        raise Http404
    meeting, item = doors.item_for(actor, uid, "meetings.work")
    actions.write_text(
        actor=actor, key=key, meeting_uid=meeting.uid, item_uid=uid, field=field, was=said.was,
        text=said.text,
    )  # fmt: skip
    item.refresh_from_db()
    return item


@theme.put(
    "/meetings/{uid:uid}/texts/{field}", response=MeetingOut, operation_id="meetings_write_text"
)
def write_text(request: ApiRequest, uid: Uid, field: str, key: Key, said: sent.TextIn) -> Told:
    """Save a text of a meeting (`directions`, `guests`, `place`, `draft_resolution`)."""
    actor = request.auth
    if field not in MEETING_TEXTS:
        raise Http404
    meeting = doors.meeting_for(actor, uid, "meetings.work")
    actions.write_text(
        actor=actor, key=key, meeting_uid=uid, field=field, was=said.was, text=said.text
    )
    meeting.refresh_from_db()
    return told.meeting(actor, meeting)


# ── what was said ───────────────────────────────────────────────────────────────────────────


@theme.post(
    "/items/{uid:uid}/speeches", response={201: LineOut}, operation_id="meetings_add_speech"
)
def add_speech(request: ApiRequest, uid: Uid, key: Key, said: sent.SpeechIn) -> Status[Speech]:
    """Note a speech in a line, by a member on the roll or by a guest."""
    actor = request.auth
    doors.item_for(actor, uid, "meetings.work")
    made = actions.add_speech(
        actor=actor, key=key, item_uid=uid, text=said.text, member_uid=said.member or "",
        guest=said.guest,
    )  # fmt: skip
    return Status(201, made)


@theme.post(
    "/items/{uid:uid}/opinions", response={201: LineOut}, operation_id="meetings_note_opinion"
)
def note_opinion(
    request: ApiRequest, uid: Uid, key: Key, said: sent.OpinionIn
) -> Status[NotedOpinion]:
    """Note an opinion in a line; it goes on its way at the seal, without a name."""
    actor = request.auth
    doors.item_for(actor, uid, "meetings.work")
    made = actions.note_opinion(
        actor=actor, key=key, item_uid=uid, text=said.text, member_uid=said.member or ""
    )
    return Status(201, made)


@theme.put("/lines/{kind}/{uid:uid}", response=LineOut, operation_id="meetings_change_line")
def change_line(
    request: ApiRequest, kind: str, uid: Uid, key: Key, said: sent.SpeechIn
) -> Speech | NotedOpinion:
    """Mend the words of a `speech` or an `opinion`, or who said it."""
    actor = request.auth
    _meeting, row = doors.line_for(actor, kind, uid)
    actions.change_line(
        actor=actor, key=key, kind=kind, line_uid=uid, text=said.text,
        member_uid=said.member or "", guest=said.guest,
    )  # fmt: skip
    row.refresh_from_db()
    return row


@theme.delete("/lines/{kind}/{uid:uid}", response=GoneOut, operation_id="meetings_remove_line")
def remove_line(request: ApiRequest, kind: str, uid: Uid, key: Key) -> dict[str, str]:
    """Take back a speech or an opinion noted by mistake."""
    actor = request.auth
    if not answered(actor, key):  # then it is gone, and the answer is the same
        doors.line_for(actor, kind, uid)
    actions.remove_line(actor=actor, key=key, kind=kind, line_uid=uid)
    return {"uid": uid}


# ── what was voted, paid and given to do ────────────────────────────────────────────────────


@theme.put("/items/{uid:uid}/votes", response=VoteOut, operation_id="meetings_record_vote")
def record_vote(request: ApiRequest, uid: Uid, key: Key, said: sent.QuestionIn) -> Vote:
    """Record a show of hands; a second one on the same question takes the first's place."""
    actor = request.auth
    meeting, _item = doors.item_for(actor, uid, "meetings.work")
    return actions.record_vote(
        actor=actor, key=key, meeting_uid=meeting.uid, item_uid=uid, about=Vote.About.ITEM.value,
        **said.model_dump(),
    )  # fmt: skip


@theme.put("/items/{uid:uid}/ballots", response=VoteOut, operation_id="meetings_record_ballot")
def record_ballot(request: ApiRequest, uid: Uid, key: Key, said: sent.BallotIn) -> Vote:
    """Record a secret ballot, as a show of hands is."""
    actor = request.auth
    meeting, _item = doors.item_for(actor, uid, "meetings.work")
    return actions.record_ballot(
        actor=actor, key=key, meeting_uid=meeting.uid, item_uid=uid, question=said.question,
        ballots=Ballots(**said.model_dump(exclude={"question"})),
    )  # fmt: skip


@theme.put("/items/{uid:uid}/dues", response=ItemInWorkOut, operation_id="meetings_record_dues")
def record_dues(request: ApiRequest, uid: Uid, key: Key, said: sent.DuesIn) -> AgendaItem:
    """Note under the item of dues how many paid, and how much in all."""
    actor = request.auth
    doors.item_for(actor, uid, "meetings.work")
    return actions.record_dues(
        actor=actor, key=key, item_uid=uid, members=said.members, amount=said.amount
    )


@theme.post("/items/{uid:uid}/tasks", response={201: TaskOut}, operation_id="meetings_assign_task")
def assign_task(request: ApiRequest, uid: Uid, key: Key, said: sent.NewTaskIn) -> Status[Task]:
    """Make a conclusion a task: what, who, by when."""
    actor = request.auth
    doors.item_for(actor, uid, "meetings.work")
    made = actions.assign_task(
        actor=actor, key=key, item_uid=uid, title=said.title, due_on=said.due_on, **_owner(said)
    )
    return Status(201, made)


def _owner(said: sent.OwnerIn) -> dict[str, str]:
    kind = said.owner_kind.value if said.owner_kind else ""
    # A member is told by their id alone, as on the pages.
    return {
        "owner_kind": "" if kind == "member" else kind, "owner_uid": said.owner_uid or "",
        "owner": said.owner,
    }  # fmt: skip


@theme.delete("/tasks/{uid:uid}", response=GoneOut, operation_id="meetings_remove_task")
def remove_task(request: ApiRequest, uid: Uid, key: Key) -> dict[str, str]:
    """Take back a task of a meeting that is not sealed yet."""
    actor = request.auth
    if not answered(actor, key):  # then it is gone, and the answer is the same
        doors.given_task_for(actor, uid)
    actions.remove_task(actor=actor, key=key, task_uid=uid)
    return {"uid": uid}


@theme.post(
    "/meetings/{uid:uid}/renewed", response={201: TaskOut}, operation_id="meetings_renew_task"
)
def renew_task(request: ApiRequest, uid: Uid, key: Key, said: sent.RenewIn) -> Status[Task]:
    """Give a task that is not done anew at this meeting, with another day or owner."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    made = actions.renew_task(
        actor=actor, key=key, meeting_uid=uid, task_uid=said.task, due_on=said.due_on,
        **_owner(said),
    )  # fmt: skip
    return Status(201, made)
