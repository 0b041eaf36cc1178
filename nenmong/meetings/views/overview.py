"""Looking over meetings of many units: the list with its filters, the calendar of a month."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.rules import clean
from nenmong.meetings import forms
from nenmong.meetings.overview_sentences import SHAPES, kind_names, state_names
from nenmong.meetings.queries import overview
from nenmong.meetings.queries.overview import Filters
from nenmong.meetings.rules import calendar
from nenmong.meetings.rules import overview as rules
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.ui import formats

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Below = list[tuple[str, str, str]]  # uid, name, path
OFFERED_DAYS = 6  # meetings shown at once in a day of the calendar


def _place(request: UserRequest, uid: str) -> tuple[Unit, Below]:
    """Return the unit as far as it exists for who asks, and those directly under it. One query."""
    seen = access.visible_units(request.user).filter(Q(uid=uid) | Q(parent=uid, last_day=None))
    rows = list(seen.order_by("path").values_list("uid", "name", "path", "kind"))
    found = [Unit(uid=row[0], name=row[1], path=row[2], kind=row[3]) for row in rows[:1]]
    if not found or found[0].uid != uid:
        raise Http404
    access.require(request.user, "meetings.view", found[0])
    return found[0], [row[:3] for row in rows[1:]]


def _asked(request: UserRequest, below: Below) -> tuple[Filters, str]:
    """Return what the address asks for; what is none of what is offered asks nothing."""
    get = request.GET
    kind, state, under = get.get("loai", ""), get.get("trang-thai", ""), get.get("duoi", "")
    return (
        Filters(
            kind=kind if kind in kind_names() else "",
            state=state if state in rules.STATES else "",
            text=clean(get.get("chua", ""))[:100],
            own=under == "rieng",
        ),
        under if under == "rieng" or under in {uid for uid, _name, _path in below} else "",
    )


def _narrowed(unit: Unit, below: Below, under: str) -> Unit:
    """Return the unit a list is of: the one chosen below, else the unit itself."""
    for uid, name, path in below:
        if uid == under:
            return Unit(uid=uid, name=name, path=path)
    return unit


def _months(request: UserRequest) -> tuple[date | None, date | None]:
    """Return the months asked for: the last twelve and what is ahead where nothing is said."""
    get = request.GET
    usual = rules.months_back(calendar.month_of(clock.today()), 11)
    first = forms.read_month(get["tu-thang"]) if "tu-thang" in get else usual
    return first, forms.read_month(get.get("den-thang", ""))


@login_required
@require_safe
def meetings(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit, below = _place(request, unit_uid)
    asked, under = _asked(request, below)
    first, last = _months(request)
    asked = replace(asked, first=first, last=last)
    offset = forms.read_count(request.GET.get("tu", ""), "tu")
    listed = overview.listed(request.user, _narrowed(unit, below, under), asked, offset)
    said = {
        "duoi": under, "loai": asked.kind, "trang-thai": asked.state,
        "tu-thang": f"{first:%Y-%m}" if first else "", "den-thang": f"{last:%Y-%m}" if last else "",
        "chua": asked.text,
    }  # fmt: skip
    context: dict[str, Any] = {
        "unit": unit, "below": below, "said": said, "query": urlencode(said), "listed": listed,
        "kinds": kind_names(), "states": state_names(), "shapes": SHAPES, "page": overview.PAGE,
        "most": overview.MOST_ROWS,
    }  # fmt: skip
    return render(request, "meetings/meetings.html", context)


@login_required
@require_safe
def meetings_xlsx(request: UserRequest, unit_uid: str) -> HttpResponse:
    """The list under the same filters, all its pages in one."""
    from nenmong.meetings import list_file  # noqa: PLC0415 -- as with Word: most never write any

    unit, below = _place(request, unit_uid)
    asked, under = _asked(request, below)
    first, last = _months(request)
    asked = replace(asked, first=first, last=last)
    here = _narrowed(unit, below, under)
    listed = overview.listed(request.user, here, asked, most=overview.MOST_ROWS)
    title = _("Meetings of %(unit)s, on %(day)s: %(shown)s of %(total)s") % {
        "unit": here.name, "day": formats.day(clock.today()), "shown": len(listed.rows),
        "total": listed.total,
    }  # fmt: skip
    answer = HttpResponse(list_file.workbook(title, listed.rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="cac-buoi-{clock.today()}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_safe
def month(request: UserRequest, unit_uid: str) -> HttpResponse:
    unit, below = _place(request, unit_uid)
    asked, under = _asked(request, below)
    shown = forms.read_month(request.GET.get("thang", "")) or calendar.month_of(clock.today())
    here = _narrowed(unit, below, under)
    listed = overview.of_month(request.user, here, shown, asked)
    by_day: dict[date, list[overview.Row]] = defaultdict(list)
    for row in listed.rows:
        by_day[row.day].append(row)
    said = {"duoi": under, "loai": asked.kind, "trang-thai": asked.state}
    context: dict[str, Any] = {
        "unit": unit, "here": here, "below": below, "said": said, "query": urlencode(said),
        "month": shown, "before": calendar.previous_month(shown),
        "after": calendar.next_month(shown), "weeks": rules.weeks(shown), "by_day": by_day,
        "listed": listed, "offered": OFFERED_DAYS, "kinds": kind_names(), "states": state_names(),
        "shapes": SHAPES,
    }  # fmt: skip
    return render(request, "meetings/month.html", context)
