"""The documents of a meeting and of a year as files, for who may have them: page and API alike.

What writes Word is 10 MB of each web process; most never write any. So it is read in when needed.
"""

from datetime import date
from typing import IO, Any, NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from nenmong.core import clock, keeping
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.files.naming import saved_as
from nenmong.meetings import access, actions, queries
from nenmong.meetings.doors import meeting_for
from nenmong.meetings.models import Meeting, MeetingDocument, YearPlan
from nenmong.meetings.queries.record import unit_then
from nenmong.meetings.rules.documents import Document, Edition
from nenmong.org import access as org
from nenmong.org.models import Unit
from nenmong.ui import formats

FIRST, LAST = 2000, 2200  # years a plan or a book may be of


class Printed(NamedTuple):
    """A Word file and the name it bears."""

    content: bytes
    name: str


def minutes(actor: Actor, uid: str, edition: str) -> Printed:
    """Return the minutes. The cell's own edition holds names; opening it is written down."""
    from nenmong.meetings import exports  # noqa: PLC0415

    if edition not in set(Edition):
        raise Http404
    chosen = Edition(edition)
    own = chosen is Edition.CELL_BOOK
    meeting = meeting_for(actor, uid, "meetings.names" if own else "meetings.view")
    record = record_or_draft(actor, meeting)
    sheet = _names(actor, meeting) if own else None
    name = exports.file_name(record, exports.Document.MINUTES, chosen)
    return Printed(exports.minutes_docx(record, sheet, chosen), name)


def resolution(actor: Actor, uid: str) -> Printed:
    """Return the resolution."""
    from nenmong.meetings import exports  # noqa: PLC0415

    record = record_or_draft(actor, meeting_for(actor, uid))
    name = exports.file_name(record, exports.Document.RESOLUTION)
    return Printed(exports.resolution_docx(record), name)


def record_or_draft(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """Return what was sealed; before that who works on the meeting gets a draft."""
    if sealed := queries.verify.sealed_of(meeting):
        notes = queries.books.corrections([meeting])[meeting.uid]
        return queries.verify.record_in(sealed) | {"notes": notes}
    if meeting.status == Meeting.Status.PLANNED:
        raise Http404
    access.require(actor, "meetings.work", meeting)
    return queries.record.record_of(meeting) | {"link": None}


def _names(actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """Return the names sheet; once sealed, opening it is written down."""
    if meeting.status == Meeting.Status.SEALED:
        sheet: dict[str, Any] | None = actions.open_names_sheet(
            actor=actor, meeting_uid=meeting.uid
        )
        return sheet
    return queries.record.names_of(meeting)


def notice(actor: Actor, uid: str) -> Printed:
    """Return the notice of a meeting, to be hung up or handed out."""
    from nenmong.meetings import exports  # noqa: PLC0415

    coming = queries.beforehand.coming(meeting_for(actor, uid, "meetings.agenda"))
    return Printed(exports.notice_docx(coming), of_coming(Document.NOTICE, coming))


def form(actor: Actor, uid: str) -> Printed:
    """Return the form to take notes on by hand, with the names of who is called."""
    from nenmong.meetings import exports  # noqa: PLC0415

    meeting = meeting_for(actor, uid, "meetings.work")
    coming = queries.beforehand.coming(meeting, people(meeting))
    return Printed(exports.form_docx(coming), of_coming(Document.FORM, coming))


def people(meeting: Meeting) -> Any:
    """Return the roll by the numbers it is typed in by."""
    return queries.paper.numbered(meeting, queries.paper.day_of(meeting))


def of_coming(document: Document, coming: dict[str, Any]) -> str:
    """Return the name of a file about a meeting to come."""
    from nenmong.meetings import exports  # noqa: PLC0415

    return exports.named(document, coming["starts_at"][:10], coming["unit"]["name"])


def book(actor: Actor, unit_uid: str, year: int, edition: str) -> Printed:
    """Return the minutes of a year in one; with names it is opened and written down once."""
    from nenmong.meetings import exports  # noqa: PLC0415

    if edition not in set(Edition):
        raise Http404
    own = edition == Edition.CELL_BOOK
    unit = _unit(actor, unit_uid, "meetings.names" if own else "meetings.view")
    of_years(year)
    meetings: Any = None
    if own:
        opened = actions.open_minute_book(actor=actor, unit_uid=unit.uid, year=year)
        meetings = opened["meetings"]
    else:
        meetings = queries.books.without_names(actor, unit.uid, year)
    named = unit_then(unit.uid, min(date(year, 12, 31), clock.today()), unit)
    content = exports.book_docx(meetings, unit=named, year=year, edition=Edition(edition))
    name = exports.named(Document.BOOK, str(year), unit.name, "" if own else edition)
    return Printed(content, name)


def year_plan(actor: Actor, unit_uid: str, year: int) -> Printed:
    """Return a unit's plan of a year; before it is reported it is the unit's own."""
    from nenmong.meetings import exports  # noqa: PLC0415

    unit = _unit(actor, unit_uid, "meetings.view")
    of_years(year)
    plan = YearPlan.objects.filter(unit=unit, year=year).first()
    if plan is not None and plan.reported_at is None:
        org.require(actor, "meetings.agenda", unit)
    if plan is None:
        raise DomainError(
            "meetings.no_year_plan",
            _("There is no plan of %(year)s yet. It can be printed once it is written.")
            % {"year": year},
        )
    content = exports.year_plan_docx(queries.beforehand.year_plan(plan))
    return Printed(content, exports.named(Document.YEAR_PLAN, str(year), unit.name))


def package(actor: Actor, uid: str, edition: str) -> tuple[IO[bytes], str]:
    """Return all of a sealed meeting in one ZIP, for whoever must hand it in elsewhere as well."""
    from nenmong.meetings import packing  # noqa: PLC0415

    meeting = meeting_for(actor, uid, "meetings.file")
    with_names = packing.edition_of(edition) is packing.Edition.NAMES
    if with_names:
        access.require(actor, "meetings.names", meeting)
    sealed = queries.verify.sealed_of(meeting)
    if sealed is None:
        raise DomainError(
            "meetings.not_sealed", _("The package is made of sealed minutes. Seal them first.")
        )
    names = None
    if with_names:  # once for each package, and written down
        names = actions.open_names_sheet(actor=actor, meeting_uid=uid)
    record = queries.verify.record_in(sealed)
    documents = [
        packing.File(file_name(row, meeting), row.title, row.sort, row.sha256)
        for row in queries.documents.documents_of(meeting)
        if row.taken_off_at is None
    ]
    roll = queries.work.roll(meeting) if names is not None else None
    return packing.packed(record, documents, roll), packing.file_name(record)


def file_name(row: MeetingDocument, meeting: Meeting) -> str:
    """Return the name a document or a signed scan is saved under."""
    day = meeting.held_on or clock.local(meeting.starts_at).date()
    what = "ban-ky" if row.sort == MeetingDocument.Sort.SCAN else "tai-lieu"
    return saved_as(what, f"{day:%Y-%m-%d}", row.title, row.kind)


def content_of(row: MeetingDocument) -> bytes:
    """Return the bytes of a file.

    Raises:
        DomainError: `files.missing`, `meetings.taken_off`.
    """
    if row.taken_off_at is not None:
        raise DomainError(
            "meetings.taken_off",
            _("This file was taken off on %(day)s by %(name)s. Why: %(why)s")
            % {
                "day": formats.day(row.taken_off_at), "name": row.taken_off_by,
                "why": row.taken_off_why,
            },
        )  # fmt: skip
    return keeping.content_of(row.sha256)


def of_years(year: int) -> None:
    """Refuse a year that no plan or book is of.

    Raises:
        Http404: it is none.
    """
    if not FIRST <= year <= LAST:
        raise Http404


def _unit(actor: Actor, uid: str, permission: str) -> Unit:
    unit = get_object_or_404(org.visible_units(actor).select_related("parent"), uid=uid)
    org.require(actor, permission, unit)
    return unit
