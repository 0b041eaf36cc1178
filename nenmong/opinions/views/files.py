"""Opinions as files: transfer slip, answer letter, the list of a unit under its page's filters."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.opinions import doors, filters, printed
from nenmong.opinions.views.desk import list_unit, narrowed


def _file(found: printed.Printed) -> HttpResponse:
    answer = HttpResponse(found.content, content_type=found.kind)
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_safe
def slip(request: UserRequest, uid: str) -> HttpResponse:
    return _file(printed.slip(request.user, uid))


@login_required
@require_safe
def letter(request: UserRequest, uid: str) -> HttpResponse:
    return _file(printed.letter(request.user, uid))


@login_required
@require_safe
def list_docx(request: UserRequest, unit_uid: str) -> HttpResponse:
    return _listing(request, unit_uid, workbook=False)


@login_required
@require_safe
def list_xlsx(request: UserRequest, unit_uid: str) -> HttpResponse:
    return _listing(request, unit_uid, workbook=True)


def _listing(request: UserRequest, unit_uid: str, *, workbook: bool) -> HttpResponse:
    unit, below = list_unit(request, unit_uid)
    asked = filters.read(request.GET)
    here = narrowed(unit, below, asked)
    doors.not_hidden(request.user, here)
    return _file(printed.listing(request.user, here, asked.filters, workbook=workbook))
