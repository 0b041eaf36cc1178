"""The organisation for programs: the same actions, the same rights as on the pages."""

from nenmong.org.api import charge, members, units

ROUTERS = (units.router, members.router, charge.router)

__all__ = ["ROUTERS"]
