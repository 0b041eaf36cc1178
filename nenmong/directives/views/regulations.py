"""Working regulations of a committee and the units below it: in force, looked at again, due."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.rules import clean
from nenmong.directives import doors, filters
from nenmong.directives.access import DRAFT
from nenmong.directives.queries import regulations as regulating
from nenmong.directives.views.asking import words
from nenmong.org import access as org
from nenmong.rulebook import queries as rulebook

REVIEW = "directives.review_months"


@login_required
@require_safe
def regulations(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit = doors.unit_for(request.user, unit_uid)
    today = clock.today()
    state = request.GET.get("trang-thai", "")
    asked = {
        "state": state if state in regulating.STATES else "",
        "text": clean(request.GET.get("chua", ""))[:100],
    }
    rows = regulating.rows_of(request.user, unit, today)
    said = {"trang-thai": asked["state"], "chua": asked["text"]}
    context = {
        "unit": unit, "today": today, "asked": asked, "page": regulating.PAGE,
        "query": urlencode({name: value for name, value in said.items() if value}),
        "listed": regulating.listed(rows, **asked, offset=filters.offset_of(request.GET)),
        "whole": len(rows), "may_draft": org.may(request.user, DRAFT, unit.path),
        "rule": rulebook.book_now(unit, today).rule(REVIEW), **words(),
    }  # fmt: skip
    return render(request, "directives/regulations.html", context)
