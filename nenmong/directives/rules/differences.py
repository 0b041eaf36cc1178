"""What changed between two versions of a text: paragraph by paragraph, and word by word in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 2000  # of a paragraph compared word by word; beyond it stands whole, twice


class Way(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    TAKEN = "taken"


Piece = tuple[Way, str]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the new text, or one that is gone, with what changed in it."""

    number: int | None  # in the new text, from 1; None where it is gone
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(way is not Way.SAME for way, _text in self.pieces)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: its lines that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def compare(before: str, after: str) -> list[Paragraph]:
    """Return the new text paragraph by paragraph, with what was added and taken away.

    What is gone stands where it stood. Joining what is not taken away gives `after`'s paragraphs,
    joining what is not added gives `before`'s.
    """
    old, new = paragraphs(before), paragraphs(after)
    rows: list[Paragraph] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [Paragraph(j + 1, ((Way.SAME, new[j]),)) for j in range(j1, j2)]
        else:
            rows += _changed(old[i1:i2], new[j1:j2], j1)
    return rows


def _changed(old: Sequence[str], new: Sequence[str], start: int) -> Iterator[Paragraph]:
    """Yield paragraphs that stand for one another, then those without a counterpart."""
    for place in range(max(len(old), len(new))):
        if place >= len(new):
            yield Paragraph(None, ((Way.TAKEN, old[place]),))
        elif place >= len(old):
            yield Paragraph(start + place + 1, ((Way.ADDED, new[place]),))
        else:
            yield Paragraph(start + place + 1, tuple(_words(old[place], new[place])))


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > MOST_WORDS:
        yield Way.TAKEN, old
        yield Way.ADDED, new
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Way.SAME, " ".join(after[j1:j2])
            continue
        if i2 > i1:
            yield Way.TAKEN, " ".join(before[i1:i2])
        if j2 > j1:
            yield Way.ADDED, " ".join(after[j1:j2])
