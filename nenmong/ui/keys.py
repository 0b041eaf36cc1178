"""The key of a form: sent twice, it is answered alike and done once."""

import secrets

from django.http import HttpRequest

from nenmong.core.actions import MAX_KEY
from nenmong.core.rules import clean


def new_key() -> str:
    """Return a key for one form."""
    return secrets.token_urlsafe(12)


def key_of(request: HttpRequest) -> str:
    """Return the key that came with a form, as it fits into its column on both engines."""
    return clean(request.POST.get("key", ""))[:MAX_KEY]
