"""A member's way in: the account, the printed sheet of codes, access given back."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.codes import codes_of
from nenmong.accounts.models import CodeSheet, User
from nenmong.accounts.requests import UserRequest
from nenmong.accounts.rules import printed_code
from nenmong.core import clock
from nenmong.org import actions
from nenmong.org.access import may_let_in
from nenmong.org.views.doors import member_for
from nenmong.ui.keys import key_of

SHOWN_FOR = timedelta(minutes=30)


@login_required
@require_POST
def give_account(request: UserRequest, uid: str) -> HttpResponse:
    who, _place = member_for(request, uid, "org.manage_members")
    actions.give_account(
        actor=request.user, member_uid=who.uid, username=request.POST.get("username", "")
    )
    messages.success(
        request,
        _("The account is open. Now print a sheet of codes, so that %(name)s can sign in.")
        % {"name": who.full_name},
    )
    return redirect(reverse("org:member", args=[who.uid]) + "#dang-nhap")


@login_required
@require_POST
def give_sheet(request: UserRequest, uid: str) -> HttpResponse:
    who, _place = member_for(request, uid, "accounts.restore")
    sheet = actions.give_sheet(actor=request.user, key=key_of(request), member_uid=who.uid)
    return redirect("org:sheet", sheet.uid)


@login_required
@require_POST
def restore(request: UserRequest, uid: str) -> HttpResponse:
    who, _place = member_for(request, uid, "accounts.restore")
    sheet = actions.restore_access(
        actor=request.user, key=key_of(request), user_uid=_account(who.user_id)
    )
    return redirect("org:sheet", sheet.uid)


@login_required
@require_POST
def pause(request: UserRequest, uid: str) -> HttpResponse:
    who, _place = member_for(request, uid, "accounts.restore")
    actions.pause_account(
        actor=request.user, user_uid=_account(who.user_id),
        paused=request.POST.get("paused") == "1",
    )  # fmt: skip
    return redirect("org:member", who.uid)


def _account(user_uid: str | None) -> str:
    """Return a member's account; who has none is not found by it."""
    return get_object_or_404(User, uid=user_uid or "").uid


@login_required
@require_safe
@never_cache
def sheet(request: UserRequest, uid: str) -> HttpResponse:
    """Show the codes to whoever had them made, for half an hour and before the first is used."""
    found = get_object_or_404(
        CodeSheet.objects.select_related("user"), uid=uid, made_by_uid=request.user.uid
    )
    too_late = found.made_at < clock.now() - SHOWN_FOR
    if found.ended_at or found.used or too_late or not may_let_in(request.user, found.user):
        raise Http404
    context = {
        "sheet": found,
        "person": found.user,
        "codes": [printed_code(code) for code in codes_of(found)],
        "address": request.build_absolute_uri("/"),
        "minutes": SHOWN_FOR.seconds // 60,
        "back": found.user.members.values_list("uid", flat=True).first(),
    }
    return render(request, "org/sheet.html", context)
