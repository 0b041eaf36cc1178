"""What a cell reads out of a document: its gist, what changes for it, the sender's own words."""

from collections.abc import Iterable

LONGEST = 4000  # of what is read out before a meeting


def read_out(*, gist: str, changes: Iterable[str], words: Iterable[str]) -> str:
    """Return what is read out, in paragraphs: the committees' words, the gist, what changes.

    Args:
        words: of those who passed it on, the nearest last; the nearest is read first.
    """
    parts = [*reversed([text for text in words if text]), gist, *changes]
    return "\n".join(part.strip() for part in parts if part.strip())[:LONGEST]


def numbered(questions: Iterable[str]) -> str:
    """Return the questions to discuss, one a line with its number."""
    return "\n".join(f"{place}. {text}" for place, text in enumerate(questions, start=1))
