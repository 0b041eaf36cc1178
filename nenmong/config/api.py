"""The API of the house, `/api/v1`: where its routers meet, and how it says what went wrong.

What is not said here (no such address, no token, a fault) Django answers and `ui.problems` puts in
words a program reads.
"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from nenmong.accounts.api import Token
from nenmong.core.errors import BothEdited, DomainError
from nenmong.directives import api as directives
from nenmong.meetings import api as meetings
from nenmong.meetings.actions.entering import NotEntered
from nenmong.meetings.api.entered import PLACES
from nenmong.opinions import api as opinions
from nenmong.org import api as org
from nenmong.rulebook import api as rulebook
from nenmong.ui import problems
from nenmong.ui.api import Problem

ANSWERED = (401, 403, 404, 422, 500, 503)
CHANGES_ANSWERED = (400, 409, 413)
CHANGES = {"post", "put", "patch", "delete"}
REASONS = {
    400: "The header Idempotency-Key is missing, or the body is no JSON.",
    401: "No token that holds came with the request.",
    403: "It is there, but you may not do this there.",
    404: "It is not there, or not in your reach: the two look the same.",
    409: "The key came before with other content, or somebody has changed the row meanwhile.",
    413: "The body is too large.",
    422: "A rule is not met, or a part of the request does not fit.",
    500: "A fault of the server.",
    503: "The database is out of reach.",
}
_AS_PROBLEM = {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


class Api(NinjaAPI):
    """The API, whose description also says how refusals look."""

    def get_openapi_schema(self, **said: Any) -> Any:
        described = super().get_openapi_schema(**said)
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        described["components"]["schemas"] |= {**problem.pop("$defs"), "Problem": problem}
        described["components"]["responses"] = {
            str(status): {"description": reason, "content": _AS_PROBLEM}
            for status, reason in REASONS.items()
        }
        for doors in described["paths"].values():
            for method, door in doors.items():
                for parameter in door["parameters"]:
                    _unnull(parameter)
                for status in ANSWERED + (CHANGES_ANSWERED if method in CHANGES else ()):
                    door["responses"][status] = {"$ref": f"#/components/responses/{status}"}
        return described


def _unnull(parameter: dict[str, Any]) -> None:
    """Say of a parameter that may be left out what it is; it is never sent as null."""
    schema = parameter["schema"]
    kinds = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(kinds) == 1:
        del schema["anyOf"]
        parameter["schema"] = kinds[0] | schema


api = Api(
    title="Nền Móng",
    version="1",
    description="Units, members, posts, following, meetings, opinions and documents, with the "
    "rights of the person whose token it is. Ids are 13 letters, days are written 2026-06-30, "
    "moments 2026-06-30T19:30:00+07:00. Each change brings an Idempotency-Key. "
    "Errors are RFC 9457 problems whose code never changes.",
    urls_namespace="api",
    docs_url=None,  # its pages would load scripts from elsewhere
    openapi_url="/openapi.json",
    auth=Token(),
)
for capability in (org, meetings, opinions, directives, rulebook):
    for router in capability.ROUTERS:
        api.add_router("", router)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer a rule that was not met with its own code and sentence."""
    return problems.problem(error.status, error.code, str(error.message))


@api.exception_handler(BothEdited)
def both_edited(request: HttpRequest, error: BothEdited) -> HttpResponse:
    """Answer with what stands there by now: a person, or their program, chooses."""
    return problems.problem(error.status, error.code, str(error.message), theirs=error.theirs)


@api.exception_handler(NotEntered)
def not_entered(request: HttpRequest, error: NotEntered) -> HttpResponse:
    """Answer a whole meeting that does not fit with everything that does not, by its place."""
    said = [
        {
            "in": "body", "field": PLACES.get(place, place), "code": one.code,
            "detail": str(one.message),
        }
        for place, one in error.errors.items()
    ]  # fmt: skip
    return problems.problem(error.status, error.code, str(error.message), said)


@api.exception_handler(ValidationError)
def misfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a request whose parts do not fit."""
    return problems.misfit(error.errors)


@api.exception_handler(ObjectDoesNotExist)
def gone(request: HttpRequest, error: ObjectDoesNotExist) -> HttpResponse:
    """Answer an action that finds no row for a uid."""
    return problems.plain(404)


@api.exception_handler(HttpError)
def unread(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what the library says itself: no token, or a body that is no JSON."""
    return problems.plain(error.status_code)
