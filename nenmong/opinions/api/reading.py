"""Reading: a unit's list, one opinion with its way, a desk's inbox, what was answered before."""

from enum import StrEnum
from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import Field

from nenmong.accounts.requests import ApiRequest
from nenmong.core.rules import clean
from nenmong.opinions import doors
from nenmong.opinions.access import VIEW
from nenmong.opinions.api.shapes import (
    DeskOut,
    InboxOut,
    LikenessOut,
    OpinionOut,
    OpinionRowOut,
    RegisterOut,
    told,
)
from nenmong.opinions.api.theme import router
from nenmong.opinions.queries import alike, lists
from nenmong.opinions.queries.fields import desks_offered
from nenmong.org import doors as at_units
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook
from nenmong.ui.api import MOST_ROWS, Day, Page, Uid

FARTHEST = 1_000_000
Offset = Annotated[int, Query(ge=0, le=FARTHEST, description="`next` of the page before.")]
Words = Annotated[str, Query(max_length=300, description="Every word; accents do not matter.")]


class Standing(StrEnum):
    """How it stands: a state, or several together."""

    ANY = ""
    OPEN = "open"
    LATE = "late"
    NOT_SOLVED = "not_solved"
    ENDED = "ended"
    AT_CELL = "at_cell"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    ASKED = "asked"
    ANSWERED = "answered"
    ROADMAP = "roadmap"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Tab(StrEnum):
    """A part of an inbox."""

    ALL = "all"
    LATE = "late"
    DUE = "due"
    MINE = "mine"
    WAITING = "waiting"


class OpinionListing(Schema):
    """What a list of opinions is asked for."""

    state: Standing = Standing.ANY
    kind: str = Field("", max_length=10)
    field: str = Field("", max_length=30)
    first: Annotated[Day | None, Field(description="Raised from.")] = None
    last: Annotated[Day | None, Field(description="Raised up to.")] = None
    text: str = Field("", max_length=300)
    after: Annotated[Uid | None, Field(description="`next` of the page before.")] = None
    limit: int = Field(100, ge=1, le=MOST_ROWS, description="Rows of a page, at most.")


@router.get("/units/{uid:uid}/opinions", response=Page[OpinionRowOut], operation_id="opinions_list")
def list_opinions(
    request: ApiRequest, uid: Uid, listing: Annotated[OpinionListing, Query()]
) -> dict[str, Any]:
    """The opinions of a unit and all below it, in the order of their ids."""
    actor = request.auth
    unit = at_units.unit_for(actor, uid, VIEW)
    asked = lists.Filters(
        listing.state.value, clean(listing.kind), clean(listing.field), listing.first,
        listing.last, clean(listing.text),
    )  # fmt: skip
    seen = lists.of_filters(actor, unit, asked).order_by("uid")
    if listing.after is not None:
        seen = seen.filter(uid__gt=listing.after)
    found = lists.rows_of(actor, seen[: listing.limit + 1], rulebook.workdays())
    items = found[: listing.limit]
    return {"items": items, "next": items[-1].uid if len(found) > listing.limit else None}


@router.get("/opinions/{uid:uid}", response=OpinionOut, operation_id="opinions_show")
def show_opinion(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """One opinion: its way, its answers, what you may do with it now."""
    return told(request.auth, doors.opinion_for(request.auth, uid))


@router.get("/opinions/{uid:uid}/desks", response=list[DeskOut], operation_id="opinions_desks")
def list_desks(request: ApiRequest, uid: Uid) -> list[Unit]:
    """The desks it may be passed to, the one proposed first."""
    return desks_offered(doors.opinion_for(request.auth, uid))


@router.get("/opinions/{uid:uid}/alike", response=LikenessOut, operation_id="opinions_alike")
def list_alike(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """What may be one matter with it, and what was answered to its like before."""
    actor = request.auth
    opinion = doors.opinion_for(actor, uid)
    before = alike.answered_before(actor, opinion.text, but=opinion.uid)
    return {"open": alike.alike(actor, opinion), "answered": before}


@router.get("/units/{uid:uid}/inbox", response=InboxOut, operation_id="opinions_inbox")
def show_inbox(
    request: ApiRequest,
    uid: Uid,
    tab: Tab = Tab.ALL,
    field: Annotated[str, Query(max_length=30)] = "",
    offset: Offset = 0,
) -> dict[str, Any]:
    """What lies on a desk, what is due first, a hundred at once; and how much in each part."""
    actor = request.auth
    unit = doors.desk_unit_for(actor, uid)
    found = lists.inbox(actor, unit, tab.value, clean(field), offset)
    return {"items": found.rows, "counts": found.counts, "next": onward(found.rows, offset)}


@router.get("/register", response=RegisterOut, operation_id="opinions_register")
def show_register(request: ApiRequest, text: Words = "", offset: Offset = 0) -> dict[str, Any]:
    """Answers given before, within your sight, fifty at once."""
    found = alike.register(request.auth, clean(text), offset, REGISTER)
    return {"items": found, "next": onward(found, offset, REGISTER)}


REGISTER = 50


def onward(rows: list[Any], offset: int, page: int = lists.PAGE) -> int | None:
    """Return where the next page begins."""
    return offset + page if len(rows) == page else None
