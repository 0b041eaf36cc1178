"""What the address of a list of opinions asks for; pages and files read it alike."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.opinions.models import Opinion
from nenmong.opinions.queries.lists import Filters
from nenmong.ui import formats
from nenmong.ui.reading import read_day

MOST_FIGURES = 6


@dataclass(frozen=True)
class Asked:
    """A list as its address asks for it."""

    filters: Filters
    under: str = ""  # uid of a unit below
    error: str = ""  # a day that cannot be read

    @property
    def said(self) -> dict[str, str]:
        """The words of the address, for the form and for links to the same list."""
        asked = self.filters
        return {
            "duoi": self.under, "trang-thai": asked.state, "loai": asked.kind,
            "linh-vuc": asked.field,
            "tu-ngay": formats.day(asked.first) if asked.first else "",
            "den-ngay": formats.day(asked.last) if asked.last else "", "chua": asked.text,
        }  # fmt: skip

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self.said.items() if value})


def state_names() -> dict[str, str]:
    """Return what a list may be narrowed to: groups of states, then each state."""
    return {
        "open": _("all that is open"), "late": _("past its day"),
        "not_solved": _("found not solved by the cell"), "ended": _("all that has ended"),
        **{code: str(words) for code, words in Opinion.State.choices},
    }  # fmt: skip


def read(get: QueryDict) -> Asked:
    """Return what is asked for; what is none of what is offered asks nothing."""
    kind, state = get.get("loai", ""), get.get("trang-thai", "")
    days: dict[str, date | None] = {"tu-ngay": None, "den-ngay": None}
    error = ""
    for name in days:
        try:
            days[name] = read_day(get.get(name, ""))
        except DomainError as unread:
            error = str(unread.message)
    return Asked(
        Filters(
            state=state if state in state_names() else "",
            kind=kind if kind in Opinion.Kind.values else "",
            field=clean(get.get("linh-vuc", ""))[:30],
            first=days["tu-ngay"], last=days["den-ngay"], text=clean(get.get("chua", ""))[:100],
        ),
        under=get.get("duoi", ""), error=error,
    )  # fmt: skip


def offset_of(get: QueryDict) -> int:
    """Return how many rows come before the page asked for; what is no number is none."""
    text = get.get("tu", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_FIGURES else 0
