"""Around a meeting: how it was made known, who answered what, who helps, who sits with it."""

from typing import Any

from ninja import Status

from nenmong.accounts.requests import ApiRequest
from nenmong.core.actions import answered
from nenmong.meetings import actions, doors, queries
from nenmong.meetings.actions.locking import refuse
from nenmong.meetings.actions.notices import TOLD
from nenmong.meetings.api import sent, told
from nenmong.meetings.api.names import AnswerOut, InvitedOut
from nenmong.meetings.api.shapes import MeetingOut, NoticeOut, PartOut, RightOut
from nenmong.meetings.api.theme import Theme
from nenmong.meetings.models import GivenRight, Invitation, JointPart, Notice
from nenmong.meetings.queries import invitations
from nenmong.meetings.queries.paper import roll_of
from nenmong.ui.api import Key, Uid

theme = Theme("around a meeting")
Told = dict[str, Any]


@theme.get(
    "/meetings/{uid:uid}/notices", response=list[NoticeOut], operation_id="meetings_list_notices"
)
def list_notices(request: ApiRequest, uid: Uid) -> list[Notice]:
    """How and when a meeting was made known."""
    return list(doors.meeting_for(request.auth, uid, "meetings.prepare").notices.all())


@theme.post(
    "/meetings/{uid:uid}/notices", response={201: NoticeOut}, operation_id="meetings_record_notice"
)
def record_notice(request: ApiRequest, uid: Uid, key: Key, said: sent.NoticeIn) -> Status[Notice]:
    """Record that a meeting was made known, as of now; the same side the same way once."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    made = actions.record_notice(
        actor=actor, key=key, meeting_uid=uid, to=said.to.value, way=said.way.value
    )
    return Status(201, made)


@theme.post("/meetings/{uid:uid}/mails", response=MeetingOut, operation_id="meetings_mail_notices")
def mail_notices(request: ApiRequest, uid: Uid, key: Key, said: sent.MailIn) -> Told:
    """Send an e-mail to each person of one side who has an address; nobody gets it twice."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    site = request.build_absolute_uri("/").rstrip("/")
    row = actions.mail_notices(actor=actor, key=key, meeting_uid=uid, to=said.to.value, site=site)
    return told.meeting(actor, row)


@theme.get(
    "/meetings/{uid:uid}/answers", response=list[InvitedOut], operation_id="meetings_list_answers"
)
def list_answers(request: ApiRequest, uid: Uid) -> list[Told]:
    """Who answered what; for those who prepare the meeting. The same queries whatever the roll."""
    meeting = doors.meeting_for(request.auth, uid, "meetings.prepare")
    if meeting.status not in TOLD:  # then the roll says it
        refuse(meeting)
    members, _above = invitations.invited(
        meeting, roll_of(meeting, invitations.day_of(meeting)), []
    )
    return [
        {
            "member": one.contact.member_uid, "name": one.contact.name, "answer": one.answer,
            "reason": one.invitation.reason if one.invitation else "",
            "answered_at": one.invitation.answered_at if one.invitation else None,
            "mail": one.mail,
        }
        for one in members
    ]  # fmt: skip


@theme.put("/meetings/{uid:uid}/answer", response=AnswerOut, operation_id="meetings_answer")
def answer_invitation(request: ApiRequest, uid: Uid, key: Key, said: sent.AnswerIn) -> Invitation:
    """Say whether you come yourself; it holds until you say otherwise."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.agenda")
    return actions.answer_invitation(
        actor=actor, key=key, meeting_uid=uid, answer=said.answer.value, reason=said.reason
    )


@theme.put("/meetings/{uid:uid}/answers", response=AnswerOut, operation_id="meetings_note_answer")
def note_answer(request: ApiRequest, uid: Uid, key: Key, said: sent.NotedAnswerIn) -> Invitation:
    """Note what somebody told the secretary."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    return actions.note_answer(
        actor=actor, key=key, meeting_uid=uid, member_uid=said.member,
        answer=said.answer.value, reason=said.reason,
    )  # fmt: skip


# ── who helps ───────────────────────────────────────────────────────────────────────────────


@theme.get(
    "/meetings/{uid:uid}/rights", response=list[RightOut], operation_id="meetings_list_rights"
)
def list_rights(request: ApiRequest, uid: Uid) -> list[GivenRight]:
    """Who was let in to this meeting alone."""
    return queries.paper.rights_of(doors.meeting_for(request.auth, uid, "meetings.prepare"))


@theme.post(
    "/meetings/{uid:uid}/rights", response={201: RightOut}, operation_id="meetings_give_right"
)
def give_right(request: ApiRequest, uid: Uid, key: Key, said: sent.RightIn) -> Status[GivenRight]:
    """Let a person work on this meeting until its seal: a helper, or who chairs it."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    made = actions.give_right(
        actor=actor, key=key, meeting_uid=uid, role=said.role.value,
        member_uid=said.member or "", username=said.username,
    )  # fmt: skip
    return Status(201, made)


@theme.post(
    "/meetings/{uid:uid}/rights/{uid:right}/end", response=MeetingOut,
    operation_id="meetings_end_right",
)  # fmt: skip
def end_right(request: ApiRequest, uid: Uid, right: Uid, key: Key, said: sent.NothingIn) -> Told:
    """Take back a right given for this meeting."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    row = actions.end_right(actor=actor, key=key, meeting_uid=uid, right_uid=right)
    return told.meeting(actor, row)


# ── who sits with it ────────────────────────────────────────────────────────────────────────


@theme.get("/meetings/{uid:uid}/parts", response=list[PartOut], operation_id="meetings_list_parts")
def list_parts(request: ApiRequest, uid: Uid) -> list[JointPart]:
    """The cells asked to sit with a thematic meeting."""
    return queries.joint.parts(doors.meeting_for(request.auth, uid, "meetings.prepare"))


@theme.post(
    "/meetings/{uid:uid}/parts", response={201: PartOut}, operation_id="meetings_ask_to_join"
)
def ask_to_join(request: ApiRequest, uid: Uid, key: Key, said: sent.AskIn) -> Status[JointPart]:
    """Ask another cell of the same committee to sit with a planned thematic meeting."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    made = actions.ask_to_join(actor=actor, key=key, meeting_uid=uid, unit_uid=said.unit)
    return Status(201, made)


@theme.post("/parts/{uid:uid}/accept", response=MeetingOut, operation_id="meetings_accept_joint")
def accept_joint(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> Told:
    """Sit with the meeting your cell was asked to; its own one is planned and told here."""
    actor = request.auth
    doors.asked_for(actor, uid)
    return told.meeting(actor, actions.accept_joint(actor=actor, key=key, part_uid=uid))


@theme.post("/parts/{uid:uid}/decline", response=PartOut, operation_id="meetings_decline_joint")
def decline_joint(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> JointPart:
    """Say that your cell does not come."""
    actor = request.auth
    doors.asked_for(actor, uid)
    return actions.decline_joint(actor=actor, key=key, part_uid=uid)


@theme.post(
    "/parts/{uid:uid}/withdraw", response=MeetingOut, operation_id="meetings_withdraw_joint"
)
def withdraw_joint(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> Told:
    """Take back that another cell was asked."""
    actor = request.auth
    if not answered(actor, key):  # then it is gone, and the answer is the same
        doors.part_for(actor, uid)
    return told.meeting(actor, actions.withdraw_joint(actor=actor, key=key, part_uid=uid))


@theme.post("/meetings/{uid:uid}/leave", response=MeetingOut, operation_id="meetings_leave_joint")
def leave_joint(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> Told:
    """Hold your cell's own planned meeting apart from the joint one."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.prepare")
    return told.meeting(actor, actions.leave_joint(actor=actor, key=key, meeting_uid=uid))


@theme.post(
    "/meetings/{uid:uid}/common", response=MeetingOut, operation_id="meetings_take_common_texts"
)
def take_common_texts(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> Told:
    """Copy what the host wrote under the common items where nothing is written here."""
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    return told.meeting(actor, actions.take_common_texts(actor=actor, key=key, meeting_uid=uid))
