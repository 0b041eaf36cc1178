"""Whose a task is, for the person signed in: their own, their party group's, their committee's."""

from dataclasses import dataclass

from nenmong.core.audit import Actor
from nenmong.meetings.models import Task
from nenmong.meetings.models.matter import OwnerKind
from nenmong.org import access
from nenmong.org.models import Membership, PartyGroup

# The posts that answer for what a committee was given to do.
SEATS = frozenset({"secretary", "deputy", "committee_member", "head"})


@dataclass(frozen=True)
class Owner:
    """All as whom a person owns tasks of one unit."""

    members: frozenset[str]
    groups: frozenset[str]
    of_committee: bool

    def owns(self, task: Task) -> bool:
        """Say whether a task of that unit is this person's to report."""
        match task.owner_kind:
            case OwnerKind.COMMITTEE:
                return self.of_committee
            case OwnerKind.GROUP:
                return task.owner_uid in self.groups
        return task.owner_uid in self.members  # by name; tasks of older meetings say no kind


def owner_in(actor: Actor, unit_uid: str) -> Owner:
    """Return as whom `actor` owns tasks of a unit. Two queries, one where they are in no group."""
    seats = {one.role for one in access.holdings(actor) if one.unit_uid == unit_uid}
    rows = list(
        Membership.objects.filter(member__user=actor.uid).values_list(
            "member_id", "group_uid", "last_day"
        )
    )
    # A group that ended with its cell still owns what it was given: whoever was in it at its end.
    wanted = {group for _member, group, _last in rows if group}
    ended = (
        dict(PartyGroup.objects.filter(uid__in=wanted).values_list("uid", "last_day"))
        if wanted
        else {}
    )
    groups = frozenset(
        group
        for _member, group, last in rows
        if group in ended and (last is None or ((end := ended[group]) and last >= end))
    )
    return Owner(frozenset(row[0] for row in rows), groups, bool(seats & SEATS))
