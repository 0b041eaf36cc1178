"""Closing a meeting: what it resolved, both votes, who signs, the end, the seal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.meetings import access, actions, forms, queries
from nenmong.meetings.models import Meeting, MeetingDocument, Vote
from nenmong.meetings.models.meeting import WORKING
from nenmong.meetings.rules import kinds
from nenmong.meetings.sealing import code_not_guessed
from nenmong.meetings.sentences import fact_lines
from nenmong.meetings.views.acting import at_meeting
from nenmong.meetings.views.doors import meeting_for, to
from nenmong.meetings.views.hold import people
from nenmong.org import access as org
from nenmong.rulebook import queries as rulebook


@login_required
@require_safe
def page(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.work")
    typing = meeting.status == Meeting.Status.OPEN and meeting.entry == Meeting.Entry.PAPER
    if typing or meeting.status not in WORKING:
        return to("detail", uid)
    return render(request, "meetings/close.html", context(request, meeting))


def context(request: UserRequest, meeting: Meeting) -> dict[str, Any]:
    """Return what the closing page shows, and what is still missing before the seal."""
    book = rulebook.book(meeting.unit_id, meeting.held_on or meeting.fixed_day)
    agenda = queries.work.agenda(meeting)
    record = queries.record.record_of(meeting)
    votes = {vote.about: vote for vote in meeting.votes.exclude(about=Vote.About.ITEM)}
    left = [
        item for item in agenda.items
        if item.matter_uid and item.state == "waiting"
        and item.matter_uid not in agenda.carried_matters
    ]  # fmt: skip
    # Said here with a way to it: else the seal alone would refuse, on a page that leads nowhere.
    to_judge = set(
        meeting.answers_read.filter(asks=True, verdict="").values_list("matter_uid", flat=True)
    )
    return {
        "meeting": meeting,
        "agenda": agenda,
        "record": record,
        "votes": votes,
        "people": people(queries.work.roll(meeting)),
        "facts": fact_lines(queries.facts.facts_of(meeting, book)),
        "measures": queries.measures.measures(meeting, book),
        "lasted_minutes": clock.minutes_between(meeting.opened_at, meeting.closed_at)
        if meeting.opened_at and meeting.closed_at else 0,
        "may_seal": access.may(request.user, "meetings.seal", meeting),
        "left": left,
        "unjudged": [
            item for item in agenda.items
            if item.matter_uid in to_judge and item not in left
            and item.matter_uid not in agenda.carried_matters
        ],
    }  # fmt: skip


@at_meeting("meetings.work", "close")
def vote(request: UserRequest, uid: str) -> str:
    about = request.POST.get("about", "")
    about = about if about in {Vote.About.RESOLUTION, Vote.About.MINUTES} else Vote.About.MINUTES
    actions.record_vote(
        actor=request.user, meeting_uid=uid, about=about, **forms.read_tally(request)
    )
    return f"bq-{about}"


@at_meeting("meetings.work", "close")
def officers(request: UserRequest, uid: str) -> str:
    actions.name_officers(
        actor=request.user, meeting_uid=uid, chair_uid=request.POST.get("chair", ""),
        secretary_uid=request.POST.get("secretary", ""),
    )  # fmt: skip
    return "nguoi-ky"


@login_required
@require_POST
def hours(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.work")
    opened, closed = forms.read_hours(request.POST, meeting.held_on or meeting.fixed_day)
    actions.set_hours(actor=request.user, meeting_uid=uid, opened_at=opened, closed_at=closed)
    return to("close", uid, at="gio-hop")


@at_meeting("meetings.work", "close")
def end(request: UserRequest, uid: str) -> None:
    actions.close_meeting(actor=request.user, meeting_uid=uid)


@at_meeting("meetings.work", "close")
def resume(request: UserRequest, uid: str) -> None:
    actions.resume_meeting(actor=request.user, meeting_uid=uid)


@login_required
@require_safe
def before_seal(request: UserRequest, uid: str) -> HttpResponse:
    """One last look: the seal cannot be taken back."""
    meeting = meeting_for(request, uid, "meetings.seal")
    if meeting.status != Meeting.Status.HELD:
        return to("detail", uid)
    book = rulebook.book(meeting.unit_id, meeting.held_on or meeting.fixed_day)
    record = queries.record.record_of(meeting)
    vote = record["resolution_vote"]
    context = {
        "meeting": meeting,
        "record": record,
        "not_passed": bool(vote and not vote["passed"] and kinds.of(meeting.kind).resolves),
        "numbers": queries.numbers.upcoming(meeting, book),
        "may_number": org.may(request.user, "meetings.seal", meeting.unit.path),
        "on_proof": access.seals_on_proof(request.user, meeting),
        "scans": meeting.documents.filter(
            sort=MeetingDocument.Sort.SCAN, taken_off_at=None
        ).count(),
    }
    return render(request, "meetings/before_seal.html", context)


@login_required
@require_POST
def seal(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.seal")
    code = request.POST.get("code", "")[:40]
    if code and meeting.status == Meeting.Status.HELD:
        code_not_guessed(request, meeting)
    actions.seal_minutes(actor=request.user, meeting_uid=uid, code=code)
    if not Meeting.objects.visible_to(request.user).filter(uid=uid).exists():
        messages.success(request, _("The minutes are sealed. Thank you for your help."))
        return redirect("home:my_work")  # a helper's right ended with the seal
    return to("record", uid)
