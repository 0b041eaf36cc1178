"""A unit's workplace for documents, and a new document begun from there."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.directives import actions, doors
from nenmong.directives.access import DRAFT, ISSUE
from nenmong.directives.models import Directive
from nenmong.directives.queries import drafts
from nenmong.directives.queries.bulletins import BULLETIN_DAY
from nenmong.directives.rules import bulletins, kinds
from nenmong.directives.views.asking import day_of, words
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook
from nenmong.ui.keys import key_of, new_key


@login_required
@require_safe
def desk(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit = doors.unit_for(request.user, unit_uid, DRAFT)
    today = clock.today()
    book = rulebook.book_now(unit, today)
    context = {
        "unit": unit, "desk": drafts.desk(unit), "today": today,
        "bulletin_rule": book.rule(BULLETIN_DAY), **words(),
        "may_issue": access.may(request.user, ISSUE, unit.path),
    }  # fmt: skip
    return render(request, "directives/desk.html", context)


@login_required
def start(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit = doors.unit_for(request.user, unit_uid, DRAFT)
    if request.method != "POST":
        return _form(request, unit, request.GET.dict())
    post, errors = request.POST, dict[str, str]()
    month = day_of(request, "for_month", errors)
    if errors:
        return _form(request, unit, post.dict(), errors)
    try:
        one = actions.start_draft(
            actor=request.user, key=key_of(request), unit_uid=unit.uid, kind=post.get("kind", ""),
            title=post.get("title", ""), for_month=month,
            outside_issuer=post.get("outside_issuer", ""),
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        return _form(request, unit, post.dict(), {_place(error.code): str(error.message)})
    messages.success(request, _("Begun. Write its text, or bring it from Word."))
    return redirect("directives:draft", one.uid)


def _place(code: str) -> str:
    """Return beside which field a refusal stands."""
    return {
        "directives.unknown_kind": "kind", "directives.no_month": "for_month",
        "directives.bulletin_is_there": "for_month",
    }.get(code, "title")  # fmt: skip


def _form(
    request: UserRequest, unit: Unit, typed: dict[str, str], errors: dict[str, str] | None = None
) -> HttpResponse:
    known = dict(Directive.Kind.choices)
    offered = kinds.offered(is_cell=unit.is_cell)
    today = clock.today()
    context: dict[str, Any] = {
        "unit": unit, "offered": [(code, known[code]) for code in offered], "key": new_key(),
        "typed": typed, "errors": errors or {}, "today": today,
        "by_month": any(kinds.of(code).monthly or kinds.of(code).quarterly for code in offered),
        "months": _months(), **words(),
    }  # fmt: skip
    return render(request, "directives/start.html", context, status=422 if errors else 200)


def _months() -> list[date]:
    """Return the first days of months, from this quarter on: what a bulletin may be for."""
    month = bulletins.quarter_of(clock.today())
    found = []
    for _place_in_row in range(8):
        found.append(month)
        month = bulletins.following(month)
    return found
