"""Documents of a meeting before its seal, signed scans after it; the files lie in the store."""

from django.conf import settings
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.keeping import MB, STORE, Kept, require_there
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.models import Meeting, MeetingDocument
from nenmong.meetings.models.meeting import NOT_SEALED

MOST_FILES = 100  # of one meeting
TAKEN_OFF = ["taken_off_at", "taken_off_by_uid", "taken_off_by", "taken_off_why"]


@action
def add_document(*, actor: Actor, meeting_uid: str, title: str, file: Kept) -> MeetingDocument:
    """Add what members read before or at the meeting. The same file again is the same row.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_title`, `core.too_long`,
            `files.not_whole`, `meetings.too_many_files`, `meetings.files_too_large`.
    """
    meeting = locked(actor, meeting_uid, "meetings.prepare", NOT_SEALED)
    row, made = _added(actor, meeting, MeetingDocument.Sort.DOCUMENT, title, file)
    if made:
        if meeting.documents_at is None:
            meeting.documents_at = row.added_at
            meeting.save(update_fields=["documents_at"])
        audit.record(
            actor, "meetings.document_added", row, unit_path=meeting.unit.path, sha256=row.sha256
        )
    return row


@action
def attach_scan(*, actor: Actor, meeting_uid: str, title: str, file: Kept) -> MeetingDocument:
    """Attach a page of the signed paper to sealed minutes; the seal does not change by it.

    Raises:
        NotAllowed, DomainError: as `add_document`; `meetings.not_sealed`.
    """
    meeting = locked(actor, meeting_uid, "meetings.file", Meeting.Status.values)
    if meeting.status != Meeting.Status.SEALED:
        raise DomainError(
            "meetings.not_sealed",
            _("The signed scan comes after the seal. Seal the minutes first, print, sign, scan."),
        )
    row, made = _added(actor, meeting, MeetingDocument.Sort.SCAN, title, file)
    if made:
        audit.record(
            actor, "meetings.scan_attached", row, unit_path=meeting.unit.path, sha256=row.sha256
        )
    return row


def _added(
    actor: Actor, meeting: Meeting, sort: MeetingDocument.Sort, title: str, file: Kept
) -> tuple[MeetingDocument, bool]:
    """Return the row of this file at this meeting, and whether it is new."""
    rows = MeetingDocument.objects.filter(bucket=meeting.bucket, meeting=meeting)
    if same := rows.filter(sort=sort, sha256=file.sha256).first():
        return same, _put_back(same)
    if not (title := fitting(clean(title), 200)):
        raise DomainError(
            "meetings.no_title", _("The document has no name yet. Write what it is called.")
        )
    there = rows.aggregate(files=Count("uid"), size=Sum("size"))
    if there["files"] >= MOST_FILES:
        raise DomainError(
            "meetings.too_many_files",
            _(
                "A meeting has at most %(most)s files. Put several into one PDF, or take one off "
                "that is not needed."
            )
            % {"most": MOST_FILES},
        )
    if (there["size"] or 0) + file.size > settings.NENMONG_MEETING_MB * MB:
        raise DomainError(
            "meetings.files_too_large",
            _(
                "The files of one meeting make at most %(most)s MB together. Take one off that is "
                "not needed, or make this one smaller."
            )
            % {"most": settings.NENMONG_MEETING_MB},
        )
    require_there(file)
    row = MeetingDocument.objects.create(
        bucket=meeting.bucket, meeting=meeting, sort=sort, title=title, kind=file.kind,
        size=file.size, sha256=file.sha256, added_at=clock.now(), by_uid=actor.uid,
    )  # fmt: skip
    return row, True


def _put_back(row: MeetingDocument) -> bool:
    """Let a file that was taken off be there again; say whether it was."""
    if row.taken_off_at is None:
        return False
    row.taken_off_at = row.taken_off_by_uid = None
    row.taken_off_by = row.taken_off_why = ""
    row.save(update_fields=TAKEN_OFF)
    return True


@action
def take_off_document(*, actor: Actor, document_uid: str, reason: str) -> MeetingDocument:
    """Take off, after the seal, a scan or a document that was attached by mistake.

    The row stays, with who, when and why, and so does the file; it is served to nobody. Attaching
    the same scan again puts it back. A second call changes nothing.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_sealed`, `meetings.no_reason`,
            `core.too_long`.
    """
    meeting_uid = MeetingDocument.objects.values_list("meeting_id", flat=True).get(uid=document_uid)
    meeting = locked(actor, meeting_uid, "meetings.file", Meeting.Status.values)
    if meeting.status != Meeting.Status.SEALED:
        raise DomainError(
            "meetings.not_sealed",
            _("The minutes are not sealed yet: take the document off where it was added."),
        )
    row = MeetingDocument.objects.get(uid=document_uid, bucket=meeting.bucket)
    if row.taken_off_at is not None:
        return row
    if not (reason := fitting(clean(reason), 500)):
        raise DomainError(
            "meetings.no_reason",
            _("Why is it taken off? A few words are enough. They stay beside the minutes."),
        )
    row.taken_off_at, row.taken_off_by_uid = clock.now(), actor.uid
    row.taken_off_by, row.taken_off_why = str(actor)[:120], reason
    row.save(update_fields=TAKEN_OFF)
    audit.record(
        actor, "meetings.document_taken_off", row, unit_path=meeting.unit.path, sha256=row.sha256
    )
    return row


@action
def remove_document(*, actor: Actor, document_uid: str) -> Meeting:
    """Take a document off before the seal. The file itself goes with a sweep, if no row names it.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting_uid = MeetingDocument.objects.values_list("meeting_id", flat=True).get(uid=document_uid)
    meeting = locked(actor, meeting_uid, "meetings.prepare", NOT_SEALED)
    row = MeetingDocument.objects.get(uid=document_uid, bucket=meeting.bucket)
    audit.record(
        actor, "meetings.document_removed", row, unit_path=meeting.unit.path, sha256=row.sha256
    )
    row.delete()
    STORE.touch(row.sha256)
    return meeting
