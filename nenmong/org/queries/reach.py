"""What stands in someone's reach, as rows a page of a list is cut from; what the API lists."""

from datetime import date

from django.db.models import Q, QuerySet

from nenmong.core.audit import Actor
from nenmong.org import access
from nenmong.org.models import (
    Following,
    Membership,
    MembershipQuerySet,
    Post,
    Unit,
    UnitQuerySet,
    in_force,
)


def _place(actor: Actor, unit: Unit, *, below: bool) -> Q:
    """Return the condition that a row is of `unit`, or below it as far as `actor` sees members."""
    if not below:
        return Q(unit=unit)
    seen = access.scope(actor, "org.view_members", path="unit__path")
    return Q(unit__path__under=unit.path) & seen


def units_in_reach(actor: Actor, under: Unit | None) -> UnitQuerySet:
    """Return the units that exist for `actor`, those that have ended too."""
    rows = access.visible_units(actor)
    return rows.under(under.path) if under else rows


def memberships_in_reach(
    actor: Actor, unit: Unit, day: date | None, *, below: bool
) -> MembershipQuerySet:
    """Return who is on a roll on `day`, with their names; on any day: None."""
    rows = Membership.objects.filter(_place(actor, unit, below=below)).select_related("member")
    return rows.on(day) if day else rows


def posts_in_reach(actor: Actor, unit: Unit, day: date | None, *, below: bool) -> QuerySet[Post]:
    """Return the posts held on `day`, with who holds them; on any day: None."""
    rows = Post.objects.filter(_place(actor, unit, below=below)).select_related("member")
    return rows.filter(in_force(day)) if day else rows


def followings_in_reach(
    actor: Actor, unit: Unit, day: date | None, *, below: bool
) -> QuerySet[Following]:
    """Return who follows what on `day`, with their names; on any day: None."""
    rows = Following.objects.filter(_place(actor, unit, below=below)).select_related("member")
    return rows.filter(in_force(day)) if day else rows
