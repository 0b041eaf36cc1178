"""The links of the bar: where a person signed in can always go."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nenmong.directives.access import SEND
from nenmong.directives.access import VIEW as SEE
from nenmong.opinions.access import DESK, RAISE, VIEW
from nenmong.org import access
from nenmong.org.models import CELLS


def _opinions(user: Any, held: list[access.Holding]) -> str:
    """Return where a person finds opinions: their desk first, then their cell, then what is below.

    Like the unit, the highest one: who works at a desk finds their cell from its page.
    """
    for permission, name in ((DESK, "inbox"), (RAISE, "of_cell"), (VIEW, "list")):
        for holding in held:
            if access.may(user, permission, holding.path):
                return reverse(f"opinions:{name}", args=[holding.unit_uid])
    return ""


def _documents(user: Any, held: list[access.Holding]) -> str:
    """Return where a person finds documents: an office its workplace, a member their cell's.

    Who only reads above cells finds those they may read in the library.
    """
    for holding in held:
        if access.may(user, SEND, holding.path):
            return reverse("directives:desk", args=[holding.unit_uid])
    for holding in held:
        if access.may(user, SEE, holding.path):
            if holding.kind not in CELLS:
                return reverse("directives:library")
            return reverse("directives:of_cell", args=[holding.unit_uid])
    return ""


def nav(request: HttpRequest) -> dict[str, Callable[[], list[tuple[str, str, bool]]]]:
    """Give `nav()`: (words, address, whether we are there). No query before it is called."""

    def links() -> list[tuple[str, str, bool]]:
        user: Any = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        found = [(_("Work"), reverse("home:my_work"))]
        # The highest one: who works in an office belongs to a cell too, and finds it below.
        in_units = [
            holding for holding in access.holdings(user)
            if holding.path and holding.role not in access.INHERITED
        ]  # fmt: skip
        if held := min(in_units, key=lambda holding: holding.path, default=None):
            found.append((_("Unit"), reverse("home:unit", args=[held.unit_uid])))
        if page := _opinions(user, sorted(in_units, key=lambda holding: holding.path)):
            found.append((_("Opinions"), page))
        if page := _documents(user, sorted(in_units, key=lambda holding: holding.path)):
            found.append((_("Documents"), page))
        if access.is_administrator(user):
            found.append((_("Administration"), reverse("org:administration")))
            found.append((_("State"), reverse("status")))
        found.append((_("Find"), reverse("home:search")))
        return [(words, address, request.path == address) for words, address in found]

    return {"nav": links}
