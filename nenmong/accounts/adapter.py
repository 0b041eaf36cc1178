"""How allauth behaves here: accounts are given, never taken, and what it says is ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nenmong.accounts.models import CodeSheet, User
from nenmong.ui import formats


def _left(count: int) -> str:
    """Return what someone who came in with a code from a sheet needs to know next."""
    if count == 0:
        return gettext(
            "That was the last code of your sheet. Set a password of your own, "
            "or ask the office for a new sheet."
        )
    return ngettext(
        "Strike out the code you have used: %(count)s code is left on your sheet.",
        "Strike out the code you have used: %(count)s codes are left on your sheet.",
        count,
    ) % {"count": count}


def _tell_of_sheet(request: HttpRequest, user: Any) -> None:
    """Tell who comes by password that codes for their account were printed since the last time."""
    sheets = CodeSheet.objects.filter(bucket=user.bucket, user=user, ended_at=None)
    sheet = sheets.exclude(made_by_uid=user.uid).first()
    if sheet is None or (user.last_login and user.last_login >= sheet.made_at):
        return
    maker = User.objects.filter(uid=sheet.made_by_uid).first()
    said = gettext(
        "On %(day)s %(name)s printed codes to sign in to your account. "
        "If you did not ask for them, tell the office of the committee above."
    )
    messages.warning(
        request, said % {"day": formats.day(sheet.made_at), "name": maker or gettext("the office")}
    )


class Adapter(DefaultAccountAdapter):
    """Signs people in by name and password, and nothing else."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "The sign-in name or the password is not right. "
            "Please look at both and type the password again."
        ),
        "too_many_login_attempts": _(
            "The password was wrong several times. "
            "To keep the account safe, please wait five minutes, then try again."
        ),
        "enter_current_password": _("This is not the present password. Please type it again."),
        "incorrect_password": _("This is not the password. Please type it again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an account comes with a post."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passwords by the name alone: the library's own key holds the Host header.

        Whoever sends another port with each attempt would never be asked to wait.
        """
        return str(credentials.get("username", "")).strip().lower()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Let in by password or code; who came with a code is told how many are left."""
        user = super().authenticate(request, **credentials)
        if sheet := getattr(user, "signed_in_with", None):
            messages.success(request, _left(sheet.left))
        elif user is not None:
            _tell_of_sheet(request, user)
        return user

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where one lands with a new password: the first page, which says that it holds."""
        return self.get_login_redirect_url(request)
