"""What a cell was sent: its documents, one of them to be read, what it reports back."""

from typing import Any

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
from nenmong.directives.access import DRAFT
from nenmong.directives.models import Delivery, Directive
from nenmong.directives.queries import cell
from nenmong.org import access as org

MOST_PAGES = 1000


@login_required
@require_safe
def of_cell(request: UserRequest, unit_uid: str) -> HttpResponse:
    """The documents of a cell; of a committee its workplace, or what it issued for who reads it."""
    unit = doors.unit_for(request.user, unit_uid)
    if not unit.is_cell:
        if org.may(request.user, DRAFT, unit.path):
            return redirect("directives:desk", unit.uid)
        return redirect("directives:library")
    words = request.GET.get("q", "")[:100]
    page = _page(request)
    context = {
        "unit": unit, "shelf": cell.shelf(unit, words, page * cell.PAGE), "words": words,
        "page": page, "today": clock.today(), "asked": dict(Directive.Asked.choices),
        "states": dict(Delivery.State.choices), "own": org.may(request.user, DRAFT, unit.path),
    }  # fmt: skip
    return render(request, "directives/of_cell.html", context)


def _page(request: UserRequest) -> int:
    text = request.GET.get("tu", "")
    return min(int(text), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 5 else 0  # noqa: PLR2004


@login_required
@require_safe
def read(request: UserRequest, uid: str) -> HttpResponse:
    """One document to be read: on a phone, in large print, on paper, aloud."""
    return _read(request, doors.directive_for(request.user, uid))


def _read(request: UserRequest, one: Directive, **refused: Any) -> HttpResponse:
    if one.is_draft:
        return redirect("directives:draft", one.uid)
    found = cell.reading(request.user, one)
    mine = found.delivery
    reports = mine is not None and mine.state == Delivery.State.DISCUSSED
    context = {
        "one": one, "found": found, "today": clock.today(), "large": "to" in request.GET,
        "asked": dict(Directive.Asked.choices), "kinds": dict(Directive.Kind.choices),
        "states": dict(Delivery.State.choices), "files": list(one.files.all()),
        "points": list(mine.unclear_points.all()) if mine and mine.unclear else [],
        "reports": reports and one.asked == Directive.Asked.REPORT_BACK and mine is not None
        and org.may(request.user, DRAFT, mine.unit.path),
        "typed": "", "error": "", **refused,
    }  # fmt: skip
    return render(request, "directives/read.html", context, status=422 if refused else 200)


@login_required
@require_POST
def report(request: UserRequest, uid: str) -> HttpResponse:
    """Say what came of a document that asks for it."""
    row = doors.delivery_for(request.user, uid)
    org.require(request.user, DRAFT, row.unit)
    text = request.POST.get("text", "")
    try:
        actions.report_back(actor=request.user, delivery_uid=uid, text=text)
    except NotAllowed:
        raise
    except DomainError as error:
        return _read(request, row.directive, typed=text, error=str(error.message))
    messages.success(request, _("Reported. The committee reads it beside the document."))
    return redirect("directives:read", row.directive_id)
