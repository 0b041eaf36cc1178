"""A unit as it was on any day."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.org import access, actions, queries
from nenmong.org.views.doors import asked_day, unit_for


@login_required
@require_safe
def sheet(request: UserRequest, uid: str) -> HttpResponse:
    """Name, kind, place, what stood under it, what it came from and went on in."""
    unit = unit_for(request, uid, "org.view_unit")
    day = asked_day(request)
    sheet = queries.unit_sheet(unit, day)
    # Who sees this unit alone reads the names below it, and has no page of theirs to open.
    below = [one.unit_id for one in sheet.under]
    visible = access.visible_units(request.user).filter(pk__in=below)
    context = {
        "unit": unit,
        "day": day,
        "sheet": sheet,
        "seen": set(visible.values_list("pk", flat=True)) if below else set(),
        "may_manage": access.may(request.user, "org.manage_units", unit.path),
    }
    return render(request, "org/unit_sheet.html", context)


@login_required
@require_POST
def codes(request: UserRequest, uid: str) -> HttpResponse:
    unit = unit_for(request, uid, "org.manage_units")
    actions.set_codes(
        actor=request.user, unit_uid=unit.uid, code=request.POST.get("code", ""),
        registry_code=request.POST.get("registry_code", ""),
    )  # fmt: skip
    return redirect("org:unit_sheet", unit.uid)
