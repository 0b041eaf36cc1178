"""Reads of meetings, by what they are for."""

from nenmong.meetings.queries import (
    beforehand,
    books,
    facts,
    lists,
    measures,
    record,
    recount,
    rows,
    templates,
    verify,
    work,
)

__all__ = [
    "beforehand", "books", "facts", "lists", "measures", "record", "recount", "rows", "templates",
    "verify", "work",
]  # fmt: skip
