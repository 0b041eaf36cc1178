"""What a program is told when something went wrong: RFC 9457, with our code and a sentence.

Pages have `errors`. Here everything that is no answer of ours ends as `application/problem+json`:
what a rule refuses, and what Django itself answers before or after our own code runs.
"""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

CONTENT_TYPE = "application/problem+json"
UNDER = "/api/"  # what lies under it is for programs

# status → (code, sentence) where no rule of a capability says more
PLAIN = {
    400: ("api.unreadable", gettext_noop(
        "The server could not read this request. Compare it with the description of the API."
    )),
    401: ("api.no_token", gettext_noop(
        "No token that holds came with the request. Send “Authorization: Bearer …”."
    )),
    403: ("access.denied", gettext_noop(
        "This work has not been given to you. The office above your unit can grant it."
    )),
    404: ("api.not_found", gettext_noop(
        "There is nothing at this address, or it is not within what you have been given to see."
    )),
    405: ("api.no_such_method", gettext_noop(
        "This address does not take this method. The header “Allow” says which ones it takes."
    )),
    413: ("api.too_large", gettext_noop(
        "What was sent is too large. Send it in smaller parts."
    )),
    500: ("api.fault", gettext_noop(
        "The server has failed at this; it is not your doing. Send the same with the same key "
        "later, and tell whoever runs the server if it fails again."
    )),
    503: ("api.unreached", gettext_noop(
        "The server cannot reach its database now. Send the same with the same key in a while."
    )),
}  # fmt: skip
# A short name of each kind of failure, the same whatever the sentence says.
TITLES = {
    400: gettext_noop("Not understood"),
    401: gettext_noop("Who asks?"),
    403: gettext_noop("Not allowed"),
    404: gettext_noop("Not found"),
    405: gettext_noop("Not this way"),
    409: gettext_noop("In conflict with what is there"),
    413: gettext_noop("Too large"),
    422: gettext_noop("A rule is not met"),
    500: gettext_noop("A fault of the server"),
    503: gettext_noop("Out of reach"),
}
# What may be wrong with one field, by the kind of error that pydantic names.
FIELDS = {
    "missing": gettext_noop("This is missing. Send it."),
    "extra_forbidden": gettext_noop(
        "Nothing is called so here. Leave it out or mend the spelling."
    ),
    "string_type": gettext_noop("A text belongs here."),
    "string_too_long": gettext_noop("At most %(max_length)s characters fit here."),
    "string_pattern_mismatch": gettext_noop("This is not written as it should be: %(pattern)s."),
    "enum": gettext_noop("Choose one of %(expected)s."),
    "day": gettext_noop("Write the day like 2026-06-30, from 1930 to 2129."),
    "moment": gettext_noop(
        "Write day and hour with the zone like 2026-06-30T19:30:00+07:00, from 1930 to 2129."
    ),
    "too_long": gettext_noop("At most %(max_length)s stand in this list. Send fewer."),
    "int_type": gettext_noop("A whole number belongs here."),
    "int_parsing": gettext_noop("A whole number belongs here."),
    "bool_type": gettext_noop("Write true or false."),
    "bool_parsing": gettext_noop("Write true or false."),
    "greater_than_equal": gettext_noop("This is %(ge)s or more."),
    "less_than_equal": gettext_noop("This is %(le)s or less."),
    "other": gettext_noop("Something else belongs here. Look at the description of the API."),
}
KEPT_HEADERS = ("Allow", "Retry-After")


def problem(
    status: int, code: str, sentence: str, errors: Sequence[Mapping[str, Any]] = (), **more: str
) -> HttpResponse:
    """Return a problem. `errors` names the fields it lies in; `more` is what only this one says."""
    title = _(TITLES[status]) if status in TITLES else HTTPStatus(status).phrase
    body: dict[str, Any] = {
        "type": "about:blank", "title": title, "status": status, "detail": sentence, "code": code,
    }  # fmt: skip
    if errors:
        body["errors"] = errors
    body |= more
    answer = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE
    )
    answer["Content-Length"] = str(len(answer.content))
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def plain(status: int) -> HttpResponse:
    """Return the problem that says no more than its status does."""
    nearest = 500 if status > 500 else 400  # noqa: PLR2004
    code, sentence = PLAIN.get(status, PLAIN[nearest])
    return problem(status, code, _(sentence))


def instead_of(response: HttpResponseBase) -> HttpResponseBase:
    """Return a problem instead of a page that says what went wrong; anything else as it is."""
    if response.status_code < HTTPStatus.BAD_REQUEST:
        return response
    if response.headers.get("Content-Type", "").startswith(CONTENT_TYPE):
        return response
    answer = plain(response.status_code)
    for name in KEPT_HEADERS:
        if name in response.headers:
            answer[name] = response.headers[name]
    return answer


def misfit(errors: Sequence[Mapping[str, Any]]) -> HttpResponse:
    """Return the problem of a request whose parts do not fit: which, and what belongs there.

    What was sent is not repeated: it may be somebody's phone number, on its way into a log.
    """
    said = [_field(error) for error in errors]
    if all(one["in"] == "header" for one in said):
        return problem(
            400, "api.no_key",
            _("Send the header “Idempotency-Key” with each change: from 1 to 80 letters, figures "
              "and signs, new for each change and the same when you repeat it."),
            said,
        )  # fmt: skip
    sentence = _("A part of the request does not fit. “errors” says which and why.")
    return problem(422, "api.misfit", sentence, said)


def _field(error: Mapping[str, Any]) -> dict[str, str]:
    source, *inside = error["loc"]
    if source == "body":
        inside = inside[1:]  # the name our own code has for the body
    kind = error["type"] if error["type"] in FIELDS else "other"
    return {
        "in": str(source),
        "field": ".".join(str(part) for part in inside),
        "code": kind,
        "detail": _(FIELDS[kind]) % error.get("ctx", {}),
    }
