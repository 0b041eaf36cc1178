"""Looking at meetings: lists, the days of a month, one meeting, its record, its facts, its seal."""

from collections import defaultdict
from fractions import Fraction
from typing import Annotated, Any

from django.http import Http404
from ninja import Query, Schema
from pydantic import Field

from nenmong.accounts.requests import ApiRequest
from nenmong.core import clock
from nenmong.core.rules import clean
from nenmong.meetings import access, actions, doors, queries
from nenmong.meetings.api import told
from nenmong.meetings.api.names import NamesOut, RollOut, WorkOut
from nenmong.meetings.api.shapes import (
    AgendaOut,
    FactOut,
    MeetingOut,
    MonthOut,
    RecordOut,
    RowOut,
    SealOut,
)
from nenmong.meetings.api.theme import Theme
from nenmong.meetings.models import Attendance, CorrectionNote, Meeting
from nenmong.meetings.models.meeting import MeetingKind
from nenmong.meetings.queries import overview
from nenmong.meetings.queries.overview import Filters
from nenmong.meetings.rules import calendar
from nenmong.meetings.rules import overview as rules
from nenmong.meetings.rules.facts import Fact
from nenmong.meetings.sentences import fact_lines
from nenmong.org import doors as org
from nenmong.rulebook import queries as rulebook
from nenmong.ui.api import MOST_ROWS, Day, Page, Uid

theme = Theme("meetings")


class Narrowed(Schema):
    """What a list of meetings is narrowed to."""

    kind: MeetingKind | None = None
    state: str = Field(
        "",
        max_length=10,
        pattern="^(|" + "|".join(rules.STATES) + ")$",
        description="As in the rows.",
    )
    text: str = Field("", max_length=100, description="In place or subject, accents or not.")
    own: bool = Field(False, description="Of this unit only, not of those below.")


class MeetingListing(Narrowed):
    """What a list of meetings is asked for."""

    first: Annotated[Day | None, Field(description="Any day of the first month.")] = None
    last: Annotated[Day | None, Field(description="Any day of the last month.")] = None
    after: Annotated[Uid | None, Field(description="`next` of the page before.")] = None
    limit: int = Field(100, ge=1, le=MOST_ROWS, description="Rows of a page, at most.")


def _filters(asked: Narrowed) -> Filters:
    kind = asked.kind.value if asked.kind else ""
    return Filters(kind=kind, state=asked.state, text=clean(asked.text), own=asked.own)


def _row(row: overview.Row) -> dict[str, Any]:
    final = row.counted
    return {
        "uid": row.uid, "unit": row.unit_uid, "unit_name": row.unit, "kind": row.kind,
        "state": row.state, "at": row.at, "month": row.month, "place": row.place,
        "subject": row.subject, "present": row.present if final else None,
        "due": row.due if final else None, "filed_on": row.filed_on,
    }  # fmt: skip


@theme.get(
    "/units/{uid:uid}/meetings", response=Page[RowOut], operation_id="meetings_list_meetings"
)
def list_meetings(
    request: ApiRequest, uid: Uid, listing: Annotated[MeetingListing, Query()]
) -> dict[str, Any]:
    """The meetings of a unit and of all below it, as far as you see them."""
    actor = request.auth
    unit = org.unit_for(actor, uid, "meetings.view")
    asked = _filters(listing)
    first, last = (calendar.month_of(day) if day else None for day in (listing.first, listing.last))
    asked = Filters(asked.kind, asked.state, first, last, asked.text, asked.own)
    found = overview.of_filters(actor, unit, asked).order_by("uid")
    if listing.after:
        found = found.filter(uid__gt=listing.after)
    rows = overview.rows_of(actor, found[: listing.limit + 1])
    more = len(rows) > listing.limit
    shown = rows[: listing.limit]
    return {"items": [_row(row) for row in shown], "next": shown[-1].uid if more else None}


@theme.get("/units/{uid:uid}/month", response=MonthOut, operation_id="meetings_show_month")
def show_month(
    request: ApiRequest, uid: Uid, listing: Annotated[Narrowed, Query()], day: Day | None = None
) -> dict[str, Any]:
    """The meetings held or to be held in the days of a month under a unit; left out: this one."""
    actor = request.auth
    unit = org.unit_for(actor, uid, "meetings.view")
    month = calendar.month_of(day or clock.today())
    listed = overview.of_month(actor, unit, month, _filters(listing))
    return {"items": [_row(row) for row in listed.rows], "more": listed.shorted}


@theme.get("/meetings/{uid:uid}", response=MeetingOut, operation_id="meetings_show_meeting")
def show_meeting(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """One meeting."""
    return told.meeting(request.auth, doors.meeting_for(request.auth, uid))


@theme.get("/meetings/{uid:uid}/agenda", response=AgendaOut, operation_id="meetings_show_agenda")
def show_agenda(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """The agenda; before the seal for the unit's own people."""
    meeting = doors.readable_for(request.auth, uid)
    return {"items": list(meeting.items.all()), "postponed": queries.putting_off.rows(meeting)}


@theme.get("/meetings/{uid:uid}/work", response=WorkOut, operation_id="meetings_show_work")
def show_work(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """All that is written of a meeting, with who said it; for those who work on it."""
    meeting = doors.in_work_for(request.auth, uid)
    return queries.whole.whole_of(meeting)


@theme.get("/meetings/{uid:uid}/roll", response=list[RollOut], operation_id="meetings_show_roll")
def show_roll(request: ApiRequest, uid: Uid) -> list[Attendance]:
    """Who is on the roll and how they stand; for those who work on the meeting."""
    return queries.work.roll(doors.in_work_for(request.auth, uid))


@theme.get("/meetings/{uid:uid}/record", response=RecordOut, operation_id="meetings_show_record")
def show_record(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """The sealed record; before the seal the draft of it, for those who work on the meeting."""
    meeting = doors.meeting_for(request.auth, uid)
    notes = list(meeting.notes.all())
    if sealed := queries.verify.sealed_of(meeting):
        return {"sealed": True, "record": queries.verify.record_in(sealed), "notes": notes}
    access.require(request.auth, "meetings.work", meeting)
    return {"sealed": False, "record": queries.record.record_of(meeting), "notes": notes}


@theme.get("/meetings/{uid:uid}/names", response=NamesOut, operation_id="meetings_show_names")
def show_names(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """The names sheet of sealed minutes. That you opened it is written down."""
    meeting = doors.meeting_for(request.auth, uid, "meetings.names")
    if meeting.status != Meeting.Status.SEALED:
        raise Http404
    sheet = actions.open_names_sheet(actor=request.auth, meeting_uid=uid)
    lists: dict[str, Any] = {name: [] for name in ("absent", "late", "exempt", "special_duty")}
    blank = lists | {"speakers": {}, "opinions": {}}
    return blank | {name: sheet[name] for name in blank if sheet} | {"erased": sheet is None}


@theme.get("/meetings/{uid:uid}/facts", response=list[FactOut], operation_id="meetings_show_facts")
def show_facts(request: ApiRequest, uid: Uid) -> list[dict[str, Any]]:
    """What scoring reads of a meeting; before the seal for those who work on it."""
    meeting = doors.meeting_for(request.auth, uid)
    sealed = queries.verify.sealed_of(meeting)
    if sealed is None:
        access.require(request.auth, "meetings.work", meeting)
    record = queries.verify.record_in(sealed) if sealed else None
    book = rulebook.book(meeting.unit_id, meeting.held_on or meeting.fixed_day)
    facts = queries.facts.facts_of(meeting, book, record)
    lines = {line.name: line for line in fact_lines(facts)}
    return [
        {
            "name": fact.name, "known": fact.known, "value": _value(fact),
            "evidence": dict(fact.evidence),
            "label": lines[fact.name].label if fact.name in lines else "",
            "words": lines[fact.name].value if fact.name in lines else "",
        }
        for fact in facts.values()
    ]  # fmt: skip


def _value(fact: Fact) -> bool | int | str | None:
    return str(fact.value) if isinstance(fact.value, Fraction) else fact.value


@theme.get("/meetings/{uid:uid}/seal", response=SealOut, operation_id="meetings_verify_seal")
def verify_seal(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """What the seal of a meeting hangs on, and whether all still is as it was sealed."""
    meeting = doors.meeting_for(request.auth, uid)
    sealed = queries.verify.sealed_of(meeting)
    if sealed is None:
        raise Http404
    columns = ("position", "sealed_at", "record_hash", "names_hash", "previous", "link")
    return {name: getattr(sealed, name) for name in columns} | {
        "faults": queries.verify.faults_of(sealed, meeting)
    }


@theme.get(
    "/units/{uid:uid}/books/{int:year}", response=list[RecordOut], operation_id="meetings_show_book"
)
def show_book(request: ApiRequest, uid: Uid, year: int) -> list[dict[str, Any]]:
    """The sealed records of a unit's meetings of a year, as they were held; without names."""
    unit = org.unit_for(request.auth, uid, "meetings.view")
    if not 2000 <= year <= 2200:  # noqa: PLR2004 -- as on the pages
        raise Http404
    rows = queries.books.seen_in(request.auth, unit.uid, year)
    notes: dict[str, list[CorrectionNote]] = defaultdict(list)
    for note in CorrectionNote.objects.filter(meeting__in=[row.meeting_id for row in rows]):
        notes[note.meeting_id].append(note)
    return [
        {"sealed": True, "record": queries.verify.record_in(row), "notes": notes[row.meeting_id]}
        for row in rows
    ]
