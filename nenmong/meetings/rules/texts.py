"""What a line says by its form; what happens when two people write the same field."""

from enum import Enum


class Outcome(Enum):
    UNCHANGED = "unchanged"
    WRITE = "write"
    BOTH_EDITED = "both_edited"


def outcome(*, was: str, now: str, new: str) -> Outcome:
    """Return what to do with `new`, written by someone who last saw `was`, where `now` stands.

    Nobody's words are lost: a text someone else has changed meanwhile is never written over.
    """
    if new == now:
        return Outcome.UNCHANGED
    return Outcome.WRITE if was == now else Outcome.BOTH_EDITED


def asks(line: str) -> bool:
    """Say whether a line that was noted is a question: under a document it goes to its issuer."""
    return line.rstrip(' .!…"”)').endswith(("?", "\uff1f"))
