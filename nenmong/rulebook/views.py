"""The rules that hold in a unit, with their sources, its own set and ended; the working days."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.workdays import FIRST, LAST
from nenmong.org import access
from nenmong.org.doors import unit_for
from nenmong.org.models import Unit
from nenmong.rulebook import actions, queries, rules
from nenmong.rulebook.models import UnitRule
from nenmong.rulebook.sentences import bounds, in_order, name_of
from nenmong.ui.keys import key_of, new_key
from nenmong.ui.reading import read_day

FIELDS = ("rule", "value", "day", "document", "short")


@login_required
@require_safe
def rules_of(request: UserRequest, uid: str) -> HttpResponse:
    return _page(request, _unit(request, uid), {})


def _unit(request: UserRequest, uid: str, permission: str = "org.view_unit") -> Unit:
    return unit_for(request.user, uid, permission)


def _page(request: UserRequest, unit: Unit, typed: dict[str, str], error: str = "") -> HttpResponse:
    day = read_day(request.GET.get("ngay", "")) or clock.today()
    book = queries.book(unit.uid, day)
    past = queries.history(unit, clock.today())
    context = {
        "unit": unit,
        "day": day,
        "rules": [
            (name_of(key), book.rule(key), key in book.own) for key in in_order(queries.rule_keys())
        ],
        "history": [(name_of(one.row.key), _said(one.row), one) for one in past],
        "may_set": access.may(request.user, actions.PERMISSION, unit.path),
        "settable": [(key, name_of(key)) for key in in_order(rules.SETTINGS)],
        "bounds": [(name_of(key), bounds(key)) for key in in_order(rules.SETTINGS)],
        "typed": typed,
        "error": error,
        "begins": _next_month(clock.today()),
    }
    return render(request, "rulebook/rules.html", context, status=422 if error else 200)


def _said(row: UnitRule) -> str:
    """Return a value of a rule as it is shown; of one no longer settable, as it is kept."""
    return rules.shown(row.key, row.value) if row.key in rules.SETTINGS else str(row.value)


def _next_month(today: date) -> date:
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def _typed(request: UserRequest) -> dict[str, str]:
    return {name: clean(request.POST.get(name, ""))[:400] for name in FIELDS}


@login_required
@require_POST
def look(request: UserRequest, uid: str) -> HttpResponse:
    """Show whom a rule would touch, before it is set."""
    unit, typed = _unit(request, uid, actions.PERMISSION), _typed(request)
    first_day = read_day(typed["day"]) or _next_month(clock.today())
    try:
        value = actions.checked(unit, typed["rule"], typed["value"])
        actions.checked_day(first_day)
        document = actions.checked_document(typed["document"])
    except DomainError as error:
        return _page(request, unit, typed, str(error.message))
    key = typed["rule"]
    context: dict[str, Any] = {
        "unit": unit,
        "name": name_of(key),
        "now": queries.book(unit.uid, first_day).rule(key),
        "value": rules.shown(key, value),
        "document": document,
        "first_day": first_day,
        "touched": queries.touched(unit, key, first_day),
        "typed": typed,
        "key": new_key(),
    }
    return render(request, "rulebook/look.html", context)


@login_required
@require_POST
def put(request: UserRequest, uid: str) -> HttpResponse:
    unit, typed = _unit(request, uid, actions.PERMISSION), _typed(request)
    try:
        actions.set_rule(
            actor=request.user, key=key_of(request), unit_uid=unit.uid, rule=typed["rule"],
            typed=typed["value"], first_day=read_day(typed["day"]) or _next_month(clock.today()),
            document=typed["document"], short=typed["short"],
        )  # fmt: skip
    except DomainError as error:
        return _page(request, unit, typed, str(error.message))
    return redirect("rulebook:rules", unit.uid)


@login_required
@require_POST
def end(request: UserRequest, uid: str) -> HttpResponse:
    row = get_object_or_404(UnitRule, uid=uid)
    unit = _unit(request, row.unit_id, actions.PERMISSION)
    actions.end_rule(actor=request.user, rule_uid=row.uid)
    return redirect("rulebook:rules", unit.uid)


# ── working days ────────────────────────────────────────────────────────────────────────────

YEAR_DIGITS = 4


@login_required
@require_safe
def calendar(request: UserRequest) -> HttpResponse:
    """The days of a year that are set apart; whoever may, sets one otherwise."""
    return _calendar(request, _year(request.GET.get("nam", "")))


def _year(text: str) -> int:
    """Return the year asked for; this one where none that can be counted in is."""
    readable = text.isascii() and text.isdigit() and len(text) == YEAR_DIGITS
    return int(text) if readable and FIRST < int(text) < LAST else clock.today().year


def _calendar(request: UserRequest, year: int, **refused: Any) -> HttpResponse:
    context = {
        "year": year, "days": queries.year_days(year, get_language() or "vi"),
        "first": FIRST + 1, "last": LAST - 1, "typed": {}, "error": "",
        "may_set": access.may_somewhere(request.user, actions.CALENDAR), **refused,
    }  # fmt: skip
    return render(request, "rulebook/calendar.html", context, status=422 if refused else 200)


def _day(text: str) -> date:
    if day := read_day(text):
        return day
    raise DomainError("rulebook.no_day", _("Which day? Write it like 30/6/2026."))


@login_required
@require_POST
def set_day(request: UserRequest) -> HttpResponse:
    post, year = request.POST, clock.today().year
    if not access.may_somewhere(request.user, actions.CALENDAR):
        raise NotAllowed(
            "access.denied",
            _("You may not change the calendar. Ask the organisation board of the province."),
        )
    try:
        day = _day(post.get("day", ""))
        year = day.year
        works = post.get("works") == "1"
        actions.set_calendar_day(
            actor=request.user, day=day, works=works, name=post.get("name", "")
        )
    except NotAllowed:
        raise
    except DomainError as error:
        shown = year if FIRST < year < LAST else clock.today().year
        return _calendar(request, shown, typed=post.dict(), error=str(error.message))
    messages.success(request, _("Set. Clocks are counted by it from now on."))
    return redirect(f"{reverse('rulebook:calendar')}?nam={year}")
