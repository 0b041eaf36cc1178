"""Reads of meetings, by what they are for."""

from nenmong.meetings.queries import (
    facts,
    lists,
    measures,
    paper,
    record,
    recount,
    rows,
    verify,
    work,
)

__all__ = ["facts", "lists", "measures", "paper", "record", "recount", "rows", "verify", "work"]
