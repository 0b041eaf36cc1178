"""Opinions in bulk: rows in memory, moved as the actions move them, without audit."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from nenmong.config.demo.bulk.made import made
from nenmong.config.demo.course import A_DAY, Course, Guide, Place, Seat, Step
from nenmong.config.demo.writing import Rows
from nenmong.core.ids import new_uid
from nenmong.opinions.actions.judging import MOVES, Told, verdict_of
from nenmong.opinions.actions.moving import ACCEPT_DAYS, ANSWER_DAYS, COUNTED, NUDGES
from nenmong.opinions.models import (
    Answer,
    DeskStay,
    Issue,
    IssuePart,
    Opinion,
    OpinionMove,
    Raiser,
)
from nenmong.opinions.rules import clocks, states
from nenmong.opinions.rules.states import Move, State
from nenmong.org.models import Unit
from nenmong.rulebook.queries import Book


@dataclass
class Lies:
    """An opinion in memory, and all that hangs on it."""

    opinion: Opinion
    stays: list[DeskStay] = field(default_factory=list)
    moves: list[OpinionMove] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    parts: list[IssuePart] = field(default_factory=list)
    raiser: Raiser | None = None

    def all(self) -> Iterator[Any]:
        yield from (self.opinion, *self.stays, *self.moves, *self.answers, *self.parts)
        if self.raiser:
            yield self.raiser

    @property
    def answer(self) -> Answer | None:
        uid = self.opinion.answer_uid
        return next((one for one in self.answers if one.uid == uid), None)


class OpinionsInBulk:
    """Moves the opinions of one cell; each method does what the action of its name does."""

    def __init__(self, unit: Unit, grassroots: Unit, place: Place, rows: Rows) -> None:
        self.unit, self.grassroots, self.place, self.rows = unit, grassroots, place, rows

    # ── what a course asks for ──────────────────────────────────────────────────────────────

    def open(self, text: str, way: str, on: date, **columns: Any) -> Lies:
        """Open an opinion at the desk of its cell."""
        opinion = self._new(
            Opinion, unit=self.unit, grassroots=self.grassroots, text=text, way=way,
            desk=self.unit, since=on, raised_on=on, state=State.AT_CELL.value, **columns,
        )  # fmt: skip
        lies = Lies(opinion)
        self._arrive(lies, self.unit, on)
        self._write(lies, "raised", on, subject=opinion.meeting_uid)
        self._count(on, raised=1)
        return lies

    def do(self, lies: Lies, step: Step) -> None:
        """Do one step; who is late was told before."""
        getattr(self, f"_{step.what}")(lies, step.on, self._by(lies, step), **step.said)

    def _by(self, lies: Lies, step: Step) -> str:
        seat = self._seat(lies)
        return seat.name if step.whose == "desk" and seat else ""

    def _seat(self, lies: Lies) -> Seat | None:
        return self.place.seat(lies.opinion.desk_id)

    def nudge(self, lies: Lies, on: date) -> None:
        one = lies.opinion
        self._write(lies, NUDGES[one.nudged], on)
        one.nudged += 1
        one.nudge_on = self._next_nudge(one, on)

    # ── the moves ───────────────────────────────────────────────────────────────────────────

    def _sort(self, lies: Lies, on: date, _by: str, *, kind: str, field: str) -> None:
        lies.opinion.kind, lies.opinion.field = kind, field
        lies.opinion.version += 1
        self._write(lies, "sorted", on)

    def _keep(self, lies: Lies, on: date, by: str) -> None:
        self._step(lies, Move.KEEP, on)

    def _send(self, lies: Lies, on: date, by: str) -> None:
        self._step(lies, Move.SEND, on, to=self.place.committee.unit)
        lies.opinion.sent_on = lies.opinion.sent_on or on

    def _accept(self, lies: Lies, on: date, by: str) -> None:
        self._step(lies, Move.ACCEPT, on, by=by)

    def _forward(self, lies: Lies, on: date, by: str, *, desk_uid: str, reason: str) -> None:
        seat = self.place.seat(desk_uid)
        assert seat is not None  # noqa: S101 -- a course names desks of its place
        self._step(lies, Move.FORWARD, on, to=seat.unit, reason=reason, by=by)

    def _give_back(self, lies: Lies, on: date, by: str, *, reason: str) -> None:
        desks = [stay.desk for stay in reversed(lies.stays)]
        to = next(desk for desk in desks if desk.uid != lies.opinion.desk_id)
        self._step(lies, Move.RETURN, on, to=to, reason=reason, by=by)

    def _ask(self, lies: Lies, on: date, by: str, *, question: str) -> None:
        self._step(lies, Move.ASK, on, reason=question, by=by)

    def _reply(self, lies: Lies, on: date, by: str, *, text: str) -> None:
        self._step(lies, Move.REPLY, on, reason=text)

    def _withdraw(self, lies: Lies, on: date, by: str, *, reason: str) -> None:
        self._step(lies, Move.WITHDRAW, on, reason=reason)

    def _reopen(self, lies: Lies, on: date, by: str, *, reason: str) -> None:
        to = lies.opinion.answerer
        self._step(lies, Move.REOPEN, on, to=to, reason=reason, answer_uid=None)

    def _come_due(self, lies: Lies, on: date, by: str) -> None:
        self._step(lies, Move.COME_DUE, on)

    def _answer(self, lies: Lies, on: date, by: str, *, draft: Any) -> None:
        one, stay = lies.opinion, lies.stays[-1]
        desk, seat = one.desk, self._seat(lies)
        read = clocks.read(stay.for_clock, on, self.place.days, stay.answer_days)
        # Letters are numbered when all are written: several processes tell of one desk.
        answer = self._new(
            Answer, opinion=one, desk=desk, state=Answer.State.SIGNED.value, written_by=by,
            written_at=self._at(on, one), signed_by=by, signed_on=on, desk_days=read.ran,
            signed_post=seat.title if seat else "", late=read.over > 0, issue_uid=one.issue_uid,
            **asdict(draft) | {"result": draft.result.value},
        )  # fmt: skip
        lies.answers.append(answer)
        self._step(
            lies, Move.ANSWER, on, to=one.unit, by=by, subject=answer.uid, answer_uid=answer.uid,
            answerer=desk, verdict="",
        )  # fmt: skip
        self._count(on, answered=1, late=int(answer.late), desk_days=read.ran)

    def told(self, lies: Lies, on: date, told: Told) -> None:
        """Note what the cell made of an answer, when its minutes are sealed."""
        one, answer = lies.opinion, lies.answer
        assert answer is not None  # noqa: S101 -- it is answered
        verdict = Opinion.Verdict(verdict_of(answer, told, asks=one.asks))
        answer.told_on, answer.told_in_uid = told.on, told.meeting_uid or None
        answer.verdict = str(told.verdict or verdict)
        answer.verdict_reason = told.reason
        answer.solved, answer.partly, answer.not_solved = told.solved, told.partly, told.not_solved
        move = MOVES[verdict]
        changed: dict[str, Any] = {"verdict": verdict.value}
        if move is Move.NOT_SOLVED:
            changed["returned"] = one.returned + 1
        if move is Move.AWAIT:
            changed["due_on"] = answer.promised_on
        back = answer.desk if move in {Move.NOT_SOLVED, Move.AWAIT} else None
        subject = answer.told_in_uid
        self._step(lies, move, on, to=back, reason=told.reason, subject=subject, **changed)

    def _judge(self, lies: Lies, on: date, by: str, **said: Any) -> None:
        self.told(lies, on, Told("", on, **said))

    def join(self, lies: Lies, issue: Issue, on: date) -> None:
        one = lies.opinion
        lies.parts.append(self._new(IssuePart, opinion=one, issue_uid=issue.uid, joined_on=on))
        one.issue_uid = issue.uid
        one.version += 1
        self._write(lies, "joined", on, by=self.place.committee.name, subject=issue.uid)

    # ── one step: state, desk, clock, timeline, month ───────────────────────────────────────

    def _step(
        self, lies: Lies, move: Move, on: date, *, to: Unit | None = None, reason: str = "",
        by: str = "", subject: str | None = None, **changed: Any,
    ) -> None:  # fmt: skip
        one = lies.opinion
        desk = to or one.desk
        own = desk.uid == one.unit_id
        stay = lies.stays[-1] if lies.stays and lies.stays[-1].left_on is None else None
        accepted = stay is not None and stay.accepted_on is not None
        one.state = states.after(
            State(one.state), move, to_cell=own, accepted=accepted, own=own
        ).value
        self._clock(lies, stay, move, desk, on)
        one.ended_on = on if State(one.state) in states.ENDED else None
        for name, value in changed.items():
            setattr(one, name, value)
        one.version += 1
        self._write(lies, move.value, on, reason=reason, by=by, subject=subject)
        if counted := COUNTED.get(move):
            self._count(on, **{counted: 1})

    def _clock(self, lies: Lies, stay: DeskStay | None, move: Move, desk: Unit, on: date) -> None:
        one = lies.opinion
        ended = State(one.state) in states.ENDED
        leaves = ended or desk.uid != one.desk_id or move in {Move.NOT_SOLVED, Move.AWAIT}
        if stay is not None and leaves:
            _stand_no_more(stay, on)
            stay.left_on = on
        if ended:
            one.due_on = one.nudge_on = None
            return
        if stay is None or leaves:
            stay = self._arrive(lies, desk, on)
        if one.state == State.ACCEPTED and stay.accepted_on is None:
            stay.accepted_on = on
        if one.state in {State.ASKED, State.ROADMAP}:
            stay.pauses = [*stay.pauses, [on.isoformat(), None]]
        else:
            _stand_no_more(stay, on)
        self._set_due(one, stay, on)

    def _arrive(self, lies: Lies, desk: Unit, on: date) -> DeskStay:
        one = lies.opinion
        one.desk, one.since, one.handler_uid, one.nudged = desk, on, None, 0
        accept, answer = None, None
        if desk.uid != one.unit_id:
            seat = self.place.seat(desk.uid)
            days = seat.fields.get(one.field) if seat else None
            book = Book(on)
            accept, answer = book.value(ACCEPT_DAYS), days or book.value(ANSWER_DAYS)
        stay: DeskStay = self._new(
            DeskStay, opinion=one, desk=desk, arrived_on=on, accept_days=accept,
            answer_days=answer, pauses=[],
        )  # fmt: skip
        lies.stays.append(stay)
        return stay

    def _set_due(self, one: Opinion, stay: DeskStay, on: date) -> None:
        one.due_on = one.nudge_on = None
        limits = {State.WAITING: stay.accept_days, State.ACCEPTED: stay.answer_days}
        allowed = limits.get(State(one.state))
        if allowed is None:
            return
        if one.state == State.WAITING and stay.answer_days is not None:
            allowed = min(allowed, stay.answer_days)
        one.due_on = clocks.due(stay.for_clock, on, self.place.days, allowed)
        one.nudge_on = self._next_nudge(one, on)

    def _next_nudge(self, one: Opinion, on: date) -> date | None:
        if one.due_on is None or one.nudged >= len(NUDGES):
            return None
        book = Book(on)
        before, help_, head = (
            book.value(f"opinions.{name}_days") for name in ("remind", "help", "head")
        )
        steps = clocks.late_steps(
            one.due_on, self.place.days, before=before, help_=help_, head=head
        )
        return steps[one.nudged]

    # ── rows ────────────────────────────────────────────────────────────────────────────────

    def _write(
        self, lies: Lies, what: str, on: date, *, reason: str = "", by: str = "",
        subject: str | None = None,
    ) -> None:  # fmt: skip
        one = lies.opinion
        row = self._new(
            OpinionMove, opinion=one, what=what, at=self._at(on, one), on=on, desk=one.desk,
            reason=reason, by=by, subject_uid=subject,
        )  # fmt: skip
        lies.moves.append(row)

    def _at(self, on: date, one: Opinion) -> Any:
        return Step(on, "", "").moment(one.version)

    def _count(self, on: date, **by: int) -> None:
        key = (self.unit.bucket, self.grassroots.uid, on.replace(day=1))
        self.rows.opinions[key].update(by)
        self.rows.paths[self.grassroots.uid] = self.grassroots.path

    def _new(self, model: Any, **said: Any) -> Any:
        return made(model, {"uid": new_uid(), "bucket": self.unit.bucket, **said})


def _stand_no_more(stay: DeskStay, on: date) -> None:
    stay.pauses = [[start, end or on.isoformat()] for start, end in stay.pauses]


def play(hand: Any, lies: Any, course: Guide, until: date) -> None:
    """Let what becomes of an opinion come, up to a day; what is due between is told on its day.

    `hand` moves opinions in bulk, or by the actions: then `lies` is read anew at each step.
    """
    last = lies.moves[-1].on
    while step := course.next(lies.opinion, last, lies.answer):
        if step.on >= until:
            break
        late(hand, lies, last, step.on)
        hand.do(lies, step)
        last = step.on
    late(hand, lies, last, until - A_DAY)


def late(hand: Any, lies: Any, last: date, until: date) -> None:
    """Tell who is late, on each day on which somebody is to be told."""
    while lies.opinion.nudge_on and max(lies.opinion.nudge_on, last) <= until:
        hand.nudge(lies, max(lies.opinion.nudge_on, last))


def play_together(
    hands: Sequence[OpinionsInBulk], parts: Sequence[Lies], course: Course, last: date, until: date
) -> date:
    """Let what is done at desks be done with all parts of an issue; return the last day of it."""
    leader = parts[0]
    course.alone = False
    while leader.opinion.state in {State.WAITING, State.ACCEPTED}:
        step = course.next(leader.opinion, last)
        if step is None or step.on >= until:
            break
        for hand, lies in zip(hands, parts, strict=True):
            late(hand, lies, last, step.on)
            hand.do(lies, step)
        last = step.on
    course.alone = True
    for hand, lies in zip(hands, parts, strict=True):
        if lies.opinion.state != State.ANSWERED:
            late(hand, lies, last, until - A_DAY)
    return last
