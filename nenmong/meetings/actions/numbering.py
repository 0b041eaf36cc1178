"""Numbers of documents: by type within a term, going on from those given before this program."""

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.meetings.models import DocumentCounter, Meeting
from nenmong.meetings.queries.numbers import NUMBERED, last_given, terms_of
from nenmong.meetings.rules import calendar
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book

HIGHEST = 9999


@within_action
def next_number(meeting: Meeting, kind: str, book: Book) -> int:
    """Give the next number of a type of document in the term of a meeting."""
    term = calendar.term_of(meeting.held_on or clock.today(), terms_of(book))
    counter, _made = DocumentCounter.objects.select_for_update().get_or_create(
        bucket=meeting.bucket, unit=meeting.unit, kind=kind, term=term
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


@action
def set_last_number(*, actor: Actor, unit_uid: str, kind: str, last: int) -> DocumentCounter:
    """Say the last number given in the present term, before this program or beside it.

    Raises:
        NotAllowed: `actor` does not seal there.
        DomainError: `meetings.unknown_type`, `meetings.bad_number`, `meetings.number_given`.
    """
    unit = Unit.objects.select_for_update().get(uid=unit_uid)
    access.require(actor, "meetings.seal", unit)
    if kind not in NUMBERED:
        raise DomainError("meetings.unknown_type", _("Choose which documents are numbered."))
    if not 0 <= last <= HIGHEST:
        raise DomainError(
            "meetings.bad_number",
            _("The last number given lies between 0 and %(most)s. Check it.") % {"most": HIGHEST},
        )
    terms = terms_of(rulebook.book_now(unit, clock.today()))
    term = calendar.term_of(clock.today(), terms)
    if last < (given := last_given(unit_uid, kind, term)):
        raise DomainError(
            "meetings.number_given",
            _("Number %(given)s stands on a sealed document already. Numbers go on from there.")
            % {"given": given},
        )
    counter, _made = DocumentCounter.objects.select_for_update().get_or_create(
        bucket=unit.bucket, unit=unit, kind=kind, term=term
    )
    if counter.last != last:
        counter.last = last
        counter.save(update_fields=["last"])
        audit.record(
            actor, "meetings.number_set", counter, unit_path=unit.path, kind=kind, last=last
        )
    return counter
