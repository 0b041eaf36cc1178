"""The library of documents: searched, narrowed, as a workbook."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.directives import filters
from nenmong.directives.exports.lists import library_xlsx
from nenmong.directives.queries import library
from nenmong.directives.views.asking import words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(content: bytes, name: str) -> HttpResponse:
    """Hand a workbook out."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_safe
def listed(request: UserRequest) -> HttpResponse:
    asked = filters.read(request.GET)
    context = {
        "asked": asked, "said": asked.said, "query": asked.query, "page": library.PAGE,
        "listed": library.listed(request.user, asked.filters, filters.offset_of(request.GET)),
        "issuers": library.issuers(request.user), "years": library.years(request.user),
        "state_names": filters.state_names(), "today": clock.today(), **words(),
    }  # fmt: skip
    return render(request, "directives/library.html", context)


@login_required
@require_safe
def workbook(request: UserRequest) -> HttpResponse:
    asked = filters.read(request.GET)
    found = library.listed(request.user, asked.filters, most=library.MOST_ROWS)
    return as_file(library_xlsx(found.rows), f"van-ban-{clock.today().isoformat()}")
