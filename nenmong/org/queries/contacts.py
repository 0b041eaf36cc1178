"""How people are reached: members of a roll, and who follows a unit. Never a list of everyone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nenmong.org.models import Following, Member, Membership, Post, in_force


@dataclass(frozen=True)
class Contact:
    """A person and how they are reached, as far as known."""

    member_uid: str
    name: str
    phone: str = ""
    email: str = ""


def contacts(member_uids: Iterable[str]) -> dict[str, Contact]:
    """Return how these members are reached, by uid. One query."""
    rows = Member.objects.filter(uid__in=list(member_uids))
    return {row[0]: Contact(*row) for row in rows.values_list("uid", "full_name", "phone", "email")}


def followers(unit_uid: str, day: date) -> list[Contact]:
    """Return who follows a whole unit on `day`, by given name. One query."""
    rows = Following.objects.filter(in_force(day), unit=unit_uid, group_uid=None)
    people = rows.order_by("member__name_key", "member_id").values_list(
        "member_id", "member__full_name", "member__phone", "member__email"
    )
    return [Contact(*row) for row in dict.fromkeys(people)]


def member_here(user_uid: str, unit_uid: str, day: date) -> str | None:
    """Return which member of a cell signs in with this account on `day`. One query."""
    rows = Membership.objects.on(day).filter(unit=unit_uid, member__user=user_uid)
    return rows.values_list("member_id", flat=True).first()


def seated_here(user_uid: str, unit_uid: str, day: date, roles: Iterable[str]) -> str | None:
    """Return which holder of one of these posts signs in with this account on `day`. One query."""
    rows = Post.objects.filter(
        in_force(day), unit=unit_uid, role__in=list(roles), member__user=user_uid
    )
    return rows.values_list("member_id", flat=True).first()
