"""Holding a meeting: the roll with one thumb, then one item after another."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import BothEdited
from nenmong.meetings import actions, doors, forms, queries
from nenmong.meetings.actions.business import question_for
from nenmong.meetings.actions.holding import ITEM_TEXTS, MEETING_TEXTS
from nenmong.meetings.actions.voting import base_of
from nenmong.meetings.models import (
    AgendaItem,
    Attendance,
    Matter,
    Meeting,
    NotedOpinion,
    Speech,
    Task,
)
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.models.meeting import WORKING
from nenmong.meetings.queries import invitations
from nenmong.meetings.rules import attendance, business, kinds, votes
from nenmong.meetings.rules.tasks import next_month
from nenmong.meetings.views.doors import item_for, meeting_for, to
from nenmong.meetings.views.tasks import owners, read_owner, reported_at
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book
from nenmong.ui.keys import key_of, new_key

# ── the roll ────────────────────────────────────────────────────────────────────────────────
from nenmong.ui.reading import read_day


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.work")
    if request.method == "POST":
        called = forms.read_roll(request)
        meeting = actions.record_roll(actor=request.user, meeting_uid=uid, called=called)
        if request.htmx:
            return render(
                request, "meetings/_roll_saved.html", roll_context(meeting, only=set(called))
            )
        if "onward" in request.POST:
            return to("detail", uid)
        return to("roll", uid)
    if meeting.status not in WORKING:
        return to("detail", uid)
    context = roll_context(meeting)
    chosen = request.GET.get("to")
    known = chosen in {group.name for group in context["groups"]}
    context["chosen"] = chosen if known else None
    return render(request, "meetings/roll.html", context)


def roll_context(meeting: Meeting, only: set[str] | None = None) -> dict[str, Any]:
    """Return what the roll shows: those due first, exceptions named, both rates with the rule."""
    rows = queries.work.roll(meeting)
    book = rulebook.book_now(meeting.unit, meeting.held_on or meeting.fixed_day)
    measures = queries.measures.measures(meeting, book)
    groups = attendance.by_group((row.group, row.status) for row in rows)
    rate = attendance.rate(present=meeting.present, due=meeting.due)
    return {
        "meeting": meeting,
        "rows": [row for row in rows if only is None or row.member_uid in only],
        "groups": groups if [group for group in groups if group.name] else [],
        "exceptions": [r for r in rows if r.status not in {"present", "exempt"}],
        "runs": queries.facts.excused_runs(meeting),
        "before": invitations.said_before(meeting, rows),
        "status_words": {value: str(words) for value, words in Attendance.Status.choices},
        "rate": rate,
        "whole_rate": attendance.rate(present=meeting.present, due=meeting.total or 1),
        "measures": measures,
        "reached": rate is not None and (measures.bar is None or measures.bar.reached(rate)),
        "quorate": queries.measures.quorate(meeting, measures),
    }


# ── one item ────────────────────────────────────────────────────────────────────────────────


@login_required
@require_safe
def item(request: UserRequest, uid: str) -> HttpResponse:
    meeting = doors.meeting_of_item(request.user, uid, "meetings.work")
    if meeting.status not in WORKING:
        return to("detail", meeting.uid)
    taken = request.GET.get("loi", "")
    return render(request, "meetings/item.html", item_context(meeting, uid, taken))


def item_context(meeting: Meeting, item_uid: str, taken: str = "") -> dict[str, Any]:
    """Return what the page of one item shows; `taken`: the task whose last word is the result."""
    work = queries.work.item_work(meeting, item_uid)
    minutes = [item.minutes for item in work.items]
    book = rulebook.book_now(meeting.unit, meeting.held_on or meeting.fixed_day)
    roll_rows = queries.work.roll(meeting)
    return {
        "meeting": meeting,
        "work": work,
        "item": work.item,
        "taken": taken,
        "before": sum(minutes[: work.number - 1]),
        "whole": sum(minutes),
        "people": people(roll_rows),
        "owners": owners(meeting, people(roll_rows)),
        "told": queries.tasks.told_of(meeting, work.reports),
        "next_report": next_month(meeting.month),
        "reporting_month": reported_at,
        "there": people([row for row in roll_rows if row.status in attendance.THERE]),
        "measures": queries.measures.measures(meeting, book),
        **vote_context(meeting, work.item, book, decides=_decides(work)),
        "course": queries.course.course_of(meeting, item_uid, work.items),
        "place": "ghi",
        "task_states": TaskState.choices,
        "key": new_key(),
    }


def _decides(work: queries.work.ItemWork) -> bool:
    """Say whether a decision is asked for here that no vote has given yet."""
    asked = work.matter is not None and work.matter.asked == Matter.Asked.DECIDE
    return asked and not work.votes


def vote_context(
    meeting: Meeting, item: AgendaItem, book: Book, *, decides: bool = False
) -> dict[str, Any]:
    """Return by which rule an item is voted on, of how many, and how many must agree."""
    key = kinds.rule_of_vote(kinds.of(meeting.kind), item.business)
    rule, base = book.rule(key), base_of(meeting, key)
    return {
        "rule_of_vote": rule,
        "base": base,
        "base_key": key,
        "needed": votes.needed(base=base, bar=rule.fraction, strict=rule.strict),
        "question": question_for(item, decides=decides),
        "about_a_person": item.business in business.ABOUT_A_PERSON,
    }


def people(rows: list[Attendance]) -> list[tuple[str, str]]:
    """Return the roll as a list to pick a name from, in the order of given names."""
    return [("", _("Choose a name")), *((row.member_uid, row.name) for row in rows)]


def section(request: UserRequest, meeting: Meeting, item_uid: str, name: str) -> HttpResponse:
    """Answer with one section of the item's page for htmx, with the page at that section else."""
    if request.htmx:
        meeting.refresh_from_db()
        return render(request, f"meetings/_{name}.html", item_context(meeting, item_uid))
    return to("item", item_uid, at=name)


@login_required
@require_POST
def take_up(request: UserRequest, uid: str) -> HttpResponse:
    meeting, _row = item_for(request, uid, "meetings.work")
    if meeting.status == Meeting.Status.OPEN:
        actions.go_to_item(actor=request.user, item_uid=uid)
    return to("item", uid)


@login_required
@require_POST
def add_speech(request: UserRequest, uid: str) -> HttpResponse:
    meeting, _row = item_for(request, uid, "meetings.work")
    post = request.POST
    actions.add_speech(
        actor=request.user, key=key_of(request), item_uid=uid, text=post.get("text", ""),
        member_uid=post.get("member", ""), guest=post.get("guest", ""),
    )  # fmt: skip
    return section(request, meeting, uid, "speeches")


@login_required
@require_POST
def note_opinion(request: UserRequest, uid: str) -> HttpResponse:
    meeting, _row = item_for(request, uid, "meetings.work")
    actions.note_opinion(
        actor=request.user, key=key_of(request), item_uid=uid,
        text=request.POST.get("text", ""), member_uid=request.POST.get("member", ""),
    )  # fmt: skip
    return section(request, meeting, uid, "opinions")


@login_required
@require_safe
def line(request: UserRequest, kind: str, uid: str) -> HttpResponse:
    """The form to mend one line: in its place, or on a page of its own without JavaScript."""
    meeting, row = _line(request, kind, uid)
    context = {
        "meeting": meeting,
        "item_uid": row.item_id,
        "kind": kind,
        "line": queries.work.line(row),
        "there": people(
            [row for row in queries.work.roll(meeting) if row.status in attendance.THERE]
        ),
    }
    template = "meetings/_line_form.html" if request.htmx else "meetings/line.html"
    return render(request, template, context)


@login_required
@require_POST
def change_line(request: UserRequest, kind: str, uid: str) -> HttpResponse:
    meeting, row = _line(request, kind, uid)
    post = request.POST
    actions.change_line(
        actor=request.user, kind=kind, line_uid=uid, text=post.get("text", ""),
        member_uid=post.get("member", ""), guest=post.get("guest", ""),
    )  # fmt: skip
    return section(request, meeting, row.item_id, "speeches" if kind == "speech" else "opinions")


@login_required
@require_POST
def remove_line(request: UserRequest, kind: str, uid: str) -> HttpResponse:
    meeting, row = _line(request, kind, uid)
    actions.remove_line(actor=request.user, kind=kind, line_uid=uid)
    return section(request, meeting, row.item_id, "speeches" if kind == "speech" else "opinions")


def _line(request: UserRequest, kind: str, uid: str) -> tuple[Meeting, Speech | NotedOpinion]:
    """Return a line and its meeting, for who may work on it."""
    return doors.line_for(request.user, kind, uid)


@login_required
@require_POST
def vote(request: UserRequest, uid: str) -> HttpResponse:
    meeting, _row = item_for(request, uid, "meetings.work")
    actions.record_vote(
        actor=request.user, meeting_uid=meeting.uid, item_uid=uid, about="item",
        question=request.POST.get("question", ""), **forms.read_tally(request),
    )  # fmt: skip
    return section(request, meeting, uid, "votes")


@login_required
@require_POST
def judge_answer(request: UserRequest, uid: str) -> HttpResponse:
    meeting, row = item_for(request, uid, "meetings.work")
    actions.judge_answer(
        actor=request.user, meeting_uid=meeting.uid, matter_uid=row.matter_uid or "",
        verdict=request.POST.get("verdict", ""), hands=forms.read_hands(request),
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    return section(request, meeting, uid, "answer_read")


@login_required
@require_POST
def assign_task(request: UserRequest, uid: str) -> HttpResponse:
    meeting, _row = item_for(request, uid, "meetings.work")
    post = request.POST
    actions.assign_task(
        actor=request.user, key=key_of(request), item_uid=uid, title=post.get("title", ""),
        due_on=read_day(post.get("due_on", "")), **read_owner(request),
    )  # fmt: skip
    return section(request, meeting, uid, "tasks")


@login_required
@require_POST
def remove_task(request: UserRequest, uid: str) -> HttpResponse:
    task = get_object_or_404(Task, uid=uid)
    meeting = meeting_for(request, task.meeting_id, "meetings.work")
    actions.remove_task(actor=request.user, task_uid=uid)
    return section(request, meeting, task.item_id, "tasks")


# ── texts ───────────────────────────────────────────────────────────────────────────────────


@login_required
@require_POST
def write_item(request: UserRequest, uid: str, field: str) -> HttpResponse:
    if field not in ITEM_TEXTS:
        raise Http404
    meeting, row = item_for(request, uid, "meetings.work")
    return _write(request, meeting, row, field)


@login_required
@require_POST
def write_meeting(request: UserRequest, uid: str, field: str) -> HttpResponse:
    if field not in MEETING_TEXTS:
        raise Http404
    return _write(request, meeting_for(request, uid, "meetings.work"), None, field)


def _write(
    request: UserRequest, meeting: Meeting, item: AgendaItem | None, field: str
) -> HttpResponse:
    """Save a text; where someone else wrote it meanwhile, show both and let a person choose."""
    target: Meeting | AgendaItem = item or meeting
    post = request.POST
    context = {"target": target, "field": field, "meeting": meeting}
    if post.get("choice") == "theirs":
        return _shown(request, meeting, item, context | {"restored": True})
    try:
        actions.write_text(
            actor=request.user, meeting_uid=meeting.uid, item_uid=item.uid if item else "",
            field=field, was=post.get("was", ""), text=post.get("text", ""),
        )  # fmt: skip
    except BothEdited as both:
        template = "meetings/_text_after.html" if request.htmx else "meetings/both.html"
        return render(request, template, context | {"both": both}, status=both.status)
    target.refresh_from_db()
    return _shown(request, meeting, item, context)


def _shown(
    request: UserRequest, meeting: Meeting, item: AgendaItem | None, context: dict[str, Any]
) -> HttpResponse:
    if request.htmx:
        return render(request, "meetings/_text_after.html", context)
    at = f"t-{context['field']}"
    if meeting.status == Meeting.Status.PLANNED:
        return to("prepare", meeting.uid, at=f"{at}-{item.uid}" if item else at)
    return to("item", item.uid, at=at) if item else to("close", meeting.uid, at=at)
