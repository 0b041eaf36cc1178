"""What every page here does: reads a form's numbers and days, links to pages that may be absent."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from nenmong.core.errors import DomainError
from nenmong.directives.models import Directive
from nenmong.directives.queries.drafts import Draft, with_course
from nenmong.ui.reading import read_day

MOST_FIGURES = 9  # of an integer


def whole(text: str) -> int | None:
    """Return a whole number as it came with a form; None where it is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_FIGURES else None


def seen(request: HttpRequest) -> int | None:
    """Return which state of the document the page of a form was drawn from."""
    return whole(request.POST.get("seen", ""))


def day_of(request: HttpRequest, name: str, errors: dict[str, str]) -> date | None:
    """Return a day of a form; what cannot be read is said in `errors`."""
    try:
        return read_day(request.POST.get(name, ""))
    except DomainError as unread:
        errors[name] = str(unread.message)
        return None


def link(name: str, *about: str) -> str:
    """Return the address of a page, "" where this installation has none of that name."""
    try:
        return reverse(f"directives:{name}", args=about)
    except NoReverseMatch:
        return ""


def words() -> dict[str, Any]:
    """Return how kinds and states of documents are called."""
    return {
        "kinds": dict(Directive.Kind.choices), "states": dict(Directive.State.choices),
        "link": link,
    }  # fmt: skip


def course_of(one: Directive) -> Draft:
    """Return one document with how far it is. Three queries."""
    return with_course([one])[0]
