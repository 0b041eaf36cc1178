"""Files: what members read, signed scans, and every document as Word, ZIP or calendar."""

from typing import IO, Any

from django.conf import settings
from django.db.models import Sum
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Status

from nenmong.accounts.requests import ApiRequest
from nenmong.core.actions import answered
from nenmong.core.audit import Actor
from nenmong.core.files.naming import TYPES
from nenmong.meetings import actions, doors, printed, queries
from nenmong.meetings.api.shapes import DocumentOut, GoneOut
from nenmong.meetings.api.theme import Theme
from nenmong.meetings.api.told import DOCX, described, file
from nenmong.meetings.models import MeetingDocument
from nenmong.meetings.queries import invitations
from nenmong.ui.api import ONE_FILE, Key, Uid
from nenmong.ui.files import files_in, take_in, taking

theme = Theme("documents")
ICS, ZIP = "text/calendar", "application/zip"


@theme.get(
    "/meetings/{uid:uid}/documents", response=list[DocumentOut],
    operation_id="meetings_list_documents",
)  # fmt: skip
def list_documents(request: ApiRequest, uid: Uid) -> list[MeetingDocument]:
    """The documents and signed scans of a meeting; before the seal for the unit's own people."""
    return queries.documents.documents_of(doors.readable_for(request.auth, uid))


@theme.post(
    "/meetings/{uid:uid}/documents", response={201: DocumentOut},
    operation_id="meetings_add_document", openapi_extra=ONE_FILE,
)  # fmt: skip
def add_document(request: ApiRequest, uid: Uid, key: Key) -> Status[MeetingDocument]:
    """Add one file, PDF, Word or picture; the same file again is the same row.

    It is called as it comes, without its ending.
    """
    doors.meeting_for(request.auth, uid, "meetings.prepare")
    return _taken(request, request.auth, actions.add_document, key, uid)


@theme.post(
    "/meetings/{uid:uid}/scans", response={201: DocumentOut},
    operation_id="meetings_attach_scan", openapi_extra=ONE_FILE,
)  # fmt: skip
def attach_scan(request: ApiRequest, uid: Uid, key: Key) -> Status[MeetingDocument]:
    """Attach a page of the signed paper; sealed minutes do not change by it."""
    doors.meeting_for(request.auth, uid, "meetings.file")
    return _taken(request, request.auth, actions.attach_scan, key, uid)


def _taken(
    request: HttpRequest, actor: Actor, act: Any, key: str, uid: str
) -> Status[MeetingDocument]:
    """Take one file in, now that it is known who sends it; nothing of it was read before."""
    with taking(request, settings.NENMONG_MEETING_MB) as handler:
        title, sent = files_in(request, handler)[0]
        kept = take_in(sent)
    return Status(201, act(actor=actor, key=key, meeting_uid=uid, title=title, file=kept))


@theme.delete("/documents/{uid:uid}", response=GoneOut, operation_id="meetings_remove_document")
def remove_document(request: ApiRequest, uid: Uid, key: Key) -> dict[str, str]:
    """Take a document off before the seal."""
    actor = request.auth
    if not answered(actor, key):  # then it is gone, and the answer is the same
        doors.document_for(actor, uid, "meetings.prepare")
    actions.remove_document(actor=actor, key=key, document_uid=uid)
    return {"uid": uid}


@theme.get(
    "/documents/{uid:uid}/file", operation_id="meetings_document_file",
    openapi_extra=described(*TYPES.values()),
)  # fmt: skip
def document_file(request: ApiRequest, uid: Uid) -> HttpResponse:
    """One file, as it was kept."""
    meeting, row = doors.document_for(request.auth, uid)
    name = printed.file_name(row, meeting)
    return file(printed.content_of(row), name, TYPES[row.kind])


# ── as Word, ZIP and calendar ───────────────────────────────────────────────────────────────


@theme.get(
    "/meetings/{uid:uid}/minutes/{edition}", operation_id="meetings_minutes_file",
    openapi_extra=described(DOCX),
)  # fmt: skip
def minutes_file(request: ApiRequest, uid: Uid, edition: str) -> HttpResponse:
    """The minutes as Word: `gui-cap-tren` without names, `so-chi-bo` with them and written down."""
    return file(*printed.minutes(request.auth, uid, edition))


@theme.get(
    "/meetings/{uid:uid}/resolution", operation_id="meetings_resolution_file",
    openapi_extra=described(DOCX),
)  # fmt: skip
def resolution_file(request: ApiRequest, uid: Uid) -> HttpResponse:
    """The resolution as Word."""
    return file(*printed.resolution(request.auth, uid))


@theme.get(
    "/meetings/{uid:uid}/notice", operation_id="meetings_notice_file",
    openapi_extra=described(DOCX),
)  # fmt: skip
def notice_file(request: ApiRequest, uid: Uid) -> HttpResponse:
    """The notice of a meeting as Word."""
    return file(*printed.notice(request.auth, uid))


@theme.get(
    "/meetings/{uid:uid}/form", operation_id="meetings_form_file", openapi_extra=described(DOCX)
)
def form_file(request: ApiRequest, uid: Uid) -> HttpResponse:
    """The form to take notes on by hand as Word, with the names of who is called."""
    return file(*printed.form(request.auth, uid))


@theme.get(
    "/meetings/{uid:uid}/package/{edition}", operation_id="meetings_package_file",
    openapi_extra=described(ZIP),
)  # fmt: skip
def package_file(request: ApiRequest, uid: Uid, edition: str) -> HttpResponseBase:
    """All of a sealed meeting in one: `so-lieu`, or `diem-danh` with names and written down."""
    content: IO[bytes]
    content, name = printed.package(request.auth, uid, edition)
    return FileResponse(content, as_attachment=True, filename=name, content_type=ZIP)


@theme.get(
    "/meetings/{uid:uid}/calendar", operation_id="meetings_calendar_file",
    openapi_extra=described(ICS),
)  # fmt: skip
def calendar_file(request: ApiRequest, uid: Uid) -> HttpResponse:
    """The meeting as a calendar file."""
    from nenmong.meetings import invites  # noqa: PLC0415 -- as with Word: most never write any

    meeting = doors.meeting_for(request.auth, uid)
    minutes = meeting.items.aggregate(sum=Sum("minutes"))["sum"] or 0
    times = invitations.changes(meeting).times
    content = invites.invite(meeting, sequence=times, minutes=minutes)
    return file(content, "lich-hop.ics", f"{ICS}; charset=utf-8")


@theme.get(
    "/units/{uid:uid}/books/{int:year}/{edition}", operation_id="meetings_book_file",
    openapi_extra=described(DOCX),
)  # fmt: skip
def book_file(request: ApiRequest, uid: Uid, year: int, edition: str) -> HttpResponse:
    """The minute book of a year as Word: `gui-cap-tren`, or `so-chi-bo` with names."""
    return file(*printed.book(request.auth, uid, year, edition))


@theme.get(
    "/units/{uid:uid}/plans/{int:year}/file", operation_id="meetings_year_plan_file",
    openapi_extra=described(DOCX),
)  # fmt: skip
def year_plan_file(request: ApiRequest, uid: Uid, year: int) -> HttpResponse:
    """The plan of a year as Word."""
    return file(*printed.year_plan(request.auth, uid, year))
