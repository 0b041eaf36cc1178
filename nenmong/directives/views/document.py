"""One issued document as an office looks at it, and what becomes of it later."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.directives import actions, doors
from nenmong.directives.access import COMMENT, DRAFT, ISSUE, SEND
from nenmong.directives.models import CommentRequest, Directive
from nenmong.directives.queries import library
from nenmong.directives.rules import kinds, states
from nenmong.directives.views.asking import day_of, words
from nenmong.org import access as org
from nenmong.org.queries import cell_kinds
from nenmong.ui.errors import asked_by_htmx


def kind_names() -> dict[str, str]:
    """Return how kinds of cell are called, retired ones too. One query."""
    language = get_language() or "vi"
    return {code: kind.name(language) for code, kind in cell_kinds().items()}


@login_required
@require_safe
def document(request: UserRequest, uid: str) -> HttpResponse:
    one = doors.directive_for(request.user, uid)
    if one.state in states.DRAFTS:
        return _of_draft(request, one)
    if asked_by_htmx(request):
        context = {"one": one, "whole": library.whole(request.user, one)}
        return render(request, "directives/_going.html", context)
    return show(request, one)


def _of_draft(request: UserRequest, one: Directive) -> HttpResponse:
    """Lead to the page where a draft is worked on: by who writes it, or by who comments."""
    if not org.may(request.user, DRAFT, one.issuer.path):
        asked = CommentRequest.objects.filter(
            org.scope(request.user, COMMENT, path="unit__path"), directive=one
        ).first()
        if asked is not None:
            return redirect("directives:to_comment", asked.uid)
    return redirect("directives:draft", one.uid)


def show(request: UserRequest, one: Directive, **refused: Any) -> HttpResponse:
    """Draw the page. `refused`: which form came (`sent`), what it held, why it was not done."""
    actor, path = request.user, one.issuer.path
    found = library.whole(actor, one)
    today = clock.today()
    context: dict[str, Any] = {
        "one": one, "unit": one.issuer, "whole": found, "today": today,
        "state": library.state_of(one, today), "files": list(one.files.all()),
        "versions": one.versions.count() if org.may(actor, DRAFT, path) else 0,
        "may_send": org.may(actor, SEND, path), "may_issue": org.may(actor, ISSUE, path),
        "may_draft": org.may(actor, DRAFT, path), "cell_kinds": kind_names(),
        "asked": dict(Directive.Asked.choices), "reviewed": kinds.of(one.kind).reviewed,
        "sent": "", "typed": {}, "error": "", **words(), **refused,
    }  # fmt: skip
    return render(request, "directives/document.html", context, status=422 if refused else 200)


@login_required
@require_POST
def withdraw(request: UserRequest, uid: str) -> HttpResponse:
    doors.directive_for(request.user, uid, ISSUE)
    try:
        actions.withdraw(
            actor=request.user, directive_uid=uid, reason=request.POST.get("reason", "")
        )
    except NotAllowed:
        raise
    except DomainError as error:
        return _refused(request, uid, "withdraw", error)
    messages.success(request, _("Withdrawn. Where it still waited, it waits no more."))
    return redirect("directives:document", uid)


def _refused(request: UserRequest, uid: str, sent: str, error: DomainError) -> HttpResponse:
    """Draw the page again with what was refused; a draft has no such page."""
    one = doors.directive_for(request.user, uid)
    if one.state in states.DRAFTS:
        raise error
    return show(request, one, sent=sent, typed=request.POST.dict(), error=str(error.message))


@login_required
@require_POST
def prolong(request: UserRequest, uid: str) -> HttpResponse:
    doors.directive_for(request.user, uid, ISSUE)
    errors = dict[str, str]()
    due_on = day_of(request, "due_on", errors)
    if due_on is None:
        error = errors.get("due_on") or _("Until which day? Write it like 30/6/2026.")
        return _refused(request, uid, "prolong", DomainError("directives.not_later", error))
    try:
        actions.prolong(actor=request.user, directive_uid=uid, due_on=due_on)
    except NotAllowed:
        raise
    except DomainError as error:
        return _refused(request, uid, "prolong", error)
    messages.success(request, _("Prolonged, wherever it still waits."))
    return redirect("directives:document", uid)


@login_required
@require_POST
def review(request: UserRequest, uid: str) -> HttpResponse:
    doors.directive_for(request.user, uid, ISSUE)
    errors = dict[str, str]()
    reviewed_on = day_of(request, "reviewed_on", errors)
    review_on = day_of(request, "review_on", errors)
    if errors or reviewed_on is None:
        error = next(iter(errors.values()), _("On which day was it looked at again?"))
        return _refused(request, uid, "review", DomainError("directives.days_disorder", error))
    try:
        actions.note_review(
            actor=request.user, directive_uid=uid, reviewed_on=reviewed_on, review_on=review_on
        )
    except NotAllowed:
        raise
    except DomainError as error:
        return _refused(request, uid, "review", error)
    messages.success(request, _("Noted: it was looked at again and stands."))
    return redirect("directives:document", uid)


@login_required
@require_POST
def remind(request: UserRequest, unit_uid: str, uid: str) -> HttpResponse:
    """Remind those under a unit where the document still waits, and say how many they were."""
    unit = doors.unit_for(request.user, unit_uid, SEND)
    one = doors.directive_for(request.user, uid)
    below = library.missing(one).filter(unit__path__under=unit.path)
    before = below.filter(reminded_on=clock.today()).count()
    actions.remind(actor=request.user, directive_uid=one.uid, unit_uid=unit.uid)
    count = below.filter(reminded_on=clock.today()).count() - before
    if count:
        said = ngettext("%(count)s unit was reminded.", "%(count)s units were reminded.", count)
        messages.success(request, said % {"count": count})
    else:
        messages.info(
            request, _("Nobody new was to be reminded: those where it waits were, or got it today.")
        )
    return redirect("directives:coverage", uid)
