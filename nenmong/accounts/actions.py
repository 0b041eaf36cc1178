"""Changes to accounts; who may make them is asked above, where the posts are known."""

from collections.abc import Sequence
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nenmong.accounts import codes, rules
from nenmong.accounts.models import ApiToken, CodeSheet, User
from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed


@within_action
def open_account(
    actor: Actor, *, username: str, full_name: str, password: str, bucket: int, unit_path: str
) -> User:
    """Make an account for a person; whoever calls has already asked whether the actor may.

    Without a password one signs in with a code from a sheet.

    Raises:
        DomainError: `accounts.name_taken`, `accounts.odd_name`.
    """
    if not rules.is_name_to_sign_in(username):
        raise DomainError(
            "accounts.odd_name",
            _(
                "The sign-in name has a sign that some keyboards lack. "
                "Use letters, figures, dots and dashes, without blanks: hungnv."
            ),
        )
    if User.objects.filter(username__iexact=username).exists():
        raise name_taken(username)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username, password or None, full_name=full_name, bucket=bucket
            )
    except IntegrityError:  # two took the same name at once
        raise name_taken(username) from None
    audit.record(actor, "accounts.account_opened", user, unit_path=unit_path)
    return user


def name_taken(username: str) -> DomainError:
    """Return what is said of a name somebody signs in with already."""
    return DomainError(
        "accounts.name_taken",
        _("The sign-in name %(name)s is taken. Choose another one.") % {"name": username},
    )


@within_action
def make_sheet(actor: Actor, *, user: User, count: int, days: int) -> CodeSheet:
    """Give a person a new sheet of codes; the one before holds no longer."""
    end_sheets(user)
    return CodeSheet.objects.create(
        bucket=user.bucket, user=user, codes=count, made_at=clock.now(), made_by_uid=actor.uid,
        last_day=clock.today() + timedelta(days=days),
    )  # fmt: skip


@within_action
def end_sheets(user: User) -> None:
    """Let a person's sheet of codes hold no longer."""
    CodeSheet.objects.filter(bucket=user.bucket, user=user, ended_at=None).update(
        ended_at=clock.now()
    )


@within_action
def forget_ways_in(user: User) -> None:
    """End whatever an account was entered with: password, second factor, sessions, tokens.

    A session holds only as long as the password it began with.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=clock.now())


@action
def use_code(*, actor: User, code: str) -> CodeSheet:
    """Take a code of the person's own sheet, once.

    Raises:
        NotAllowed: `accounts.no_such_code`; the door says only that name or password is not right.
    """
    sheet, number = _spend([actor], code)
    audit.record(actor, "accounts.code_used", sheet, unit_path="", number=number + 1)
    return sheet


@within_action
def spend_code_of(users: Sequence[User], code: str) -> CodeSheet:
    """Take a code of one of these people's sheets, once: by it they agree to what another does.

    Raises:
        NotAllowed: `accounts.no_such_code`.
    """
    return _spend(users, code)[0]


def _spend(users: Sequence[User], code: str) -> tuple[CodeSheet, int]:
    """Mark a code as used on the sheet it stands on; return the sheet, and which code it was."""
    for user in users:
        sheet = (
            CodeSheet.objects.select_for_update()
            .filter(bucket=user.bucket, user=user, ended_at=None, last_day__gte=clock.today())
            .first()
        )
        number = rules.matching(codes.codes_of(sheet), sheet.used, code) if sheet else None
        if sheet is not None and number is not None:
            sheet.used |= 1 << number
            sheet.save(update_fields=["used"])
            return sheet, number
    raise NotAllowed("accounts.no_such_code", _("This code is not on the sheet, or was used."))
