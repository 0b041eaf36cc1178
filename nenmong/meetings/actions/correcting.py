"""After the seal: a mistake is said in a note beside the minutes, which stay as they are."""

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.ids import new_uid
from nenmong.core.rules import clean_lines
from nenmong.core.texts import fitting
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.models import CorrectionNote, Meeting
from nenmong.meetings.queries.verify import sealed_of
from nenmong.meetings.rules import seal as seals


@action
def write_note(*, actor: Actor, meeting_uid: str, text: str) -> CorrectionNote:
    """Write a note beside sealed minutes. It hangs on the seal and the notes before it.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_sealed_yet`, `meetings.no_note`,
            `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.seal", Meeting.Status.values)
    sealed = sealed_of(meeting)
    if sealed is None:
        raise DomainError(
            "meetings.not_sealed_yet",
            _("These minutes are not sealed: mend them in their place, without a note."),
        )
    if not (text := fitting(clean_lines(text), 2000)):
        raise DomainError(
            "meetings.no_note", _("What is wrong in the minutes, and how is it right? Write it.")
        )
    before = meeting.notes.order_by("-uid").first()
    note = CorrectionNote(
        uid=new_uid(), bucket=meeting.bucket, meeting=meeting, text=text, written_at=clock.now(),
        by_uid=actor.uid, by_name=str(actor)[:120],
    )  # fmt: skip
    note.link = seals.note_link(before.link if before else sealed.link, note.own_columns())
    note.save(force_insert=True)
    audit.record(actor, "meetings.note_written", note, unit_path=meeting.unit.path)
    return note
