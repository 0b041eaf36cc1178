"""Answers before a meeting: one's own signed in, by a signed address, noted by the secretary."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from nenmong.accounts.requests import UserRequest
from nenmong.core.actions import SYSTEM
from nenmong.core.rules import given_name
from nenmong.meetings import actions, links, notices
from nenmong.meetings.models import Meeting
from nenmong.meetings.queries import invitations
from nenmong.meetings.queries.paper import roll_of
from nenmong.meetings.views.acting import at_meeting
from nenmong.meetings.views.doors import meeting_for, to
from nenmong.meetings.views.notices import NOT_KEPT


@login_required
@require_POST
def own(request: UserRequest, uid: str) -> HttpResponse:
    """What a member says of themselves."""
    meeting_for(request, uid, "meetings.agenda")
    actions.answer_invitation(
        actor=request.user, meeting_uid=uid, answer=request.POST.get("answer", ""),
        reason=request.POST.get("reason") or None,
    )  # fmt: skip
    if "from_work" in request.POST:
        return redirect("home:my_work")
    return to("detail", uid, at="co-du")


@at_meeting("meetings.prepare", "notice")
def note(request: UserRequest, uid: str) -> str:
    """What someone told the secretary by phone."""
    post = request.POST
    actions.note_answer(
        actor=request.user, meeting_uid=uid, member_uid=post.get("member", ""),
        answer=post.get("answer", ""), reason=post.get("reason", ""),
    )  # fmt: skip
    return "tra-loi"


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Answer without signing in. Shows day, hour, place, cell and given name, nothing else."""
    if (read := links.read_token(token)) is None:
        raise Http404
    meeting_uid, member_uid = read
    meeting = get_object_or_404(Meeting.objects.select_related("unit"), uid=meeting_uid)
    planned = meeting.status == Meeting.Status.PLANNED
    if planned and request.method == "POST":
        actions.note_answer(
            actor=SYSTEM, meeting_uid=meeting_uid, member_uid=member_uid,
            answer=request.POST.get("answer", ""), reason=request.POST.get("reason") or None,
        )  # fmt: skip
        return redirect("meetings:answer_link", token)
    names = {e.member_uid: e.name for e in roll_of(meeting, invitations.day_of(meeting))}
    if member_uid not in names:  # they have left the cell
        raise Http404
    context = {
        "meeting": meeting, "planned": planned, "given": given_name(names[member_uid]),
        "when": notices.when(meeting), "where": notices.where(meeting), "token": token,
        "invitation": meeting.invitations.filter(member_uid=member_uid).first(),
    }  # fmt: skip
    answer = render(request, "meetings/answer_link.html", context)
    answer["Cache-Control"] = NOT_KEPT
    answer["X-Robots-Tag"] = "noindex"
    return answer
