"""What happens to opinions."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OpinionAnswered:
    """An answer was signed; it is to come before the cell."""

    answer_uid: str


@dataclass(frozen=True)
class OpinionEnded:
    """An opinion was taken back: what waits for the cell because of it is needed no more."""

    opinion_uid: str


@dataclass(frozen=True)
class OpinionMoved:
    """An opinion lies elsewhere, or in another state."""

    opinion_uid: str
