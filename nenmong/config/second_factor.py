"""Who needs a second factor gets nowhere without one: the posts say who (`rights`)."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from nenmong.accounts.views import has_shown_phone
from nenmong.org import access

# Where one goes while the second factor is not there yet: to set it up, or to leave.
ALLOWED = frozenset(
    {
        "account_login", "account_logout", "account_reauthenticate", "account_change_password",
        "account_set_password", "account_inactive", "mfa_authenticate", "mfa_reauthenticate",
        "mfa_activate_totp", "mfa_index", "set_language", "home:welcome",
    }
)  # fmt: skip


class SecondFactorMiddleware:
    """Leads who needs a second factor, and has not shown it in this session, to where they do.

    A session that has shown it says so itself: no query. One that began before the factor was set
    up is asked for a code. A program comes with its token, not with a session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        user = request.user
        match = request.resolver_match
        if (
            not settings.SECOND_FACTOR
            or not user.is_authenticated
            or (match and (match.view_name in ALLOWED or "api" in match.namespaces))
            or has_shown_phone(request)
            or not access.needs_second_factor(user)
        ):
            return None
        if is_mfa_enabled(user):
            ask = reverse("mfa_reauthenticate")
        elif user.has_usable_password():
            ask = reverse("mfa_activate_totp")
        else:  # let in with a code on paper: a password comes first
            ask = reverse("account_set_password")
        if request.method not in {"GET", "HEAD"}:
            return redirect(ask)
        return redirect(f"{ask}?{urlencode({'next': request.get_full_path()})}")
