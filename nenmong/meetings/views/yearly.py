"""The plan of a year: a cell's own, and for the office above those of its cells."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.meetings import actions, doors, forms, queries
from nenmong.meetings.models import PlannedTopic
from nenmong.meetings.queries import numbers as of_documents
from nenmong.meetings.queries.yearly import PAGE, PlanSheet
from nenmong.meetings.rules.yearly import Stretch
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook
from nenmong.ui import formats, sheets
from nenmong.ui.keys import key_of, new_key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EVERY = "meetings.thematic.every_months"
ROMAN = ("", "I", "II", "III", "IV")
YEARS = range(2000, 2201)


def _unit_for(request: UserRequest, uid: str, permission: str) -> Unit:
    unit = get_object_or_404(access.visible_units(request.user), uid=uid)
    access.require(request.user, permission, unit)
    return unit


def _topic_for(request: UserRequest, uid: str) -> PlannedTopic:
    return doors.topic_for(request.user, uid)


def _to(unit_uid: str, year: int) -> HttpResponse:
    return redirect("meetings:year_plan", unit_uid, year)


def _of_years(year: int) -> None:
    if year not in YEARS:
        raise Http404


def stretch_name(stretch: Stretch) -> str:
    """Return how a stretch of months is called: "quý II", "tháng 1", "tháng 1 – tháng 6"."""
    if stretch.quarter:
        return _("quarter %(number)s") % {"number": ROMAN[stretch.quarter]}
    months = dict.fromkeys(formats.month_name(day) for day in (stretch.first, stretch.last))
    return " – ".join(months)


def _month_of(request: UserRequest, year: int) -> date:
    """Return the month chosen in a form; another than 1 to 12 is the year's first."""
    number = forms.read_count(request.POST.get("month", ""), _("Month"))
    return date(year, number if 1 <= number <= 12 else 1, 1)  # noqa: PLR2004 -- of a year


def _rules(unit: Unit, year: int) -> dict[str, Any]:
    today = clock.today()
    day = today if year == today.year else date(year, 1, 1)
    book = rulebook.book_now(unit, day)
    fixed = book.rule("meetings.regular.fixed_day")
    return {"every": book.rule(EVERY), "fixed": fixed}


@login_required
@require_safe
def page(request: UserRequest, unit_uid: str, year: int) -> HttpResponse:
    unit = _unit_for(request, unit_uid, "meetings.agenda")
    _of_years(year)
    rules = _rules(unit, year)
    sheet = queries.yearly.sheet(unit, year, rules["every"].value)
    context = {
        "unit": unit, "year": year, "sheet": sheet, **rules,
        "missing": [stretch_name(one) for one in sheet.missing],
        "months": [(n, formats.month_name(date(year, n, 1))) for n in range(1, 13)],
        "may_prepare": access.may(request.user, "meetings.prepare", unit.path),
        "key": new_key(),
        "number": of_documents.number_of(sheet.plan.uid) if sheet.plan else None,
    }  # fmt: skip
    return render(request, "meetings/year_plan.html", context)


@login_required
@require_POST
def number(request: UserRequest, unit_uid: str, year: int) -> HttpResponse:
    _unit_for(request, unit_uid, "meetings.prepare")
    _of_years(year)
    actions.number_year_plan(actor=request.user, unit_uid=unit_uid, year=year)
    return _to(unit_uid, year)


@login_required
@require_POST
def add(request: UserRequest, unit_uid: str, year: int) -> HttpResponse:
    _unit_for(request, unit_uid, "meetings.prepare")
    _of_years(year)
    actions.plan_topic(
        actor=request.user, key=key_of(request), unit_uid=unit_uid, month=_month_of(request, year),
        title=request.POST.get("title", ""), presenter=request.POST.get("presenter", ""),
    )  # fmt: skip
    return _to(unit_uid, year)


@login_required
@require_POST
def change(request: UserRequest, uid: str) -> HttpResponse:
    plan = _topic_for(request, uid).plan
    actions.change_topic(
        actor=request.user, topic_uid=uid, month=_month_of(request, plan.year),
        title=request.POST.get("title", ""), presenter=request.POST.get("presenter", ""),
    )  # fmt: skip
    return _to(plan.unit_id, plan.year)


@login_required
@require_POST
def drop(request: UserRequest, uid: str) -> HttpResponse:
    plan = _topic_for(request, uid).plan
    actions.drop_topic(actor=request.user, topic_uid=uid)
    return _to(plan.unit_id, plan.year)


@login_required
@require_POST
def note(request: UserRequest, unit_uid: str, year: int) -> HttpResponse:
    _unit_for(request, unit_uid, "meetings.prepare")
    _of_years(year)
    words = request.POST.get("note", "")
    actions.note_year_plan(actor=request.user, unit_uid=unit_uid, year=year, note=words)
    return _to(unit_uid, year)


@login_required
@require_POST
def report(request: UserRequest, unit_uid: str, year: int) -> HttpResponse:
    _unit_for(request, unit_uid, "meetings.prepare")
    _of_years(year)
    actions.report_year_plan(actor=request.user, unit_uid=unit_uid, year=year)
    return _to(unit_uid, year)


def _below(request: UserRequest, unit_uid: str, year: int) -> dict[str, Any]:
    unit = _unit_for(request, unit_uid, "meetings.view")
    _of_years(year)
    offset = forms.read_count(request.GET.get("tu", ""), "tu")
    rules = _rules(unit, year)
    rows, more = queries.yearly.below(request.user, unit, year, rules["every"].value, offset)
    return {
        "unit": unit, "year": year, "rows": rows, "offset": offset,
        "following": offset + PAGE if more else 0, "every": rules["every"],
        "reported": sum(row.reported for row in rows), "state_of": state_of,
        "lacks": lambda row: ", ".join(stretch_name(one) for one in row.missing),
    }  # fmt: skip


def state_of(row: PlanSheet) -> tuple[str, str]:
    """Return how a plan stands: the kind of its sign, and the words."""
    if not row.reported:
        return "todo", _("not reported")
    if row.changed_since:
        return "soon", _("changed since it was reported")
    return "done", _("reported")


@login_required
@require_safe
def below(request: UserRequest, unit_uid: str, year: int) -> HttpResponse:
    return render(request, "meetings/year_plans.html", _below(request, unit_uid, year))


@login_required
@require_safe
def below_xlsx(request: UserRequest, unit_uid: str, year: int) -> HttpResponse:
    shown = _below(request, unit_uid, year)
    heads = [
        _("Cell"),
        _("State"),
        _("Reported on"),
        _("Month"),
        _("Topic"),
        _("What became of it"),
    ]
    rows = []
    for row in shown["rows"]:
        plan = row.plan
        on = formats.day(plan.reported_at) if plan and plan.reported_at else ""
        own = [row.unit_name, state_of(row)[1], on]
        rows += [
            [
                *own, formats.month_year(one.topic.month), one.topic.title,
                str(one.meeting.get_status_display()) if one.meeting else "",
            ]
            for one in row.topics
        ] or [[*own, "", "", ""]]  # fmt: skip
    answer = HttpResponse(sheets.write_xlsx(heads, rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="ke-hoach-nam-{year}.xlsx"'
    return answer
