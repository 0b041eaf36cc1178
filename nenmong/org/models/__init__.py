"""The organisation's tables."""

from nenmong.org.models.charge import Administrator, Following, Opening
from nenmong.org.models.dated import in_force
from nenmong.org.models.imports import ColumnMapping, Upload
from nenmong.org.models.people import (
    Member,
    Membership,
    MembershipQuerySet,
    MemberStatus,
    PartyGroup,
    Post,
)
from nenmong.org.models.plans import Reorganisation, UnitSuccession
from nenmong.org.models.units import (
    ABOVE_GRASSROOTS,
    CELLS,
    GRASSROOTS,
    OFFICES,
    CellKind,
    Unit,
    UnitKind,
    UnitQuerySet,
    UnitShape,
    UnitVersion,
)

__all__ = [
    "ABOVE_GRASSROOTS", "CELLS", "GRASSROOTS", "OFFICES", "Administrator", "CellKind",
    "ColumnMapping", "Following", "Member", "MemberStatus", "Membership", "MembershipQuerySet",
    "Opening", "PartyGroup", "Post", "Reorganisation", "Unit", "UnitKind", "UnitQuerySet",
    "UnitShape", "UnitSuccession", "UnitVersion", "Upload", "in_force",
]  # fmt: skip
