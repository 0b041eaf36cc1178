"""Closing a meeting: both votes, who signs, the seal, filing, and what is said beside it later."""

from typing import Any

from ninja import Status

from nenmong.accounts.requests import ApiRequest
from nenmong.core.actions import answered
from nenmong.meetings import actions, doors, sealing
from nenmong.meetings.api import sent, told
from nenmong.meetings.api.shapes import CounterOut, MeetingOut, NoteOut, SealedOut, VoteOut
from nenmong.meetings.api.theme import Theme
from nenmong.meetings.models import CorrectionNote, DocumentCounter, Meeting, Vote
from nenmong.org import doors as org
from nenmong.ui.api import Key, Uid

theme = Theme("closing")
Told = dict[str, Any]


@theme.put(
    "/meetings/{uid:uid}/votes/{about}", response=VoteOut, operation_id="meetings_record_closing"
)
def record_closing_vote(
    request: ApiRequest, uid: Uid, about: str, key: Key, said: sent.TallyIn
) -> Vote:
    """Record the vote on the `resolution` or on the `minutes`."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    return actions.record_vote(
        actor=actor, key=key, meeting_uid=uid, about="" if about == "item" else about[:20],
        **said.model_dump(),
    )  # fmt: skip


@theme.put(
    "/meetings/{uid:uid}/officers", response=MeetingOut, operation_id="meetings_name_officers"
)
def name_officers(request: ApiRequest, uid: Uid, key: Key, said: sent.OfficersIn) -> Told:
    """Say who chaired and who kept the minutes; both sign."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    row = actions.name_officers(
        actor=actor, key=key, meeting_uid=uid, chair_uid=said.chair, secretary_uid=said.secretary
    )
    return told.meeting(actor, row)


@theme.put("/meetings/{uid:uid}/hours", response=MeetingOut, operation_id="meetings_set_hours")
def set_hours(request: ApiRequest, uid: Uid, key: Key, said: sent.HoursIn) -> Told:
    """Mend when a meeting began and, once it is held, when it ended."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    row = actions.set_hours(
        actor=actor, key=key, meeting_uid=uid, opened_at=said.opened_at, closed_at=said.closed_at
    )
    return told.meeting(actor, row)


@theme.post(
    "/meetings/{uid:uid}/draft", response=MeetingOut, operation_id="meetings_take_over_draft"
)
def take_over_draft(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> Told:
    """Make the draft resolution what the resolution directs, where nothing is written yet."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    return told.meeting(actor, actions.take_over_draft(actor=actor, key=key, meeting_uid=uid))


@theme.post("/meetings/{uid:uid}/close", response=MeetingOut, operation_id="meetings_close_meeting")
def close_meeting(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> Told:
    """End a meeting; the item under way ends with it."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    return told.meeting(actor, actions.close_meeting(actor=actor, key=key, meeting_uid=uid))


@theme.post(
    "/meetings/{uid:uid}/resume", response=MeetingOut, operation_id="meetings_resume_meeting"
)
def resume_meeting(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> Told:
    """Take back that a meeting was ended."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    return told.meeting(actor, actions.resume_meeting(actor=actor, key=key, meeting_uid=uid))


@theme.post("/meetings/{uid:uid}/seal", response=SealedOut, operation_id="meetings_seal_minutes")
def seal_minutes(request: ApiRequest, uid: Uid, key: Key, said: sent.SealIn) -> Meeting:
    """Freeze the minutes of a held meeting. That cannot be taken back."""
    actor = request.auth
    if not answered(actor, key):  # a helper's right ends with the seal; the answer stays the same
        meeting = doors.meeting_for(actor, uid, "meetings.seal")
        if said.code and meeting.status == Meeting.Status.HELD:
            sealing.code_not_guessed(request, meeting)
    return actions.seal_minutes(actor=actor, key=key, meeting_uid=uid, code=said.code)


@theme.post("/meetings/{uid:uid}/file", response=MeetingOut, operation_id="meetings_file_documents")
def file_documents(request: ApiRequest, uid: Uid, key: Key, said: sent.FileIn) -> Told:
    """File the finished documents: here, or noted as filed elsewhere."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.file")
    row = actions.file_documents(actor=actor, key=key, meeting_uid=uid, how=said.how, on=said.on)
    return told.meeting(actor, row)


@theme.post(
    "/meetings/{uid:uid}/notes", response={201: NoteOut}, operation_id="meetings_write_note"
)
def write_note(
    request: ApiRequest, uid: Uid, key: Key, said: sent.NoteIn
) -> Status[CorrectionNote]:
    """Say a mistake beside sealed minutes; they themselves stay as they are."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.seal")
    made = actions.write_note(actor=actor, key=key, meeting_uid=uid, text=said.text)
    return Status(201, made)


@theme.put("/units/{uid:uid}/numbers", response=CounterOut, operation_id="meetings_set_last_number")
def set_last_number(
    request: ApiRequest, uid: Uid, key: Key, said: sent.NumberIn
) -> DocumentCounter:
    """Say the last number given to minutes or resolutions in the present term."""
    actor = request.auth
    unit = org.unit_for(actor, uid, "meetings.seal")
    return actions.set_last_number(
        actor=actor, key=key, unit_uid=unit.uid, kind=said.kind, last=said.last
    )
