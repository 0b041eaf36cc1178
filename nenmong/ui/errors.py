"""Answers to what went wrong: what, why, what next, and nothing typed is lost.

A page gets a page. An htmx request gets a notice that is put **before** the element that asked,
never in its place, so that what was typed there stays.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from nenmong.core.errors import BothEdited, DomainError

# Never shown again on an error page, however long.
SECRET_FIELDS = ("password", "csrfmiddlewaretoken", "code", "key")


def asked_by_htmx(request: HttpRequest) -> bool:
    """Say whether a piece of a page was asked for. Works before and without htmx's middleware."""
    boosted = request.headers.get("HX-Boosted") == "true"
    return request.headers.get("HX-Request") == "true" and not boosted


def notice(request: HttpRequest, sentence: str, status: int, **context: Any) -> HttpResponse:
    """Answer an htmx request with a sentence before the element that asked."""
    response = render(
        request, "ui/errors/_notice.html", {"sentence": sentence, **context}, status=status
    )
    response["HX-Retarget"] = "this"
    response["HX-Reswap"] = "beforebegin show:none"
    response["HX-Reselect"] = "unset"
    return response


def answer(request: HttpRequest, template: str, sentence: str, status: int) -> HttpResponse:
    """Answer with the page `template`, or with `sentence` alone where htmx asked."""
    if asked_by_htmx(request):
        return notice(request, sentence, status)
    context = {"sentence": sentence, "back": way_back(request), "typed": typed_words(request)}
    return render(request, template, context, status=status)


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer a rule that was not met with its own sentence."""
    sentence = str(error.message)
    both = {}
    if isinstance(error, BothEdited):
        both = {"theirs": error.theirs, "mine": error.mine}
    if asked_by_htmx(request):
        return notice(request, sentence, error.status, **both)
    context: Mapping[str, Any] = {
        "sentence": sentence,
        "error_status": error.status,
        "back": way_back(request),
        "typed": [] if both else typed_words(request),
        **both,
    }
    return render(request, "ui/errors/refused.html", context, status=error.status)


def gone(request: HttpRequest) -> HttpResponse:
    """Answer a form about a row that is not there for this person, or is there no more."""
    sentence = _(
        "What this form is about is not here, or is here no longer. "
        "Open the page again and look at what is saved."
    )
    return answer(request, "ui/errors/404.html", sentence, 404)


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer an htmx request whose session has ended: the page with its words must stay."""
    return notice(
        request,
        _("You have been signed out. What you typed is still here: sign in again, then send it."),
        401,
        sign_in=resolve_url(settings.LOGIN_URL),
    )


def sign_in_first(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer a form whose sender is not signed in: with the words typed, else at the sign-in page.

    From there the way leads to the page of the form: the address it was sent to only takes forms.
    """
    target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': way_back(request)})}"
    if not (typed := typed_words(request)):
        response["Location"] = target
        return response
    sentence = _("You have been signed out, so this was not saved. Sign in again, then send it.")
    context = {"sentence": sentence, "back": target, "typed": typed}
    return render(request, "ui/errors/401.html", context, status=401)


def not_by_address(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer who opens by its address what only a button does, as a phone does with an old page."""
    sentence = _("Nothing is shown at this address: it belongs to a button. Go on from your work.")
    page = answer(request, "ui/errors/405.html", sentence, 405)
    page["Allow"] = response["Allow"]
    return page


def way_back(request: HttpRequest) -> str:
    """Return the page one came from where it is ours and another one, else the first page."""
    referer = request.headers.get("Referer", "")
    try:
        host = request.get_host()
    except DisallowedHost:  # may be the very error this page tells of
        return get_script_prefix()
    parts = urlsplit(referer)
    ours = url_has_allowed_host_and_scheme(referer, allowed_hosts={host}) and parts.netloc == host
    if ours and parts.path != request.path:
        return parts._replace(scheme="", netloc="", fragment="").geturl()
    return get_script_prefix()


def typed_words(request: HttpRequest) -> list[str]:
    """Return the sentences that came with a form, so that they can be copied from the error page.

    Only what has words in it: choices, numbers and secrets are left out.
    """
    if request.method != "POST":
        return []
    try:
        fields = list(request.POST.lists())
    except Exception:  # a body that cannot be read must not hide the first error
        return []
    return [
        value
        for name, values in fields
        if not any(secret in name for secret in SECRET_FIELDS)
        for value in values
        if " " in value.strip()
    ]
