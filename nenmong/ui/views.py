"""Pages for what Django itself refuses. The root `urls.py` names them as its handlers."""

import logging

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from nenmong.ui import errors

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: SuspiciousOperation | None = None) -> HttpResponse:
    """400: the request does not hold together."""
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
    """500: our fault. Drawn without the request, since the database may be what failed."""
    return HttpResponse(render_to_string("ui/errors/500.html"), status=500)
