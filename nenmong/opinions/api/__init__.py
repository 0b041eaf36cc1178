"""Opinions for programs: the same actions, the same rights as on the pages."""

from nenmong.opinions.api import answering, attached, cell, desks, fields, issues, reading
from nenmong.opinions.api.theme import router

ROUTERS = (router,)

__all__ = ["ROUTERS", "answering", "attached", "cell", "desks", "fields", "issues", "reading"]
