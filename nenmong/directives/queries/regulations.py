"""Working regulations of committees and cells: which is in force, when it is looked at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.directives.access import VIEW
from nenmong.directives.models import Directive
from nenmong.org import access
from nenmong.org.models import CELLS, OFFICES, Unit

PAGE = 100
SOON = timedelta(days=30)
NONE, DUE, SOON_DUE, STANDS = "none", "due", "soon", "stands"
STATES = (DUE, NONE, SOON_DUE, STANDS)  # what is to be done first comes first
REGULATION = Directive.Kind.WORKING_REGULATION


@dataclass(frozen=True)
class Row:
    """One unit and the working regulation it has."""

    unit_uid: str
    unit: str
    path: str
    is_cell: bool
    uid: str  # of the regulation, "" where there is none
    name: str
    since: date | None
    reviewed_on: date | None
    review_on: date | None
    state: str


@dataclass(frozen=True)
class Listed:
    """A page of them, and how many stand how over all."""

    rows: list[Row]
    counts: dict[str, int]
    total: int
    offset: int


def due_for_review(units: Iterable[Unit | str], today: date) -> list[Directive]:
    """Return the regulations of these units that are to be looked at again by now. One query.

    Args:
        units: rows or uids; a query set of them stays one query.
    """
    rows = Directive.objects.filter(
        issuer__in=units, kind=REGULATION, state=Directive.State.ISSUED, review_on__lte=today
    )
    rows = rows.select_related("issuer").defer("text", "gist", "search_fold")
    return list(rows.order_by("review_on", "uid"))


def rows_of(actor: Actor, unit: Unit, today: date) -> list[Row]:
    """Return all units at and below one that `actor` sees, those with work first. Two queries."""
    seen = access.visible_units(actor, VIEW).under(unit.path).filter(last_day=None)
    units = list(seen.exclude(kind__in=OFFICES).values_list("uid", "name", "path", "kind"))
    said = Directive.objects.in_force(today).filter(
        kind=REGULATION, issuer__path__under=unit.path, outside_issuer=""
    )
    columns = ("issuer_id", "uid", "number", "title", "valid_from", "reviewed_on", "review_on")
    # The latest of a unit is the one that counts, should two stand side by side.
    known = {row[0]: row[1:] for row in said.order_by("valid_from", "uid").values_list(*columns)}
    found = []
    for uid, name, path, kind in units:
        its, number, title, since, reviewed, review = known.get(uid, ("", "", "", None, None, None))
        state = _state(its, review, today)
        shown = f"{number} · {title}" if number else title
        row = Row(uid, name, path, kind in CELLS, its, shown, since, reviewed, review, state)
        found.append(row)
    order = {state: place for place, state in enumerate(STATES)}
    return sorted(found, key=lambda r: (r.is_cell, order[r.state], r.review_on or date.max, r.path))


def _state(uid: str, review: date | None, today: date) -> str:
    if not uid:
        return NONE
    if review is not None and review <= today:
        return DUE
    return SOON_DUE if review is not None and review <= today + SOON else STANDS


def listed(rows: list[Row], *, state: str = "", text: str = "", offset: int = 0) -> Listed:
    """Return a page of rows under what was asked for, and the counts of all of them."""
    counts = {code: sum(row.state == code for row in rows) for code in STATES}
    words = fold(text).split()
    fits = [
        row
        for row in rows
        if (not state or row.state == state) and all(word in fold(row.unit) for word in words)
    ]
    return Listed(fits[offset : offset + PAGE], counts, len(fits), offset)
