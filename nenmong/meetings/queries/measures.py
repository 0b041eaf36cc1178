"""The rules a meeting is measured by: those of its kind, as its unit has them."""

from dataclasses import dataclass

from nenmong.meetings.models import Meeting
from nenmong.meetings.rules import kinds, votes
from nenmong.rulebook.queries import Book
from nenmong.rulebook.rules import Rule


@dataclass(frozen=True)
class Measures:
    """What is asked of one meeting; None where nothing is."""

    kind: kinds.Kind
    length: Rule | None
    bar: Rule | None
    quorum: Rule | None
    majority: Rule

    @property
    def least(self) -> int:
        """The least minutes, 0 where none are asked for."""
        return self.length.value if self.length else 0


def measures(meeting: Meeting, book: Book) -> Measures:
    """Return the rules a meeting is measured by. No query."""
    kind = kinds.of(meeting.kind)

    def rule(key: str | None) -> Rule | None:
        return book.rule(key) if key else None

    return Measures(
        kind, rule(kind.length), rule(kind.bar), rule(kind.quorum), book.rule(kind.majority)
    )


def quorate(meeting: Meeting, measured: Measures) -> bool:
    """Say whether enough came for this kind of meeting to decide."""
    quorum = measured.quorum
    return quorum is None or votes.passes(
        agreed=meeting.present, base=meeting.total, bar=quorum.fraction, strict=quorum.strict
    )
