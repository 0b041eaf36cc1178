"""Keeping the installation: who does, whose accounts there are, which kinds of cell there are."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.models import User
from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import NotAllowed
from nenmong.core.rules import clean
from nenmong.org import access, actions, queries
from nenmong.org.models import UnitKind
from nenmong.org.views.doors import typed_day
from nenmong.ui.keys import key_of, new_key

# What an installation may be of: a province, or only a district or a commune that tries it.
ROOTS = (
    UnitKind.PROVINCIAL_COMMITTEE, UnitKind.DISTRICT_COMMITTEE, UnitKind.COMMUNE_COMMITTEE,
)  # fmt: skip


def _require(request: UserRequest, permission: str) -> None:
    if not access.may_somewhere(request.user, permission):
        raise NotAllowed(
            "access.denied", _("Only who keeps the installation, or is named for it, does this.")
        )


@login_required
@require_safe
def administration(request: UserRequest) -> HttpResponse:
    _require(request, "accounts.manage")
    name = clean(request.GET.get("q", ""))[:60]
    context = {
        "keepers": queries.keepers(),
        "q": name,
        "people": queries.accounts_named(name) if name.strip() else [],
        "counts": queries.account_counts(),
        "roots": queries.roots(),
        "root_kinds": [one for one in UnitKind.choices if one[0] in ROOTS],
        "key": new_key(),
    }
    return render(request, "org/administration.html", context)


@login_required
@require_POST
def found_root(request: UserRequest) -> HttpResponse:
    """Found the unit that stands under none; lists of what is below come from there."""
    _require(request, "org.found_province")
    post = request.POST
    said = actions.NewUnit(
        kind=post.get("kind", ""), name=post.get("name", ""), code=clean(post.get("code", "")),
        organization_name=post.get("organization_name", ""), locality=post.get("locality", ""),
    )  # fmt: skip
    made = actions.create_unit(
        actor=request.user, key=key_of(request), parent_uid=None, unit=said,
        first_day=typed_day(request, "day"),
    )  # fmt: skip
    return redirect("org_import:page", made.uid)


@login_required
@require_POST
def appoint(request: UserRequest) -> HttpResponse:
    _require(request, "accounts.manage")
    actions.appoint_administrator(
        actor=request.user, key=key_of(request), username=request.POST.get("username", ""),
        full_name=request.POST.get("full_name", ""),
    )  # fmt: skip
    return redirect("org:administration")


@login_required
@require_POST
def dismiss(request: UserRequest, uid: str) -> HttpResponse:
    _require(request, "accounts.manage")
    actions.dismiss_administrator(actor=request.user, administrator_uid=uid)
    return redirect("org:administration")


@login_required
@require_POST
def restore(request: UserRequest, uid: str) -> HttpResponse:
    _require(request, "accounts.manage")
    user = get_object_or_404(User, uid=uid)
    sheet = actions.restore_access(actor=request.user, key=key_of(request), user_uid=user.uid)
    return redirect("org:sheet", sheet.uid)


@login_required
@require_POST
def pause(request: UserRequest, uid: str) -> HttpResponse:
    _require(request, "accounts.manage")
    user = get_object_or_404(User, uid=uid)
    actions.pause_account(
        actor=request.user, user_uid=user.uid, paused=request.POST.get("paused") == "1"
    )
    return redirect("org:administration")


@login_required
@require_safe
def cell_kinds(request: UserRequest) -> HttpResponse:
    _require(request, "org.edit_cell_kinds")
    context = {
        "kinds": list(queries.cell_kinds().values()),
        "keeper": access.is_administrator(request.user),
        "key": new_key(),
    }
    return render(request, "org/cell_kinds.html", context)


@login_required
@require_POST
def set_cell_kind(request: UserRequest) -> HttpResponse:
    _require(request, "org.edit_cell_kinds")
    post = request.POST
    actions.set_cell_kind(
        actor=request.user, key=key_of(request), code=post.get("code", ""),
        name_vi=post.get("name_vi", ""),
        name_en=post.get("name_en", ""), retired=post.get("retired") == "on",
    )  # fmt: skip
    return redirect("org:cell_kinds")
