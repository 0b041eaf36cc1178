"""The shape of most forms here: may they do this, do it, go back to where the form stood."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from nenmong.accounts.requests import UserRequest
from nenmong.meetings.views.doors import item_for, meeting_for, to

# Calls one action on the meeting or item of this uid; returns the place to go to on the page.
Act = Callable[[UserRequest, str], str | None]
View = Callable[..., HttpResponse]


def at_meeting(permission: str, back: str) -> Callable[[Act], View]:
    """Make an act the door of a form at one meeting, for who may do it; it leads to page `back`."""

    def door(act: Act) -> View:
        @wraps(act)
        def view(request: UserRequest, uid: str) -> HttpResponse:
            meeting_for(request, uid, permission)
            return to(back, uid, at=act(request, uid) or "")

        return login_required(require_POST(view))

    return door


def at_item(permission: str, back: str) -> Callable[[Act], View]:
    """Make an act the door of a form at one item; it leads to page `back` of its meeting."""

    def door(act: Act) -> View:
        @wraps(act)
        def view(request: UserRequest, uid: str) -> HttpResponse:
            meeting, _item = item_for(request, uid, permission)
            return to(back, meeting.uid, at=act(request, uid) or "")

        return login_required(require_POST(view))

    return door
