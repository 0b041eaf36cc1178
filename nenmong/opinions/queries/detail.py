"""One opinion with all that happened to it, as one person may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.workdays import Workdays
from nenmong.opinions import access
from nenmong.opinions.models import Answer, DeskStay, Issue, Opinion, OpinionFile, OpinionMove
from nenmong.opinions.queries.files import files_of
from nenmong.opinions.queries.lists import left
from nenmong.opinions.queries.shown import shown
from nenmong.opinions.rules import clocks, states
from nenmong.opinions.rules.clocks import Clock
from nenmong.opinions.rules.states import Move, State, Who
from nenmong.org.models import Unit
from nenmong.rulebook import queries as rulebook


@dataclass(frozen=True)
class Stage:
    """One stay on a desk, with its clock."""

    desk_uid: str
    desk: str
    arrived_on: date
    left_on: date | None
    clock: Clock
    of_cell: bool
    unit: Unit  # whose desk it is

    @property
    def now(self) -> bool:
        return self.left_on is None


@dataclass(frozen=True)
class Detail:
    """An opinion and its way."""

    opinion: Opinion
    unit: str  # as it is shown to this person
    stages: list[Stage]
    moves: list[OpinionMove]
    answers: list[Answer]  # signed ones; the desk's own draft too, for the desk
    draft: Answer | None
    issue: Issue | None
    left: int | None  # working days to its day
    may: frozenset[Move]
    all_files: dict[str | None, list[OpinionFile]]

    @property
    def files(self) -> list[OpinionFile]:
        """What the cell shows."""
        return self.all_files.get(None, [])

    def files_of(self, answer: Answer | None) -> list[OpinionFile]:
        """What was laid beside an answer."""
        return self.all_files.get(answer.uid, []) if answer else []

    @property
    def answer(self) -> Answer | None:
        """The answer that counts now."""
        return next((a for a in self.answers if a.uid == self.opinion.answer_uid), None)


def detail(actor: Actor, opinion: Opinion, days: Workdays | None = None) -> Detail:
    """Return an opinion and its way; `opinion` with its unit and desk. At most eight queries."""
    days = days or rulebook.workdays()
    way = stages(opinion, days)
    answers = list(opinion.answers.exclude(state=Answer.State.DROPPED))
    moves = list(opinion.moves.all())
    _with_desks([*answers, *moves], way)
    at_desk = access.may_act(actor, opinion, Who.DESK)
    signed = [one for one in answers if one.state == Answer.State.SIGNED]
    waiting = [one for one in answers if one.state != Answer.State.SIGNED]
    issue = Issue.objects.filter(uid=opinion.issue_uid).first() if opinion.issue_uid else None
    sees_draft = at_desk or access.signs(actor, opinion.desk)
    return Detail(
        opinion=opinion,
        unit=shown(actor, opinion.unit),
        stages=way,
        moves=moves,
        answers=signed,
        draft=waiting[-1] if waiting and sees_draft else None,
        issue=issue,
        left=left(opinion.due_on, clock.today(), days),
        may=allowed(actor, opinion),
        all_files=files_of(actor, opinion),
    )  # fmt: skip


def _with_desks(rows: Iterable[Answer | OpinionMove], way: Sequence[Stage]) -> None:
    """Put the desks beside rows that were read without: it lay on each of them once.

    No query; a desk it never lay on is read when it is asked for.
    """
    desks = {stage.desk_uid: stage.unit for stage in way}
    for row in rows:
        if desk := desks.get(row.desk_id):
            row.desk = desk


def allowed(actor: Actor, opinion: Opinion) -> frozenset[Move]:
    """Return the moves that `actor` may make with an opinion now. No query."""
    return frozenset(
        move
        for move in states.possible(State(opinion.state))
        if access.may_act(
            actor, opinion, states.WAYS[move].who, routing=move in {Move.FORWARD, Move.RETURN}
        )
        # A desk of the cell's own passes nothing on: it sends, or answers.
        and not (opinion.desk_id == opinion.unit_id and move in OF_DESKS_ALONE)
    )


OF_DESKS_ALONE = frozenset({Move.ACCEPT, Move.FORWARD, Move.RETURN, Move.ASK})


def stages(opinion: Opinion, days: Workdays) -> list[Stage]:
    """Return the stays of an opinion with their clocks. One query."""
    today = clock.today()
    rows: list[DeskStay] = list(opinion.stays.select_related("desk"))
    return [
        Stage(
            stay.desk_id, stay.desk.name, stay.arrived_on, stay.left_on,
            clocks.read(stay.for_clock, today, days, _allowed(stay)),
            stay.desk_id == opinion.unit_id, stay.desk,
        )
        for stay in rows
    ]  # fmt: skip


def _allowed(stay: DeskStay) -> int | None:
    """Return the days that count: to accept or pass it on until it was accepted, else to answer."""
    return stay.accept_days if stay.accepted_on is None else stay.answer_days
