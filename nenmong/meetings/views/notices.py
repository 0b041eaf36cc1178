"""Telling a meeting: its state, four ways, the follower above, and who answered what."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.rules import given_name
from nenmong.meetings import actions, invites, links, notices
from nenmong.meetings.actions.notices import TOLD
from nenmong.meetings.models import Meeting
from nenmong.meetings.queries import invitations, numbers
from nenmong.meetings.queries.paper import roll_of
from nenmong.meetings.views.acting import at_meeting
from nenmong.meetings.views.doors import meeting_for, to
from nenmong.org.queries import contacts as org

NOT_KEPT = "private, no-store"


def site_of(request: UserRequest) -> str:
    """Return scheme and host of a request; the host is one that the settings allow."""
    return request.build_absolute_uri("/").rstrip("/")


@login_required
@require_safe
def page(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.prepare")
    if meeting.status not in TOLD:
        return to("detail", uid)
    return render(request, "meetings/notice.html", _context(request, meeting))


def _context(request: UserRequest, meeting: Meeting) -> dict[str, Any]:
    """Return what the page shows. The same number of queries whatever the roll."""
    day, site = invitations.day_of(meeting), site_of(request)
    roll, followers = roll_of(meeting, day), org.followers(meeting.unit_id, day)
    members, above = invitations.invited(meeting, roll, followers)
    said = invitations.changes(meeting)
    with_address = "dia-chi" in request.GET
    answer_at = site + reverse("meetings:detail", args=[meeting.uid]) if with_address else ""
    asked = {
        one.contact.member_uid: notices.asking(
            meeting, given_name(one.contact.name),
            links.address(site, meeting.uid, one.contact.member_uid),
        )
        for one in members
    }  # fmt: skip
    return {
        "meeting": meeting,
        "when": notices.when(meeting),
        "text": notices.text(meeting, notices.agenda(meeting), answer_at=answer_at),
        "with_address": with_address,
        "told": invitations.told(meeting, said),
        "members": members,
        "mailable": [one for one in members if one.contact.email],
        "above": above,
        "asked": asked,
        "mails": settings.MAILS,
        "number": numbers.number_of(meeting.uid),
        "counts": {
            answer: sum(one.answer == answer for one in members)
            for answer in ("coming", "absent", "")
        },
    }


@login_required
@require_POST
def number(request: UserRequest, uid: str) -> HttpResponse:
    meeting_for(request, uid, "meetings.prepare")
    actions.number_notice(actor=request.user, meeting_uid=uid)
    return to("notice", uid, at="to-giay")


@login_required
@require_safe
def sheet(request: UserRequest, uid: str) -> HttpResponse:
    """The notice on one sheet of paper."""
    meeting = meeting_for(request, uid, "meetings.agenda")
    context = {
        "meeting": meeting, "lines": notices.agenda(meeting), "title": notices.title(meeting),
        "when": notices.when(meeting), "where": notices.where(meeting),
    }  # fmt: skip
    return render(request, "meetings/notice_sheet.html", context)


@at_meeting("meetings.prepare", "notice")
def record(request: UserRequest, uid: str) -> str:
    post = request.POST
    actions.record_notice(
        actor=request.user, meeting_uid=uid, to=post.get("to", ""), way=post.get("way", "")
    )
    return "da-bao"


@at_meeting("meetings.prepare", "notice")
def mail(request: UserRequest, uid: str) -> str:
    actions.mail_notices(
        actor=request.user, meeting_uid=uid, to=request.POST.get("to", ""), site=site_of(request)
    )
    return "thu"


@login_required
@require_safe
def calendar(request: UserRequest, uid: str) -> HttpResponse:
    """The meeting as a calendar file."""
    meeting = meeting_for(request, uid)
    minutes = meeting.items.aggregate(sum=Sum("minutes"))["sum"] or 0
    sequence = invitations.changes(meeting).times
    content = invites.invite(meeting, sequence=sequence, minutes=minutes)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="lich-hop.ics"'
    answer["Cache-Control"] = NOT_KEPT
    return answer
