"""What the cell makes of an answer that was read out, and the day promised that comes."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nenmong.core import clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import NotAllowed
from nenmong.core.rules import clean
from nenmong.opinions.actions.moving import Turn, locked, move_all
from nenmong.opinions.models import Answer, Opinion
from nenmong.opinions.rules.answers import Result
from nenmong.opinions.rules.states import Move, State


@dataclass(frozen=True)
class Told:
    """How an answer came before the cell: in which meeting, what it voted, what still is wrong."""

    meeting_uid: str
    on: date
    verdict: str = ""  # of `Opinion.Verdict`; none where nothing was voted
    solved: int | None = None
    partly: int | None = None
    not_solved: int | None = None
    reason: str = ""


def verdict_of(answer: Answer, told: Told, *, asks: bool) -> str:
    """Return what the cell made of an answer.

    Where it voted nothing, a promise is awaited, and what asked for nothing was heard. So it is
    with anything else that was read out and not voted on: nobody said that it is solved.
    """
    promised = answer.promised_on is not None
    if told.verdict == Opinion.Verdict.NOT_SOLVED:
        return Opinion.Verdict.NOT_SOLVED
    if promised and told.verdict != Opinion.Verdict.SOLVED:
        return Opinion.Verdict.AWAITED
    if not asks or answer.result == Result.HEARD or not told.verdict:
        return Opinion.Verdict.HEARD
    return told.verdict


MOVES = {
    Opinion.Verdict.SOLVED: Move.SOLVED,
    Opinion.Verdict.PARTLY: Move.PARTLY,
    Opinion.Verdict.NOT_SOLVED: Move.NOT_SOLVED,
    Opinion.Verdict.HEARD: Move.HEARD,
    Opinion.Verdict.AWAITED: Move.AWAIT,
}


@action
def judge(*, actor: Actor, answer_uid: str, told: Told) -> Answer:
    """Note what the cell made of an answer; called again, it answers with what stands.

    Not solved goes back to the desk that answered, with the reason and a new clock; what is
    promised waits there for its day; all else ends.

    Raises:
        NotAllowed: only the program does this, when minutes are sealed.
        DomainError: `opinions.not_possible`.
    """
    if not getattr(actor, "is_program", False):
        raise NotAllowed(
            "access.denied", _("The cell judges an answer in its meeting, by a vote noted there.")
        )
    opinion_uid = Answer.objects.values_list("opinion_id", flat=True).get(uid=answer_uid)
    opinion = locked(opinion_uid)
    answer = Answer.objects.get(uid=answer_uid, bucket=opinion.bucket)
    if answer.told_on or opinion.answer_uid != answer.uid or opinion.state != State.ANSWERED:
        return answer
    verdict = Opinion.Verdict(verdict_of(answer, told, asks=opinion.asks))
    answer.told_on, answer.told_in_uid = told.on, told.meeting_uid
    # How the hands went is kept as counted, also where a promise leaves the matter open.
    answer.verdict, answer.verdict_reason = told.verdict or verdict, clean(told.reason)[:500]
    answer.solved, answer.partly, answer.not_solved = told.solved, told.partly, told.not_solved
    answer.save()
    move = MOVES[verdict]
    back = move in {Move.NOT_SOLVED, Move.AWAIT}
    changed: dict[str, object] = {"verdict": verdict}
    if move is Move.NOT_SOLVED:
        changed["returned"] = opinion.returned + 1
    if move is Move.AWAIT:
        changed["due_on"] = answer.promised_on
    turn = Turn(
        move, reason=answer.verdict_reason, subject_uid=told.meeting_uid,
        to=answer.desk if back else None,
    )  # fmt: skip
    move_all(actor, [opinion], turn, **changed)
    return answer


@action
def come_due(*, actor: Actor, opinion_uid: str) -> Opinion:
    """Bring a promise back to the desk that gave it, on its day: it owes a last answer now.

    Raises:
        NotAllowed: only the program does this.
    """
    if not getattr(actor, "is_program", False):
        raise NotAllowed("access.denied", _("What was promised comes back by itself on its day."))
    opinion = locked(opinion_uid)
    due = opinion.due_on is not None and opinion.due_on <= clock.today()
    if opinion.state != State.ROADMAP or not due:
        return opinion
    return move_all(actor, [opinion], Turn(Move.COME_DUE))
