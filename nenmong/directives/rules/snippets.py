"""The piece of a text around what was searched for, found without accents."""

from collections.abc import Sequence
from functools import lru_cache

from nenmong.core.rules import fold

WIDTH = 160  # characters of the piece


@lru_cache(maxsize=2048)
def _folded(char: str) -> str:
    return " " if char.isspace() else fold(char)


def around(text: str, words: Sequence[str], width: int = WIDTH) -> list[tuple[bool, str]]:
    """Return the piece of `text` around the first word found, as (is it a hit, text).

    Nothing where none of them occurs.

    Args:
        words: folded, as `core.rules.fold` folds them.
    """
    text = " ".join(text.split())
    letters: list[str] = []
    places: list[int] = []  # of each folded letter, in `text`
    for place, char in enumerate(text):
        for letter in _folded(char):
            letters.append(letter)
            places.append(place)
    folded = "".join(letters)
    starts = [at for word in words if word and (at := folded.find(word)) >= 0]
    if not starts:
        return []
    first = max(0, places[min(starts)] - width // 4)
    while first and not text[first - 1].isspace():
        first -= 1
    last = min(len(text), first + width)
    while last < len(text) and not text[last].isspace():
        last += 1
    hits = _marked(folded, places, words, first, last)
    pieces = [(False, "… ")] if first else []
    pieces += _pieces(text, hits, first, last)
    return [*pieces, (False, " …")] if last < len(text) else pieces


def _marked(
    folded: str, places: Sequence[int], words: Sequence[str], first: int, last: int
) -> set[int]:
    """Return the places between two that belong to one of the words."""
    found: set[int] = set()
    begin = next((n for n, place in enumerate(places) if place >= first), len(places))
    for word in filter(None, words):
        at = folded.find(word, begin)
        while at >= 0 and places[at] < last:
            # A combining mark folds to nothing: it stays with its letter.
            found.update(range(places[at], places[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return found


def _pieces(text: str, hits: set[int], first: int, last: int) -> list[tuple[bool, str]]:
    pieces: list[tuple[bool, str]] = []
    for place in range(first, last):
        hit = place in hits
        if pieces and pieces[-1][0] == hit:
            pieces[-1] = (hit, pieces[-1][1] + text[place])
        else:
            pieces.append((hit, text[place]))
    return pieces
