"""Documents of a meeting: read by its members before it, with the record above; signed scans."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.core.rules import fold
from nenmong.meetings import access, actions, doors, queries
from nenmong.meetings.models import Meeting, MeetingDocument
from nenmong.meetings.models.meeting import NOT_SEALED
from nenmong.meetings.receiving import Limited, files_in, take_in
from nenmong.meetings.views.doors import meeting_for, to

NOT_KEPT = "private, no-store"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
ENDINGS = {"jpeg": "jpg"}
LONGEST_NAME = 80
Document, Scan = MeetingDocument.Sort.DOCUMENT, MeetingDocument.Sort.SCAN


def readable_for(request: UserRequest, uid: str) -> Meeting:
    """Return a meeting whose documents may be read: by its members, once sealed with its record."""
    return doors.readable_for(request.user, uid)


def lists(meeting: Meeting) -> dict[str, Any]:
    """Return the lists of a meeting's files, for pages that show them to whom they are open."""
    rows = queries.documents.documents_of(meeting)
    return {
        "documents": [row for row in rows if row.sort == Document],
        "scans": [row for row in rows if row.sort == Scan],
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
    context = {
        "meeting": meeting,
        "faults": faults or [],
        "error": error,
        "may_add_documents": open_to_change and access.may(actor, "meetings.prepare", meeting),
        "may_attach_scans": sealed and access.may(actor, "meetings.file", meeting),
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
    handler = Limited(request)
    request.upload_handlers = [handler]
    checked: HttpResponse = csrf_protect(_take)(request, meeting, sort, handler)
    return checked


def _take(request: UserRequest, meeting: Meeting, sort: str, handler: Limited) -> HttpResponse:
    """Take in every file that can be; say of each other one why not."""
    try:
        files = files_in(request, handler)
    except DomainError as error:
        return _page(request, meeting, error=str(error.message))
    there = {row.sha256 for row in queries.documents.documents_of(meeting) if row.sort == sort}
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
    row = get_object_or_404(MeetingDocument, uid=uid)
    meeting = meeting_for(request, row.meeting_id, "meetings.prepare")
    actions.remove_document(actor=request.user, document_uid=uid)
    return to("documents", meeting.uid)


@login_required
@require_safe
def file(request: UserRequest, uid: str) -> HttpResponse:
    """One file, to be saved: nothing that came from outside is shown inside our pages."""
    row = get_object_or_404(MeetingDocument, uid=uid)
    meeting = readable_for(request, row.meeting_id)
    path: Path = queries.documents.STORE.path(row.sha256)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise DomainError(
            "meetings.file_missing",
            _("This file is not in its place. Tell whoever keeps the program: a backup has it."),
        ) from error
    answer = HttpResponse(content, content_type=TYPES[row.kind])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(row, meeting)}"'
    answer["Cache-Control"] = NOT_KEPT
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def file_name(row: MeetingDocument, meeting: Meeting) -> str:
    """Return a name of our own, in ASCII: `tai-lieu-2026-10-bao-cao-thang.pdf`."""
    day = meeting.held_on or clock.local(meeting.starts_at).date()
    title = re.sub(r"[^a-z0-9]+", "-", fold(row.title)).strip("-")[:LONGEST_NAME].strip("-")
    kind = "ban-ky" if row.sort == Scan else "tai-lieu"
    parts = [part for part in (kind, f"{day:%Y-%m-%d}", title) if part]
    return f"{'-'.join(parts)}.{ENDINGS.get(row.kind, row.kind)}"


@login_required
@require_safe
def package(request: UserRequest, uid: str, edition: str) -> HttpResponseBase:
    """All of a sealed meeting in one ZIP, for whoever must hand it in elsewhere as well."""
    from nenmong.meetings import packing  # noqa: PLC0415 -- see `views.record.resolution`

    meeting = meeting_for(request, uid, "meetings.file")
    with_names = packing.edition_of(edition) is packing.Edition.NAMES
    if with_names:
        access.require(request.user, "meetings.names", meeting)
    sealed = queries.verify.sealed_of(meeting)
    if sealed is None:
        raise DomainError(
            "meetings.not_sealed", _("The package is made of sealed minutes. Seal them first.")
        )
    names = None
    if with_names:  # once for each package, and written down
        names = actions.open_names_sheet(actor=request.user, meeting_uid=uid)
    record = queries.verify.record_in(sealed)
    documents = [
        packing.File(file_name(row, meeting), row.title, row.sort, row.sha256)
        for row in queries.documents.documents_of(meeting)
    ]
    roll = queries.work.roll(meeting) if names is not None else None
    answer = FileResponse(
        packing.packed(record, documents, roll), as_attachment=True,
        filename=packing.file_name(record), content_type="application/zip",
    )  # fmt: skip
    answer["Cache-Control"] = NOT_KEPT
    return answer
