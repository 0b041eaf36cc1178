"""A request as our doors see it: signed in, and told apart by htmx."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from nenmong.accounts.models import User


class UserRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User
    htmx: HtmxDetails
