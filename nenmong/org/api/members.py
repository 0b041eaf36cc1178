"""Members: the roll of a cell, one member, and each change of what is known of them."""

from typing import Any

from ninja import Router, Status

from nenmong.accounts.models import User
from nenmong.accounts.requests import ApiRequest
from nenmong.core import clock
from nenmong.org import access, actions, doors
from nenmong.org.api.shapes import (
    EndIn,
    Listed,
    MemberIn,
    MemberOut,
    MoveIn,
    NewMemberIn,
    RollLineOut,
    StatusIn,
)
from nenmong.org.queries import reach
from nenmong.ui.api import Key, Page, Uid, page_of

router = Router(tags=["members"])


def _told(actor: User, uid: str) -> dict[str, Any]:
    """Return a member as `actor` may know them: contacts only to who manages members there."""
    member, place = doors.member_for(actor, uid, "org.view_members")
    managed = access.may(actor, "org.manage_members", place.unit.path)
    return {
        "uid": member.uid,
        "full_name": member.full_name,
        "contact": member if managed else None,
        "memberships": list(member.memberships.order_by("-first_day", "-uid")),
        "posts": list(member.posts.select_related("member").order_by("-first_day", "-uid")),
    }


@router.get("/units/{uid:uid}/members", response=Page[RollLineOut], operation_id="org_list_members")
def list_members(request: ApiRequest, uid: Uid, listing: Listed) -> dict[str, Any]:
    """The roll of a cell on a day, or the rolls of all cells below a unit."""
    actor = request.auth
    unit = doors.unit_for(actor, uid, "org.view_members")
    day = None if listing.ever else listing.day or clock.today()
    rows = reach.memberships_in_reach(actor, unit, day, below=listing.below)
    return page_of(rows, listing.after, listing.limit)


@router.post("/units/{uid:uid}/members", response={201: MemberOut}, operation_id="org_add_member")
def add_member(
    request: ApiRequest, uid: Uid, key: Key, said: NewMemberIn
) -> Status[dict[str, Any]]:
    """Enter a member on a cell's roll."""
    actor = request.auth
    unit = doors.unit_for(actor, uid, "org.manage_members")
    made = actions.add_member(
        actor=actor, key=key, unit_uid=unit.uid, full_name=said.full_name,
        status=said.status.value, first_day=said.first_day, birth_year=said.birth_year,
    )  # fmt: skip
    return Status(201, _told(actor, made.uid))


@router.get("/members/{uid:uid}", response=MemberOut, operation_id="org_show_member")
def show_member(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """One member."""
    return _told(request.auth, uid)


@router.put("/members/{uid:uid}", response=MemberOut, operation_id="org_change_member")
def change_member(request: ApiRequest, uid: Uid, key: Key, said: MemberIn) -> dict[str, Any]:
    """Mend what is known of a member; a roll kept by a meeting keeps the name it was taken with."""
    actor = request.auth
    member, _place = doors.member_for(actor, uid, "org.manage_members")
    actions.change_member(
        actor=actor, key=key, member_uid=member.uid, full_name=said.full_name,
        birth_year=said.birth_year, phone=said.phone, email=said.email,
    )  # fmt: skip
    return _told(actor, uid)


@router.post("/members/{uid:uid}/status", response=MemberOut, operation_id="org_change_status")
def change_status(request: ApiRequest, uid: Uid, key: Key, said: StatusIn) -> dict[str, Any]:
    """Change a member's status from a day on; earlier meetings keep the old one."""
    actor = request.auth
    member, _place = doors.member_for(actor, uid, "org.manage_members")
    actions.change_status(
        actor=actor, key=key, member_uid=member.uid, status=said.status.value,
        from_day=said.from_day,
    )  # fmt: skip
    return _told(actor, uid)


@router.post("/members/{uid:uid}/move", response=MemberOut, operation_id="org_move_member")
def move_member(request: ApiRequest, uid: Uid, key: Key, said: MoveIn) -> dict[str, Any]:
    """Let a member go to another cell from a day on, with the status they have."""
    actor = request.auth
    member, _place = doors.member_for(actor, uid, "org.manage_members")
    to = doors.unit_for(actor, said.unit, "org.manage_members")
    actions.move_member(
        actor=actor, key=key, member_uid=member.uid, unit_uid=to.uid, from_day=said.from_day
    )
    return _told(actor, uid)


@router.post("/members/{uid:uid}/end", response=MemberOut, operation_id="org_end_membership")
def end_membership(request: ApiRequest, uid: Uid, key: Key, said: EndIn) -> dict[str, Any]:
    """Take a member off their cell's roll after a day; earlier meetings keep them."""
    actor = request.auth
    member, _place = doors.member_for(actor, uid, "org.manage_members")
    actions.end_membership(actor=actor, key=key, member_uid=member.uid, last_day=said.last_day)
    return _told(actor, uid)
