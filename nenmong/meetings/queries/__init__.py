"""Reads of meetings, by what they are for."""

from nenmong.meetings.queries import (
    facts,
    joint,
    lists,
    measures,
    putting_off,
    record,
    recount,
    rows,
    verify,
    work,
    yearly,
)

__all__ = [
    "facts", "joint", "lists", "measures", "putting_off", "record", "recount", "rows", "verify",
    "work", "yearly",
]  # fmt: skip
