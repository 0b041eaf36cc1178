"""Tokens for the API: given by whoever runs the server, taken back at once."""

from django.utils.translation import gettext as _

from nenmong.accounts import tokens
from nenmong.accounts.models import ApiToken, User
from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.org import access


def person_named(username: str) -> User:
    """Return who signs in with this name.

    Raises:
        DomainError: `accounts.no_such_name`.
    """
    user = User.objects.filter(username=clean(username)).first()
    if user is None:
        raise DomainError(
            "accounts.no_such_name",
            _("Nobody signs in as %(name)s. Look at the spelling.") % {"name": username[:60]},
        )
    return user


@action
def make_token(*, actor: Actor, username: str, token: str, note: str = "") -> ApiToken:
    """Keep a new token, made by `accounts.tokens.new_token`, for a person; only its hash stays.

    The program's own only: whoever could give another's token could act as them, and a token asks
    for no second factor. So both need a hand on the server.

    Raises:
        NotAllowed: `actor` is not the program itself.
        DomainError: `accounts.no_such_name`, `accounts.account_closed`, `core.too_long`.
        ValueError: `token` is not made as tokens are.
    """
    if not getattr(actor, "is_program", False):
        raise NotAllowed("access.denied", _("Tokens are given on the server. Ask whoever runs it."))
    if not (prefix := tokens.token_prefix(token)):
        raise ValueError("This is no token.")
    user = person_named(username)
    if not user.is_active:
        raise DomainError(
            "accounts.account_closed",
            _("The account of %(name)s is closed, so a token would open nothing.")
            % {"name": user.full_name},
        )
    held = ApiToken.objects.filter(prefix=prefix, secret_hash=tokens.token_hash(token)).first()
    if held:
        return held
    made = ApiToken.objects.create(
        user=user, prefix=prefix, secret_hash=tokens.token_hash(token),
        note=fitting(clean(note), 60), made_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, "accounts.token_made", made, unit_path="", user_uid=user.uid)
    return made


@action
def revoke_token(*, actor: Actor, username: str, prefix: str) -> ApiToken:
    """Let a person's token open nothing from this moment on.

    Raises:
        NotAllowed: `actor` does not keep the installation.
        DomainError: `accounts.no_such_name`, `accounts.no_such_token`.
    """
    if not access.may(actor, "accounts.manage", access.EVERYWHERE):
        raise NotAllowed(
            "access.denied", _("Tokens are taken back by who keeps the installation. Ask there.")
        )
    user = person_named(username)
    token = ApiToken.objects.select_for_update().filter(user=user, prefix=clean(prefix)).first()
    if token is None:
        raise DomainError(
            "accounts.no_such_token",
            _("%(name)s has no token that begins so. Look at the list of tokens.")
            % {"name": user.full_name},
        )
    if token.revoked_at is not None:
        return token
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    audit.record(actor, "accounts.token_revoked", token, unit_path="", user_uid=user.uid)
    return token
