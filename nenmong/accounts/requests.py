"""A request as our doors see it: who asks, and whether htmx or a program does."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from nenmong.accounts.models import User


class UserRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User
    htmx: HtmxDetails


class ApiRequest(HttpRequest):
    """A request of a program, for the person whose token it brought."""

    auth: User
