"""Numbers of documents: the term they run in, the last one given, the next to come."""

from datetime import date

from django.db.models import Max

from nenmong.core import clock
from nenmong.core.models import AuditEntry
from nenmong.meetings.models import DocumentCounter, Meeting
from nenmong.org.models import Unit
from nenmong.rulebook.queries import Book
from nenmong.rulebook.rules.terms import term_of

MINUTES, RESOLUTION = "BB", "NQ"
NOTICE, YEAR_PLAN = "TB", "KH"
NUMBERED = {MINUTES: "minutes_number", RESOLUTION: "resolution_number"}  # by the seal
TYPES = (*NUMBERED, NOTICE, YEAR_PLAN)
# A notice or a plan is numbered once, when it is asked for; the line in the audit is its number.
GIVEN = "meetings.document_numbered"


def terms_of(book: Book) -> list[date]:
    """Return the first days of the terms within which a unit's documents are numbered."""
    return [date.fromisoformat(start) for start in book.value("documents.term_starts")]


def last_numbers(unit_uid: str, term: date) -> dict[str, int]:
    """Return the last number of each type of document of a unit in a term. One query."""
    rows = DocumentCounter.objects.filter(unit=unit_uid, term=term, kind__in=TYPES)
    return dict.fromkeys(TYPES, 0) | dict(rows.values_list("kind", "last"))


def upcoming(meeting: Meeting, book: Book) -> dict[str, int]:
    """Return the numbers the documents of a meeting take if it is sealed now. One query."""
    term = term_of(meeting.held_on or clock.today(), terms_of(book))
    return {kind: last + 1 for kind, last in last_numbers(meeting.unit_id, term).items()}


def number_of(uid: str) -> int | None:
    """Return the number of a meeting's notice or of a plan, by its uid. One query."""
    lines = AuditEntry.objects.filter(subject_uid=uid, verb=GIVEN).order_by("at")
    detail = lines.values_list("detail", flat=True).first()
    return detail["number"] if detail else None


def last_given(unit: Unit, kind: str, term: date) -> int:
    """Return the highest number on a document of a unit in a term. One query."""
    if kind not in NUMBERED:
        lines = AuditEntry.objects.filter(unit_path=unit.path, verb=GIVEN)
        details = lines.values_list("detail", flat=True)
        same = (one for one in details if (one["kind"], one["term"]) == (kind, term.isoformat()))
        return max((one["number"] for one in same), default=0)
    sealed = Meeting.objects.of_unit(unit.uid).sealed().filter(held_on__gte=term)
    found: int | None = sealed.aggregate(most=Max(NUMBERED[kind]))["most"]
    return found or 0
