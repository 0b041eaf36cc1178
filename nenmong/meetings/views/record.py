"""What a meeting left: the sealed record, the names sheet for the cell, documents, filing."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nenmong.accounts.requests import UserRequest
from nenmong.core import clock, events
from nenmong.meetings import access, actions, printed, queries
from nenmong.meetings.models import AgendaItem, Meeting
from nenmong.meetings.models.meeting import PLANNED_OR_OPEN
from nenmong.meetings.queries import invitations
from nenmong.meetings.rules import seal as seals
from nenmong.meetings.rules.documents import Document
from nenmong.meetings.sentences import fact_lines
from nenmong.meetings.views import documents
from nenmong.meetings.views.acting import at_meeting
from nenmong.meetings.views.doors import meeting_for, to
from nenmong.org import access as org
from nenmong.rulebook import queries as rulebook
from nenmong.rulebook.queries import Book
from nenmong.ui.keys import new_key
from nenmong.ui.reading import read_day

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TRIED_ON_MEETINGS = (Document.MINUTES, Document.RESOLUTION, Document.NOTICE, Document.FORM)
TRIED_BEFORE = (Document.NOTICE, Document.FORM)
NOT_KEPT = "private, no-store"  # not even by the browser: the phone may be another's tomorrow


def on_trial(request: UserRequest, meeting: Meeting, kinds: Collection[Document]) -> list[str]:
    """Return those templates on trial that this person may try on this meeting. No query."""
    if not org.may(request.user, "documents.try", meeting.unit.path):
        return []
    return [one.value for one in queries.templates.drafts() if one in kinds]


@login_required
@require_safe
def detail(request: UserRequest, uid: str) -> HttpResponse:  # noqa: PLR0911 -- one line a state
    """Lead everyone to the page of a meeting that is theirs at this moment."""
    meeting = meeting_for(request, uid)
    if meeting.status == Meeting.Status.SEALED:
        return to("record", uid)
    if meeting.status == Meeting.Status.CANCELLED:
        return to("put_off", uid)
    if not access.may(request.user, "meetings.work", meeting):
        return render(request, "meetings/outline.html", _outline(request, meeting))
    if meeting.entry == Meeting.Entry.PAPER and meeting.status in PLANNED_OR_OPEN:
        return to("paper", uid)
    if meeting.status == Meeting.Status.PLANNED:
        return to("prepare", uid)
    if meeting.status == Meeting.Status.HELD:
        return to("close", uid)
    now = meeting.items.filter(state=AgendaItem.State.NOW).first() or meeting.items.last()
    return to("item", now.uid) if now else to("close", uid)


def _outline(request: UserRequest, meeting: Meeting) -> dict[str, Any]:
    """Return what may be seen of a meeting before its seal: the agenda for the cell only."""
    own = access.may(request.user, "meetings.agenda", meeting)
    enters = meeting.status == Meeting.Status.PLANNED and access.may(
        request.user, access.ENTER, meeting
    )
    return {
        "meeting": meeting,
        "items": list(meeting.items.all()) if own else [],
        "documents": documents.lists(meeting)["documents"] if own else [],
        "own": invitations.own(meeting, request.user.uid) if own else None,
        "may_enter": enters,
        "put_off": queries.putting_off.rows(meeting),
    }


@login_required
@require_safe
def page(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid)
    sealed = queries.verify.sealed_of(meeting)
    if sealed is None:
        return to("detail", uid)
    actor = request.user
    record = queries.verify.record_in(sealed)
    book = _book(meeting)
    filing = book.rule("meetings.filing_days")
    closed = meeting.closed_at or sealed.sealed_at
    context = {
        "meeting": meeting,
        "record": record,
        "code": seals.short(sealed.link),
        "may_file": access.may(actor, "meetings.file", meeting),
        "may_see_names": access.may(actor, "meetings.names", meeting),
        "filing": filing,
        "filing_due": clock.local(closed).date() + timedelta(days=filing.value),
        "notes": list(meeting.notes.all()),
        "may_correct": access.may(actor, "meetings.seal", meeting),
        "key": new_key(),
        "waiting": events.waiting([meeting.uid]),
        "on_trial": on_trial(request, meeting, TRIED_ON_MEETINGS),
    }
    return render(request, "meetings/record.html", context | documents.lists(meeting))


def _book(meeting: Meeting) -> Book:
    return rulebook.book(meeting.unit_id, meeting.held_on or meeting.fixed_day)


@login_required
@require_safe
def facts(request: UserRequest, uid: str) -> HttpResponse:
    """What was recorded, as scoring reads it: a piece of the record's page, or a page."""
    meeting = meeting_for(request, uid)
    sealed = queries.verify.sealed_of(meeting)
    if sealed is None:
        return to("detail", uid)
    record = queries.verify.record_in(sealed)
    read = fact_lines(queries.facts.facts_of(meeting, _book(meeting), record))
    template = "meetings/_facts.html" if request.htmx else "meetings/facts.html"
    return render(request, template, {"meeting": meeting, "facts": read, "all_shown": True})


@login_required
@require_safe
def names(request: UserRequest, uid: str) -> HttpResponse:
    meeting = meeting_for(request, uid, "meetings.names")
    sealed = queries.verify.sealed_of(meeting)
    if sealed is None:
        raise Http404
    sheet = actions.open_names_sheet(actor=request.user, meeting_uid=uid)
    said = {
        line["uid"]: line["text"]
        for item in queries.verify.record_in(sealed)["items"]
        for line in [*item["speeches"], *item["opinions"]]
    }
    context = {"meeting": meeting, "names": sheet, "said": said}
    answer = render(request, "meetings/names.html", context)
    answer["Cache-Control"] = NOT_KEPT
    return answer


@at_meeting("meetings.file", "record")
def file(request: UserRequest, uid: str) -> None:
    actions.file_documents(
        actor=request.user, meeting_uid=uid, how=request.POST.get("how", ""),
        on=read_day(request.POST.get("on", "")),
    )  # fmt: skip


@login_required
@require_safe
def minutes(request: UserRequest, uid: str, edition: str) -> HttpResponse:
    """The minutes as Word. The cell's own edition holds names; opening it is written down."""
    return word(*printed.minutes(request.user, uid, edition))


@login_required
@require_safe
def resolution(request: UserRequest, uid: str) -> HttpResponse:
    return word(*printed.resolution(request.user, uid))


def word(content: bytes, name: str) -> HttpResponse:
    """Answer with a Word file that nobody keeps."""
    answer = HttpResponse(content, content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = NOT_KEPT
    return answer
