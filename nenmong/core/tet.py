"""When Tết is: the first day of the lunar year as kept in Vietnam, and the days around it off work.

The table is the day of the new moon by the clock of Vietnam (UTC+7), as published in the calendar
of the Vietnam Academy of Science and Technology; a test works it out again from the moon. China's
calendar (UTC+8) differs in some years, as in 2030. Beyond the table nothing is known, nothing said.
"""

from datetime import date, timedelta

FIRST_DAYS = {
    day.year: day
    for day in (
        date(2015, 2, 19), date(2016, 2, 8), date(2017, 1, 28), date(2018, 2, 16),
        date(2019, 2, 5), date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1),
        date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17),
        date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13), date(2030, 2, 2),
        date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31), date(2034, 2, 19),
        date(2035, 2, 8),
    )
}  # fmt: skip
# Five days are off by law (Bộ luật Lao động 2019, Điều 112); which five is said anew every year.
# These are off in every one of those years: the day before, and the first four.
BEFORE, AFTER = timedelta(days=1), timedelta(days=3)
SATURDAY = 5


def first_day(day: date) -> date | None:
    """Return the first day of the lunar year if `day` is one of the days of Tết, else None."""
    first = FIRST_DAYS.get(day.year)
    return first if first and first - BEFORE <= day <= first + AFTER else None


def day_after(first: date) -> date:
    """Return the first working day behind the days of Tết that begin with `first`."""
    day = first + AFTER + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
