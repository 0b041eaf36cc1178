"""Documents of a meeting: read by its members before it, with the record above; signed scans."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core.errors import DomainError
from nenmong.core.files.naming import TYPES
from nenmong.meetings import access, actions, doors, printed, queries
from nenmong.meetings.models import Meeting, MeetingDocument
from nenmong.meetings.models.meeting import NOT_SEALED, Business
from nenmong.meetings.views.doors import meeting_for, to
from nenmong.ui.files import NOT_KEPT, Aside, files_in, handed_out, take_in, taking

Document, Scan = MeetingDocument.Sort.DOCUMENT, MeetingDocument.Sort.SCAN


def readable_for(request: UserRequest, uid: str) -> Meeting:
    """Return a meeting whose documents may be read: by its members, once sealed with its record."""
    return doors.readable_for(request.user, uid)


def lists(meeting: Meeting) -> dict[str, Any]:
    """Return the lists of a meeting's files, for pages that show them to whom they are open."""
    rows = queries.documents.documents_of(meeting)
    there = [row for row in rows if row.taken_off_at is None]
    return {
        "documents": [row for row in there if row.sort == Document],
        "scans": [row for row in there if row.sort == Scan],
        "taken_off": [row for row in rows if row.taken_off_at is not None],
        "file_mb": settings.NENMONG_FILE_MB,
    }


@login_required
@require_safe
def page(request: UserRequest, uid: str) -> HttpResponse:
    return _page(request, readable_for(request, uid))


def _page(
    request: UserRequest, meeting: Meeting, faults: list[str] | None = None, error: str = ""
) -> HttpResponse:
    actor, sealed = request.user, meeting.status == Meeting.Status.SEALED
    open_to_change = meeting.status in NOT_SEALED
    may_add = open_to_change and access.may(actor, "meetings.prepare", meeting)
    may_attach = sealed and access.may(actor, "meetings.file", meeting)
    context = {
        "meeting": meeting,
        "faults": faults or [],
        "error": error,
        "may_add_documents": may_add,
        "may_attach_scans": may_attach,
        "secret": (may_add or may_attach)
        and meeting.items.filter(business=Business.CLASSIFIED).exists(),
    }
    return render(
        request, "meetings/documents.html", context | lists(meeting),
        status=422 if faults or error else 200,
    )  # fmt: skip


@csrf_exempt  # only until the handler stands: reading the form is what the check begins with
@login_required
@require_POST
def add(request: UserRequest, uid: str) -> HttpResponse:
    return _receive(request, meeting_for(request, uid, "meetings.prepare"), Document)


@csrf_exempt
@login_required
@require_POST
def attach(request: UserRequest, uid: str) -> HttpResponse:
    return _receive(request, meeting_for(request, uid, "meetings.file"), Scan)


def _receive(request: UserRequest, meeting: Meeting, sort: str) -> HttpResponse:
    """Take files in, now that it is known who sends them; nothing was read before."""
    with taking(request, settings.NENMONG_MEETING_MB) as handler:
        checked: HttpResponse = csrf_protect(_take)(request, meeting, sort, handler)
    return checked


def _take(request: UserRequest, meeting: Meeting, sort: str, handler: Aside) -> HttpResponse:
    """Take in every file that can be; say of each other one why not."""
    try:
        files = files_in(request, handler)
    except DomainError as error:
        return _page(request, meeting, error=str(error.message))
    rows = queries.documents.documents_of(meeting)
    there = {row.sha256 for row in rows if row.sort == sort and row.taken_off_at is None}
    act = actions.add_document if sort == Document else actions.attach_scan
    faults: list[str] = []
    added = 0
    for title, file in files:
        try:
            kept = take_in(file)
            act(actor=request.user, meeting_uid=meeting.uid, title=title, file=kept)
        except DomainError as error:
            faults.append(f"{title}: {error.message}")
            continue
        if kept.sha256 in there:
            messages.info(
                request, _("“%(title)s” is there already, and stays once.") % {"title": title}
            )
        else:
            there.add(kept.sha256)
            added += 1
    if added:
        words = ngettext("%(count)s file was added.", "%(count)s files were added.", added)
        messages.success(request, words % {"count": added})
    if faults:
        return _page(request, meeting, faults)
    return to("documents", meeting.uid)


@login_required
@require_POST
def remove(request: UserRequest, uid: str) -> HttpResponse:
    meeting, _row = doors.document_for(request.user, uid, "meetings.prepare")
    actions.remove_document(actor=request.user, document_uid=uid)
    return to("documents", meeting.uid)


@login_required
@require_POST
def take_off(request: UserRequest, uid: str) -> HttpResponse:
    meeting, _row = doors.document_for(request.user, uid, "meetings.file")
    actions.take_off_document(
        actor=request.user, document_uid=uid, reason=request.POST.get("reason", "")
    )
    return to("documents", meeting.uid, at="da-go")


@login_required
@require_safe
def file(request: UserRequest, uid: str) -> HttpResponse:
    meeting, row = doors.document_for(request.user, uid)
    content = printed.content_of(row)
    return handed_out(content, printed.file_name(row, meeting), TYPES[row.kind])


@login_required
@require_safe
def package(request: UserRequest, uid: str, edition: str) -> HttpResponseBase:
    """All of a sealed meeting in one ZIP, for whoever must hand it in elsewhere as well."""
    content, name = printed.package(request.user, uid, edition)
    answer = FileResponse(
        content, as_attachment=True, filename=name, content_type="application/zip"
    )
    answer["Cache-Control"] = NOT_KEPT
    return answer
