"""Reading what a form sends: days, hours, counts, the roll; what cannot be read is said."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings.actions.answers_read import Hands
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.actions.voting import Ballots
from nenmong.meetings.rules import business
from nenmong.ui.reading import read_day

# The number pad of a Vietnamese phone has a comma where others have a point.
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:.,h]|giờ)\s*(\d{2})?")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})[/.\-](\d{4})", re.ASCII)
MAX_HOUR, MAX_MINUTE, MAX_COUNT = 23, 59, 9999


def read_hour(text: str) -> time:
    """Return the hour written as 19:30, 19.30, 19h30 or 19 giờ 30.

    Raises:
        DomainError: `core.unread_hour`.
    """
    if match := _HOUR.fullmatch(text.strip()):
        hour, minute = int(match[1]), int(match[2] or 0)
        if hour <= MAX_HOUR and minute <= MAX_MINUTE:
            return time(hour, minute)
    raise DomainError(
        "core.unread_hour",
        _("“%(text)s” could not be read as an hour. Write it like 19:30.") % {"text": text[:40]},
    )


def read_moment(post: Mapping[str, str]) -> datetime:
    """Return day and hour of a form as one moment.

    Raises:
        DomainError: as `read_day` and `read_hour`; `core.no_day`.
    """
    day = read_day(post.get("day", ""))
    if day is None:
        raise DomainError("core.no_day", _("On which day? Write it like 30/6/2026."))
    return clock.at_hour(day, read_hour(post.get("hour", "")))


def read_hours(post: Mapping[str, str], day: date) -> tuple[datetime, datetime | None]:
    """Return when a meeting began and, if written, ended; an end before that is of the next day.

    Raises:
        DomainError: as `read_hour`.
    """
    opened = clock.at_hour(day, read_hour(post.get("opened", "")))
    if not (text := post.get("closed", "").strip()):
        return opened, None
    closed = clock.at_hour(day, read_hour(text))
    return opened, closed if closed >= opened else closed + timedelta(days=1)


def read_count(text: str, what: str) -> int:
    """Return a whole number from 0 to 9999; nothing written is 0.

    Raises:
        DomainError: `core.unread_count`, naming `what`.
    """
    text = text.strip() or "0"
    # Zeros first: Python reads no number of thousands of figures, the database none of twenty.
    figures = text.lstrip("0") or "0"
    if text.isascii() and text.isdigit() and len(figures) <= len(str(MAX_COUNT)):
        return int(figures)
    raise DomainError(
        "core.unread_count",
        _("%(what)s: “%(text)s” could not be read. Write a whole number, e.g. 27.")
        % {"what": what, "text": text[:40]},
    )


def read_tally(request: HttpRequest) -> dict[str, int]:
    """Return the three numbers of a vote."""
    post = request.POST
    return {
        "agreed": read_count(post.get("agreed", ""), _("Agree")),
        "against": read_count(post.get("against", ""), _("Against")),
        "other": read_count(post.get("other", ""), _("Other opinion")),
    }


def read_hands(request: HttpRequest) -> Hands:
    """Return how many found an answer solved, partly, not; a field left empty was not counted.

    Raises:
        DomainError: as `read_count`.
    """
    words = {"solved": _("solved"), "partly": _("partly"), "not_solved": _("not solved")}
    typed = {name: request.POST.get(name, "").strip() for name in words}
    return Hands(
        **{name: read_count(text, str(words[name])) for name, text in typed.items() if text}
    )


def read_ballots(request: HttpRequest) -> Ballots:
    """Return what came of a secret ballot."""
    post = request.POST
    return Ballots(
        issued=read_count(post.get("issued", ""), _("Ballots given out")),
        returned=read_count(post.get("returned", ""), _("Ballots that came back")),
        spoiled=read_count(post.get("spoiled", ""), _("Spoiled ballots")),
        **read_tally(request),
    )


def read_sum(text: str) -> int:
    """Return a sum in đồng; nothing written is 0.

    Raises:
        DomainError: `core.unread_sum`.
    """
    if (amount := business.amount(text)) is None:
        raise DomainError(
            "core.unread_sum",
            _("“%(text)s” could not be read as a sum. Write it in đồng, e.g. 1.250.000.")
            % {"text": text[:40]},
        )
    return amount


def read_dues(request: HttpRequest) -> tuple[int, int]:
    """Return how many paid, and the sum in đồng.

    Raises:
        DomainError: as `read_count` and `read_sum`.
    """
    members = read_count(request.POST.get("members", ""), _("Members who paid"))
    return members, read_sum(request.POST.get("amount", ""))


def read_roll(request: HttpRequest) -> dict[str, Called]:
    """Return who is noted how: fields `s-UID` and, beside them, `r-UID` for the reason."""
    return {
        name[2:]: Called(request.POST.get(name, ""), request.POST.get("r-" + name[2:], ""))
        for name in request.POST
        if name.startswith("s-")
    }


def minutes_word() -> str:
    """Return how the field of an item's length is called."""
    return _("Minutes planned")


def number_word() -> str:
    """Return how the field of a last number is called."""
    return _("Last number given")


def read_month(text: str) -> date | None:
    """Return the first day of a month written as 2026-10, 10/2026 or as a day of it; None for none.

    Raises:
        DomainError: as `read_day`.
    """
    text = text.strip()
    if match := _MONTH.fullmatch(text):
        text = f"{match[1] or match[4]}-{int(match[2] or match[3]):02}-01"
    day = read_day(text)
    return day.replace(day=1) if day else None
