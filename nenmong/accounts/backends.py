"""Signing in with a code from a sheet: it is typed where the password goes."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import get_user_by_username
from django.http import HttpRequest

from nenmong.accounts import rules
from nenmong.accounts.actions import use_code
from nenmong.accounts.models import User
from nenmong.core.errors import NotAllowed


class SheetBackend(AuthenticationBackend):
    """Stands after the password's: what that one refused may be a code.

    Wrong codes are counted with wrong passwords, by the adapter.
    """

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, **credentials: Any
    ) -> User | None:
        code = rules.typed_code(str(credentials.get("password") or ""))
        name = str(credentials.get("username") or "")
        user: Any = get_user_by_username(name) if code and name else None  # as for a password
        if user is None or not user.is_active:
            return None
        try:
            sheet = use_code(actor=user, code=code)
        except NotAllowed:
            return None
        user.signed_in_with = sheet  # for the sentence that says how many are left
        found: User = user
        return found
