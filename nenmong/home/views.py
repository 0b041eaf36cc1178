"""The page for a stranger, my work, and the home of a unit."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from nenmong.accounts.models import User
from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.directives.access import DRAFT as PAPERS
from nenmong.directives.queries import cell as documents
from nenmong.home import queries
from nenmong.home.queries import search as search_queries
from nenmong.meetings import forms
from nenmong.meetings.models.meeting import COMMITTEE
from nenmong.meetings.overview_sentences import SHAPES, kind_names, state_names
from nenmong.meetings.queries import by_month, joint, lists, overview, paper
from nenmong.meetings.rules import calendar
from nenmong.opinions.access import CELL
from nenmong.opinions.queries import raising, waiting
from nenmong.opinions.queries.lists import figures
from nenmong.org import access
from nenmong.org.models import CELLS, Unit
from nenmong.org.queries import cell_kind_name, told
from nenmong.ui import formats
from nenmong.ui.keys import new_key
from nenmong.ui.reading import read_day


@require_safe
def welcome(request: UserRequest) -> HttpResponse:
    """A stranger learns what this is; who is signed in goes on to their work."""
    if request.user.is_authenticated:
        return redirect("home:my_work")
    context = {
        "accounts": queries.demo_accounts() if settings.DEMO else [],
        "demo_password": settings.DEMO_PASSWORD,
    }
    return render(request, "home/welcome.html", context)


@login_required
@require_safe
def my_work(request: UserRequest) -> HttpResponse:
    actor = request.user
    held = [one for one in access.holdings(actor) if one.role not in access.INHERITED]
    units, followed = raising.with_followed(actor, {h.unit_uid for h in held})
    cells = [unit for unit in units if unit.is_cell]
    above: list[Unit] = []
    beside: list[Unit] = []
    for unit in units:
        if not unit.is_cell:
            sees = access.may(actor, "meetings.view", unit.path)
            (above if sees else beside).append(unit)
    if access.is_administrator(actor):
        beside += Unit.objects.filter(parent=None, last_day=None).order_by("path")
    helping = paper.given_to(actor.uid)
    papers = documents.waits_of([unit for unit in units if access.may(actor, PAPERS, unit.path)])
    opinions = {"papers": papers, "desks": waiting.on_desks(actor, units), "followed": followed}
    if beside and not above and not cells:
        context = {"units": beside, "cells": cells, "helping": helping, **opinions}
        return render(request, "home/units.html", context)
    if above:
        month = _month(request)
        offices = [queries.office_work(actor, unit, month) for unit in above]
        heads = [h.path for h in held if access.may(actor, "org.open_by_exception", h.path)]
        context = {
            "offices": offices, "cells": cells, "month": month, **_months(month),
            "helping": helping, **opinions,
            "told": told.given_by_administrators(heads) if heads else [],
            "role_names": {code: role.name for code, role in access.roles().items()},
        }  # fmt: skip
        return render(request, "home/office.html", context)
    decided = [unit for unit in cells if access.may(actor, CELL, unit.path)]
    waits = waiting.of_cells(decided) if decided else {}
    works = [queries.cell_work(actor, unit) for unit in cells]
    asked = joint.asked_of([work.unit.uid for work in works if work.may_prepare])
    context = {
        "works": works, "beside": beside, "helping": helping, "asked": asked, "waits": waits,
        **opinions,
    }  # fmt: skip
    return render(request, "home/my_work.html", context)


@login_required
@require_safe
def unit(request: UserRequest, uid: str) -> HttpResponse:
    actor = request.user
    here, children = _with_units_below(actor, uid)
    if not here.is_cell:
        month = _month(request)
        # Who may not see meetings finds the units, and nothing of what was held there.
        sees = access.may(actor, "meetings.view", here.path)
        office = queries.office_work(actor, here, month, _offset(request)) if sees else None
        if not sees:  # nor is there a list of the cells
            under = access.visible_units(actor).filter(parent=here, last_day=None)
            children = list(under.order_by("path"))
        context: dict[str, Any] = {
            "unit": here, "office": office, "month": month, "children": children,
        }  # fmt: skip
        context |= {
            "may_reorganise": access.may(actor, "org.manage_units", here.path),
            "may_see_members": access.may(actor, "org.view_members", here.path),
            "may_edit_kinds": access.may(actor, "org.edit_cell_kinds", here.path),
            "may_prepare": access.may(actor, "meetings.prepare", here.path),
            "has_own": access.may(actor, COMMITTEE, here.path),
        }
        return render(request, "home/unit_above.html", context | _months(month))
    own = access.may(actor, "meetings.agenda", here.path)
    may_prepare = access.may(actor, "meetings.prepare", here.path)
    course = overview.course(actor, here)
    context = {
        "unit": here,
        "cell_kind": cell_kind_name(here.cell_kind),
        "may_see_members": access.may(actor, "org.view_members", here.path),
        "course": course,
        "shapes": SHAPES,
        "state_words": state_names(),
        "kind_words": kind_names(),
        "sees": access.may(actor, "meetings.view", here.path),
        "own": own,
        "tasks": lists.open_tasks(uid) if own else [],
        "noted": lists.noted_states(uid) if own else {},
        # Tasks stand above already; here what else waits.
        "matters": [m for m in lists.waiting_matters(uid) if m.kind != "task"] if own else [],
        "may_prepare": may_prepare,
        "may_enter": access.may(actor, "meetings.enter", here.path),
        "older_months": _older_months(course),
        "asked": joint.asked_of([uid] if may_prepare else []),
        "key": new_key(),
        "opinions": figures(here, clock.today().replace(month=1, day=1)) if own else None,
        "year": clock.today().year,
    }
    return render(request, "home/unit.html", context)


@login_required
@require_safe
def months(request: UserRequest, uid: str) -> HttpResponse:
    """A committee's last 24 months: what its cells held, what it held itself.

    Its home asks for this piece once the list of cells is drawn; by itself it is a page.
    """
    actor = request.user
    here = get_object_or_404(access.visible_units(actor).select_related("parent"), uid=uid)
    access.require(actor, "meetings.view", here)
    if here.is_cell:  # whose home has its months
        return redirect("home:unit", uid)
    has_own = access.may(actor, COMMITTEE, here.path)
    context = {
        "unit": here,
        "years": by_month.by_month(here),
        "course": overview.course(actor, here) if has_own else None,
        "shapes": SHAPES,
        "state_words": state_names(),
        "kind_words": kind_names(),
    }
    piece = "home/_months.html" if request.htmx else "home/months.html"
    return render(request, piece, context)


@login_required
@require_safe
def next_meeting(request: UserRequest, uid: str) -> HttpResponse:
    """When a cell meets next: a piece that pages below load by `config.slots`, and a page."""
    actor = request.user
    here = get_object_or_404(access.visible_units(actor).select_related("parent"), uid=uid)
    access.require(actor, "meetings.view", here)
    if not here.is_cell:
        return redirect("home:unit", uid)
    meeting, day = queries.next_meeting(actor, here)
    context = {"unit": here, "meeting": meeting, "day": day}
    piece = "home/_next_meeting.html" if request.htmx else "home/next_meeting.html"
    return render(request, piece, context)


def _with_units_below(actor: User, uid: str) -> tuple[Unit, list[Unit]]:
    """Return a unit as far as it exists for who asks, and the committees directly under it.

    One query for both: the list of an office is opened often.
    """
    committees = Q(parent=uid, last_day=None) & ~Q(kind__in=CELLS)
    seen = access.visible_units(actor).filter(Q(uid=uid) | committees)
    found = list(seen.select_related("parent").order_by("path"))
    if not found or found[0].uid != uid:
        raise Http404
    return found[0], found[1:]


@login_required
@require_safe
def search(request: UserRequest) -> HttpResponse:
    q = request.GET.get("q", "")[:100]
    found = search_queries.search(request.user, q)
    short = len(found.words) < search_queries.LEAST
    return render(request, "home/search.html", {"q": q, "found": found, "short": short})


def _month(request: UserRequest) -> date:
    asked = read_day(request.GET.get("thang", ""))
    return calendar.month_of(asked or clock.today())


def _months(month: date) -> dict[str, date]:
    return {"before": calendar.previous_month(month), "after": calendar.next_month(month)}


def _older_months(course: overview.Course) -> list[tuple[str, str]]:
    """Return of this month and the twelve before it those without a meeting, to pick one from."""
    taken = {box.month for _year, boxes in course.years for box in boxes if box.row}
    months = [calendar.month_of(clock.today())]
    for _month_before in range(12):
        months.append(calendar.previous_month(months[-1]))
    return [
        (month.isoformat(), formats.month_year(month)) for month in months if month not in taken
    ]


def _offset(request: UserRequest) -> int:
    return forms.read_count(request.GET.get("tu", ""), "tu")
