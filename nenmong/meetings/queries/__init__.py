"""Reads of meetings, by what they are for."""

from nenmong.meetings.queries import facts, lists, record, recount, rows, verify, work

__all__ = ["facts", "lists", "record", "recount", "rows", "verify", "work"]
