"""Documents of committees for programs: the same actions, the same rights as on the pages."""

from nenmong.directives.api import commenting, drafting, reading, sending
from nenmong.directives.api.theme import router

ROUTERS = (router,)

__all__ = ["ROUTERS", "commenting", "drafting", "reading", "sending"]
