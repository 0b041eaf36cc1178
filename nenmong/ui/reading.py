"""Reading a day or a year as people write it; what cannot be read is said."""

import re
from calendar import monthrange
from datetime import date

from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError
from nenmong.core.rules import clean

_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
MAX_MONTH, YEAR_DIGITS = 12, 4
FIRST_YEAR, LAST_YEAR = 1930, 2129  # of any day here; 0226 is a slip of the finger


def read_day(text: str) -> date | None:
    """Return the day written as 30/6/2026 or 2026-06-30; None where nothing is written.

    Raises:
        DomainError: `core.no_such_day` or `core.unread_day`, with an example that would do.
    """
    if not (text := text.strip()):
        return None
    if match := _ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise DomainError(
            "core.unread_day",
            _("“%(text)s” could not be read as a day. Write it like 30/6/2026.")
            % {"text": text[:40]},
        )
    if not 1 <= month <= MAX_MONTH:
        raise DomainError(
            "core.no_such_day", _("There are months 1 to 12. Write the day like 30/6/2026.")
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DomainError(
            "core.no_such_day",
            _("The year %(year)s cannot be meant here. Write the day like 30/6/2026.")
            % {"year": year},
        )
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise DomainError(
            "core.no_such_day",
            _("Month %(month)s has only %(last)s days. Write the day again, e.g. %(example)s.")
            % {"month": month, "last": last, "example": f"{last}/{month}/{year}"},
        )
    return date(year, month, day)


def read_year(text: str) -> int | None:
    """Return a year written with four digits; None where nothing is written.

    Raises:
        DomainError: `org.birth_year`.
    """
    if not (text := clean(text)):
        return None
    if not (text.isascii() and text.isdigit() and len(text) == YEAR_DIGITS):
        raise DomainError("org.birth_year", _("Enter the year of birth with four digits."))
    return int(text)
