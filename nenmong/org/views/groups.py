"""The party groups of a cell: formed, joined, followed, ended."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.org import access, actions, queries
from nenmong.org.models import PartyGroup
from nenmong.org.views.doors import chosen, last_day, member_for, typed_day, unit_for
from nenmong.ui.keys import key_of, new_key


@login_required
@require_safe
def groups(request: UserRequest, uid: str) -> HttpResponse:
    unit = unit_for(request, uid, "org.view_members")
    rows = queries.members_on(unit, clock.today())
    context = {
        "unit": unit,
        "groups": queries.groups_of(unit, clock.today()),
        "free": [(row.uid, row.name) for row in rows if not row.group],
        "may_follow": access.may(request.user, "org.manage_following", unit.path),
        "may_manage": access.may(request.user, "org.manage_groups", unit.path),
        "key": new_key(),
    }
    return render(request, "org/groups.html", context)


@login_required
@require_POST
def form(request: UserRequest, uid: str) -> HttpResponse:
    unit = unit_for(request, uid, "org.manage_groups")
    actions.form_group(
        actor=request.user, key=key_of(request), unit_uid=unit.uid,
        name=request.POST.get("name", ""), first_day=typed_day(request, "day"),
    )  # fmt: skip
    return redirect("org:groups", unit.uid)


@login_required
@require_POST
def leave(request: UserRequest, uid: str) -> HttpResponse:
    who, place = member_for(request, uid, "org.manage_groups")
    actions.join_group(actor=request.user, member_uid=who.uid, group_uid=None)
    return redirect("org:groups", place.unit_id)


@login_required
@require_POST
def add(request: UserRequest, uid: str) -> HttpResponse:
    """Put someone into a group from the group's own form."""
    group = _group(request, uid)
    who, _place = member_for(
        request, chosen(request, "member", _("Choose from the list who it is.")),
        "org.manage_groups",
    )  # fmt: skip
    actions.join_group(actor=request.user, member_uid=who.uid, group_uid=group.uid)
    return redirect("org:groups", group.unit_id)


@login_required
@require_POST
def end(request: UserRequest, uid: str) -> HttpResponse:
    group = _group(request, uid)
    actions.end_group(actor=request.user, group_uid=group.uid, last_day=last_day(request))
    return redirect("org:groups", group.unit_id)


def _group(request: UserRequest, uid: str) -> PartyGroup:
    group = get_object_or_404(PartyGroup, uid=uid)
    unit_for(request, group.unit_id, "org.manage_groups")
    return group
