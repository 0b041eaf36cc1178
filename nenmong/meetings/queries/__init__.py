"""Reads of meetings, by what they are for."""

from nenmong.meetings.queries import (
    facts,
    lists,
    measures,
    record,
    recount,
    rows,
    tasks,
    verify,
    work,
)

__all__ = ["facts", "lists", "measures", "record", "recount", "rows", "tasks", "verify", "work"]
