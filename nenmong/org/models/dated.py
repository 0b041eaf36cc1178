"""What holds from one day to another."""

from datetime import date

from django.db.models import Q


def in_force(day: date, prefix: str = "") -> Q:
    """Return the condition that a dated row holds on `day`; both its days are counted."""
    last = prefix + "last_day"
    return Q(**{prefix + "first_day__lte": day}) & (Q(**{last: None}) | Q(**{last + "__gte": day}))
