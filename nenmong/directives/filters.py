"""What the addresses of lists of documents ask for; pages and files read them alike."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError
from nenmong.core.rules import clean, read_uid
from nenmong.directives.models import Directive
from nenmong.directives.queries.library import EXPIRED, Filters
from nenmong.ui import formats
from nenmong.ui.reading import FIRST_YEAR, LAST_YEAR, YEAR_DIGITS, read_day

MOST_FIGURES = 6


def whole_of(get: QueryDict, name: str) -> int:
    """Return a whole number of an address; what is none is 0."""
    text = get.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_FIGURES else 0


def uid_of(text: str) -> str:
    """Return an id of an address; what is none is empty."""
    try:
        read_uid(text)
    except ValueError:
        return ""
    return text


def offset_of(get: QueryDict) -> int:
    """Return how many rows come before the page asked for."""
    return whole_of(get, "tu")


def state_names() -> dict[str, str]:
    """Return what the library may be narrowed to."""
    return {
        "in_force": _("in force today"), EXPIRED: _("its time has run out"),
        "replaced": _("replaced"), "withdrawn": _("withdrawn by who issued it"),
    }  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A list of the library as its address asks for it."""

    filters: Filters
    error: str = ""  # a day that cannot be read

    @property
    def said(self) -> dict[str, str]:
        """The words of the address, for the form and for links to the same list."""
        asked = self.filters
        return {
            "chua": asked.text, "loai": asked.kind, "noi-ban-hanh": asked.issuer,
            "hieu-luc": formats.day(asked.day) if asked.day else "",
            "trang-thai": asked.state, "nam": str(asked.year) if asked.year else "",
        }  # fmt: skip

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self.said.items() if value})


def read(get: QueryDict) -> Asked:
    """Return what is asked for; what is none of what is offered asks nothing."""
    kind, state, issuer = (get.get(name, "") for name in ("loai", "trang-thai", "noi-ban-hanh"))
    day: date | None = None
    error = ""
    try:
        day = read_day(get.get("hieu-luc", ""))
    except DomainError as unread:
        error = str(unread.message)
    year = whole_of(get, "nam") if len(get.get("nam", "")) == YEAR_DIGITS else 0
    return Asked(
        Filters(
            text=clean(get.get("chua", ""))[:100],
            kind=kind if kind in Directive.Kind.values else "",
            issuer=uid_of(issuer), day=day,
            state=state if state in state_names() else "",
            year=year if FIRST_YEAR <= year <= LAST_YEAR else None,
        ),
        error=error,
    )  # fmt: skip
