"""Answers to what a cell raised: they come before its next meeting, are read out and judged there.

The text is kept as it was read out; what becomes of the opinion is not decided here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.rules import clean, clean_lines
from nenmong.core.texts import fitting
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.models import AnswerRead, CarryOver, Matter, Meeting
from nenmong.meetings.models.matter import Verdict
from nenmong.meetings.models.meeting import WORKING
from nenmong.meetings.queries.record import Parts
from nenmong.meetings.rules.paper import Judged
from nenmong.org.models import Unit

LONGEST = 4000
COUNTS = ("solved", "partly", "not_solved")


@dataclass(frozen=True)
class Brought:
    """What is to come before the next meeting of a unit, and from where."""

    unit_uid: str
    source_uid: str
    title: str
    text: str
    sender: str
    asks: bool  # the cell judges it, and does not only hear it


@dataclass(frozen=True)
class Hands:
    """How many found it solved, partly, not; none where the cell only said what it finds."""

    solved: int | None = None
    partly: int | None = None
    not_solved: int | None = None


def only_the_program(actor: Actor) -> None:
    """Refuse what comes before a cell by itself to whoever is a person.

    Raises:
        NotAllowed: `access.denied`.
    """
    if not getattr(actor, "is_program", False):
        raise NotAllowed("access.denied", _("What comes before a cell comes by itself."))


@action
def bring_answer(*, actor: Actor, brought: Brought) -> Matter:
    """Put an answer before a unit's next meeting; one that was brought already is answered with.

    Raises:
        NotAllowed: only the program does this, when an answer is signed.
    """
    only_the_program(actor)
    unit = Unit.objects.get(uid=brought.unit_uid)
    kind = {"kind": Matter.Kind.ANSWER, "source_uid": brought.source_uid}
    if known := Matter.objects.filter(**kind, unit=unit).first():
        return known
    asked = Matter.Asked.DECIDE if brought.asks else Matter.Asked.INFORM
    matter = Matter.objects.create(
        bucket=unit.bucket, unit=unit, **kind, title=clean(brought.title)[:300],
        text=clean_lines(brought.text)[:LONGEST], sender=brought.sender[:200], asked=asked,
        since=clock.today(),
    )  # fmt: skip
    audit.record(actor, "meetings.answer_brought", matter, unit_path=unit.path)
    return matter


@within_action
def bring_texts(meeting: Meeting, matters: Sequence[Matter]) -> None:
    """Lay what is to be read out of answers on an agenda before this meeting."""
    answers = {m.uid: m for m in matters if m.kind == Matter.Kind.ANSWER and m.source_uid}
    if not answers:
        return
    here = AnswerRead.objects.filter(bucket=meeting.bucket, meeting=meeting)
    known = set(here.filter(matter_uid__in=list(answers)).values_list("matter_uid", flat=True))
    AnswerRead.objects.bulk_create(
        AnswerRead(
            bucket=meeting.bucket, meeting=meeting, matter_uid=uid,
            source_uid=matter.source_uid or "", title=matter.title, text=matter.text,
            sender=matter.sender, asks=matter.asked == Matter.Asked.DECIDE,
        )
        for uid, matter in answers.items()
        if uid not in known
    )  # fmt: skip


@within_action
def take_texts_away(meeting_uids: Sequence[str]) -> None:
    """Take away what was to be read out at meetings that are not held."""
    AnswerRead.objects.filter(meeting__in=meeting_uids).delete()


@action
def judge_answer(
    *,
    actor: Actor,
    meeting_uid: str,
    matter_uid: str,
    verdict: str,
    hands: Hands | None = None,
    reason: str = "",
) -> AnswerRead:
    """Note what the cell makes of an answer that was read out: solved, partly, not solved.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.no_such_answer`,
            `meetings.unknown_verdict`, `meetings.too_many_hands`, `meetings.no_reason`,
            `meetings.already_carried`, `core.too_long`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    read, changed = write_verdict(meeting, matter_uid, verdict, hands or Hands(), reason)
    if changed:
        audit.record(actor, "meetings.answer_judged", read, unit_path=meeting.unit.path)
    return read


@within_action
def write_verdict(
    meeting: Meeting, matter_uid: str, verdict: str, hands: Hands, reason: str
) -> tuple[AnswerRead, bool]:
    """Write what the cell makes of one answer; say whether anything changed. See `judge_answer`."""
    read = meeting.answers_read.filter(matter_uid=matter_uid).first()
    if read is None:
        raise DomainError(
            "meetings.no_such_answer",
            _("This answer is not on the agenda of the meeting. Open the page again."),
        )
    if verdict not in Verdict.values:
        raise DomainError(
            "meetings.unknown_verdict", _("What does the cell find: solved, partly, or not?")
        )
    here = {"bucket": meeting.bucket, "meeting": meeting, "matter_uid": matter_uid}
    if CarryOver.objects.filter(**here).exists():
        raise DomainError(
            "meetings.already_carried",
            _("It is left to the next meeting. Take that back first, then note what was found."),
        )
    counts = {name: getattr(hands, name) for name in COUNTS}
    _fit(meeting, [count for count in counts.values() if count is not None])
    reason = fitting(clean(reason), 500)
    if verdict == Verdict.NOT_SOLVED and not reason:
        raise DomainError(
            "meetings.no_reason",
            _("What is still wrong? A sentence is enough; it goes back with the answer."),
        )
    columns = counts | {"verdict": verdict, "reason": reason}
    if all(getattr(read, name) == value for name, value in columns.items()):
        return read, False
    for name, value in columns.items():
        setattr(read, name, value)
    read.save(update_fields=list(columns))
    return read, True


@within_action
def enter_verdict(meeting: Meeting, matter_uid: str | None, judged: Judged | None) -> None:
    """Write what a meeting entered afterwards found of an answer, in the place of what stood there.

    Raises:
        DomainError: as `judge_answer`.
    """
    if judged is not None:
        hands = Hands(judged.solved, judged.partly, judged.not_solved)
        write_verdict(meeting, matter_uid or "", judged.verdict, hands, judged.reason)
    elif matter_uid:
        meeting.answers_read.filter(matter_uid=matter_uid).exclude(verdict="").update(
            verdict="", solved=None, partly=None, not_solved=None, reason=""
        )


def _fit(meeting: Meeting, counts: Sequence[int]) -> None:
    if any(count < 0 for count in counts) or sum(counts) > meeting.present:
        raise DomainError(
            "meetings.too_many_hands",
            _("%(present)s are present. The hands together cannot be more; count again.")
            % {"present": meeting.present},
        )


def answers_judged(parts: Parts, carried: Mapping[str, CarryOver]) -> None:
    """Refuse to seal while an answer the cell is to judge was not judged, nor left for later.

    Raises:
        DomainError: `meetings.answers_not_judged`.
    """
    open_ = [
        read.title.rstrip(" .")
        for read in parts.answers
        if read.asks and not read.verdict and read.matter_uid not in carried
    ]
    if open_:
        raise DomainError(
            "meetings.answers_not_judged",
            _(
                "Answers the cell has not judged: %(titles)s. Note whether it is solved, or leave "
                "it to the next meeting with the reason."
            )
            % {"titles": "; ".join(open_)},
        )
