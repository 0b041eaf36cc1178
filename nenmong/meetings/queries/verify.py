"""Checking every seal: what was frozen against its hashes, its chain, and the rows it was made of."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from nenmong.core.rules import sha256
from nenmong.meetings.models import ChainHead, Meeting, SealedRecord
from nenmong.meetings.queries import rows
from nenmong.meetings.rules import seal as seals

BATCH = 200


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
class Verified:
    """How many meetings were checked, and what was found."""

    meetings: int
    findings: list[Finding]


def verify() -> Verified:
    """Check every sealed meeting, in batches: memory stays, queries grow by the hundreds of meetings."""
    findings: list[Finding] = []
    heads = {head.unit_id: head for head in ChainHead.objects.all()}
    before: SealedRecord | None = None
    count = 0
    records = SealedRecord.objects.order_by("unit", "position").iterator(BATCH)
    while batch := list(islice(records, BATCH)):
        meetings = _meetings(record.meeting_id for record in batch)
        digests = _digests(list(meetings.values()))
        for record in batch:
            if before and before.unit_id != record.unit_id:
                findings += _end(before, heads)
                before = None
            faults = [
                *_own_faults(record),
                *_chain_faults(record, before),
                *_row_faults(record, meetings.get(record.meeting_id), digests),
            ]
            findings += [_finding(record, meetings, fault) for fault in faults]
            before, count = record, count + 1
    if before:
        findings += _end(before, heads)
    for meeting in Meeting.objects.sealed().filter(records=None).select_related("unit"):
        findings.append(_of_meeting(meeting, "sealed, but its record is missing"))
    findings += [
        Finding("-", head.unit_id, "-", f"{head.position} records are missing, all of them")
        for head in heads.values()
        if head.position
    ]
    return Verified(count, findings)


def _meetings(uids: Iterable[str]) -> dict[str, Meeting]:
    sealed = Meeting.objects.sealed().filter(uid__in=list(uids)).select_related("unit")
    return {meeting.uid: meeting for meeting in sealed}


def _end(last: SealedRecord, heads: dict[str, ChainHead]) -> list[Finding]:
    """Return what is wrong at the end of a unit's chain; its head counts as seen."""
    faults = list(_head_faults(last, heads.pop(last.unit_id, None)))
    return [_finding(last, _meetings([last.meeting_id]), fault) for fault in faults]


def _digests(meetings: list[Meeting]) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Return each meeting's present digests, for the record and for the names sheet."""
    of_record = rows.digests(meetings, rows.RECORD_TABLES)
    of_names = rows.digests(meetings, rows.NAMES_TABLES)
    return {
        m.uid: ({"meeting": rows.meeting_digest(m)} | of_record[m.uid], of_names[m.uid])
        for m in meetings
    }


def _parsed(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _own_faults(record: SealedRecord) -> Iterator[str]:
    """The row against itself: text against hashes, columns against what stands inside the text."""
    if sha256(record.record) != record.record_hash:
        yield "the record is not what was sealed"
    erased = not record.names and not record.names_salt
    if not erased and seals.names_hash(record.names_salt, record.names) != record.names_hash:
        yield "the names sheet is not what was sealed"
    link = seals.link(record.previous, record_hash=record.record_hash, names=record.names_hash)
    if link != record.link:
        yield "the link does not fit the record"
    inside = _parsed(record.record).get("seal")
    if inside != record.own_columns():
        yield "a column beside the record was changed"


def _chain_faults(record: SealedRecord, before: SealedRecord | None) -> Iterator[str]:
    """The row against the one before it in its unit."""
    expected = before.position + 1 if before else 1
    if record.position != expected:
        yield f"records {expected} to {record.position - 1} before it are missing"
    if record.previous != ([before.link] if before else []):
        yield "it does not follow the record before it"


def _row_faults(
    record: SealedRecord,
    meeting: Meeting | None,
    digests: dict[str, tuple[dict[str, str], dict[str, str]]],
) -> Iterator[str]:
    """The frozen text against the rows it was made of."""
    if meeting is None:
        yield "the meeting is missing, or no longer marked as sealed"
        return
    now_record, now_names = digests[meeting.uid]
    frozen = _parsed(record.record).get("rows", {})
    for table, digest in now_record.items():
        if frozen.get(table) != digest:
            yield f"rows of {table} were changed after sealing"
    if record.names:
        frozen = _parsed(record.names).get("rows", {})
        for table, digest in now_names.items():
            if frozen.get(table) != digest:
                yield f"rows of {table} were changed after sealing"


def _head_faults(last: SealedRecord, head: ChainHead | None) -> Iterator[str]:
    """The end of the chain against what the unit's head says."""
    if head is None:
        yield "the head of this chain is missing"
    elif (head.position, head.link, head.bucket) != (last.position, last.link, last.bucket):
        missing = head.position - last.position
        if missing > 0:
            yield f"{missing} records after it are missing"
        else:
            yield "the head of the chain does not end here"


def _finding(record: SealedRecord, meetings: dict[str, Meeting], what: str) -> Finding:
    if meeting := meetings.get(record.meeting_id):
        return _of_meeting(meeting, what)
    parsed = _parsed(record.record)
    unit = parsed.get("unit", {}).get("name", record.unit_id)
    return Finding(record.meeting_id, unit, str(parsed.get("month", "-"))[:7], what)


def _of_meeting(meeting: Meeting, what: str) -> Finding:
    return Finding(meeting.uid, meeting.unit.name, f"{meeting.month:%Y-%m}", what)


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

