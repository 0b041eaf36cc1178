"""Terms of committees, within which documents are numbered."""

from collections.abc import Collection
from datetime import date


def term_of(day: date, starts: Collection[date]) -> date:
    """Return the first day of the term that `day` lies in; before the first term, that one's."""
    begun = [start for start in starts if start <= day]
    return max(begun) if begun else min(starts)
