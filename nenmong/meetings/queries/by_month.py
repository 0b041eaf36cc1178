"""What the cells under a unit did month by month, read from the month table."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from nenmong.core import clock
from nenmong.meetings.models import Meeting, MeetingMonth
from nenmong.meetings.rules import calendar
from nenmong.meetings.rules import overview as rules
from nenmong.org.models import Unit, UnitKind

NAMES = ("planned", "cancelled", "held", "sealed", "filed", "present", "due")


@dataclass(frozen=True)
class MonthSum:
    """The regular meetings of a month under one unit; none at all where nothing was planned."""

    month: date
    planned: int = 0  # those cancelled since among them
    cancelled: int = 0
    held: int = 0
    sealed: int = 0
    filed: int = 0
    present: int = 0
    due: int = 0

    @property
    def expected(self) -> int:
        """Meetings planned and not cancelled; a cell that planned none is not among them."""
        return self.planned - self.cancelled


def by_month(unit: Unit, months: int = 24) -> list[tuple[int, list[MonthSum]]]:
    """Return the last months of the cells under a unit by year, the latest year first. One query.

    Cells stand where they stood in the month itself: a committee reads the course it had.
    """
    last = calendar.month_of(clock.today())
    first = rules.months_back(last, months - 1)
    sums = _sums_of_meetings if unit.kind == UnitKind.SECTIONAL_COMMITTEE else _sums_of_months
    found = {row.pop("month"): row for row in sums(unit).filter(month__range=(first, last))}
    years: dict[int, list[MonthSum]] = {}
    for month in rules.months_between(first, last):
        years.setdefault(month.year, []).append(MonthSum(month, **found.get(month, {})))
    return sorted(years.items(), reverse=True)


def _sums_of_months(unit: Unit) -> Any:
    rows = MeetingMonth.objects.filter(path__under=unit.path).order_by().values("month")
    return rows.annotate(**{name: Sum(name) for name in NAMES})


def _sums_of_meetings(unit: Unit) -> Any:
    """Return the same of a committee below the grassroots, of which the table keeps no row."""
    status, regular = Meeting.Status, Meeting.objects.regular()
    sealed = Q(status=status.SEALED)
    return (
        regular.filter(unit__path__under=unit.path).order_by().values("month")
        .annotate(
            planned=Count("uid"),
            cancelled=Count("uid", filter=Q(status=status.CANCELLED)),
            held=Count("uid", filter=Q(status__in=[status.HELD, status.SEALED])),
            sealed=Count("uid", filter=sealed),
            filed=Count("uid", filter=sealed & Q(filed_at__isnull=False)),
            present=Sum("present", filter=sealed, default=0),
            due=Sum("due", filter=sealed, default=0),
        )
    )  # fmt: skip
