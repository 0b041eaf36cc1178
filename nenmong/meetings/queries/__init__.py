"""Reads of meetings, by what they are for."""

from nenmong.meetings.queries import (
    course,
    facts,
    lists,
    measures,
    record,
    recount,
    rows,
    verify,
    work,
)

__all__ = ["course", "facts", "lists", "measures", "record", "recount", "rows", "verify", "work"]
