"""Writing an answer at a desk, and signing it: from then on it waits to be read out in the cell."""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import BothEdited, DomainError, NotAllowed
from nenmong.core.rules import clean, clean_lines
from nenmong.core.texts import fitting
from nenmong.opinions import access
from nenmong.opinions.actions import months
from nenmong.opinions.actions.moving import Calendar, Turn, locked, not_possible, step, together
from nenmong.opinions.events import OpinionAnswered
from nenmong.opinions.models import Answer, Opinion, OpinionFile
from nenmong.opinions.models.answer import LONGEST
from nenmong.opinions.rules import answers, clocks, states
from nenmong.opinions.rules.answers import Draft, Result
from nenmong.opinions.rules.states import Move, State, Who
from nenmong.opinions.sentences import lacking
from nenmong.org import access as org
from nenmong.org.models import Post, Unit, in_force

BEING_WRITTEN = (Answer.State.DRAFT, Answer.State.TO_SIGN)
HEAD_SIGNS = "opinions.head_signs"


@action
def save_answer(
    *,
    actor: Actor,
    opinion_uid: str,
    draft: Draft,
    seen: int | None = None,
    was: str | None = None,
) -> Answer:
    """Keep an answer being written. It may lack anything; nothing of it is seen beyond the desk.

    Args:
        was: its text when the page was opened; another one means that a colleague wrote since.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`,
            `core.too_long`.
        BothEdited: a colleague wrote another text meanwhile; nothing is written.
    """
    opinion = _at_desk(actor, opinion_uid, seen)
    answer, changed = _written(actor, opinion, draft, was)
    if changed:
        audit.record(actor, "opinions.answer_saved", answer, unit_path=opinion.unit.path)
    return answer


def _at_desk(actor: Actor, opinion_uid: str, seen: int | None) -> Opinion:
    opinion = locked(opinion_uid, seen=seen)
    if State(opinion.state) not in states.WAYS[Move.ANSWER].before:
        raise not_possible(opinion)
    access.require_act(actor, opinion, Who.DESK)
    return opinion


@within_action
def _written(
    actor: Actor, opinion: Opinion, draft: Draft, was: str | None = None
) -> tuple[Answer, bool]:
    """Write a draft into the desk's one unsigned answer; say whether anything changed."""
    columns = {
        "result": Result(draft.result).value,
        "text": fitting(clean_lines(draft.text), LONGEST),
        "who": fitting(clean(draft.who), 200),
        "done_on": draft.done_on,
        "promised_on": draft.promised_on,
        "means": fitting(clean(draft.means), 300),
        "rest": fitting(clean(draft.rest), 500),
        "basis": fitting(clean(draft.basis), 300),
        "whose": fitting(clean(draft.whose), 200),
    }
    answer = opinion.answers.filter(desk=opinion.desk_id, state__in=BEING_WRITTEN).first()
    if answer is None:
        answer = Answer(bucket=opinion.bucket, opinion=opinion, desk=opinion.desk)
    elif was is not None and answer.text not in {clean_lines(was), columns["text"]}:
        raise BothEdited(theirs=answer.text, mine=str(columns["text"]))
    elif all(getattr(answer, name) == value for name, value in columns.items()):
        return answer, False
    for name, value in columns.items():
        setattr(answer, name, value)
    answer.state = Answer.State.DRAFT  # what the head was to sign has changed
    answer.written_by = "" if opinion.desk_id == opinion.unit_id else str(actor)[:120]
    answer.written_at = clock.now()
    answer.save()
    return answer, True


def draft_of(answer: Answer) -> Draft:
    """Return what an answer says, as the rules read it."""
    return Draft(
        Result(answer.result), answer.text, answer.who, answer.done_on, answer.promised_on,
        answer.means, answer.rest, answer.basis, answer.whose,
    )  # fmt: skip


def _complete(opinion: Opinion, draft: Draft, today: date) -> None:
    """Refuse an answer that does not say what one has to.

    Raises:
        DomainError: `opinions.answer_incomplete`, `opinions.only_heard`.
    """
    if draft.result is Result.HEARD and opinion.asks:
        raise DomainError(
            "opinions.only_heard",
            _(
                "The cell asked for something: “heard” alone is no answer. Say what was done, what "
                "will be, or why it cannot be."
            ),
        )
    if lacks := answers.missing(draft, today):
        raise DomainError(
            "opinions.answer_incomplete",
            _("The answer cannot go out yet. %(lacking)s") % {"lacking": lacking(lacks)},
        )


@action
def answer(
    *,
    actor: Actor,
    opinion_uid: str,
    draft: Draft,
    seen: int | None = None,
    was: str | None = None,
) -> Answer:
    """Finish an answer: signed at once, or laid before the head where the rulebook says so.

    An answer goes to every opinion of the issue that lies on the desk with it.

    Args:
        was: as in `save_answer`.

    Raises:
        NotAllowed, DomainError: `opinions.changed_meanwhile`, `opinions.not_possible`,
            `opinions.answer_incomplete`, `opinions.only_heard`, `core.too_long`.
        BothEdited: as in `save_answer`.
    """
    opinion = _at_desk(actor, opinion_uid, seen)
    written, changed = _written(actor, opinion, draft, was)
    _complete(opinion, draft_of(written), clock.today())
    calendar = Calendar()
    if _head_signs(opinion, calendar) and not org.may(actor, access.SIGN, opinion.desk.path):
        if changed or written.state != Answer.State.TO_SIGN:
            written.state = Answer.State.TO_SIGN
            written.save(update_fields=["state"])
            audit.record(actor, "opinions.answer_to_sign", written, unit_path=opinion.unit.path)
        return written
    return _signed(actor, opinion, written, calendar)


def _head_signs(opinion: Opinion, calendar: Calendar) -> bool:
    return bool(
        opinion.desk_id != opinion.unit_id and calendar.book(opinion.desk).value(HEAD_SIGNS)
    )


@action
def sign_answer(*, actor: Actor, answer_uid: str) -> Answer:
    """Sign an answer that was laid before the head; a second call does nothing.

    Raises:
        NotAllowed: `actor` does not sign at that desk, nor for the committee it works for.
        DomainError: `opinions.not_to_sign`, `opinions.not_possible`.
    """
    opinion_uid = Answer.objects.values_list("opinion_id", flat=True).get(uid=answer_uid)
    opinion = locked(opinion_uid)
    written = Answer.objects.select_related("desk").get(uid=answer_uid, bucket=opinion.bucket)
    if not access.signs(actor, written.desk):
        raise NotAllowed(
            "access.denied", _("The head of %(desk)s signs this.") % {"desk": written.desk.name}
        )
    if written.state == Answer.State.SIGNED:
        return written
    if written.state != Answer.State.TO_SIGN or written.desk_id != opinion.desk_id:
        raise DomainError(
            "opinions.not_to_sign",
            _("This answer is not before you any more: it was changed, or the opinion moved on."),
        )
    _complete(opinion, draft_of(written), clock.today())
    return _signed(actor, opinion, written, Calendar())


@within_action
def _signed(actor: Actor, opinion: Opinion, written: Answer, calendar: Calendar) -> Answer:
    """Sign an answer, for all opinions that go together; each is to be read out in its cell."""
    desk, today = opinion.desk, clock.today()
    own = desk.uid == opinion.unit_id
    name, post = ("", "") if own else (str(actor)[:120], _post(actor, desk.uid))
    files = list(OpinionFile.objects.filter(bucket=opinion.bucket, answer_uid=written.uid))
    copies: list[OpinionFile] = []
    if not own:  # letters of one desk are numbered one after another
        Unit.objects.select_for_update(no_key=True).get(uid=desk.uid)
    for one in together(opinion):
        stay = one.stays.get(left_on=None)
        read = clocks.read(stay.for_clock, today, calendar.days, stay.answer_days)
        given = written if one is opinion else _copy(written, one)
        given.state, given.signed_on, given.signed_by, given.signed_post = (
            Answer.State.SIGNED, today, name, post
        )  # fmt: skip
        given.desk_days, given.late = min(read.ran, 32767), read.over > 0
        given.issue_uid = one.issue_uid
        given.number = None if own else _number(desk.uid, today)
        given.save()
        if given is not written:
            copies += [_beside(row, given) for row in files]
        by = written.written_by or name
        turn = Turn(Move.ANSWER, by="" if own else by, subject_uid=given.uid, to=one.unit)
        step(one, turn, calendar, answer_uid=given.uid, answerer=desk, verdict="")
        months.add(one, answered=1, late=int(given.late), desk_days=given.desk_days)
        events.emit(OpinionAnswered(answer_uid=given.uid))
    OpinionFile.objects.bulk_create(copies)
    audit.record(actor, "opinions.answered", written, unit_path=opinion.unit.path)
    return written


def _copy(written: Answer, opinion: Opinion) -> Answer:
    said = {field.name for field in Answer._meta.concrete_fields}
    said -= {"uid", "bucket", "opinion"}
    columns = {name: getattr(written, name) for name in said}
    return Answer(bucket=opinion.bucket, opinion=opinion, **columns)


def _beside(row: OpinionFile, given: Answer) -> OpinionFile:
    """Return a file of an answer once more, beside a copy of that answer."""
    same = {name: getattr(row, name) for name in ("title", "kind", "size", "sha256", "added_at")}
    return OpinionFile(
        bucket=given.bucket, opinion=given.opinion, answer_uid=given.uid, by_uid=row.by_uid, **same
    )


def _number(desk_uid: str, today: date) -> int:
    signed = Answer.objects.filter(desk=desk_uid, signed_on__year=today.year)
    return (signed.aggregate(last=Max("number"))["last"] or 0) + 1


def _post(actor: Actor, unit_uid: str) -> str:
    posts = Post.objects.filter(
        in_force(clock.today()), unit=unit_uid, member__user=actor.uid
    ).order_by("uid")
    return posts.values_list("title", flat=True).first() or ""
