"""What is said: speeches and opinions, a line each. Who said it goes to the names sheet only."""

from typing import TypeVar

from django.utils.translation import gettext as _

from nenmong.core import audit, clock, ids
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean
from nenmong.core.texts import fitting
from nenmong.meetings.actions.holding import count_speakers
from nenmong.meetings.actions.locking import (
    locked,
    locked_item,
    name_on_the_roll,
    not_classified,
)
from nenmong.meetings.models import AgendaItem, Meeting, NameEntry, NotedOpinion, Speech
from nenmong.meetings.models.meeting import WORKING

LINE = 1000
L = TypeVar("L", Speech, NotedOpinion)


def _line(text: str) -> str:
    if not (text := clean(text)):
        raise DomainError("meetings.nothing_said", _("Nothing is written yet. A line is enough."))
    return fitting(text, LINE)


def _named(meeting: Meeting, line: Speech | NotedOpinion, member_uid: str, guest: str) -> bool:
    """Write who said a line, the counter of speakers with it; say whether anything changed."""
    name = name_on_the_roll(meeting, member_uid, speaks=True) if member_uid else guest
    entries = NameEntry.objects.filter(bucket=meeting.bucket, subject_uid=line.uid)
    was = entries.values_list("member_uid", "name").first()
    if was == ((member_uid or None, name) if name else None):
        return False
    entries.delete()
    if name:
        NameEntry.objects.create(
            bucket=meeting.bucket, meeting=meeting, subject_uid=line.uid,
            member_uid=member_uid or None, name=name,
        )  # fmt: skip
    meeting.speakers = count_speakers(meeting)
    return True


def line_of(meeting: Meeting, item: AgendaItem, model: type[L], text: str) -> L:
    """Return a speech or an opinion, not yet saved.

    Raises:
        DomainError: `meetings.classified`, `meetings.nothing_said`, `core.too_long`.
    """
    not_classified(item)
    # Named at once: who said it is written beside it, perhaps before it is saved.
    return model(
        uid=ids.new_uid(), bucket=meeting.bucket, meeting=meeting, item=item, text=_line(text),
        said_at=clock.now(),
    )  # fmt: skip


@within_action
def write_line(
    meeting: Meeting, item: AgendaItem, model: type[L], text: str, member_uid: str, guest: str
) -> L:
    """Write a speech or an opinion, and who said it; the counters of the meeting are not saved."""
    line = line_of(meeting, item, model, text)
    line.save(force_insert=True)
    _named(meeting, line, member_uid, guest)
    return line


@action
def add_speech(
    *, actor: Actor, item_uid: str, text: str, member_uid: str = "", guest: str = ""
) -> Speech:
    """Note a speech in a line, by a member on the roll or by a guest.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.classified`, `meetings.nothing_said`,
            `meetings.no_speaker`, `meetings.not_on_the_roll`, `core.too_long`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.work", WORKING)
    not_classified(item)
    guest = fitting(clean(guest), 120)
    if not (member_uid or guest):
        raise DomainError("meetings.no_speaker", _("Who spoke? Choose a name from the list."))
    speech = write_line(meeting, item, Speech, text, member_uid, guest)
    meeting.save(update_fields=["speakers"])
    audit.record(actor, "meetings.speech_noted", speech, unit_path=meeting.unit.path)
    return speech


@action
def note_opinion(*, actor: Actor, item_uid: str, text: str, member_uid: str = "") -> NotedOpinion:
    """Note an opinion in a line. It goes on its way when the minutes are sealed, without a name.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.classified`, `meetings.nothing_said`,
            `meetings.not_on_the_roll`, `core.too_long`.
    """
    meeting, item = locked_item(actor, item_uid, "meetings.work", WORKING)
    opinion = write_line(meeting, item, NotedOpinion, text, member_uid, "")
    meeting.opinions = NotedOpinion.objects.filter(bucket=meeting.bucket, meeting=meeting).count()
    meeting.save(update_fields=["speakers", "opinions"])
    # The cell is named, not the person: the audit is read above.
    audit.record(actor, "meetings.opinion_noted", meeting, unit_path=meeting.unit.path)
    return opinion


_LINES: dict[str, type[Speech] | type[NotedOpinion]] = {
    "speech": Speech,
    "opinion": NotedOpinion,
}


def _locked_line(actor: Actor, kind: str, line_uid: str) -> tuple[Meeting, Speech | NotedOpinion]:
    if kind not in _LINES:
        raise DomainError("meetings.unknown_text", _("There is no such text. Open the page again."))
    model = _LINES[kind]
    meeting_uid = model._default_manager.values_list("meeting_id", flat=True).get(uid=line_uid)
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    return meeting, model._default_manager.get(uid=line_uid, bucket=meeting.bucket)


@action
def change_line(
    *, actor: Actor, kind: str, line_uid: str, text: str, member_uid: str = "", guest: str = ""
) -> AgendaItem:
    """Mend the words of a speech or an opinion, or who said it.

    Args:
        kind: `speech` or `opinion`.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.unknown_text`, `meetings.nothing_said`,
            `meetings.no_speaker`, `meetings.not_on_the_roll`, `core.too_long`.
    """
    meeting, line = _locked_line(actor, kind, line_uid)
    guest = fitting(clean(guest), 120)
    if kind == "speech" and not (member_uid or guest):
        raise DomainError("meetings.no_speaker", _("Who spoke? Choose a name from the list."))
    was, line.text = line.text, _line(text)
    if _named(meeting, line, member_uid, guest) or line.text != was:
        line.save(update_fields=["text"])
        meeting.save(update_fields=["speakers"])
        audit.record(
            actor, "meetings.line_changed", meeting, unit_path=meeting.unit.path, kind=kind
        )
    return _item_of(line)


def _item_of(line: Speech | NotedOpinion) -> AgendaItem:
    return AgendaItem.objects.get(uid=line.item_id, bucket=line.bucket)


@action
def remove_line(*, actor: Actor, kind: str, line_uid: str) -> AgendaItem:
    """Take back a speech or an opinion noted by mistake.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.unknown_text`.
    """
    meeting, line = _locked_line(actor, kind, line_uid)
    item = _item_of(line)
    _named(meeting, line, "", "")
    line.delete()
    meeting.opinions = NotedOpinion.objects.filter(bucket=meeting.bucket, meeting=meeting).count()
    meeting.save(update_fields=["speakers", "opinions"])
    audit.record(actor, "meetings.line_removed", meeting, unit_path=meeting.unit.path, kind=kind)
    return item
