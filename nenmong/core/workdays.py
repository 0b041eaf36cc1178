"""Working days: Monday to Friday less the country's holidays, and what an office set otherwise.

The holidays, those kept instead of others among them, and the Saturdays worked for them come from
the library `holidays` (Bộ luật Lao động 2019, Điều 112, and each year's announcement); what it does
not know yet is set by hand.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

FIRST, LAST = 2015, 2045  # years that can be counted in
WEEKDAYS = 5
DAY = timedelta(days=1)


class Workdays:
    """Counts working days. A span from one day to another leaves out the first, counts the last."""

    def __init__(self, changed: Mapping[date, bool] | None = None) -> None:
        """Take the days that work, or do not, otherwise than the country's calendar says."""
        import holidays  # noqa: PLC0415 -- 11 MB of each process; most requests count no days

        self._start = date(FIRST, 1, 1)
        last = date(LAST, 12, 31)
        country = holidays.country_holidays("VN", years=range(FIRST, LAST + 1))
        extra = country.weekend_workdays
        days = (self._start + DAY * n for n in range((last - self._start).days + 1))
        self._works = [
            (day.weekday() < WEEKDAYS and day not in country) or day in extra for day in days
        ]
        for day, works in (changed or {}).items():
            self._works[self._index(day)] = works
        self._counted = list(accumulate(self._works))

    def _index(self, day: date) -> int:
        index = (day - self._start).days
        if not 0 <= index < len(self._works):
            raise ValueError(f"{day} lies outside {FIRST} to {LAST}")
        return index

    def works(self, day: date) -> bool:
        """Say whether offices work on a day.

        Raises:
            ValueError: the day lies outside the years that can be counted in; so below.
        """
        return self._works[self._index(day)]

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie behind `start`, up to and with `end`; 0 backwards."""
        return max(0, self._counted[self._index(end)] - self._counted[self._index(start)])

    def after(self, start: date, count: int) -> date:
        """Return the `count`-th working day behind `start`; with 0, `start` itself.

        Raises:
            ValueError: `count` is negative.
        """
        if count < 0:
            raise ValueError(f"{count} days do not lie ahead")
        day = start
        while count:
            day += DAY
            count -= self.works(day)
        return day


@lru_cache(maxsize=8)
def workdays(changed: frozenset[tuple[date, bool]] = frozenset()) -> Workdays:
    """Return the calendar with these days changed; made once for each set of them."""
    return Workdays(dict(changed))


def named_days(year: int, language: str) -> list[tuple[date, str, bool]]:
    """Return the days of a year that the country's calendar sets apart, in order.

    Each with its name in Vietnamese or English, empty for a Saturday worked instead of a holiday,
    and whether offices work on it.

    Raises:
        ValueError: the year lies outside those that can be counted in.
    """
    if not FIRST <= year <= LAST:
        raise ValueError(f"{year} lies outside {FIRST} to {LAST}")
    spoken = "en_US" if language.startswith("en") else "vi"
    import holidays  # noqa: PLC0415 -- as above

    country = holidays.country_holidays("VN", years=year, language=spoken)
    named = [(day, name, False) for day, name in country.items()]
    worked = [(day, "", True) for day in country.weekend_workdays if day.year == year]
    return sorted(named + worked)
