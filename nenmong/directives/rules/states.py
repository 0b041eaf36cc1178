"""The states of a document and the moves between them: the whole machine, and nothing else.

What was issued is never edited: it ends by being replaced or withdrawn. `docs/directives.md` draws
this table; a test compares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a document stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # on its way through the meeting that adopts it
    ADOPTED = "adopted"
    ISSUED = "issued"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class Move(StrEnum):
    """What can be done with a document, or happens to it."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    ADOPT = "adopt"
    REFUSE = "refuse"
    ISSUE = "issue"
    REPLACE = "replace"
    WITHDRAW = "withdraw"
    DROP = "drop"


BEING_MADE = frozenset({State.DRAFT, State.SUBMITTED, State.ADOPTED})
# What never was issued: it exists for who drafts it alone.
DRAFTS = BEING_MADE | {State.DROPPED}
ENDED = frozenset({State.REPLACED, State.WITHDRAWN, State.DROPPED})


@dataclass(frozen=True)
class Way:
    """From which states a move leads, and to which."""

    before: frozenset[State]
    after: State


WAYS: Mapping[Move, Way] = {
    Move.SUBMIT: Way(frozenset({State.DRAFT}), State.SUBMITTED),
    Move.TAKE_BACK: Way(frozenset({State.SUBMITTED}), State.DRAFT),
    Move.ADOPT: Way(frozenset({State.SUBMITTED}), State.ADOPTED),
    Move.REFUSE: Way(frozenset({State.SUBMITTED}), State.DRAFT),
    Move.ISSUE: Way(frozenset({State.DRAFT, State.ADOPTED}), State.ISSUED),
    Move.REPLACE: Way(frozenset({State.ISSUED}), State.REPLACED),
    Move.WITHDRAW: Way(frozenset({State.ISSUED}), State.WITHDRAWN),
    Move.DROP: Way(BEING_MADE, State.DROPPED),
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


def after(state: State, move: Move, *, meets: bool = False) -> State:
    """Return the state a move leads to.

    Args:
        meets: a meeting adopts documents of this kind, so that a draft is not issued by itself.

    Raises:
        NotPossibleError: the move does not lead from this state.
    """
    way = WAYS[move]
    unadopted = move is Move.ISSUE and meets and state is State.DRAFT
    if state not in way.before or unadopted:
        raise NotPossibleError(state, move)
    return way.after
