"""Documents as Word: the notice, the form to take notes on, the minute book, the plan of a year."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import DomainError
from nenmong.meetings import access, printed, queries
from nenmong.meetings.models import Meeting
from nenmong.meetings.rules.documents import Document, Edition
from nenmong.meetings.views.doors import meeting_for
from nenmong.meetings.views.record import word


@login_required
@require_safe
def notice(request: UserRequest, uid: str) -> HttpResponse:
    """The notice of a meeting, to be hung up or handed out."""
    return word(*printed.notice(request.user, uid))


@login_required
@require_safe
def form(request: UserRequest, uid: str) -> HttpResponse:
    """The form to take notes on by hand, with the names of who is called."""
    return word(*printed.form(request.user, uid))


@login_required
@require_safe
def book(request: UserRequest, unit_uid: str, year: int, edition: str) -> HttpResponse:
    """The minutes of a year in one file; with names it is opened and written down once."""
    return word(*printed.book(request.user, unit_uid, year, edition))


@login_required
@require_safe
def year_plan(request: UserRequest, unit_uid: str, year: int) -> HttpResponse:
    """A cell's plan of a year; before it is reported it is the cell's own."""
    return word(*printed.year_plan(request.user, unit_uid, year))


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
        coming = queries.beforehand.coming(meeting, printed.people(meeting) if works else ())
        write = exports.notice_docx if kind is Document.NOTICE else exports.form_docx
        return word(write(coming, template=draft), f"thu-mau-{printed.of_coming(kind, coming)}")
    record = printed.record_or_draft(request.user, meeting)
    name = f"thu-mau-{exports.file_name(record, kind, Edition.SENT_UP)}"
    if kind is Document.MINUTES:
        return word(exports.minutes_docx(record, None, Edition.SENT_UP, template=draft), name)
    return word(exports.resolution_docx(record, template=draft), name)
