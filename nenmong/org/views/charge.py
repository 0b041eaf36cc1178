"""Who holds which post in a unit, and who follows it; now and before."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.org import access, actions, queries
from nenmong.org.actions.opening import MOST_DAYS
from nenmong.org.models import Following, Post
from nenmong.org.queries import told
from nenmong.org.rules import post_fits
from nenmong.org.views.doors import (
    chosen,
    following_for,
    last_day,
    post_for,
    typed_day,
    unit_for,
)
from nenmong.ui.keys import key_of, new_key
from nenmong.ui.reading import read_day


@login_required
@require_safe
def charge(request: UserRequest, uid: str) -> HttpResponse:
    unit = unit_for(request, uid, "org.view_members")
    actor = request.user
    roles = access.roles()
    givable = access.givable(actor, unit.path)
    may_follow = access.may(actor, "org.manage_following", unit.path)
    groups = queries.groups_of(unit, clock.today()) if unit.is_cell else []
    posts = queries.posts_ever(unit)
    context = {
        "unit": unit,
        "posts": posts,
        "by_administrator": told.marked(posts),
        "followings": queries.followings_ever(unit),
        "role_names": {code: role.name for code, role in roles.items()},
        "givable": [
            (code, role.name)
            for code, role in roles.items()
            if code in givable and post_fits(code, is_cell=unit.is_cell)
        ],
        "manners": Post.Manner.choices,
        "tiers": Following.Tier.choices,
        "may_follow": may_follow,
        "groups": [(row.uid, row.name) for row in groups if not row.last_day],
        "group_names": {row.uid: row.name for row in groups},
        "openings": queries.openings_of(unit, clock.today()),
        "may_open": access.may(actor, "org.open_by_exception", unit.path),
        "most_days": MOST_DAYS,
        "name": _name(request),
        "people": queries.people_at(unit, _name(request)) if givable else [],
        "followers": queries.people_above(unit, groups=bool(groups)) if may_follow else [],
        "key": new_key(),
    }
    return render(request, "org/charge.html", context)


def _name(request: UserRequest) -> str:
    """Return the part of a name by which someone is looked for."""
    return request.GET.get("ten", "")[:100]


def _who(request: UserRequest, among: list[tuple[str, str]]) -> str:
    """Return who was chosen; who is not offered here does not exist here."""
    uid = chosen(request, "member", _("Choose from the list who it is."))
    if uid not in dict(among):
        raise Http404
    return uid


@login_required
@require_POST
def give(request: UserRequest, uid: str) -> HttpResponse:
    unit = unit_for(request, uid, "org.give_posts")
    post = request.POST
    actions.give_post(
        actor=request.user, key=key_of(request), unit_uid=unit.uid,
        member_uid=_who(request, queries.people_at(unit, _name(request))),
        role=post.get("role", ""),
        title=post.get("title", ""), first_day=typed_day(request, "day"),
        term=actions.Term(
            read_day(post.get("last_day", "")), post.get("manner", ""), post.get("term", "")
        ),
    )  # fmt: skip
    return redirect("org:charge", unit.uid)


@login_required
@require_POST
def follow(request: UserRequest, uid: str) -> HttpResponse:
    unit = unit_for(request, uid, "org.manage_following")
    post = request.POST
    actions.follow(
        actor=request.user, key=key_of(request), unit_uid=unit.uid,
        member_uid=_who(request, queries.people_above(unit, groups=bool(post.get("group")))),
        tier=post.get("tier", ""),
        first_day=typed_day(request, "day"), last_day=read_day(post.get("last_day", "")),
        group_uid=post.get("group") or None,
    )  # fmt: skip
    return redirect("org:charge", unit.uid)


@login_required
@require_POST
def end_post(request: UserRequest, uid: str) -> HttpResponse:
    post = post_for(request, uid, "org.give_posts")
    actions.end_post(actor=request.user, post_uid=post.uid, last_day=last_day(request))
    return redirect("org:charge", post.unit_id)


@login_required
@require_POST
def unfollow(request: UserRequest, uid: str) -> HttpResponse:
    row = following_for(request, uid, "org.manage_following")
    actions.unfollow(actor=request.user, following_uid=row.uid, last_day=last_day(request))
    return redirect("org:charge", row.unit_id)
