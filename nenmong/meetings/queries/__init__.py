"""Reads of meetings, by what they are for."""

from nenmong.meetings.queries import (
    course,
    facts,
    invitations,
    lists,
    measures,
    numbers,
    owners,
    paper,
    proposals,
    record,
    recount,
    rows,
    tasks,
    verify,
    work,
)

__all__ = [
    "course",
    "facts",
    "invitations",
    "lists",
    "measures",
    "numbers",
    "owners",
    "paper",
    "proposals",
    "record",
    "recount",
    "rows",
    "tasks",
    "verify",
    "work",
]  # fmt: skip
