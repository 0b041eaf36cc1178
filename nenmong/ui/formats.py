"""How days, times and numbers are written: as official documents do, or in plain English."""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from nenmong.core import clock
from nenmong.core.rules import given_name

WEEKDAYS = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
FROM_HERE_MB = 1000  # so that no size has more than three figures
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def upper_first(words: object) -> str:
    """Begin with a capital and leave the rest: `xây dựng Đảng` keeps the capital of its name."""
    text = str(words)
    return text[:1].upper() + text[1:]


def day(value: date) -> str:
    """Write a day: `03/7/2026`.

    Days below 10 and months 1 and 2 take a zero, so that no figure can be put before them; that is
    the rule of official documents.
    """
    value = _local_day(value)
    if _english():
        return f"{value.day} {ENGLISH_MONTHS[value.month - 1]} {value.year}"
    return f"{value.day:02}/{_month_figure(value)}/{value.year}"


def day_month(value: date) -> str:
    """Write a day of a year that is plain from the page: `03/7`."""
    value = _local_day(value)
    if _english():
        return f"{value.day} {ENGLISH_MONTHS[value.month - 1]}"
    return f"{value.day:02}/{_month_figure(value)}"


def month_name(value: date) -> str:
    """Name the month a day lies in: `tháng 7`."""
    value = _local_day(value)
    return ENGLISH_MONTHS[value.month - 1] if _english() else f"tháng {value.month}"


def month_year(value: date) -> str:
    """Name the month and its year: `tháng 7/2026`."""
    value = _local_day(value)
    if _english():
        return f"{month_name(value)} {value.year}"
    return f"tháng {_month_figure(value)}/{value.year}"


def weekday(value: date) -> str:
    """Name the day of the week: `Thứ Sáu`, `Chủ nhật`."""
    return gettext(WEEKDAYS[_local_day(value).weekday()])


def day_and_time(value: datetime) -> str:
    """Write a moment for the eye: `03/7/2026, 19.30`."""
    value = clock.local(value)
    if _english():
        return f"{day(value)}, {clock_time(value)}"
    # As both write it, without asking for the language twice more: a list has a hundred of them.
    return f"{value.day:02}/{_month_figure(value)}/{value.year}, {value.hour:02}.{value.minute:02}"


def clock_time(value: time | datetime) -> str:
    """Write a time of day for the eye: `19.30`."""
    value = _local_time(value)
    between = ":" if _english() else "."
    return f"{value.hour:02}{between}{value.minute:02}"


def spoken_time(value: time | datetime) -> str:
    """Write a time of day as it is read aloud: `19 giờ 30`, `8 giờ`."""
    value = _local_time(value)
    if _english():
        return f"{value:%H:%M}"
    return f"{value.hour} giờ {value.minute:02}" if value.minute else f"{value.hour} giờ"


def number(value: int | Decimal) -> str:
    """Write a number with its thousands apart: `9.439`, `4,5`."""
    english = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return english if _english() else english.translate(str.maketrans(",.", ".,"))


def percent(value: Fraction) -> str:
    """Write a rate with one decimal: `90,0%`. Only a whole is 100,0% and only nothing is 0,0%."""
    tenths = _round(value * 1000)
    if value < 1:
        tenths = min(tenths, 999)
    if value > 0:
        tenths = max(tenths, 1)
    return f"{number(Decimal(tenths).scaleb(-1))}%"


def file_size(value: int) -> str:
    """Write a number of bytes: `350 KB`, `2,4 MB`."""
    kilobytes = max(1, round(value / 1024))
    if kilobytes < FROM_HERE_MB:
        return f"{kilobytes} KB"
    return f"{number(Decimal(value * 10 // 1024**2) / 10)} MB"


def minutes(value: int) -> str:
    """Write a length: `90 phút`."""
    return ngettext("%(count)s minute", "%(count)s minutes", value) % {"count": number(value)}


def local_day(value: datetime) -> date:
    """Return the day of a moment by the clock on the wall."""
    return _local_day(value)


def given(name: str) -> str:
    """Return the name people call each other by: the last word."""
    return given_name(name)


def iso_day(value: str) -> str:
    """Write a day kept as `2026-07-03` in a record: `03/7/2026`."""
    return day(date.fromisoformat(value))


def length_of(value: timedelta) -> str:
    """Write a length of time in whole minutes: `95 phút`."""
    return minutes(int(value / timedelta(minutes=1)))


def days_left(today: date, due: date) -> str:
    """Say how far a due day is: `Hôm nay`, `Còn 2 ngày`, `Quá hạn 1 ngày`."""
    left = (due - today).days
    if left == 0:
        return gettext("Today")
    if left < 0:
        return ngettext("%(count)s day overdue", "%(count)s days overdue", -left) % {
            "count": number(-left)
        }
    return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": number(left)}


def due_kind(today: date, due: date, *, soon: int = 5) -> str:
    """Name the state a due day puts a thing in: `late`, `soon` (within `soon` days) or `todo`."""
    left = (due - today).days
    if left < 0:
        return "late"
    return "soon" if left <= soon else "todo"


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _local_day(value: date) -> date:
    if isinstance(value, datetime):
        return clock.local(value).date()
    return value


def _local_time(value: time | datetime) -> time:
    return clock.local(value).time() if isinstance(value, datetime) else value


def _month_figure(value: date) -> str:
    return f"{value.month:02}" if value.month <= 2 else str(value.month)  # noqa: PLR2004


def _round(value: Fraction) -> int:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
