"""Documents as Word: the notice, the form to take notes on, the minute book, the plan of a year."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import access, actions, queries
from nenmong.meetings.models import Meeting, YearPlan
from nenmong.meetings.queries.record import unit_then
from nenmong.meetings.rules.documents import Document, Edition
from nenmong.meetings.views.doors import meeting_for
from nenmong.meetings.views.record import record_or_draft, word
from nenmong.org import access as org
from nenmong.org.models import Unit

FIRST, LAST = 2000, 2200  # years a plan or a book may be of


@login_required
@require_safe
def notice(request: UserRequest, uid: str) -> HttpResponse:
    """The notice of a meeting, to be hung up or handed out."""
    from nenmong.meetings import exports  # noqa: PLC0415 -- as `record.resolution`

    coming = queries.beforehand.coming(meeting_for(request, uid, "meetings.agenda"))
    return word(exports.notice_docx(coming), _name(Document.NOTICE, coming))


@login_required
@require_safe
def form(request: UserRequest, uid: str) -> HttpResponse:
    """The form to take notes on by hand, with the names of who is called."""
    from nenmong.meetings import exports  # noqa: PLC0415

    meeting = meeting_for(request, uid, "meetings.work")
    coming = queries.beforehand.coming(meeting, _people(meeting))
    return word(exports.form_docx(coming), _name(Document.FORM, coming))


@login_required
@require_safe
def book(request: UserRequest, unit_uid: str, year: int, edition: str) -> HttpResponse:
    """The minutes of a year in one file; with names it is opened and written down once."""
    from nenmong.meetings import exports  # noqa: PLC0415

    own = edition == Edition.CELL_BOOK
    if edition not in set(Edition):
        raise Http404
    unit = _unit(request, unit_uid, "meetings.names" if own else "meetings.view")
    _sound(year)
    meetings: Any = queries.books.without_names(unit.uid, year) if not own else None
    if own:
        opened = actions.open_minute_book(actor=request.user, unit_uid=unit.uid, year=year)
        meetings = opened["meetings"]
    named = unit_then(unit.uid, min(date(year, 12, 31), clock.today()), unit)
    file = exports.book_docx(meetings, unit=named, year=year, edition=Edition(edition))
    return word(file, exports.named(Document.BOOK, str(year), unit.name, "" if own else edition))


@login_required
@require_safe
def year_plan(request: UserRequest, unit_uid: str, year: int) -> HttpResponse:
    """A cell's plan of a year; before it is reported it is the cell's own."""
    from nenmong.meetings import exports  # noqa: PLC0415

    unit = _unit(request, unit_uid, "meetings.view")
    _sound(year)
    plan = YearPlan.objects.filter(unit=unit, year=year).first()
    if plan is not None and plan.reported_at is None:
        org.require(request.user, "meetings.agenda", unit)
    if plan is None:
        raise DomainError(
            "meetings.no_year_plan",
            _("There is no plan of %(year)s yet. It can be printed once it is written.")
            % {"year": year},
        )
    file = exports.year_plan_docx(queries.beforehand.year_plan(plan))
    return word(file, exports.named(Document.YEAR_PLAN, str(year), unit.name))


@login_required
@require_safe
def trial(request: UserRequest, uid: str, document: str) -> HttpResponse:
    """A real meeting in the template on trial, for who may see it; never with who said what."""
    from nenmong.meetings import exports  # noqa: PLC0415

    meeting = meeting_for(request, uid, "documents.try")
    kind = Document(document) if document in set(Document) else None
    draft = queries.templates.draft(kind) if kind else None
    if kind is None or kind in {Document.YEAR_PLAN, Document.BOOK}:
        raise Http404
    if draft is None:
        raise DomainError(
            "documents.no_draft",
            _("No template of this document is on trial now. It is in use, or was let go."),
        )
    if kind in {Document.NOTICE, Document.FORM}:
        if meeting.status != Meeting.Status.SEALED:  # its agenda is the unit's own until then
            access.require(request.user, "meetings.agenda", meeting)
        works = access.may(request.user, "meetings.work", meeting)
        coming = queries.beforehand.coming(meeting, _people(meeting) if works else ())
        write = exports.notice_docx if kind is Document.NOTICE else exports.form_docx
        return word(write(coming, template=draft), f"thu-mau-{_name(kind, coming)}")
    record = record_or_draft(request, meeting)
    name = f"thu-mau-{exports.file_name(record, kind, Edition.SENT_UP)}"
    if kind is Document.MINUTES:
        return word(exports.minutes_docx(record, None, Edition.SENT_UP, template=draft), name)
    return word(exports.resolution_docx(record, template=draft), name)


def _people(meeting: Meeting) -> Any:
    """Return the roll by the numbers it is typed in by."""
    return queries.paper.numbered(meeting, queries.paper.day_of(meeting))


def _unit(request: UserRequest, uid: str, permission: str) -> Unit:
    unit = get_object_or_404(org.visible_units(request.user).select_related("parent"), uid=uid)
    org.require(request.user, permission, unit)
    return unit


def _sound(year: int) -> None:
    if not FIRST <= year <= LAST:
        raise Http404


def _name(document: Document, coming: dict[str, Any]) -> str:
    from nenmong.meetings import exports  # noqa: PLC0415

    day = coming["starts_at"][:10]
    return exports.named(document, day, coming["unit"]["name"])
