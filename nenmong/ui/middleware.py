"""Turns what a view raises into an answer a person can act on."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import translation

from nenmong.core.errors import DomainError
from nenmong.ui import errors


class LanguageMiddleware:
    """Vietnamese, unless the reader has chosen otherwise here; the phone's setting is not asked.

    Many phones in Viet Nam are set to English by their shop, not by the person who holds them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        with translation.override(chosen if known else settings.LANGUAGE_CODE):
            return self.get_response(request)


class ErrorsMiddleware:
    """Stands last, so that it sees the view's exceptions first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if errors.asked_by_htmx(request) and _leads_to_sign_in(response):
            # The browser would follow unseen and put the sign-in page inside the page.
            return errors.signed_out(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a `DomainError` with its sentence; leave everything else to Django."""
        if isinstance(exception, DomainError):
            return errors.refused(request, exception)
        return None


def _leads_to_sign_in(response: HttpResponse) -> bool:
    if response.status_code != 302:  # noqa: PLR2004
        return False
    return urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)
