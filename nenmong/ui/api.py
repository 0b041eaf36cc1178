"""What every door of the API has in common: how ids and days are written, keys, pages of a list."""

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from django.db import models
from ninja import Header, Query, Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from nenmong.core import clock, keeping
from nenmong.core.actions import MAX_KEY
from nenmong.core.errors import DomainError
from nenmong.core.rules import UID_PATTERN
from nenmong.ui.reading import FIRST_YEAR, LAST_YEAR, read_day

T = TypeVar("T")
MOST_ROWS = 500
_ISO_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(value: Any) -> date:
    """Return a day written as ISO 8601 does; pydantic alone takes numbers for days too."""
    try:
        if isinstance(value, str) and _ISO_DAY.fullmatch(value) and (day := read_day(value)):
            return day
    except DomainError:
        pass
    raise PydanticCustomError("day", "not a day")


def _moment(value: Any) -> datetime:
    """Return a moment written as ISO 8601 does, with its zone: without one it is no moment."""
    if isinstance(value, str) and _ISO_MOMENT.fullmatch(value):
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(value)
            if FIRST_YEAR <= moment.year <= LAST_YEAR:
                return moment
    raise PydanticCustomError("moment", "not a moment")


Uid = Annotated[
    str, Field(pattern=f"^{UID_PATTERN}$", description="An id: 13 letters of Crockford's base 32.")
]
Day = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"}),
]  # fmt: skip
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"}),
]  # fmt: skip
# In an answer: always by the clock here, whether the row was just made or read.
At = Annotated[datetime, AfterValidator(clock.local)]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key", pattern=f"^[!-~]{{1,{MAX_KEY}}}$",
        description="New for each change, the same when it is repeated: a change sent twice under "
        "one key is made once, and answered with the same row.",
    ),
]  # fmt: skip
After = Annotated[Uid | None, Query(description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows of a page, at most.")]

FileKind = Annotated[
    keeping.FileKind, WithJsonSchema({"type": "string", "enum": keeping.FileKind.values})
]
# How a request that brings one file stands in the description.
ONE_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object", "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}  # fmt: skip


class Said(Schema):
    """What a program sends: a name that is not known is a slip, and said to be one."""

    model_config = ConfigDict(extra="forbid")


class Page(Schema, Generic[T]):
    """Some rows of a list in the order of their ids, and how to ask for those that follow."""

    items: list[T]
    next: Uid | None = Field(
        description="Ask again with `after` set to this for the rows that follow; null at the end."
    )


def page_of(rows: "models.QuerySet[Any]", after: str | None, limit: int) -> dict[str, Any]:
    """Return one page of `rows`. One query, which costs the same however far one has read."""
    rows = rows.order_by("uid")
    if after is not None:
        rows = rows.filter(uid__gt=after)
    found = list(rows[: limit + 1])
    more = len(found) > limit
    return {"items": found[:limit], "next": found[limit - 1].pk if more else None}


class FieldProblem(Schema):
    """A part of the request that does not fit."""

    where: str = Field(alias="in", description="body, query, path or header")
    field: str
    code: str
    detail: str


class Problem(Schema):
    """What went wrong: RFC 9457, with a code that never changes."""

    type: str
    title: str
    status: int
    detail: str = Field(description="A sentence that says what to do, in the language asked for.")
    code: str = Field(description="What programs may rely on: org.not_a_cell, access.denied, …")
    errors: list[FieldProblem] | None = None
    theirs: str | None = Field(
        None, description="Of a text that somebody else has changed meanwhile: what stands there."
    )
