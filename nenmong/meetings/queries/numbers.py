"""Numbers of documents: the term they run in, the last one given, the next to come."""

from datetime import date

from django.db.models import Max

from nenmong.core import clock
from nenmong.meetings.models import DocumentCounter, Meeting
from nenmong.meetings.rules import calendar
from nenmong.rulebook.queries import Book

MINUTES, RESOLUTION = "BB", "NQ"
NUMBERED = {MINUTES: "minutes_number", RESOLUTION: "resolution_number"}


def terms_of(book: Book) -> list[date]:
    """Return the first days of the terms within which a unit's documents are numbered."""
    return [date.fromisoformat(start) for start in book.value("documents.term_starts")]


def last_numbers(unit_uid: str, term: date) -> dict[str, int]:
    """Return the last number of each type of document of a unit in a term. One query."""
    rows = DocumentCounter.objects.filter(unit=unit_uid, term=term, kind__in=NUMBERED)
    return dict.fromkeys(NUMBERED, 0) | dict(rows.values_list("kind", "last"))


def upcoming(meeting: Meeting, book: Book) -> dict[str, int]:
    """Return the numbers the documents of a meeting take if it is sealed now. One query."""
    term = calendar.term_of(meeting.held_on or clock.today(), terms_of(book))
    return {kind: last + 1 for kind, last in last_numbers(meeting.unit_id, term).items()}


def last_given(unit_uid: str, kind: str, term: date) -> int:
    """Return the highest number on a sealed document of a unit since a term began. One query."""
    sealed = Meeting.objects.of_unit(unit_uid).sealed().filter(held_on__gte=term)
    found: int | None = sealed.aggregate(most=Max(NUMBERED[kind]))["most"]
    return found or 0
