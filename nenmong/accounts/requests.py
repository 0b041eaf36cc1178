"""A request as our doors see it: signed in, and told apart by htmx."""

from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from nenmong.accounts.models import User


class UserRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User  # type: ignore[assignment]
    htmx: HtmxDetails


def actor_of(request: HttpRequest) -> User:
    """Return who acts in a request that has passed `login_required`."""
    return cast(User, request.user)
