"""What every page here does first: who asks, does the row exist for them, may they work on it."""

from django.http import HttpResponse
from django.shortcuts import redirect

from nenmong.accounts.requests import UserRequest
from nenmong.meetings import doors
from nenmong.meetings.models import AgendaItem, Meeting


def meeting_for(request: UserRequest, uid: str, permission: str = "meetings.view") -> Meeting:
    """Return the meeting as far as it exists for who asks (404) and they may do this (403)."""
    return doors.meeting_for(request.user, uid, permission)


def item_for(request: UserRequest, uid: str, permission: str) -> tuple[Meeting, AgendaItem]:
    """Return an item and its meeting, on the same terms."""
    return doors.item_for(request.user, uid, permission)


def to(name: str, *args: str, at: str = "") -> HttpResponse:
    """Go to a page of meetings, and there to the place `at`."""
    answer = redirect(f"meetings:{name}", *args)
    if at:
        answer["Location"] += f"#{at}"
    return answer
