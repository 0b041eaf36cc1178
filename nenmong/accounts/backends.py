"""Signing in with a code from a sheet: it is typed where the password goes."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
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
        user = User.objects.filter(username=name, is_active=True).first() if code else None
        if user is None:
            return None
        try:
            sheet = use_code(actor=user, code=code)
        except NotAllowed:
            return None
        user.signed_in_with = sheet  # for the sentence that says how many are left
        return user
