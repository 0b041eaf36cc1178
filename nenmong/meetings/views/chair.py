"""The chair's pages: one item a screen, what is read out, the time, and what comes next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.meetings import actions, forms, queries
from nenmong.meetings.models import Meeting
from nenmong.meetings.models.meeting import WORKING
from nenmong.meetings.views import hold
from nenmong.meetings.views.acting import at_meeting
from nenmong.meetings.views.doors import item_for, meeting_for, to

PLACES = {"chu-tri": "chair_item", "ghi": "item"}  # whose page it is, and which it leads to


@login_required
@require_safe
def page(request: UserRequest, uid: str) -> HttpResponse:
    """Lead to the chair's page of the item under way."""
    meeting = meeting_for(request, uid, "meetings.work")
    item = queries.course.current(meeting)
    if meeting.status not in WORKING or item is None:
        return to("detail", uid)
    return to("chair_item", item.uid)


@login_required
@require_safe
def item(request: UserRequest, uid: str) -> HttpResponse:
    meeting, row = item_for(request, uid, "meetings.work")
    if meeting.status not in WORKING:
        return to("detail", meeting.uid)
    read = queries.work.read_out(meeting, row)
    context = {
        "meeting": meeting,
        "course": queries.course.course_of(meeting, uid),
        "item": row,
        "place": "chu-tri",
        **read,
    }
    return render(request, "meetings/chair.html", context)


@login_required
@require_POST
def onward(request: UserRequest, uid: str) -> HttpResponse:
    """Take up an item from the chair's page, and show it there."""
    meeting, _row = item_for(request, uid, "meetings.work")
    if meeting.status == Meeting.Status.OPEN:
        actions.go_to_item(actor=request.user, item_uid=uid)
    return to("chair_item", uid)


@login_required
@require_safe
def pulse(request: UserRequest, uid: str, place: str) -> HttpResponse:
    """Where the meeting is, for a page that lies open meanwhile: asked every twenty seconds."""
    meeting, row = item_for(request, uid, "meetings.work")
    context: dict[str, Any] = {
        "meeting": meeting,
        "item": row,
        "place": place if place in PLACES else "ghi",
        "course": queries.course.course_of(meeting, uid),
    }
    return render(request, "meetings/_pulse.html", context)


@login_required
@require_POST
def ballot(request: UserRequest, uid: str) -> HttpResponse:
    """Note a secret ballot under an item."""
    meeting, _row = item_for(request, uid, "meetings.work")
    actions.record_ballot(
        actor=request.user, meeting_uid=meeting.uid, item_uid=uid,
        question=request.POST.get("question", ""), ballots=forms.read_ballots(request),
    )  # fmt: skip
    return hold.section(request, meeting, uid, "votes")


@login_required
@require_POST
def dues(request: UserRequest, uid: str) -> HttpResponse:
    meeting, _row = item_for(request, uid, "meetings.work")
    members, amount = forms.read_dues(request)
    actions.record_dues(actor=request.user, item_uid=uid, members=members, amount=amount)
    return hold.section(request, meeting, uid, "dues")


@at_meeting("meetings.work", "close")
def take_draft(request: UserRequest, uid: str) -> str:
    actions.take_over_draft(actor=request.user, meeting_uid=uid)
    return "t-directions"
