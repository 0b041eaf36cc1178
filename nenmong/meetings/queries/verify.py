"""Checking every seal: what was frozen against its hashes, its chain, the rows it was made of.

A row that cannot even be read is named like any other that does not hold: a damaged file must not
keep the sound meetings from being checked.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenmong.core.rules import sha256
from nenmong.meetings.models import ChainHead, CorrectionNote, Meeting, SealedRecord
from nenmong.meetings.queries import chains, rows
from nenmong.meetings.rules import seal as seals

BATCH = 200
# What reading raises where SQLite holds something else than its column says.
UNREADABLE = (AttributeError, ValueError, TypeError, OverflowError, DatabaseError)

# The tables a seal covers, in words. Digests are kept by the tables' names.
TABLES = {
    "meeting": gettext_lazy("meeting"),
    "agendaitem": gettext_lazy("agenda items"),
    "speech": gettext_lazy("speeches"),
    "notedopinion": gettext_lazy("opinions"),
    "vote": gettext_lazy("votes"),
    "task": gettext_lazy("tasks given"),
    "taskreport": gettext_lazy("results of earlier tasks"),
    "answerread": gettext_lazy("answers that were read out"),
    "carryover": gettext_lazy("what was left to the next meeting"),
    "postponement": gettext_lazy("when it was put off"),
    "attendance": gettext_lazy("roll call"),
    "nameentry": gettext_lazy("names of who spoke"),
}

Row = TypeVar("Row", Meeting, SealedRecord, ChainHead, CorrectionNote)
Answer = TypeVar("Answer")
Digests = tuple[dict[str, str], dict[str, str]]


@dataclass(frozen=True)
class Finding:
    """What does not hold, and at which meeting."""

    meeting_uid: str
    unit: str
    month: str
    what: str

    def __str__(self) -> str:
        return f"{self.meeting_uid} {self.unit} {self.month}: {self.what}"


@dataclass
class _Chain:
    """How far the walk along one unit's chain has come."""

    unit: str = ""
    last: SealedRecord | None = None  # that could be read
    sure: bool = True  # not behind one that could not: there is nothing to compare with


@dataclass
class Verified:
    """How many meetings were checked, and what was found."""

    meetings: int
    findings: list[Finding]


def verify() -> Verified:
    """Check every sealed meeting. Memory stays; queries grow by the hundreds of meetings."""
    findings: list[Finding] = []
    heads = _heads()
    joined = chains.of_all(heads)
    chain = _Chain()
    count = 0
    in_order = SealedRecord.objects.order_by("unit", "position", "uid")
    stream = in_order.values_list("uid", flat=True).iterator(BATCH)
    while batch := list(islice(stream, BATCH)):
        records = _readable(SealedRecord.objects.all(), batch)
        places = {uid: _place(uid, records.get(uid)) for uid in batch}
        meetings = _readable(_sealed(), [meeting for _unit, meeting in places.values()])
        forms = {one.meeting_id: _form(one) for one in records.values()}
        digests = _tried(partial(rows.of_meetings, forms=forms), list(meetings.values()))
        lists = _tried(rows.documents, list(meetings.values()))
        for uid, (unit_uid, meeting_uid) in places.items():
            if chain.unit != unit_uid:
                findings += _end(chain, heads)
                chain = _Chain(unit_uid)
            record, meeting = records.get(uid), meetings.get(meeting_uid)
            faults = _faults(record, chain, meeting, digests, joined)
            faults += _list_faults(record, lists.get(meeting_uid))
            findings += [_finding(meeting_uid, unit_uid, record, meeting, f) for f in faults]
            chain.sure, chain.last = record is not None, record or chain.last
            count += 1
    findings += _end(chain, heads)
    findings += _notes()
    findings += _without_record()
    lost = _("%(count)s records are missing, all of them")
    findings += [
        Finding("-", head.unit_id, "-", lost % {"count": head.position})
        for head in heads.values()
        if head.position
    ]
    return Verified(count, findings)


def _sealed() -> QuerySet[Meeting]:
    return Meeting.objects.sealed().select_related("unit")


def _place(uid: str, record: SealedRecord | None) -> tuple[str, str]:
    """Return the unit and the meeting of a record, as far as even they can be read."""
    if record is not None:
        return record.unit_id, record.meeting_id
    row = SealedRecord.objects.filter(uid=uid)
    unit, meeting = (
        _tried(lambda _: dict(row.values_list("uid", name)), [name]).get(uid, "-")  # noqa: B023
        for name in ("unit_id", "meeting_id")
    )
    return unit, meeting


def _tried(read: Callable[[list[Any]], dict[str, Answer]], asked: list[Any]) -> dict[str, Answer]:
    """Return what `read` answers for all that is asked; what cannot be read is left out."""
    try:
        return read(asked)
    except UNREADABLE:
        if len(asked) == 1:
            return {}
        half = len(asked) // 2
        return _tried(read, asked[:half]) | _tried(read, asked[half:])


def _readable(table: QuerySet[Row], uids: list[str]) -> dict[str, Row]:
    return _tried(lambda some: {row.pk: row for row in table.filter(pk__in=some)}, uids)


def _every(table: QuerySet[Row]) -> tuple[dict[str, Row], bool]:
    """Return all rows that can be read, and whether there is one that cannot. One query mostly."""
    try:
        return {row.pk: row for row in table}, False
    except UNREADABLE:
        uids = list(table.values_list("uid", flat=True))
        readable = _readable(table, uids)
        return readable, len(readable) < len(uids)


def _heads() -> dict[str, ChainHead]:
    """Return the head of each unit's chain, as far as it can be read."""
    heads, _damaged = _every(ChainHead.objects.all())
    return {head.unit_id: head for head in heads.values()}


def _without_record() -> list[Finding]:
    uids = list(Meeting.objects.sealed().filter(records=None).values_list("uid", flat=True))
    readable = _readable(_sealed(), uids)
    return [
        _finding(uid, "-", None, readable.get(uid), _("sealed, but its record is missing"))
        for uid in uids
    ]


def _notes() -> Iterator[Finding]:
    """Yield the meetings beside whose minutes a note was changed, or lost before another."""
    readable, damaged = _every(CorrectionNote.objects.all())
    notes: dict[str, list[CorrectionNote]] = defaultdict(list)
    for uid in sorted(readable):
        notes[readable[uid].meeting_id].append(readable[uid])
    seals_of = {}
    if notes:
        sealed = SealedRecord.objects.filter(meeting__notes__isnull=False)
        seals_of = dict(sealed.values_list("meeting_id", "link"))
    for meeting_uid, written in notes.items():
        link = seals_of.get(meeting_uid, "")
        for note in written:
            if note.link != seals.note_link(link, note.own_columns()):
                meeting = _readable(_sealed(), [meeting_uid]).get(meeting_uid)
                what = _("a note beside the minutes was changed, or one before it is missing")
                yield _finding(meeting_uid, "-", None, meeting, what)
                break
            link = note.link
    if damaged:
        yield Finding("-", "-", "-", _("a note beside minutes cannot be read"))


def _end(chain: _Chain, heads: dict[str, ChainHead]) -> list[Finding]:
    """Return what is wrong at the end of a unit's chain; its head counts as seen."""
    head, last = heads.pop(chain.unit, None), chain.last
    if last is None or not chain.sure:
        return []
    faults = list(_head_faults(last, head))
    meeting = _readable(_sealed(), [last.meeting_id]).get(last.meeting_id) if faults else None
    return [_finding(last.meeting_id, last.unit_id, last, meeting, fault) for fault in faults]


def _faults(
    record: SealedRecord | None,
    chain: _Chain,
    meeting: Meeting | None,
    digests: dict[str, Digests],
    joined: chains.Chains,
) -> list[str]:
    """Return all that does not hold at one record."""
    if record is None:
        return [_("its record cannot be read")]
    try:
        return [
            *_own_faults(record),
            *(_chain_faults(record, chain.last, joined) if chain.sure else []),
            *_row_faults(record, meeting, digests),
        ]
    except UNREADABLE:
        return [_("a column beside the record was changed")]


def parsed(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _form(record: SealedRecord) -> int:
    """Return the form a record says it has; what says none we know is read as of today's."""
    form = parsed(record.record).get("format")
    return form if form in rows.CAME_LATER else seals.FORMAT


def _part(text: str, name: str) -> dict[str, Any]:
    part = parsed(text).get(name)
    return part if isinstance(part, dict) else {}


def _own_faults(record: SealedRecord) -> Iterator[str]:
    """The row against itself: text against hashes, columns against what stands inside the text."""
    if sha256(record.record) != record.record_hash:
        yield _("the record is not what was sealed")
    erased = not record.names and not record.names_salt
    if not erased and seals.names_hash(record.names_salt, record.names) != record.names_hash:
        yield _("the names sheet is not what was sealed")
    link = seals.link(record.previous, record_hash=record.record_hash, names=record.names_hash)
    if link != record.link:
        yield _("the seal code does not fit the record")
    if _part(record.record, "seal") != record.own_columns():
        yield _("a column beside the record was changed")


def _chain_faults(
    record: SealedRecord, before: SealedRecord | None, joined: chains.Chains
) -> Iterator[str]:
    """The row against the one before it in its unit, and the last ones of units taken in since."""
    expected = before.position + 1 if before else 1
    if record.position != expected:
        yield _("records %(first)s to %(last)s before it are missing") % {
            "first": expected,
            "last": record.position - 1,
        }
    after = before.sealed_at if before else None
    taken_in = joined.links_before(record.unit_id, after, record.sealed_at)
    if record.previous != ([before.link] if before else []) + taken_in:
        yield _("it does not follow the record before it")


def _row_faults(
    record: SealedRecord,
    meeting: Meeting | None,
    digests: dict[str, Digests],
) -> Iterator[str]:
    """The frozen text against the rows it was made of."""
    if meeting is None:
        yield _("the meeting is missing, or no longer marked as sealed")
        return
    if meeting.uid not in digests:
        yield _("rows of the meeting cannot be read")
        return
    now_record, now_names = digests[meeting.uid]
    frozen = _part(record.record, "rows")
    changed = [table for table, digest in now_record.items() if frozen.get(table) != digest]
    if record.names:
        frozen = _part(record.names, "rows")
        changed += [table for table, digest in now_names.items() if frozen.get(table) != digest]
    for table in changed:
        yield _("rows were changed after sealing: %(rows)s") % {"rows": TABLES[table]}


def _list_faults(
    record: SealedRecord | None, documents: list[dict[str, str]] | None
) -> Iterator[str]:
    """The documents a record lists, where it does, against their rows; no file is read."""
    listed = parsed(record.record).get("documents") if record else None
    if isinstance(listed, list) and listed != documents:
        yield _("its list of documents was changed after sealing")


def _head_faults(last: SealedRecord, head: ChainHead | None) -> Iterator[str]:
    """The end of the chain against what the unit's head says."""
    if head is None:
        yield _("the head of this chain is missing")
    elif (head.position, head.link, head.bucket) != (last.position, last.link, last.bucket):
        try:
            missing = head.position - last.position
        except UNREADABLE:
            missing = 0
        if missing > 0:
            yield _("%(count)s records after it are missing") % {"count": missing}
        else:
            yield _("the head of the chain does not end here")


def _finding(
    meeting_uid: str, unit: str, record: SealedRecord | None, meeting: Meeting | None, what: str
) -> Finding:
    """Name the meeting as well as what is left of it allows."""
    if meeting is not None:
        return Finding(meeting.uid, meeting.unit.name, str(meeting.month)[:7], what)
    text = record.record if record else ""
    name = _part(text, "unit").get("name", unit)
    return Finding(meeting_uid, str(name), str(parsed(text).get("month", "-"))[:7], what)


def sealed_of(meeting: Meeting) -> SealedRecord | None:
    """Return what was frozen of a meeting, None before the seal. One query."""
    return SealedRecord.objects.filter(bucket=meeting.bucket, meeting=meeting).first()


def record_in(sealed: SealedRecord) -> dict[str, Any]:
    """Return the record as it was sealed, with its link."""
    parsed: dict[str, Any] = json.loads(sealed.record)
    return parsed | {"link": sealed.link}


def names_in(sealed: SealedRecord) -> dict[str, Any] | None:
    """Return the names sheet as it was sealed; None when it has been erased."""
    parsed: dict[str, Any] | None = json.loads(sealed.names) if sealed.names else None
    return parsed


def faults_of(sealed: SealedRecord, meeting: Meeting) -> list[str]:
    """Return what does not hold at one seal by itself; the chain is walked by `verify`.

    A query for each table a seal covers.
    """
    digests = _tried(partial(rows.of_meetings, forms={meeting.uid: _form(sealed)}), [meeting])
    try:
        return [*_own_faults(sealed), *_row_faults(sealed, meeting, digests)]
    except UNREADABLE:
        return [_("a column beside the record was changed")]
