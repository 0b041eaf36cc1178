"""Preparing a meeting: the agenda is there already, the secretary mends what needs mending."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.meetings import access, actions, forms, queries
from nenmong.meetings.actions.business import title_for
from nenmong.meetings.models import Meeting
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.models.meeting import Business
from nenmong.meetings.queries.work import followed
from nenmong.meetings.rules import preparing
from nenmong.meetings.views import documents
from nenmong.meetings.views.acting import at_item, at_meeting
from nenmong.meetings.views.doors import meeting_for, to
from nenmong.meetings.views.hold import people
from nenmong.meetings.views.record import TRIED_BEFORE, on_trial
from nenmong.meetings.views.tasks import owners
from nenmong.org import access as org
from nenmong.rulebook import queries as rulebook
from nenmong.ui.keys import key_of, new_key
from nenmong.ui.reading import read_day


@login_required
@require_POST
def plan(request: UserRequest, unit_uid: str) -> HttpResponse:
    actor = request.user
    unit = get_object_or_404(org.visible_units(actor), uid=unit_uid)
    org.require(actor, "meetings.prepare", unit)
    month = read_day(request.POST.get("month", ""))
    meeting = actions.plan_meeting(actor=actor, unit_uid=unit_uid, month=month)
    return to("prepare", meeting.uid)


@login_required
@require_POST
def propose(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit = get_object_or_404(org.visible_units(request.user), uid=unit_uid)
    org.require(request.user, "meetings.prepare", unit)
    actions.propose_topic(
        actor=request.user, key=key_of(request), unit_uid=unit_uid,
        title=request.POST.get("title", ""),
    )  # fmt: skip
    return redirect(reverse("home:unit", args=[unit_uid]) + "#dang-cho")


@login_required
@require_safe
def page(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.work")
    if meeting.status != Meeting.Status.PLANNED:
        return to("detail", uid)
    agenda = queries.work.agenda(meeting)
    ends = meeting.starts_at + timedelta(minutes=agenda.minutes)
    book = rulebook.book_now(meeting.unit, meeting.fixed_day)
    may_prepare = access.may(request.user, "meetings.prepare", meeting)
    context = {
        "meeting": meeting,
        "agenda": agenda,
        "step": _next_step(meeting, agenda) if may_prepare else "",
        "told": queries.tasks.told_of(meeting, agenda.reports),
        "taken": request.GET.get("loi", ""),
        "ends_at": ends,
        "measures": queries.measures.measures(meeting, book),
        "fixed": book.rule("meetings.regular.fixed_day"),
        "review": book.rule("meetings.review_of_resolution"),
        "may_prepare": may_prepare,
        "proposals": queries.proposals.proposals(meeting, agenda.items, book),
        "put_off": queries.putting_off.rows(meeting),
        "joint": queries.joint.names(meeting),
        "tet": queries.putting_off.in_tet(meeting),
        "task_states": TaskState.choices,
        "key": new_key(),
        "on_trial": on_trial(request, meeting, TRIED_BEFORE),
        "delegate_expected": delegate_expected(meeting, agenda),
    }
    return render(request, "meetings/prepare.html", context | documents.lists(meeting))


def _next_step(meeting: Meeting, agenda: queries.work.Agenda) -> str:
    """Return what is to be done next; "" once the day is there: then the meeting begins."""
    days = (clock.local(meeting.starts_at).date() - clock.today()).days
    if days <= 0:
        return ""
    return preparing.next_step(
        days=days, place=bool(meeting.place), waiting=bool(agenda.waiting),
        told=meeting.notice_at is not None, asks=any(item.prompts for item in agenda.items),
        draft=bool(meeting.draft_resolution), unsaid=bool(agenda.unsaid),
    )  # fmt: skip


def delegate_expected(meeting: Meeting, agenda: queries.work.Agenda) -> bool:
    """Say whether someone from above is expected and has no place on the agenda yet."""
    if any(item.business == Business.DELEGATE for item in agenda.items):
        return False
    day = clock.local(meeting.starts_at).date()
    return bool(meeting.guests) or followed(meeting.unit, day)


@at_meeting("meetings.prepare", "prepare")
def set_time(request: UserRequest, uid: str) -> None:
    actions.set_time(
        actor=request.user, meeting_uid=uid, starts_at=forms.read_moment(request.POST),
        place=request.POST.get("place", ""),
    )  # fmt: skip


@at_meeting("meetings.prepare", "prepare")
def set_thematic(request: UserRequest, uid: str) -> str:
    actions.set_thematic(
        actor=request.user, meeting_uid=uid, subject=request.POST.get("subject", "")
    )
    return "chuong-trinh"


@at_meeting("meetings.prepare", "prepare")
def add_item(request: UserRequest, uid: str) -> str:
    post = request.POST
    business, title = post.get("business", ""), post.get("title", "")
    if post.get("classified") == "yes":
        business, title = Business.CLASSIFIED, ""  # its words go no further than this line
    elif business:
        title = title_for(business, post.get("name", ""))
    item = actions.add_item(
        actor=request.user, key=key_of(request), meeting_uid=uid, title=title, business=business,
        presenter="" if business == Business.CLASSIFIED else post.get("presenter", ""),
        minutes=forms.read_count(post.get("minutes", ""), forms.minutes_word()),
    )  # fmt: skip
    return f"m-{item.uid}"


@at_item("meetings.prepare", "prepare")
def change_item(request: UserRequest, uid: str) -> str:
    actions.change_item(
        actor=request.user, item_uid=uid, title=request.POST.get("title", ""),
        presenter=request.POST.get("presenter"),
        minutes=forms.read_count(request.POST.get("minutes", ""), forms.minutes_word()),
    )  # fmt: skip
    return f"m-{uid}"


@at_item("meetings.prepare", "prepare")
def move_item(request: UserRequest, uid: str) -> str:
    by = -1 if request.POST.get("way") == "up" else 1
    actions.move_item(actor=request.user, item_uid=uid, by=by)
    return f"m-{uid}"


@at_item("meetings.prepare", "prepare")
def drop_item(request: UserRequest, uid: str) -> str:
    actions.drop_item(actor=request.user, item_uid=uid)
    return "chuong-trinh"


@at_meeting("meetings.prepare", "detail")
def take_matter(request: UserRequest, uid: str) -> None:
    actions.take_matter(
        actor=request.user, meeting_uid=uid, matter_uid=request.POST.get("matter", "")
    )


@login_required
@require_POST
def carry_over(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.work")
    item_uid = request.POST.get("item", "")
    actions.carry_over(
        actor=request.user, meeting_uid=uid, matter_uid=request.POST.get("matter", ""),
        item_uid=item_uid, reason=request.POST.get("reason", ""),
    )  # fmt: skip
    return _back(meeting, item_uid, at="de-lai")


def _back(meeting: Meeting, item_uid: str, at: str) -> HttpResponse:
    """Go back to the page of the item where the form stood, else to the preparation."""
    if item_uid and meeting.items.filter(uid=item_uid).exists():
        return to("item", item_uid, at=at)
    return to("prepare", meeting.uid, at=at)


@login_required
@require_POST
def report_task(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.work")
    post = request.POST
    report = actions.report_task(
        actor=request.user, meeting_uid=uid, task_uid=post.get("task", ""),
        state=post.get("state", ""), result=post.get("result", ""),
    )  # fmt: skip
    if request.htmx:
        item = meeting.items.filter(uid=post.get("item", "")).first() if post.get("item") else None
        context = {
            "meeting": report.meeting, "report": report, "task_states": TaskState.choices,
            "item": item, "told": queries.tasks.told_of(meeting, [report]),
        }  # fmt: skip
        if item:
            context["owners"] = owners(meeting, people(queries.work.roll(meeting)))
        return render(request, "meetings/_report.html", context)
    return _back(meeting, post.get("item", ""), at=f"nv-{report.uid}")


@at_meeting("meetings.work", "prepare")
def take_back(request: UserRequest, uid: str) -> None:
    actions.take_back_opening(actor=request.user, meeting_uid=uid)


@at_meeting("meetings.work", "roll")
def begin(request: UserRequest, uid: str) -> None:
    actions.open_meeting(actor=request.user, meeting_uid=uid)
