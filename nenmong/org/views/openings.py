"""Opening a unit's records to one person by exception."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from nenmong.accounts.requests import UserRequest
from nenmong.org import actions
from nenmong.org.models import Opening
from nenmong.org.views.doors import typed_day, unit_for
from nenmong.ui.keys import key_of

PERMISSION = "org.open_by_exception"


@login_required
@require_POST
def open_unit(request: UserRequest, uid: str) -> HttpResponse:
    unit, post = unit_for(request, uid, PERMISSION), request.POST
    actions.open_by_exception(
        actor=request.user, key=key_of(request), unit_uid=unit.uid,
        username=post.get("username", ""), reason=post.get("reason", ""),
        last_day=typed_day(request, "last_day"),
    )  # fmt: skip
    return redirect("org:charge", unit.uid)


@login_required
@require_POST
def close_unit(request: UserRequest, uid: str) -> HttpResponse:
    opening = get_object_or_404(Opening, uid=uid)
    unit_for(request, opening.unit_id, PERMISSION)
    actions.close_opening(actor=request.user, opening_uid=opening.uid)
    return redirect("org:charge", opening.unit_id)
