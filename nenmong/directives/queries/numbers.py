"""Numbers of documents: the term they run in, and the next one to propose."""

from datetime import date

from nenmong.directives.models import Directive
from nenmong.directives.rules import kinds
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.rules.terms import term_of as term_in


def term_of(unit_uid: str, day: date) -> date:
    """Return the first day of the term that `day` lies in, for the documents of a unit."""
    starts = rulebook.book(unit_uid, day).value("documents.term_starts")
    return term_in(day, [date.fromisoformat(start) for start in starts])


def proposed(one: Directive, day: date, letters: str) -> str:
    """Return the next number of this kind in the term, to be put into the form; it may be changed.

    Args:
        letters: of the unit: "ĐU" of a commune committee, "TU" of a province's.
    """
    kind = kinds.of(one.kind)
    if not kind.letters:
        return ""
    rows = Directive.objects.filter(
        issuer=one.issuer_id, kind=one.kind, outside_issuer="",
        issued_on__gte=term_of(one.issuer_id, day),
    )  # fmt: skip
    numbers = [
        kinds.counted(number, kind.letters) for number in rows.values_list("number", flat=True)
    ]
    last = max((number for number in numbers if number), default=0)
    return kinds.number_text(last + 1, kind.letters, letters)


def letters_of(unit: Unit) -> str:
    """Return the letters a unit's documents bear behind the stroke.

    Source: 05-HD/VPTW (2026), secondary: CB of a cell, ĐU of a committee, TU of a province's.
    """
    if unit.is_cell:
        return "CB"
    return "TU" if unit.parent_id is None else "ĐU"
