"""Reorganising from a page: write a plan, see what it does, carry it out, take it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.org import access, queries
from nenmong.org.actions import NewUnit, apply_plan, create_unit, draft_plan, undo_plan
from nenmong.org.actions.reorganising import UNDO_WITHIN
from nenmong.org.effects import effect
from nenmong.org.models import CELLS, Unit, UnitKind
from nenmong.org.rules import writing
from nenmong.org.views.doors import typed_day, unit_for
from nenmong.ui.keys import key_of, new_key
from nenmong.ui.reading import read_day

PERMISSION = "org.manage_units"


@login_required
@require_safe
def draft(request: UserRequest, uid: str) -> HttpResponse:
    """A form for one step, a text for many, and the plans that touched what lies below."""
    return _page(request, unit_for(request, uid, PERMISSION), {})


def _page(
    request: UserRequest, unit: Unit, typed: dict[str, object], error: str = ""
) -> HttpResponse:
    plans = queries.plans_below(unit)
    below = list(Unit.objects.filter(parent=unit, last_day=None).order_by("path"))
    known = access.visible_units(request.user).filter(last_day=None).exclude(kind__in=CELLS)
    beside = [one for one in known.order_by("path")[:200] if one.parent_id != unit.uid]
    context = {
        "unit": unit,
        "below": below,
        "targets": [("", _("none")), *((one.uid, one.name) for one in (*below, *beside))],
        "plans": plans,
        "undo_since": clock.now() - UNDO_WITHIN,
        "typed": typed,
        "kinds": [one for one in UnitKind.choices if one[0] != UnitKind.PROVINCIAL_COMMITTEE],
        "cell_kinds": queries.cell_kind_choices(),
        "key": new_key(),
        "error": error,
        "verbs": [
            (writing.MERGE, _("Merge the ticked units")),
            (writing.RENAME, _("Rename the ticked unit")),
            (writing.MOVE, _("Move the ticked units under another one")),
            (writing.DISSOLVE, _("End the ticked units")),
        ],
    }
    return render(request, "org/plan.html", context, status=422 if error else 200)


@login_required
@require_POST
def look(request: UserRequest, uid: str) -> HttpResponse:
    """What the plan would do; nothing is written."""
    unit = unit_for(request, uid, PERMISSION)
    typed: dict[str, object] = {name: request.POST.get(name, "") for name in request.POST}
    typed["units"] = request.POST.getlist("units")
    try:
        text = request.POST.get("text", "") or _written(request)
        made = draft_plan(request.user, text)
    except DomainError as error:
        if error.status != 422:  # noqa: PLR2004 -- what may not be is answered by the house
            raise
        return _page(request, unit, typed, str(error.message))
    context = {
        "unit": unit,
        "plan": made.plan,
        "lines": list(effect(made, brief=True)),
        "text": text,
    }
    return render(request, "org/plan_effect.html", context)


def _written(request: UserRequest) -> str:
    """Return the text of the plan that the form's fields say."""
    verb = request.POST.get("verb", "")
    if verb not in writing.VERBS:
        raise DomainError("org.plan_no_verb", _("Choose what is to happen with the units."))
    units = [clean(unit) for unit in request.POST.getlist("units")]
    if not units:
        raise DomainError("org.plan_no_unit", _("Tick the units that this is about."))
    if verb == writing.RENAME and len(units) > 1:
        raise DomainError("org.plan_one_unit", _("Rename one unit at a time: tick one."))
    day = read_day(request.POST.get("day", "")) or clock.today()
    return writing.written(
        name=clean(request.POST.get("name", "")), day=day, verb=verb, units=units,
        new_name=clean(request.POST.get("new_name", "")),
        into=clean(request.POST.get("into", "")),
    )  # fmt: skip


@login_required
@require_POST
def apply(request: UserRequest, uid: str) -> HttpResponse:
    unit = unit_for(request, uid, PERMISSION)
    done = apply_plan(actor=request.user, text=request.POST.get("text", ""))
    messages.success(request, _("The plan “%(name)s” is carried out.") % {"name": done.code})
    return redirect("plans:draft", unit.uid)


@login_required
@require_POST
def undo(request: UserRequest, uid: str, plan_uid: str) -> HttpResponse:
    unit = unit_for(request, uid, PERMISSION)
    plan = get_object_or_404(queries.plans_below(unit), uid=plan_uid)
    undo_plan(actor=request.user, plan_code=plan.code)
    messages.success(request, _("The plan “%(name)s” is taken back.") % {"name": plan.code})
    return redirect("plans:draft", unit.uid)


@login_required
@require_POST
def found(request: UserRequest, uid: str) -> HttpResponse:
    """Found one unit under this one."""
    unit, post = unit_for(request, uid, PERMISSION), request.POST
    kind = post.get("kind", "")
    said = NewUnit(
        kind=kind, name=post.get("unit_name", ""), locality=post.get("locality", ""),
        organization_name=post.get("organization_name", ""), code=clean(post.get("code", "")),
        cell_kind=post.get("cell_kind", "") if kind in CELLS else "",
    )  # fmt: skip
    made = create_unit(
        actor=request.user, key=key_of(request), parent_uid=unit.uid, unit=said,
        first_day=typed_day(request, "first_day"),
    )  # fmt: skip
    return redirect("home:unit", made.uid)
