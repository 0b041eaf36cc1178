"""Turns what a view raises into an answer a person can act on."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers

from nenmong.core.errors import DomainError
from nenmong.ui import errors, problems


class PlainRequestMiddleware:
    """Reads every form as UTF-8, and keeps every page from being kept by others.

    A request may claim another character set, and some of those make half letters or nothing that
    is text. A page differs by who asks: no cache between may give it to the next one. The browser
    itself may go back to it, where what was typed still stands.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        # At one address lie a page and, for htmx, a piece of it: a phone must not show the piece.
        patch_vary_headers(response, ["HX-Request"])
        return response


class AnsweredMiddleware:
    """Tells the page that its form has been answered, by taking away the cookie it sent along.

    Where the answer never came, or was "sign in first" or "not now", the cookie stays, and the next
    page sends the form again (`ui/waits.js`).
    """

    COOKIE = "nm-going"
    LATER = (401, 403, 429)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def answered(self, response: HttpResponse) -> bool:
        """Say whether this is the last word on the form: taken, or refused for good."""
        status = response.status_code
        return status < 500 and status not in self.LATER and not _leads_to_sign_in(response)  # noqa: PLR2004

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        _mark, _colon, path = request.COOKIES.get(self.COOKIE, "").partition(":")
        if path == request.path and request.method == "POST" and self.answered(response):
            response.delete_cookie(self.COOKIE)
        return response


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


class ApiMiddleware:
    """Answers programs in their own way: by the language they ask for, and never with a page.

    It stands outside of all that may refuse a request, so that it sees their pages too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(problems.UNDER):
            return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            response = problems.instead_of(self.get_response(request))
        patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Cache-Control", "private, no-store")  # names and phones
        return response


class ErrorsMiddleware:
    """Stands last, so that it sees the view's exceptions first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if errors.asked_by_htmx(request) and _leads_to_sign_in(response):
            # The browser would follow unseen and put the sign-in page inside the page.
            return errors.signed_out(request)
        if request.method == "POST" and _leads_to_sign_in(response):
            return errors.sign_in_first(request, response)
        if response.status_code == 405:  # noqa: PLR2004 -- Django's own has not a word in it
            return errors.not_by_address(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a `DomainError` with its sentence; leave everything else to Django.

        An action that finds no row for a uid of the form says so by the model's own exception: the
        row is another's, or someone has taken it back since the page was opened.
        """
        if isinstance(exception, DomainError):
            return errors.refused(request, exception)
        if isinstance(exception, ObjectDoesNotExist):
            return errors.gone(request)
        return None


def _leads_to_sign_in(response: HttpResponse) -> bool:
    if response.status_code != 302:  # noqa: PLR2004
        return False
    return urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)
