"""Reads of meetings, by what they are for."""

from nenmong.meetings.queries import (
    facts,
    feed,
    lists,
    measures,
    overview,
    record,
    recount,
    rows,
    verify,
    work,
)

__all__ = [
    "facts", "feed", "lists", "measures", "overview", "record", "recount", "rows", "verify", "work",
]  # fmt: skip
