"""Meetings for programs: the same actions, the same rights as on the pages."""

from nenmong.meetings.api import (
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

ROUTERS = (
    reading.router, preparing.router, around.router, holding.router, closing.router,
    whole.router, documents.router, tasks.router, yearly.router, feed.router,
)  # fmt: skip

__all__ = ["ROUTERS"]
