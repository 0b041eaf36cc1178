"""The members of a cell on a day, and one member."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.org import access, actions, queries
from nenmong.org.models import CELLS, MemberStatus, Unit
from nenmong.org.views.doors import (
    asked_day,
    chosen,
    last_day,
    member_for,
    typed_day,
    unit_for,
)
from nenmong.ui.keys import key_of, new_key
from nenmong.ui.reading import read_year


@login_required
@require_safe
def members(request: UserRequest, uid: str) -> HttpResponse:
    unit = unit_for(request, uid, "org.view_members")
    day = asked_day(request)
    rows = queries.members_on(unit, day)
    context = {
        "unit": unit,
        "day": day,
        "rows": rows,
        "due": sum(row.due for row in rows),
        "statuses": MemberStatus.choices,
        "may_manage": access.may(request.user, "org.manage_members", unit.path),
        "key": new_key(),
    }
    return render(request, "org/members.html", context)


@login_required
@require_POST
def add(request: UserRequest, uid: str) -> HttpResponse:
    unit = unit_for(request, uid, "org.manage_members")
    post = request.POST
    actions.add_member(
        actor=request.user, key=key_of(request), unit_uid=unit.uid,
        full_name=post.get("full_name", ""), status=post.get("status", ""),
        birth_year=read_year(post.get("birth_year", "")), first_day=typed_day(request, "day"),
    )  # fmt: skip
    return redirect("org:members", unit.uid)


@login_required
@require_safe
def member(request: UserRequest, uid: str) -> HttpResponse:
    who, place = member_for(request, uid)
    may_manage = access.may(request.user, "org.manage_members", place.unit.path)
    context = {
        "role_names": {code: role.name for code, role in access.roles().items()},
        "member": who,
        "place": place,
        "history": list(who.memberships.select_related("unit").order_by("-first_day")),
        "posts": list(who.posts.select_related("unit").order_by("-first_day")),
        "statuses": MemberStatus.choices,
        "may_manage": may_manage,
        "cells": _cells_beside(request, place.unit) if may_manage else [],
        "sign_in": queries.sign_in(request.user, who) if may_manage else None,
        "key": new_key(),
    }
    return render(request, "org/member.html", context)


def _cells_beside(request: UserRequest, unit: Unit) -> list[tuple[str, str]]:
    """Return the cells one may move a member to: those in reach, the nearest branch first."""
    reach = Unit.objects.filter(
        access.scope(request.user, "org.manage_members", path="path"),
        kind__in=CELLS, last_day=None,
    ).exclude(uid=unit.uid)  # fmt: skip
    near = reach.filter(parent=unit.parent_id).order_by("path")
    return [(one.uid, one.name) for one in near[:100]]


@login_required
@require_POST
def change(request: UserRequest, uid: str) -> HttpResponse:
    who, _place = member_for(request, uid, "org.manage_members")
    post = request.POST
    actions.change_member(
        actor=request.user, member_uid=who.uid, full_name=post.get("full_name", ""),
        birth_year=read_year(post.get("birth_year", "")), phone=post.get("phone", ""),
        email=post.get("email", ""),
    )  # fmt: skip
    return redirect("org:member", who.uid)


@login_required
@require_POST
def status(request: UserRequest, uid: str) -> HttpResponse:
    who, _place = member_for(request, uid, "org.manage_members")
    actions.change_status(
        actor=request.user, member_uid=who.uid, status=request.POST.get("status", ""),
        from_day=typed_day(request, "day"),
    )  # fmt: skip
    return redirect("org:member", who.uid)


@login_required
@require_POST
def move(request: UserRequest, uid: str) -> HttpResponse:
    who, _place = member_for(request, uid, "org.manage_members")
    to = chosen(request, "unit", _("Choose the cell the member goes to."))
    actions.move_member(
        actor=request.user, member_uid=who.uid, unit_uid=to, from_day=typed_day(request, "day"),
    )  # fmt: skip
    return redirect("org:member", who.uid)


@login_required
@require_POST
def end(request: UserRequest, uid: str) -> HttpResponse:
    who, _place = member_for(request, uid, "org.manage_members")
    actions.end_membership(actor=request.user, member_uid=who.uid, last_day=last_day(request))
    return redirect("org:member", who.uid)
