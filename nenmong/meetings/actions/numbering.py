"""Numbers of documents: by type within a term, going on from those given before this program."""

from datetime import date

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.models import DocumentCounter, Meeting, YearPlan
from nenmong.meetings.models.meeting import PLANNED
from nenmong.meetings.queries.numbers import (
    GIVEN,
    NOTICE,
    TYPES,
    YEAR_PLAN,
    last_given,
    number_of,
    terms_of,
)
from nenmong.org import access
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book
from nenmong.rulebook.rules.terms import term_of

HIGHEST = 9999


@within_action
def next_number(meeting: Meeting, kind: str, book: Book) -> int:
    """Give the next number of a type of document in the term of a meeting."""
    term = term_of(meeting.held_on or clock.today(), terms_of(book))
    return _next(meeting, kind, term)


def _next(of: Meeting | YearPlan, kind: str, term: date) -> int:
    counter, _made = DocumentCounter.objects.select_for_update().get_or_create(
        bucket=of.bucket, unit=of.unit, kind=kind, term=term
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _number(actor: Actor, of: Meeting | YearPlan, kind: str) -> None:
    """Give a document the next number of its type in the present term, once."""
    if number_of(of.uid) is not None:
        return
    term = term_of(clock.today(), terms_of(rulebook.book_now(of.unit, clock.today())))
    audit.record(
        actor, GIVEN, of, unit_path=of.unit.path, kind=kind, term=term.isoformat(),
        number=_next(of, kind, term),
    )  # fmt: skip


@action
def number_notice(*, actor: Actor, meeting_uid: str) -> Meeting:
    """Give the notice of a meeting its number; a second call keeps it.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", PLANNED)
    _number(actor, meeting, NOTICE)
    return meeting


@action
def number_year_plan(*, actor: Actor, unit_uid: str, year: int) -> YearPlan:
    """Give a unit's plan of a year its number; a second call keeps it.

    Raises:
        NotAllowed: `actor` may not prepare meetings there.
        DomainError: `meetings.empty_plan`.
    """
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, "meetings.prepare", unit)
    plan = YearPlan.objects.select_for_update().filter(unit=unit, year=year).first()
    if plan is None:
        raise DomainError(
            "meetings.empty_plan", _("The plan has no topic yet. Write at least one, then report.")
        )
    plan.unit = unit
    _number(actor, plan, YEAR_PLAN)
    return plan


@action
def set_last_number(*, actor: Actor, unit_uid: str, kind: str, last: int) -> DocumentCounter:
    """Say the last number given in the present term, before this program or beside it.

    Raises:
        NotAllowed: `actor` does not seal there.
        DomainError: `meetings.unknown_type`, `meetings.bad_number`, `meetings.number_given`.
    """
    unit = Unit.objects.select_for_update().get(uid=unit_uid)
    access.require(actor, "meetings.seal", unit)
    if kind not in TYPES:
        raise DomainError("meetings.unknown_type", _("Choose which documents are numbered."))
    if not 0 <= last <= HIGHEST:
        raise DomainError(
            "meetings.bad_number",
            _("The last number given lies between 0 and %(most)s. Check it.") % {"most": HIGHEST},
        )
    terms = terms_of(rulebook.book_now(unit, clock.today()))
    term = term_of(clock.today(), terms)
    if last < (given := last_given(unit, kind, term)):
        raise DomainError(
            "meetings.number_given",
            _("Number %(given)s stands on a document already. Numbers go on from there.")
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
