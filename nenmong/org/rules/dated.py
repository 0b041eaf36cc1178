"""Rows that hold from one day to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both counted; an open end is None."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def overlaps(spans: Iterable[Span]) -> bool:
    """Say whether any two of `spans` share a day."""
    ordered = sorted(spans, key=lambda span: span.first)
    return any(one.last is None or other.first <= one.last for one, other in pairwise(ordered))
