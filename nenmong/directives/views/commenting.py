"""Comments on a draft: its committee asks and weighs them, each unit asked says its own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.directives import actions, doors
from nenmong.directives.access import COMMENT, DRAFT
from nenmong.directives.models import Comment, CommentRequest, Directive
from nenmong.directives.queries import comments as said
from nenmong.directives.rules.kinds import LONGEST_COMMENT
from nenmong.directives.views.asking import course_of, day_of, whole, words
from nenmong.org import access as org
from nenmong.rulebook import queries as rulebook

DAYS = "directives.comment_days"
WHOLE = "0"  # in a form: of the draft as a whole, not of one paragraph


# ── at the committee that drafts ────────────────────────────────────────────────────────────


@login_required
@require_safe
def comments(request: UserRequest, uid: str) -> HttpResponse:
    return _comments(request, doors.directive_for(request.user, uid, DRAFT))


def _comments(request: UserRequest, one: Directive, **refused: Any) -> HttpResponse:
    """Draw the page. `refused`: which form came (`sent`), what it held, why it was not done."""
    today = clock.today()
    rule = rulebook.book_now(one.issuer, today).rule(DAYS)
    asked = said.asked(one)
    number = whole(request.POST.get("ban", "") or request.GET.get("ban", ""))
    only = bool(request.POST.get("con") or request.GET.get("con"))
    context: dict[str, Any] = {
        "one": one, "unit": one.issuer, "asked": asked, "only": only,
        "beside": said.beside(one, number, only=only),
        "offered": said.offered(one), "rule": rule, "today": today,
        "usual_day": today + timedelta(days=int(rule.value)),
        "step": (found := course_of(one)).step.value, "course": found.course,
        "outcomes": Comment.Outcome.choices, "outcome_shapes": OUTCOME_SHAPES,
        "sent": "", "typed": {}, "picked": [], "errors": {}, **words(), **refused,
    }  # fmt: skip
    return render(request, "directives/comments.html", context, status=422 if refused else 200)


OUTCOME_SHAPES = {"taken": "done", "partly": "soon", "explained": "carried"}


@login_required
@require_POST
def ask(request: UserRequest, uid: str) -> HttpResponse:
    one = doors.directive_for(request.user, uid, DRAFT)
    picked, errors = request.POST.getlist("unit"), dict[str, str]()
    if request.POST.get("all"):
        picked = [unit.uid for unit in said.offered(one)]
    due_on = day_of(request, "due_on", errors)
    if due_on is None and not errors:
        errors["due_on"] = _("By which day? Write it like 30/6/2026.")
    if due_on is None:
        return _comments(
            request, one, sent="ask", typed=request.POST.dict(), picked=picked, errors=errors
        )
    try:
        actions.ask_comments(actor=request.user, directive_uid=uid, unit_uids=picked, due_on=due_on)
    except NotAllowed:
        raise
    except DomainError as error:
        place = "due_on" if error.code == "directives.day_is_past" else "unit"
        return _comments(
            request, one, sent="ask", typed=request.POST.dict(), picked=picked,
            errors={place: str(error.message)},
        )  # fmt: skip
    messages.success(request, _("Asked. Each unit finds it among its documents in work."))
    return redirect("directives:comments", uid)


@login_required
@require_POST
def weigh(request: UserRequest, uid: str) -> HttpResponse:
    """Say what became of one comment; the page stays where it was."""
    comment = doors.comment_for(request.user, uid)
    one = doors.directive_for(request.user, comment.request.directive_id, DRAFT)
    post = request.POST
    try:
        actions.weigh_comment(
            actor=request.user, comment_uid=uid, outcome=post.get("outcome", ""),
            why=post.get("why", ""), was=post.get("was"),
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        return _comments(
            request, one, sent=uid, typed=post.dict(), errors={uid: str(error.message)}
        )
    version = whole(post.get("ban", ""))
    page = redirect("directives:comments", one.uid)
    asked = {"ban": version, "con": 1 if post.get("con") else None}
    query = urlencode({name: value for name, value in asked.items() if value})
    page["Location"] += (f"?{query}" if query else "") + f"#yk-{uid}"
    return page


# ── at a unit that was asked ────────────────────────────────────────────────────────────────


@login_required
@require_safe
def to_comment(request: UserRequest, uid: str) -> HttpResponse:
    return _to_comment(request, doors.request_for(request.user, uid))


def _to_comment(request: UserRequest, row: CommentRequest, **refused: Any) -> HttpResponse:
    one = row.directive
    found = said.own(row)
    context: dict[str, Any] = {
        "row": row, "one": one, "unit": row.unit, "beside": found, "earlier": said.earlier(row),
        "since": said.changed_since(row), "files": list(one.files.all()),
        "open": one.state == Directive.State.DRAFT, "today": clock.today(),
        "outcomes": dict(Comment.Outcome.choices), "outcome_shapes": OUTCOME_SHAPES,
        "count": len(row.comments.all()), "longest": LONGEST_COMMENT, "whole": WHOLE,
        "sent": None, "typed": {}, "error": "", **words(), **refused,
    }  # fmt: skip
    return render(request, "directives/to_comment.html", context, status=422 if refused else 200)


@login_required
@require_POST
def comment(request: UserRequest, uid: str) -> HttpResponse:
    row = doors.request_for(request.user, uid)
    place = request.POST.get("paragraph", WHOLE)
    paragraph = None if place == WHOLE else whole(place) or 0
    try:
        made = actions.comment(
            actor=request.user, request_uid=uid, text=request.POST.get("text", ""),
            paragraph=paragraph,
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        return _refused(request, uid, error, sent=paragraph or 0, typed=request.POST.dict())
    page = redirect("directives:to_comment", row.uid)
    page["Location"] += f"#yk-{made.uid}"
    return page


@login_required
@require_POST
def finish(request: UserRequest, uid: str) -> HttpResponse:
    doors.request_for(request.user, uid)
    done = _("Sent. The committee sees that you have said all you have to say.")
    return _done(
        request, uid, lambda: actions.finish_comments(actor=request.user, request_uid=uid), done
    )


@login_required
@require_POST
def take_back(request: UserRequest, uid: str) -> HttpResponse:
    row = doors.comment_for(request.user, uid).request
    org.require(request.user, COMMENT, row.unit)
    return _done(
        request, row.uid,
        lambda: actions.take_back_comment(actor=request.user, comment_uid=uid),
        _("The comment is taken back."),
    )  # fmt: skip


def _done(
    request: UserRequest, request_uid: str, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except NotAllowed:
        raise
    except DomainError as error:
        return _refused(request, request_uid, error)
    messages.success(request, done)
    return redirect("directives:to_comment", request_uid)


def _refused(request: UserRequest, uid: str, error: DomainError, **form: Any) -> HttpResponse:
    row = doors.request_for(request.user, uid)
    return _to_comment(request, row, error=str(error.message), **form)
