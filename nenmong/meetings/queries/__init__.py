"""Reads of meetings, by what they are for."""

from nenmong.meetings.queries import (
    documents,
    facts,
    lists,
    measures,
    numbers,
    record,
    recount,
    rows,
    verify,
    work,
)

__all__ = [
    "documents",
    "facts",
    "lists",
    "measures",
    "numbers",
    "record",
    "recount",
    "rows",
    "verify",
    "work",
]
