"""Several cells in one thematic meeting: asked, accepted, and the words they share."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.meetings import actions, doors, queries
from nenmong.meetings.models import JointPart, Meeting
from nenmong.meetings.models.meeting import MeetingKind
from nenmong.meetings.views.acting import at_meeting
from nenmong.meetings.views.doors import meeting_for, to


@login_required
@require_safe
def page(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.prepare")
    hosts = meeting.kind == MeetingKind.THEMATIC and not meeting.joint_uid
    if meeting.status != Meeting.Status.PLANNED or not hosts:
        return to("detail", uid)
    parts = queries.joint.parts(meeting)
    over = (JointPart.State.DECLINED, JointPart.State.WITHDRAWN)
    asked = {part.unit_id for part in parts if part.state not in over}
    beside = [row for row in queries.joint.to_ask(meeting) if row[0] not in asked]
    context = {"meeting": meeting, "parts": parts, "beside": beside}
    return render(request, "meetings/joint.html", context)


@at_meeting("meetings.prepare", "joint")
def ask(request: UserRequest, uid: str) -> None:
    actions.ask_to_join(actor=request.user, meeting_uid=uid, unit_uid=request.POST.get("unit", ""))


@login_required
@require_POST
def withdraw(request: UserRequest, uid: str) -> HttpResponse:
    part = doors.part_for(request.user, uid)
    actions.withdraw_joint(actor=request.user, part_uid=uid)
    return to("joint", part.meeting_id)


def _asked(request: UserRequest, uid: str) -> JointPart:
    """Return what the cell of who asks was asked; through its own unit, not the host's."""
    return doors.asked_for(request.user, uid)


@login_required
@require_POST
def accept(request: UserRequest, uid: str) -> HttpResponse:
    _asked(request, uid)
    meeting = actions.accept_joint(actor=request.user, part_uid=uid)
    return to("prepare", meeting.uid)


@login_required
@require_POST
def decline(request: UserRequest, uid: str) -> HttpResponse:
    _asked(request, uid)
    actions.decline_joint(actor=request.user, part_uid=uid)
    return redirect("home:my_work")


@at_meeting("meetings.prepare", "prepare")
def leave(request: UserRequest, uid: str) -> None:
    actions.leave_joint(actor=request.user, meeting_uid=uid)


@at_meeting("meetings.work", "close")
def take_common(request: UserRequest, uid: str) -> None:
    actions.take_common_texts(actor=request.user, meeting_uid=uid)
