"""Reads of meetings, by what they are for."""

from nenmong.meetings.queries import (
    facts,
    invitations,
    lists,
    measures,
    numbers,
    owners,
    proposals,
    record,
    recount,
    rows,
    tasks,
    verify,
    work,
)

__all__ = [
    "facts",
    "invitations",
    "lists",
    "measures",
    "numbers",
    "owners",
    "proposals",
    "record",
    "recount",
    "rows",
    "tasks",
    "verify",
    "work",
]  # fmt: skip
