"""For whom a person may raise something: members of a cell, of a group they follow."""

from collections.abc import Collection

from django.db.models import Value

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.opinions import access
from nenmong.org import access as org
from nenmong.org.models import Following, Membership, Unit, in_force


def for_whom(actor: Actor, unit: Unit) -> list[tuple[str, str]]:
    """Return (uid, name) of those `actor` may raise something for, by given name. Two queries.

    The whole roll for who keeps the cell's affairs; the group for who follows one. Nobody for a
    member: they raise what is their own.
    """
    today = clock.today()
    roll = Membership.objects.filter(in_force(today), unit=unit)
    if not org.may(actor, access.CELL, unit.path):
        groups = Following.objects.filter(
            in_force(today), unit=unit, member__user=actor.uid, group_uid__isnull=False
        )
        uids = list(groups.values_list("group_uid", flat=True))
        if not uids:
            return []
        roll = roll.filter(group_uid__in=uids)
    named = roll.exclude(member__user=actor.uid).order_by("member__name_key", "uid")
    return list(named.values_list("member_id", "member__full_name"))


def with_followed(actor: Actor, uids: Collection[str]) -> tuple[list[Unit], list[Unit]]:
    """Return these units, and the cells in which `actor` follows a party group today.

    One query for both: every landing page asks it.
    """
    follows = Following.objects.filter(
        in_force(clock.today()), member__user=actor.uid, group_uid__isnull=False
    )
    held = Unit.objects.filter(uid__in=uids).annotate(by_group=Value(0))
    followed = Unit.objects.filter(uid__in=follows.values("unit"), last_day=None)
    units: list[Unit] = []
    groups: list[Unit] = []
    for unit in held.union(followed.annotate(by_group=Value(1)), all=True):
        (groups if getattr(unit, "by_group", 0) else units).append(unit)
    return units, groups
