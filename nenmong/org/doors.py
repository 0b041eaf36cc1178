"""What every door here does first, page or API: does it exist for who asks, may they do this.

Outside of one's scope a thing does not exist (404); inside without the right, that is said (403).
"""

from django.shortcuts import get_object_or_404

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.org import access
from nenmong.org.models import Following, Member, Membership, Post, Unit


def unit_for(actor: Actor, uid: str, permission: str) -> Unit:
    """Return a unit as far as it exists for `actor` and they may do this there."""
    visible = access.visible_units(actor).select_related("parent")
    unit = get_object_or_404(visible, uid=uid)
    access.require(actor, permission, unit)
    return unit


def member_for(actor: Actor, uid: str, permission: str) -> tuple[Member, Membership]:
    """Return a member and their place on a roll today, else the latest, on the same terms."""
    rows = Membership.objects.filter(member=uid).select_related("member", "unit")
    today = clock.today()
    begun = rows.filter(first_day__lte=today).order_by("-first_day").first()
    place = begun or rows.order_by("first_day").first()
    here = access.visible_units(actor).filter(uid=place.unit_id) if place else Unit.objects
    get_object_or_404(here, uid=place.unit_id if place else "")
    assert place is not None  # noqa: S101 -- or it was not found
    access.require(actor, permission, place.unit)
    return place.member, place


def post_for(actor: Actor, uid: str, permission: str) -> Post:
    """Return a post, on the terms of the unit where it is held."""
    post = get_object_or_404(Post, uid=uid)
    unit_for(actor, post.unit_id, permission)
    return post


def following_for(actor: Actor, uid: str, permission: str) -> Following:
    """Return a following, on the terms of the unit that is followed."""
    row = get_object_or_404(Following, uid=uid)
    unit_for(actor, row.unit_id, permission)
    return row
