"""Meetings for programs: the same actions, the same rights as on the pages."""

from nenmong.meetings.api import (  # their import enters the doors
    around,
    closing,
    documents,
    feed,
    holding,
    preparing,
    reading,
    tasks,
    whole,
    yearly,
)
from nenmong.meetings.api.theme import router

ROUTERS = (router,)

__all__ = [
    "ROUTERS", "around", "closing", "documents", "feed", "holding", "preparing", "reading",
    "tasks", "whole", "yearly",
]  # fmt: skip
