"""Coverage: where a document was discussed, where not yet and why; for who sent it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import NotAllowed
from nenmong.core.rules import clean
from nenmong.directives import doors, filters
from nenmong.directives.access import VIEW
from nenmong.directives.exports.lists import coverage_xlsx
from nenmong.directives.models import Directive
from nenmong.directives.queries import coverage as covering
from nenmong.directives.queries.library import sendings_of
from nenmong.directives.sentences import coverage_states
from nenmong.directives.views.asking import words
from nenmong.directives.views.library import as_file
from nenmong.org import access as org


def _directive_for(request: UserRequest, uid: str) -> Directive:
    """Return a document for who stands where it was issued or sent."""
    one = doors.directive_for(request.user, uid)
    stands_there = org.may(request.user, VIEW, one.issuer.path)
    if not stands_there and not sendings_of(request.user, one).exists():
        raise NotAllowed(
            "access.denied",
            _("Where it was discussed is looked at by who issued the document or sent it on."),
        )
    return one


def _asked(request: UserRequest) -> dict[str, str]:
    state = request.GET.get("trang-thai", "")
    return {
        "state": state if state in {"left", *covering.ORDER} else "",
        "area": filters.uid_of(request.GET.get("duoi", "")),
        "text": clean(request.GET.get("chua", ""))[:100],
    }


@login_required
@require_safe
def coverage(request: UserRequest, uid: str) -> HttpResponse:
    one = _directive_for(request, uid)
    found = covering.covered(request.user, one)
    asked = _asked(request)
    rows = covering.narrowed(found.rows, **asked)
    said = {"trang-thai": asked["state"], "duoi": asked["area"], "chua": asked["text"]}
    context: dict[str, Any] = {
        "one": one, "unit": one.issuer, "found": found, "asked": asked,
        "query": urlencode({name: value for name, value in said.items() if value}),
        "listed": covering.page_of(rows, filters.offset_of(request.GET)),
        "senders": covering.senders(request.user, one) if one.in_work else [],
        "page": covering.PAGE, "today": clock.today(), "covered_states": coverage_states(),
        **words(),
    }  # fmt: skip
    return render(request, "directives/coverage.html", context)


@login_required
@require_safe
def workbook(request: UserRequest, uid: str) -> HttpResponse:
    one = _directive_for(request, uid)
    found = covering.covered(request.user, one)
    rows = covering.narrowed(found.rows, **_asked(request))
    content = coverage_xlsx(one.name, rows)
    return as_file(content, f"noi-da-thao-luan-{clock.today().isoformat()}")
