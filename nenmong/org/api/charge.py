"""Who holds which post in a unit, and who follows it."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Status

from nenmong.accounts.requests import ApiRequest
from nenmong.core import clock
from nenmong.core.actions import answered
from nenmong.org import actions, doors
from nenmong.org.api.shapes import (
    EndIn,
    FollowingOut,
    Listed,
    NewFollowingIn,
    NewPostIn,
    PostOut,
)
from nenmong.org.models import Following, Post
from nenmong.org.queries import lists, reach
from nenmong.ui.api import Key, Page, Uid, page_of

router = Router(tags=["posts and following"])


@router.get("/units/{uid:uid}/posts", response=Page[PostOut], operation_id="org_list_posts")
def list_posts(request: ApiRequest, uid: Uid, listing: Listed) -> dict[str, Any]:
    """The posts of a unit on a day, or of all units below it."""
    actor = request.auth
    unit = doors.unit_for(actor, uid, "org.view_members")
    day = None if listing.ever else listing.day or clock.today()
    rows = reach.posts_in_reach(actor, unit, day, below=listing.below)
    return page_of(rows, listing.after, listing.limit)


@router.post("/units/{uid:uid}/posts", response={201: PostOut}, operation_id="org_give_post")
def give_post(request: ApiRequest, uid: Uid, key: Key, said: NewPostIn) -> Status[Post]:
    """Give a post: in a cell to one of its members, in a committee to one below or in it."""
    actor = request.auth
    unit = doors.unit_for(actor, uid, "org.give_posts")
    if not answered(actor, key):  # who has the post already is offered no more
        get_object_or_404(lists.post_candidates(unit), uid=said.member)
    made = actions.give_post(
        actor=actor, key=key, unit_uid=unit.uid, member_uid=said.member, role=said.role,
        title=said.title, first_day=said.first_day,
        term=actions.Term(said.last_day, said.manner.value, said.term),
    )  # fmt: skip
    return Status(201, made)


@router.post("/posts/{uid:uid}/end", response=PostOut, operation_id="org_end_post")
def end_post(request: ApiRequest, uid: Uid, key: Key, said: EndIn) -> Post:
    """Let a post, and the right it gives, end with a day; earlier where it ended later."""
    actor = request.auth
    post = doors.post_for(actor, uid, "org.give_posts")
    return actions.end_post(actor=actor, key=key, post_uid=post.uid, last_day=said.last_day)


@router.get(
    "/units/{uid:uid}/following", response=Page[FollowingOut], operation_id="org_list_following"
)
def list_following(request: ApiRequest, uid: Uid, listing: Listed) -> dict[str, Any]:
    """Who follows a unit on a day, or the units below it."""
    actor = request.auth
    unit = doors.unit_for(actor, uid, "org.view_members")
    day = None if listing.ever else listing.day or clock.today()
    rows = reach.followings_in_reach(actor, unit, day, below=listing.below)
    return page_of(rows, listing.after, listing.limit)


@router.post("/units/{uid:uid}/following", response={201: FollowingOut}, operation_id="org_follow")
def follow(request: ApiRequest, uid: Uid, key: Key, said: NewFollowingIn) -> Status[Following]:
    """Let who holds a post above follow a unit, or a party group in it."""
    actor = request.auth
    unit = doors.unit_for(actor, uid, "org.manage_following")
    if not answered(actor, key):
        candidates = lists.follower_candidates(unit, groups=bool(said.group))
        get_object_or_404(candidates, uid=said.member)
    made = actions.follow(
        actor=actor, key=key, unit_uid=unit.uid, member_uid=said.member, tier=said.tier.value,
        first_day=said.first_day, last_day=said.last_day, group_uid=said.group,
    )  # fmt: skip
    return Status(201, made)


@router.post("/following/{uid:uid}/end", response=FollowingOut, operation_id="org_unfollow")
def unfollow(request: ApiRequest, uid: Uid, key: Key, said: EndIn) -> Following:
    """Let a following end with a day; what it opened is closed with it."""
    actor = request.auth
    row = doors.following_for(actor, uid, "org.manage_following")
    return actions.unfollow(actor=actor, key=key, following_uid=row.uid, last_day=said.last_day)
