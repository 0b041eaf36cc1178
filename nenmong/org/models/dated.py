"""What holds from one day to another."""

from datetime import date
from typing import Any

from django.db.models import Q


def in_force(day: date, prefix: str = "") -> Q:
    """Return the condition that a dated row holds on `day`; both its days are counted."""
    last = prefix + "last_day"
    return Q(**{prefix + "first_day__lte": day}) & (Q(**{last: None}) | Q(**{last + "__gte": day}))


def covers(row: Any, first_day: date, last_day: date | None) -> bool:
    """Say whether a dated row holds on every day from one to another (None: for ever)."""
    ends = row.last_day is None or (last_day is not None and row.last_day >= last_day)
    return bool(row.first_day <= first_day and ends)
