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
    shown = queries.unit_sheet(unit, day)
    # A person of one unit sees what stands under it, and opens none of them.
    seen = access.visible_units(request.user).filter(pk__in=[one.unit_id for one in shown.under])
    context = {
        "unit": unit,
        "day": day,
        "sheet": shown,
        "opens": set(seen.values_list("pk", flat=True)),
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
