"""The private calendar: the page where its address is taken and given back, and the file itself."""

import hashlib

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import NotAllowed
from nenmong.meetings import actions
from nenmong.meetings.queries import feed as feeds
from nenmong.meetings.rules.feeds import new_token
from nenmong.org import access

NOT_KEPT = "private, no-store"


@login_required
@require_safe
def page(request: UserRequest) -> HttpResponse:
    return _page(request, "")


def _page(request: UserRequest, address: str) -> HttpResponse:
    context = {
        "feed": feeds.feed_of(request.user),
        "may": access.may_somewhere(request.user, "meetings.view"),
        "address": address, "back_months": feeds.MONTHS_BACK, "ahead_months": feeds.MONTHS_AHEAD,
        "most": feeds.MOST,
    }  # fmt: skip
    answer = render(request, "meetings/feed.html", context)
    answer["Cache-Control"] = NOT_KEPT
    return answer


@login_required
@require_POST
def make(request: UserRequest) -> HttpResponse:
    """Show the new address, this once: only its hash is kept."""
    if not access.may_somewhere(request.user, "meetings.view"):
        raise NotAllowed(
            "access.denied",
            _("You see no meetings today, so a calendar of yours would be empty."),
        )
    token = new_token()
    actions.make_feed(actor=request.user, token=token)
    address = request.build_absolute_uri(reverse("meetings:feed_ics", args=[token]))
    return _page(request, address)


@login_required
@require_POST
def revoke(request: UserRequest) -> HttpResponse:
    if feed := feeds.feed_of(request.user):
        actions.revoke_feed(actor=request.user, feed_uid=feed.uid)
    return redirect("meetings:feed")


@require_safe
def read(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file for a calendar program: no session, the secret in the address is the key."""
    feed = feeds.read(token)
    if feed is None:
        raise Http404
    # 4 MB of each web process; most never write one.
    from nenmong.meetings import calendar_file  # noqa: PLC0415

    shown = feeds.shown(feed)
    content = calendar_file.calendar_ics(
        shown, lambda uid: request.build_absolute_uri(reverse("meetings:detail", args=[uid]))
    )
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(shown.changed_at.timestamp())
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Disposition"] = 'inline; filename="sinh-hoat.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    modified = int(shown.changed_at.timestamp())
    return get_conditional_response(request, etag, modified, answer) or answer
