"""What a desk and an office look over: what lies here, a subtree's list, what is late below."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import NotAllowed
from nenmong.opinions import access, doors, filters
from nenmong.opinions.queries import helping, lists
from nenmong.opinions.words import words
from nenmong.org import access as org
from nenmong.org.doors import unit_for
from nenmong.org.models import Unit
from nenmong.ui.errors import asked_by_htmx


@login_required
@require_safe
def inbox(request: UserRequest, unit_uid: str) -> HttpResponse:
    """What lies on a desk: for who works there, and for the office that routes what lies there."""
    unit = unit_for(request.user, unit_uid, "org.view_unit")
    works = org.may(request.user, access.DESK, unit.path)
    if not works and (unit.is_cell or not org.may(request.user, access.ROUTE, unit.path)):
        raise NotAllowed(
            "access.denied",
            _("What lies with %(unit)s is seen by who works there, and by the office above.")
            % {"unit": unit.name},
        )
    tab, field = request.GET.get("muc", ""), request.GET.get("linh-vuc", "")[:30]
    tab = tab if tab in lists.TABS else "all"
    offset = filters.offset_of(request.GET)
    signs = access.signs(request.user, unit)
    context: dict[str, Any] = {
        "unit": unit, "tab": tab, "field": field, "works": works, "page": lists.PAGE,
        "inbox": lists.inbox(request.user, unit, tab, field, offset),
        "to_sign": helping.to_sign(unit) if signs else [],
        "query": urlencode({"muc": tab, "linh-vuc": field}),
        "may_edit": org.may(request.user, access.EDIT_DESKS, unit.path),
        "routes": org.may(request.user, access.ROUTE, unit.path), **words(),
    }  # fmt: skip
    return render(request, "opinions/inbox.html", context)


Below = list[tuple[str, str]]  # uid and name of the units directly under one


def list_unit(request: UserRequest, uid: str) -> tuple[Unit, Below]:
    """Return the unit a list is of, on its terms, and those directly under it. Two queries."""
    unit = unit_for(request.user, uid, access.VIEW)
    below = org.visible_units(request.user).filter(parent=unit.uid, last_day=None)
    return unit, list(below.order_by("path").values_list("uid", "name"))


def narrowed(unit: Unit, below: Below, asked: filters.Asked) -> Unit:
    """Return the unit chosen below (one query), else the unit itself."""
    return Unit.objects.get(uid=asked.under) if asked.under in dict(below) else unit


@login_required
@require_safe
def listed(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit, below = list_unit(request, unit_uid)
    asked = filters.read(request.GET)
    here = narrowed(unit, below, asked)
    doors.not_hidden(request.user, here)
    context = {
        "unit": unit, "below": below, "asked": asked, "said": asked.said, "query": asked.query,
        "listed": lists.listed(
            request.user, here, asked.filters, filters.offset_of(request.GET)
        ),
        "state_names": filters.state_names(), "page": lists.PAGE, "most": lists.MOST_ROWS,
        **words(),
    }  # fmt: skip
    return render(request, "opinions/list.html", context)


@login_required
@require_safe
def late(request: UserRequest, unit_uid: str) -> HttpResponse:
    """What is late on desks under a unit: to the office an offer of help, to the head what is told.

    A page, and the piece of it that other pages load.
    """
    unit = unit_for(request.user, unit_uid, access.ROUTE)
    head = org.may(request.user, access.SIGN, unit.path)
    found = helping.late(request.user, unit, lists.HEAD if head else lists.HELP)
    context = {"unit": unit, "late": found, "head": head, **words()}
    template = "opinions/_late.html" if asked_by_htmx(request) else "opinions/late.html"
    return render(request, template, context)
