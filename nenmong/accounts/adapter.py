"""How allauth behaves here: accounts are given, never taken, and what it says is ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


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

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where one lands with a new password: the first page, which says that it holds."""
        return self.get_login_redirect_url(request)
