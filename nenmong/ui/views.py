"""Pages for what Django itself refuses. The root `urls.py` names them as its handlers."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from nenmong.ui import errors

logger = logging.getLogger(__name__)
PART, MOST_READ = 1 << 16, 1 << 24  # bytes


def bad_request(request: HttpRequest, exception: SuspiciousOperation | None = None) -> HttpResponse:
    """400: the request does not hold together; 413: it is larger than any form of ours."""
    if isinstance(exception, RequestDataTooBig):
        # Read to its end, or the browser hears of a broken line instead of this answer.
        for _part in range(MOST_READ // PART):
            if not request.read(PART):
                break
        sentence = _(
            "What was sent is too long to be taken: a form holds about two million letters. "
            "Press the browser's back button, shorten the text and send it anew."
        )
        return errors.answer(request, "ui/errors/400.html", sentence, 413)
    sentence = _("The server could not read this request. Open the page again and send it anew.")
    return errors.answer(request, "ui/errors/400.html", sentence, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person is known, the work is another's."""
    sentence = _("This work has not been given to you. The office above your unit can grant it.")
    return errors.answer(request, "ui/errors/403.html", sentence, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is not from a page of this session. `reason` is for the log."""
    logger.warning("CSRF: %s (%s)", reason, request.path)
    sentence = _(
        "This page was opened before you last signed in, so its form is no longer accepted. "
        "Copy what you typed, open the page again and send it anew."
    )
    return errors.answer(request, "ui/errors/csrf.html", sentence, 403)


def page_not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """404: nothing here, or nothing this person may know of; the two look the same."""
    sentence = _("There is no such page, or it is not within what you have been given to see.")
    return errors.answer(request, "ui/errors/404.html", sentence, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503: the database does not answer or its disk is full.

    Drawn without the request, since the database may be what failed; only the words that came with
    a form are taken from it.
    """
    unreached = isinstance(sys.exc_info()[1], OperationalError)
    template, status = ("ui/errors/503.html", 503) if unreached else ("ui/errors/500.html", 500)
    typed = errors.typed_words(request)
    return HttpResponse(render_to_string(template, {"typed": typed}), status=status)
