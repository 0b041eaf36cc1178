"""What a desk and an office look over: what lies here, a subtree's list, what is late below."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import NotAllowed
from nenmong.opinions import access, doors, filters
from nenmong.opinions.queries import helping, lists
from nenmong.opinions.queries.fields import fields_and_workdays
from nenmong.opinions.queries.shown import Sized, sized
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


def list_unit(request: UserRequest, uid: str) -> tuple[Unit, list[Sized]]:
    """Return the unit a list is of, on its terms, and those directly under it. One query."""
    seen = org.visible_units(request.user).filter(Q(uid=uid) | Q(parent=uid, last_day=None))
    rows = {row[0]: Sized._make(row) for row in sized(seen.order_by("path"))}
    if (here := rows.pop(uid, None)) is None:
        raise Http404
    unit = _unit(here)
    org.require(request.user, access.VIEW, unit)
    return unit, list(rows.values())


def _unit(one: Sized) -> Unit:
    """Return a unit of which these columns were read; Django reads another one when it is used."""
    read = {"uid": one.uid, "name": one.name, "path": one.path, "kind": one.kind}
    names = [field.attname for field in Unit._meta.concrete_fields if field.attname in read]
    return Unit.from_db(connection.alias, names, [read[name] for name in names])


def narrowed(unit: Unit, below: list[Sized], asked: filters.Asked) -> Unit:
    """Return the unit chosen below (one query), else the unit itself."""
    chosen = asked.under in {one.uid for one in below}
    return Unit.objects.get(uid=asked.under) if chosen else unit


@login_required
@require_safe
def listed(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit, below = list_unit(request, unit_uid)
    asked = filters.read(request.GET)
    here = narrowed(unit, below, asked)
    doors.not_hidden(request.user, here)
    known, days = fields_and_workdays()
    context = {
        "unit": unit, "below": [one[:2] for one in below], "asked": asked, "said": asked.said,
        "query": asked.query,
        "listed": lists.listed(
            request.user, here, asked.filters, filters.offset_of(request.GET), days=days,
            known=below,
        ),
        "state_names": filters.state_names(), "page": lists.PAGE, "most": lists.MOST_ROWS,
        **words(known),
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
