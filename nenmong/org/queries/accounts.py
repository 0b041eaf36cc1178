"""How a member signs in, as far as whoever manages members may know."""

from dataclasses import dataclass
from datetime import datetime

from nenmong.accounts.models import CodeSheet, User
from nenmong.accounts.rules import name_to_sign_in
from nenmong.core.audit import Actor
from nenmong.org import access
from nenmong.org.models import Member


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
