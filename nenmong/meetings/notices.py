"""What is told of a meeting, in words: the same for paper, a group chat and e-mail."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from nenmong.meetings.models import Meeting
from nenmong.meetings.models.meeting import Business
from nenmong.ui import formats


def title(meeting: Meeting) -> str:
    """Name the meeting: what kind, of which month."""
    kind, month = meeting.get_kind_display(), formats.month_year(meeting.month)
    named = _("%(kind)s, %(month)s") % {"kind": kind, "month": month}
    return named[:1].upper() + named[1:]


def when(meeting: Meeting) -> str:
    """Say hour and day: `19 giờ 30, Thứ Năm, ngày 03/12/2026`."""
    return _("%(hour)s, %(weekday)s, %(day)s") % {
        "hour": formats.spoken_time(meeting.starts_at),
        "weekday": formats.weekday(meeting.starts_at),
        "day": formats.day(meeting.starts_at),
    }


def where(meeting: Meeting) -> str:
    return meeting.place or _("told later")


def subject(meeting: Meeting) -> str:
    """Return the subject of an e-mail, and the head of a text."""
    said = {"unit": meeting.unit.name, "title": title(meeting)}
    if meeting.status == Meeting.Status.CANCELLED:
        return _("%(unit)s: NOT HELD. %(title)s") % said
    return _("%(unit)s: notice of meeting. %(title)s") % said


def agenda(meeting: Meeting) -> list[str]:
    """Return the agenda in short; what is classified is told nowhere. One query."""
    items = meeting.items.exclude(business=Business.CLASSIFIED)
    return list(items.values_list("title", flat=True))


def text(
    meeting: Meeting,
    lines: Sequence[str] = (),
    *,
    greeting: str = "",
    answer_at: str = "",
) -> str:
    """Return the whole notice as plain text.

    Args:
        lines: the agenda in short; none for whoever may not read it.
        greeting: who it speaks to; all members where nothing is said.
        answer_at: the address under which the reader answers.
    """
    said = [subject(meeting), "", greeting or _("Dear comrades of the cell,")]
    if meeting.status == Meeting.Status.CANCELLED:
        words = _("the meeting announced for %(when)s is not held. You will be told of the next.")
        return "\n".join([*said, words % {"when": when(meeting)}])
    said += [
        _("Time: %(when)s.") % {"when": when(meeting)},
        _("Place: %(place)s.") % {"place": where(meeting)},
    ]
    if meeting.subject:
        said.append(_("Topic: %(subject)s.") % {"subject": meeting.subject.rstrip(".")})
    if lines:
        said += [_("Agenda:"), *(f"{n}. {line}" for n, line in enumerate(lines, start=1))]
    if answer_at:
        said += [
            "",
            _("Please answer whether you come, here: %(address)s") % {"address": answer_at},
        ]
    said += ["", _("Whoever cannot come tells the secretary before, with the reason.")]
    return "\n".join(said)


def dear(given: str) -> str:
    return _("Dear comrade %(name)s,") % {"name": given}


def asking(meeting: Meeting, given: str, answer_at: str) -> str:
    """Return the short text for one member in a private chat, with their own address."""
    return _(
        "Comrade %(name)s, %(unit)s meets at %(when)s. Place: %(place)s. "
        "Please answer whether you come, here: %(address)s (for you alone, do not send it on)"
    ) % {
        "name": given, "unit": meeting.unit.name, "when": when(meeting),
        "place": where(meeting), "address": answer_at,
    }  # fmt: skip


def for_upper(meeting: Meeting, given: str) -> str:
    """Return the notice to who follows the unit: without the agenda, which is the cell's own."""
    greeting = _("Dear comrade %(name)s, who follows %(unit)s,")
    return text(meeting, greeting=greeting % {"name": given, "unit": meeting.unit.name})
