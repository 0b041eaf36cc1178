"""Putting a meeting off or cancelling it: why, and who agreed; and taking that back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.meetings import access, actions, forms, queries
from nenmong.meetings.models import Meeting
from nenmong.meetings.views.acting import at_meeting
from nenmong.meetings.views.doors import meeting_for, to
from nenmong.rulebook import queries as rulebook


@login_required
@require_safe
def page(request: UserRequest, uid: str) -> HttpResponse:
    """For who prepares a planned meeting; of a cancelled one, for all who may see it, why."""
    meeting = meeting_for(request, uid)
    context = {
        "meeting": meeting,
        "put_off": queries.putting_off.rows(meeting),
        "may_prepare": access.may(request.user, "meetings.prepare", meeting),
    }
    if meeting.status == Meeting.Status.CANCELLED:
        return render(request, "meetings/cancelled.html", context)
    access.require(request.user, "meetings.prepare", meeting)
    if meeting.status != Meeting.Status.PLANNED:
        return to("detail", uid)
    tet = queries.putting_off.in_tet(meeting)
    book = rulebook.book_now(meeting.unit, meeting.fixed_day)
    context |= {
        "tet": tet,
        "proposed": tet.proposed if tet else clock.local(meeting.starts_at).date(),
        "fixed": book.rule("meetings.regular.fixed_day"),
    }
    return render(request, "meetings/put_off.html", context)


@at_meeting("meetings.prepare", "prepare")
def postpone(request: UserRequest, uid: str) -> None:
    actions.postpone_meeting(
        actor=request.user, meeting_uid=uid, starts_at=forms.read_moment(request.POST),
        reason=request.POST.get("reason", ""), agreed_by=request.POST.get("agreed_by", ""),
    )  # fmt: skip


@at_meeting("meetings.prepare", "put_off")
def cancel(request: UserRequest, uid: str) -> None:
    actions.cancel_meeting(
        actor=request.user, meeting_uid=uid, reason=request.POST.get("reason", ""),
        agreed_by=request.POST.get("agreed_by", ""),
    )  # fmt: skip


@at_meeting("meetings.prepare", "prepare")
def reinstate(request: UserRequest, uid: str) -> None:
    actions.reinstate_meeting(actor=request.user, meeting_uid=uid)
