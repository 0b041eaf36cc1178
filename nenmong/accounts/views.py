"""What the library leaves to us: a session knows whether it has shown the phone."""

from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.forms import Form
from django.http import HttpRequest, HttpResponse


def has_shown_phone(request: HttpRequest) -> bool:
    """Say whether the second factor was shown in this session. No query."""
    user: Any = request.user
    return any(_of_phone(record) for record in get_authentication_records(request, user))


def _of_phone(record: dict[str, Any]) -> bool:
    return record.get("method") == "mfa"


class TiePhoneView(ActivateTOTPView):
    """Ties a phone to the account; whoever just did has shown it."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        user: Any = self.request.user
        record_authentication(self.request, user, method="mfa", type="totp")
        return response


class UntiePhoneView(DeactivateTOTPView):
    """Unties it; who needs a second factor is led to tie another one at once."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        records = self.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        self.request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if not _of_phone(record)
        ]
        return response


tie_phone = TiePhoneView.as_view()
untie_phone = UntiePhoneView.as_view()
