"""Pure rules of the tree, of plans that change it, and of the roll."""

from nenmong.org.rules.dated import Span, overlaps
from nenmong.org.rules.kinds import may_stand_under, post_fits
from nenmong.org.rules.paths import (
    DIGITS,
    MAX_NUMBER,
    SEGMENT,
    child_path,
    is_under,
    lineage,
    moved,
    next_sibling,
    number_of,
)
from nenmong.org.rules.roll import NOT_DUE, is_due

__all__ = [
    "DIGITS", "MAX_NUMBER", "NOT_DUE", "SEGMENT", "Span", "child_path", "is_due", "is_under",
    "lineage", "may_stand_under", "moved", "next_sibling", "number_of", "overlaps", "post_fits",
]  # fmt: skip
