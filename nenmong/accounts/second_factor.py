"""How the second factor behaves here: its secrets are kept encrypted, what it says is ours."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.core.errors import DomainError


def _fernet() -> Fernet:
    key = hashlib.sha256(f"nenmong.second-factor:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class Adapter(DefaultMFAAdapter):
    """Keeps what an application on the phone shares with us unreadable in a stolen database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code is not right, or its time has passed. "
            "Please type the one that the application shows now."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret.

        Raises:
            DomainError: `accounts.other_key`: the server has another key than when it was kept.
        """
        try:
            return _fernet().decrypt(encrypted_text.encode("ascii")).decode()
        except InvalidToken as error:
            raise DomainError(
                "accounts.other_key",
                _(
                    "The server has a new key, and the old second factor cannot be read with it. "
                    "Ask who keeps the accounts to give the access back."
                ),
            ) from error
