"""The documents of a meeting, and whether their files still are what the record says."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nenmong.core.keeping import STORE
from nenmong.meetings.models import Meeting, MeetingDocument, SealedRecord
from nenmong.meetings.queries import rows, verify

BATCH = 200


def documents_of(meeting: Meeting) -> list[MeetingDocument]:
    """Return the documents and signed scans of a meeting, as they came. One query.

    Those that were taken off after the seal are among them: their rows stay.
    """
    return list(MeetingDocument.objects.filter(bucket=meeting.bucket, meeting=meeting))


def listed(meeting: Meeting) -> list[dict[str, str]]:
    """Return what the record says of a meeting's documents; scans come after it. One query."""
    return rows.documents([meeting])[meeting.uid]


def named() -> Iterator[str]:
    """Yield the hash of every file that a meeting names. One query, read in pieces."""
    return MeetingDocument.objects.values_list("sha256", flat=True).order_by().iterator(BATCH)


def changed_files() -> Iterator[verify.Finding]:
    """Read every file of a sealed meeting; yield what is missing or changed.

    Slow: all bytes are read. Files of several meetings are read once for each.
    """
    for sealed in SealedRecord.objects.order_by("unit", "position", "uid").iterator(BATCH):
        record = verify.parsed(sealed.record)
        kept = record.get("documents")
        frozen = kept if isinstance(kept, list) else []
        meeting = Meeting.objects.select_related("unit").filter(uid=sealed.meeting_id).first()
        if meeting is None:
            continue  # the seals themselves name it
        scans = [row for row in documents_of(meeting) if row.sort == MeetingDocument.Sort.SCAN]
        faults = [
            *_file_faults([(one.get("title", ""), one.get("sha256", "")) for one in frozen]),
            *_file_faults([(row.title, row.sha256) for row in scans]),
        ]
        for fault in faults:
            yield verify.Finding(meeting.uid, meeting.unit.name, str(meeting.month)[:7], fault)


def _file_faults(files: list[tuple[str, str]]) -> Iterator[str]:
    for title, digest in files:
        if not STORE.holds(digest):
            yield _("the file “%(title)s” is missing or was changed") % {"title": title}
