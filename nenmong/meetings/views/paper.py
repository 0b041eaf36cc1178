"""Typing in a meeting that was held on paper: one long page, kept as it grows, seen once more."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.meetings import access, actions, queries
from nenmong.meetings.actions.entering import NotEntered
from nenmong.meetings.models import Attendance, GivenRight, Meeting
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.paper_filled import filled
from nenmong.meetings.paper_form import PaperForm, empty
from nenmong.meetings.rules import attendance, kinds
from nenmong.meetings.rules.paper import Entered, fingerprint, without
from nenmong.meetings.views.acting import at_meeting
from nenmong.meetings.views.doors import meeting_for, to
from nenmong.org import access as org
from nenmong.ui.reading import read_day

NOTED = ("excused", "unexcused", "late", "left_early", "special_duty", "exempt_present", "present")
CANNOT_BE_READ = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: UserRequest, uid: str) -> HttpResponse:
    """The printed form, line by line; what is sent is kept as far as it is complete."""
    meeting = meeting_for(request, uid, "meetings.work")
    if not _on_paper(meeting):
        return to("detail", uid)
    if request.method == "POST":
        return _sent(request, meeting)
    prefetch_related_objects([meeting], "items", "reports", "answers_read")  # asked for twice
    entered = queries.paper.typed_of(meeting)
    form = filled(meeting, entered)
    if day := _asked_day(request):  # the roll of another day, before anything is typed
        form = empty(meeting, {**form.values, "day": day})
    form.seen = fingerprint(entered)
    return _drawn(request, form)


def _on_paper(meeting: Meeting) -> bool:
    """Say whether a meeting can be typed in: it is planned, or was begun on paper."""
    if meeting.status == Meeting.Status.PLANNED:
        return True
    typed = {Meeting.Status.OPEN, Meeting.Status.HELD}
    return meeting.entry == Meeting.Entry.PAPER and meeting.status in typed


def _asked_day(request: UserRequest) -> str:
    return request.GET.get("ngay", "")[:20]


def _sent(request: UserRequest, meeting: Meeting) -> HttpResponse:
    form = empty(meeting, {name: request.POST.get(name, "") for name in request.POST})
    entered = form.read()
    look = request.POST.get("do") == "look"
    if look:
        form.complete()
    if _kept(request, form, entered) and not form.errors:
        if look:
            return to("paper_look", meeting.uid)
        messages.success(request, _("Saved as a draft. Nothing is lost: go on whenever you like."))
        return to("paper", meeting.uid)
    meeting.refresh_from_db()
    form.seen = fingerprint(queries.paper.typed_of(meeting))
    return _drawn(request, form, status=CANNOT_BE_READ)


def _kept(request: UserRequest, form: PaperForm, entered: Entered) -> bool:
    """Keep what was read, less what is refused; say whether anything is kept."""
    said = {"actor": request.user, "meeting_uid": form.meeting.uid, "draft": True}
    form.saved = False
    if "day" in form.errors:  # whose roll should it be?
        return False
    seen = request.POST.get("seen", "")[:16]
    try:
        try:
            actions.enter_meeting(entered=entered, seen=seen, **said)
        except NotEntered as refused:
            form.refuse(refused.errors)
            if "held_on" in refused.errors:
                return False
            actions.enter_meeting(entered=without(entered, refused.errors), seen=seen, **said)
    except NotEntered as again:
        form.refuse(again.errors)
        return False
    except NotAllowed:
        raise
    except DomainError as error:
        form.errors[""] = str(error.message)
        return False
    form.saved = True
    return True


def _drawn(request: UserRequest, form: PaperForm, status: int = 200) -> HttpResponse:
    words = dict(Attendance.Status.choices)
    context = {
        "meeting": form.meeting,
        "form": form,
        "resolves": kinds.of(form.meeting.kind).resolves,
        "statuses": [("", _("Choose")), *((code, words[code]) for code in NOTED)],
        "task_states": [("", _("Choose")), *TaskState.choices],
        "may_prepare": access.may(request.user, "meetings.prepare", form.meeting),
        "late": form.meeting.entry == Meeting.Entry.PAPER or form.day < form.meeting.fixed_day,
    }
    return render(request, "meetings/paper.html", context, status=status)


@login_required
@require_safe
def look(request: UserRequest, uid: str) -> HttpResponse:
    """What was typed, once more as a whole, before it counts as held."""
    meeting = meeting_for(request, uid, "meetings.work")
    if not _on_paper(meeting) or meeting.status == Meeting.Status.PLANNED:
        return to("detail", uid)
    rows = queries.work.roll(meeting)
    context = {
        "meeting": meeting,
        "record": queries.record.record_of(meeting),
        "exceptions": [r for r in rows if r.status != attendance.first_status(r.membership)],
        "agenda": queries.work.agenda(meeting),
    }
    return render(request, "meetings/paper_look.html", context)


@login_required
@require_POST
def done(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.work")
    entered = queries.paper.typed_of(meeting)
    meeting = actions.enter_meeting(actor=request.user, meeting_uid=uid, entered=entered)
    may_seal = access.may(request.user, "meetings.seal", meeting)
    return to("before_seal" if may_seal else "close", uid)


@at_meeting(access.ENTER, "paper")
def start(request: UserRequest, uid: str) -> None:
    """The office above opens a meeting of a cell, to type in what came on paper."""
    actions.start_paper(actor=request.user, meeting_uid=uid)


@login_required
@require_POST
def plan(request: UserRequest, unit_uid: str) -> HttpResponse:
    """The office above lays out a month's meeting that a cell has not planned."""
    unit = get_object_or_404(org.visible_units(request.user), uid=unit_uid)
    org.require(request.user, access.ENTER, unit)
    meeting = actions.plan_paper_meeting(
        actor=request.user, unit_uid=unit_uid, month=_month(request)
    )
    return to("detail", meeting.uid)


@login_required
@require_POST
def plan_own(request: UserRequest, unit_uid: str) -> HttpResponse:
    """The cell lays out the meeting of a month gone by, to type it in."""
    unit = get_object_or_404(org.visible_units(request.user), uid=unit_uid)
    org.require(request.user, "meetings.prepare", unit)
    meeting = actions.plan_meeting(actor=request.user, unit_uid=unit_uid, month=_month(request))
    planned = meeting.status == Meeting.Status.PLANNED
    return to("paper" if planned else "detail", meeting.uid)


def _month(request: UserRequest) -> date:
    month = read_day(request.POST.get("month", ""))
    if month is None:
        raise DomainError("core.no_day", _("On which day? Write it like 30/6/2026."))
    return month


# ── who helps ───────────────────────────────────────────────────────────────────────────────


@login_required
@require_safe
def helpers(request: UserRequest, uid: str) -> HttpResponse:
    """Who is let in to this one meeting, and letting somebody in."""
    meeting = meeting_for(request, uid, "meetings.prepare")
    roll = queries.paper.numbered(meeting, queries.paper.day_of(meeting))
    context = {
        "meeting": meeting,
        "rights": queries.paper.rights_of(meeting),
        "members": [("", _("Choose a name")), *((row.member_uid, str(row)) for row in roll)],
        "roles": GivenRight.Role,
    }
    return render(request, "meetings/helpers.html", context)


@at_meeting("meetings.prepare", "helpers")
def give(request: UserRequest, uid: str) -> None:
    post = request.POST
    actions.give_right(
        actor=request.user, meeting_uid=uid, role=post.get("role", ""),
        member_uid=post.get("member", ""), username=post.get("username", ""),
    )  # fmt: skip


@login_required
@require_POST
def take_back(request: UserRequest, uid: str, right_uid: str) -> HttpResponse:
    meeting_for(request, uid, "meetings.prepare")
    actions.end_right(actor=request.user, meeting_uid=uid, right_uid=right_uid)
    return to("helpers", uid)
