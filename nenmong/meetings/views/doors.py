"""What every door here does first: who asks, does the row exist for them, may they work on it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from nenmong.accounts.requests import UserRequest
from nenmong.meetings import access
from nenmong.meetings.models import AgendaItem, Meeting


def meeting_for(request: UserRequest, uid: str, permission: str = "meetings.view") -> Meeting:
    """Return the meeting as far as it exists for who asks (404) and they may do this (403)."""
    actor = request.user
    rows = Meeting.objects.select_related("unit")
    meeting = rows.visible_to(actor).filter(uid=uid).first()
    if meeting is None:  # someone who was let in for this meeting alone
        meeting = get_object_or_404(rows, uid=uid)
        if not access.given(actor, meeting):
            raise Http404
    access.require(actor, permission, meeting)
    return meeting


def item_for(request: UserRequest, uid: str, permission: str) -> tuple[Meeting, AgendaItem]:
    """Return an item and its meeting, on the same terms."""
    item = get_object_or_404(AgendaItem, uid=uid)
    return meeting_for(request, item.meeting_id, permission), item


def to(name: str, *args: str, at: str = "") -> HttpResponse:
    """Go to a page of meetings, and there to the place `at`."""
    answer = redirect(f"meetings:{name}", *args)
    if at:
        answer["Location"] += f"#{at}"
    return answer
