"""The states of an opinion and the moves between them: the whole machine, and nothing else.

An opinion is always in one state and on one desk. While it is answered it lies with the cell that
raised it, which has it read out and judges; what is not solved goes back to who answered.
`docs/opinions.md` draws this table; a test compares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an opinion stands."""

    AT_CELL = "at_cell"  # raised: can the cell settle it itself?
    WAITING = "waiting"  # on a desk that has not accepted it
    ACCEPTED = "accepted"  # a desk is at it
    ASKED = "asked"  # the desk waits for more from the cell; its clock stands
    ANSWERED = "answered"  # with the cell, to be read out and judged
    ROADMAP = "roadmap"  # promised for a day; the clock of the desk that promised stands
    CLOSED = "closed"  # judged by the cell, or heard
    WITHDRAWN = "withdrawn"  # by the cell, before it was answered


class Move(StrEnum):
    """What can be done with an opinion, or happens to it."""

    KEEP = "keep"
    SEND = "send"
    ACCEPT = "accept"
    FORWARD = "forward"
    RETURN = "return"
    ASK = "ask"
    REPLY = "reply"
    ANSWER = "answer"
    SOLVED = "solved"
    PARTLY = "partly"
    NOT_SOLVED = "not_solved"
    HEARD = "heard"
    AWAIT = "await"
    COME_DUE = "come_due"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class Who(StrEnum):
    """On whose side a move is made."""

    CELL = "cell"
    DESK = "desk"
    MEETING = "meeting"  # of the cell, when its minutes are sealed
    PROGRAM = "program"


@dataclass(frozen=True)
class Way:
    """From which states a move leads, to which, and whose it is."""

    before: frozenset[State]
    after: State
    who: Who


_ON_A_DESK = frozenset({State.WAITING, State.ACCEPTED})
_NOT_ANSWERED = _ON_A_DESK | {State.AT_CELL, State.ASKED}
ENDED = frozenset({State.CLOSED, State.WITHDRAWN})
OPEN = frozenset(State) - ENDED

# A return to the cell itself ends `at_cell`, a reply before acceptance `waiting`: see `after`.
WAYS: Mapping[Move, Way] = {
    Move.KEEP: Way(frozenset({State.AT_CELL}), State.ACCEPTED, Who.CELL),
    Move.SEND: Way(frozenset({State.AT_CELL}), State.WAITING, Who.CELL),
    Move.ACCEPT: Way(frozenset({State.WAITING}), State.ACCEPTED, Who.DESK),
    Move.FORWARD: Way(_ON_A_DESK, State.WAITING, Who.DESK),
    Move.RETURN: Way(_ON_A_DESK, State.WAITING, Who.DESK),
    Move.ASK: Way(_ON_A_DESK, State.ASKED, Who.DESK),
    Move.REPLY: Way(frozenset({State.ASKED}), State.ACCEPTED, Who.CELL),
    Move.ANSWER: Way(_ON_A_DESK | {State.AT_CELL}, State.ANSWERED, Who.DESK),
    Move.SOLVED: Way(frozenset({State.ANSWERED}), State.CLOSED, Who.MEETING),
    Move.PARTLY: Way(frozenset({State.ANSWERED}), State.CLOSED, Who.MEETING),
    Move.NOT_SOLVED: Way(frozenset({State.ANSWERED}), State.WAITING, Who.MEETING),
    Move.HEARD: Way(frozenset({State.ANSWERED}), State.CLOSED, Who.MEETING),
    Move.AWAIT: Way(frozenset({State.ANSWERED}), State.ROADMAP, Who.MEETING),
    Move.COME_DUE: Way(frozenset({State.ROADMAP}), State.ACCEPTED, Who.PROGRAM),
    Move.WITHDRAW: Way(_NOT_ANSWERED, State.WITHDRAWN, Who.CELL),
    Move.REOPEN: Way(frozenset({State.CLOSED}), State.WAITING, Who.CELL),
}


class NotPossibleError(ValueError):
    """A move that its state does not allow; `possible` are those it does."""

    def __init__(self, state: State, move: Move) -> None:
        super().__init__(f"{move} does not lead from {state}")
        self.state, self.move = state, move
        self.possible = possible(state)


def possible(state: State) -> tuple[Move, ...]:
    """Return the moves that lead from a state, in the order of the table."""
    return tuple(move for move, way in WAYS.items() if state in way.before)


def after(
    state: State, move: Move, *, to_cell: bool = False, accepted: bool = True, own: bool = False
) -> State:
    """Return the state a move leads to.

    Args:
        to_cell: a desk returns it to the cell that raised it, which is asked again what to do.
        accepted: before the desk asked for more, it had accepted it.
        own: the cell judges what it had kept for itself; then its own desk goes on.

    Raises:
        NotPossibleError: the move does not lead from this state.
    """
    way = WAYS[move]
    if state not in way.before:
        raise NotPossibleError(state, move)
    if move is Move.RETURN and to_cell:
        return State.AT_CELL
    if move is Move.REPLY and not accepted:
        return State.WAITING
    if move in {Move.NOT_SOLVED, Move.REOPEN} and own:
        return State.AT_CELL
    return way.after
