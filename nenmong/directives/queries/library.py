"""The library of issued documents: searched without accents, in one's scope; one of them whole."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.directives.access import SEND, VIEW
from nenmong.directives.models import Delivery, Directive, Sending
from nenmong.directives.models.directive import DirectiveQuerySet
from nenmong.directives.rules import states
from nenmong.directives.rules.snippets import around
from nenmong.org import access
from nenmong.org.models import Unit

PAGE = 30
MOST_ROWS = 5_000  # in one workbook
MOST_ISSUERS = 300
EXPIRED = "expired"


@dataclass(frozen=True)
class Filters:
    """What is asked of the library; the empty word and None ask nothing."""

    text: str = ""
    kind: str = ""
    issuer: str = ""  # uid
    day: date | None = None  # in force on it
    state: str = ""  # `in_force`, `expired`, or a state
    year: int | None = None


@dataclass(frozen=True)
class Row:
    """One document of the library, and the piece of it around what was searched for."""

    one: Directive
    state: str  # as it stands today: `expired` too
    pieces: list[tuple[bool, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Listed:
    """A page of the library."""

    rows: list[Row]
    total: int
    offset: int


def _issued(actor: Actor) -> DirectiveQuerySet:
    return Directive.objects.visible_to(actor).exclude(state__in=states.DRAFTS)


def of_filters(actor: Actor, asked: Filters) -> DirectiveQuerySet:
    """Return the issued documents that `actor` sees and that fit; every word must occur."""
    rows = _issued(actor)
    today = clock.today()
    for column, value in (("kind", asked.kind), ("issuer", asked.issuer)):
        if value:
            rows = rows.filter(**{column: value})
    if asked.day:
        rows = rows.in_force(asked.day)
    match asked.state:
        case "in_force":
            rows = rows.in_force(today)
        case state if state == EXPIRED:
            rows = rows.filter(state=Directive.State.ISSUED, valid_until__lt=today)
        case state if state:
            rows = rows.filter(state=state)
    if asked.year:
        first = date(asked.year, 1, 1)
        rows = rows.filter(issued_on__gte=first, issued_on__lte=date(asked.year, 12, 31))
    for word in fold(asked.text).split():
        rows = rows.filter(search_fold__contains=word)
    return rows.order_by("-issued_on", "-uid")


def state_of(one: Directive, today: date) -> str:
    """Return how an issued document stands on a day: its state, or that its time has run out."""
    ran_out = one.valid_until is not None and one.valid_until < today
    return EXPIRED if ran_out and one.state == Directive.State.ISSUED else one.state


def listed(actor: Actor, asked: Filters, offset: int = 0, most: int = PAGE) -> Listed:
    """Return a page of the library, the latest first. Two queries."""
    rows = of_filters(actor, asked)
    words = fold(asked.text).split()
    # The texts are long: they are read only where a piece of them is shown.
    unread = ("search_fold",) if words else ("search_fold", "text")
    page = rows.select_related("issuer").defer(*unread)[offset : offset + most]
    today = clock.today()
    found = [
        Row(one, state_of(one, today), around(f"{one.gist} {one.text}", words) if words else [])
        for one in page
    ]
    return Listed(found, rows.count(), offset)


def issuers(actor: Actor) -> list[tuple[str, str]]:
    """Return (uid, name) of those whose documents are in one's library. One query."""
    of_rows = _issued(actor).order_by().values("issuer")
    rows = Unit.objects.filter(uid__in=of_rows).order_by("path")[:MOST_ISSUERS]
    return list(rows.values_list("uid", "name"))


def years(actor: Actor) -> list[int]:
    """Return the years of one's library, the last one first. One query."""
    return [day.year for day in _issued(actor).dates("issued_on", "year", order="DESC")]


# ── one document ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Whole:
    """One issued document as an office looks at it."""

    changes: list[tuple[str, str]]  # (kind of cell, text)
    replaces: list[Directive]
    sendings: list[Sending]  # those of units whose documents the person sees
    to_pass_on: list[Delivery]  # at units for which the person sends
    waiting: int  # where it still waits, of what the person sees
    reminded_on: date | None

    @property
    def going(self) -> bool:
        return any(row.state == Sending.State.GOING for row in self.sendings)


def whole(actor: Actor, one: Directive) -> Whole:
    """Return what hangs on one document, as far as `actor` sees it. Six queries."""
    sendings = sendings_of(actor, one)
    received = Delivery.objects.filter(
        access.scope(actor, SEND, path="unit__path"), directive=one,
        state__in=[Delivery.State.TO_PASS_ON, Delivery.State.PASSED_ON],
    )  # fmt: skip
    seen = missing(one).filter(access.scope(actor, VIEW, path="unit__path"))
    told = seen.filter(reminded_on__isnull=False).order_by("-reminded_on")
    return Whole(
        changes=list(one.changes.values_list("cell_kind", "text")),
        replaces=list(one.replaces.defer("text", "gist", "search_fold")),
        sendings=list(sendings.select_related("unit")),
        to_pass_on=list(received.select_related("unit")),
        waiting=seen.count(),
        reminded_on=told.values_list("reminded_on", flat=True).first(),
    )


def sendings_of(actor: Actor, one: Directive) -> QuerySet[Sending]:
    """Return the sendings of a document by units whose documents `actor` sees."""
    by_them = access.scope(actor, VIEW, path="unit__path")
    return Sending.objects.filter(by_them, directive=one).order_by("uid")


def missing(one: Directive) -> QuerySet[Delivery]:
    """Return where a document still waits: with a cell, or with who is to pass it on."""
    waits = Q(state__in=[Delivery.State.WAITING, Delivery.State.TO_PASS_ON])
    return Delivery.objects.filter(waits, directive=one)
