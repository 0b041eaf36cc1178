"""The party groups of a cell, with who is in them and who follows them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nenmong.org.models import Following, Membership, PartyGroup, Unit, in_force


@dataclass(frozen=True)
class GroupRow:
    """A group that is there on a day."""

    uid: str
    name: str
    members: tuple[tuple[str, str], ...]  # (uid, name), by given name
    followers: tuple[str, ...]
    first_day: date
    last_day: date | None


def groups_of(unit: Unit, day: date) -> list[GroupRow]:
    """Return the groups of a cell on `day` and those to come, by name. Three queries."""
    members: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    roll = Membership.objects.on(day).filter(unit=unit).exclude(group_uid=None)
    named = roll.order_by("member__name_key").values_list(
        "group_uid", "member_id", "member__full_name"
    )
    for group, uid, name in named:
        members[group].append((uid, name))
    followers: dict[str | None, list[str]] = defaultdict(list)
    follows = Following.objects.filter(in_force(day), unit=unit).exclude(group_uid=None)
    for group, name in follows.values_list("group_uid", "member__full_name"):
        followers[group].append(name)
    lasting = Q(last_day=None) | Q(last_day__gte=day)
    rows = PartyGroup.objects.filter(lasting, unit=unit).order_by("name")
    return [
        GroupRow(row.uid, row.name, tuple(members[row.uid]), tuple(followers[row.uid]),
                 row.first_day, row.last_day)
        for row in rows
    ]  # fmt: skip
