"""Settings: the list of fields, and which desk handles which of them within how many days."""

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
from nenmong.opinions import access, actions
from nenmong.opinions.queries import fields as known_fields
from nenmong.opinions.words import field_names
from nenmong.org import access as org
from nenmong.org.doors import unit_for
from nenmong.org.models import CELLS, Unit
from nenmong.rulebook import queries as rulebook
from nenmong.ui.keys import key_of, new_key

MOST_FIGURES = 6


@login_required
@require_safe
def fields(request: UserRequest) -> HttpResponse:
    return _fields(request)


def _fields(request: UserRequest, **refused: Any) -> HttpResponse:
    if not org.may_somewhere(request.user, access.EDIT_FIELDS):
        raise NotAllowed(
            "access.denied",
            _("You may not change the fields. Ask the organisation board of the province."),
        )
    context = {
        "known": list(known_fields.fields().values()), "key": new_key(), "typed": {}, "error": "",
        **refused,
    }  # fmt: skip
    return render(request, "opinions/fields.html", context, status=422 if refused else 200)


@login_required
@require_POST
def set_field(request: UserRequest) -> HttpResponse:
    post = request.POST
    try:
        actions.set_field(
            actor=request.user, key=key_of(request), code=post.get("code", ""),
            name_vi=post.get("name_vi", ""), name_en=post.get("name_en", ""),
            retired=bool(post.get("retired")),
        )  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        return _fields(request, typed=post.dict(), error=str(error.message))
    messages.success(request, _("Saved."))
    return redirect("opinions:fields")


@login_required
@require_safe
def desk_fields(request: UserRequest, unit_uid: str) -> HttpResponse:
    return _desk_fields(request, unit_for(request.user, unit_uid, access.EDIT_DESKS))


def _desk_fields(request: UserRequest, unit: Unit, **refused: Any) -> HttpResponse:
    known = known_fields.fields()
    desks = known_fields.desks_of(unit)
    has = desks.get(unit.uid, {})
    context = {
        "unit": unit, "is_cell": unit.kind in CELLS, "names": field_names(known), "has": has,
        "offered": [c for c, field in known.items() if not field.retired or c in has],
        "beside": known_fields.beside(unit), "desks": desks, "typed": {}, "error": "",
        "usual": rulebook.book_now(unit, clock.today()).rule("opinions.answer_days"),
        **refused,
    }  # fmt: skip
    return render(request, "opinions/desk_fields.html", context, status=422 if refused else 200)


@login_required
@require_POST
def set_desk_fields(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit = unit_for(request.user, unit_uid, access.EDIT_DESKS)
    try:
        days = {code: _days(request, code) for code in request.POST.getlist("field")}
        actions.set_desk_fields(actor=request.user, unit_uid=unit.uid, days=days)
    except NotAllowed:
        raise
    except DomainError as error:
        typed = {**request.POST.dict(), "field": request.POST.getlist("field")}
        return _desk_fields(request, unit, typed=typed, error=str(error.message))
    messages.success(request, _("Saved."))
    return redirect("opinions:desk_fields", unit.uid)


def _days(request: UserRequest, code: str) -> int | None:
    """Return the days typed for a field; 0, which is refused with a sentence, where unreadable."""
    text = request.POST.get(f"days-{code[:30]}", "").strip()
    if not text:
        return None
    figures = text.isascii() and text.isdigit() and len(text) <= MOST_FIGURES
    return int(text) if figures else 0
