"""How a member signs in, as far as whoever manages members may know."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from nenmong.accounts.models import CodeSheet, User
from nenmong.accounts.rules import name_to_sign_in
from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.org import access
from nenmong.org.models import Administrator, Member, Membership, Unit, in_force


@dataclass(frozen=True)
class SignIn:
    """A member's account, or the name that one could be opened under."""

    suggested: str = ""
    username: str = ""
    paused: bool = False
    last_login: datetime | None = None
    sheet: CodeSheet | None = None  # the one that holds
    second_factor: bool = False  # asked for by a post
    may_let_in: bool = False


def sign_in(actor: Actor, member: Member) -> SignIn:
    """Return how a member signs in. At most three queries."""
    user = User.objects.filter(pk=member.user_id).first() if member.user_id else None
    if user is None:
        base = name_to_sign_in(member.full_name, [])
        taken = User.objects.filter(username__startswith=base).values_list("username", flat=True)
        return SignIn(suggested=name_to_sign_in(member.full_name, taken))
    open_ones = CodeSheet.objects.filter(bucket=user.bucket, user=user, ended_at=None)
    return SignIn(
        username=user.username,
        paused=not user.is_active,
        last_login=user.last_login,
        sheet=open_ones.first(),
        second_factor=access.needs_second_factor(user),
        may_let_in=access.may_let_in(actor, user),
    )


@dataclass(frozen=True)
class AccountRow:
    """An account as the keeper of the installation finds it."""

    uid: str
    username: str
    full_name: str
    paused: bool
    last_login: datetime | None
    member_uid: str | None
    cell: str


def keepers() -> list[Administrator]:
    """Return who keeps the installation, the longest first. One query."""
    today = in_force(clock.today())
    rows = Administrator.objects.filter(today).select_related("user")
    return list(rows.order_by("first_day", "uid"))


def accounts_named(name: str) -> list[AccountRow]:
    """Return up to 50 accounts whose name or sign-in name holds `name`. Two queries."""
    words = fold(name)
    found = User.objects.filter(
        Q(username__icontains=name.strip())
        | Q(pk__in=Member.objects.filter(name_fold__contains=words).values("user"))
        | Q(full_name__icontains=name.strip())
    )
    users = list(found.order_by("username")[:50])
    places = Membership.objects.filter(
        member__user__in=[user.uid for user in users], last_day=None
    ).values_list("member__user_id", "member_id", "unit__name")
    cells = {user: (member, cell) for user, member, cell in places}
    return [
        AccountRow(
            user.uid, user.username, user.full_name, not user.is_active, user.last_login,
            *cells.get(user.uid, (None, "")),
        )
        for user in users
    ]  # fmt: skip


def account_counts() -> dict[str, int]:
    """Return how many accounts there are, are paused, and have never signed in. One query."""
    return User.objects.aggregate(
        all=Count("pk"), paused=Count("pk", filter=Q(is_active=False)),
        never=Count("pk", filter=Q(last_login=None)),
    )  # fmt: skip


def roots() -> list[Unit]:
    """Return the provinces: the units under none. One query."""
    return list(Unit.objects.filter(parent=None, last_day=None).order_by("path"))
