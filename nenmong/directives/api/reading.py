"""Reading documents: within one's sight, one of them, its versions."""

from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import Field

from nenmong.accounts.requests import ApiRequest
from nenmong.core.rules import fold
from nenmong.directives import doors
from nenmong.directives.api import words
from nenmong.directives.api.shapes import (
    DirectiveOut,
    DirectiveRowOut,
    DirectiveVersionOut,
    directive,
)
from nenmong.directives.api.theme import router
from nenmong.directives.models import Directive, DirectiveVersion
from nenmong.ui.api import MOST_ROWS, Day, Page, Uid, page_of


class DirectiveListing(Schema):
    """What a page of the library is asked for."""

    kind: words.Kind | None = None
    state: words.State | None = None
    issuer: Uid | None = None
    in_force: Annotated[Day | None, Field(description="In force on that day.")] = None
    text: str = Field("", max_length=300, description="Every word; accents do not matter.")
    after: Annotated[Uid | None, Field(description="`next` of the page before.")] = None
    limit: int = Field(100, ge=1, le=MOST_ROWS, description="Rows of a page, at most.")


@router.get("/directives", response=Page[DirectiveRowOut], operation_id="directives_list")
def list_directives(
    request: ApiRequest, listing: Annotated[DirectiveListing, Query()]
) -> dict[str, Any]:
    """The documents within your sight, in the order of their ids."""
    rows = Directive.objects.visible_to(request.auth)
    for name in ("kind", "state", "issuer"):
        if value := getattr(listing, name):
            rows = rows.filter(**{name: value})
    if listing.in_force:
        rows = rows.in_force(listing.in_force)
    for word in fold(listing.text).split():
        rows = rows.filter(search_fold__contains=word)
    return page_of(rows, listing.after, listing.limit)


@router.get("/directives/{uid:uid}", response=DirectiveOut, operation_id="directives_show")
def show_directive(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """One document."""
    return directive(doors.directive_for(request.auth, uid))


@router.get(
    "/directives/{uid:uid}/versions", response=list[DirectiveVersionOut],
    operation_id="directives_list_versions",
)  # fmt: skip
def list_directive_versions(request: ApiRequest, uid: Uid) -> list[DirectiveVersion]:
    """The texts that were kept, the first one first."""
    return list(doors.directive_for(request.auth, uid).versions.all())
