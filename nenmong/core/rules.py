"""Pure rules of the core: how ids are made up and written, Vietnamese text folded and ordered."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

# ── ids ─────────────────────────────────────────────────────────────────────────────────────

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
UID_LENGTH = 13
UID_PATTERN = r"[0-7][0-9a-hjkmnp-tv-z]{12}"
TIME_BITS, NODE_BITS, SEQUENCE_BITS = 41, 9, 13
MAX_MS = 1 << TIME_BITS
MAX_NODES = 1 << NODE_BITS
MAX_SEQUENCE = 1 << SEQUENCE_BITS
MAX_UID = (1 << (TIME_BITS + NODE_BITS + SEQUENCE_BITS)) - 1
EPOCH_MS = 1_577_836_800_000  # 2020-01-01T00:00:00Z

_PAIRS = [high + low for high in ALPHABET for low in ALPHABET]
# To the digits that `int(…, 32)` reads: 0 to 9, a to v.
_DIGITS = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")
_FULL_UID = re.compile(UID_PATTERN)


def pack_uid(*, ms: int, node: int, sequence: int) -> int:
    """Return the 63-bit id made in millisecond `ms` since 2020 by `node` as its `sequence`-th.

    Raises:
        ValueError: a part does not fit its bits.
    """
    fits = 0 <= ms < MAX_MS and 0 <= node < MAX_NODES and 0 <= sequence < MAX_SEQUENCE
    if not fits:
        raise ValueError(f"{ms=} {node=} {sequence=} do not fit an id")
    return (ms << NODE_BITS | node) << SEQUENCE_BITS | sequence


def write_uid(number: int) -> str:
    """Return the 13 letters of a 63-bit id; their order is the order of the numbers.

    Raises:
        ValueError: `number` lies outside 0..2**63 - 1.
    """
    if not 0 <= number <= MAX_UID:
        raise ValueError(f"{number} is not an id")
    # Written out: a page may show hundreds, and a loop takes twice as long.
    return (
        ALPHABET[number >> 60]
        + _PAIRS[number >> 50 & 1023]
        + _PAIRS[number >> 40 & 1023]
        + _PAIRS[number >> 30 & 1023]
        + _PAIRS[number >> 20 & 1023]
        + _PAIRS[number >> 10 & 1023]
        + _PAIRS[number & 1023]
    )


def read_uid(text: str) -> int:
    """Return the number behind 13 letters.

    Raises:
        ValueError: `text` is not 13 letters of the alphabet, or too large.
    """
    if not _FULL_UID.fullmatch(text):
        raise ValueError(f"{text!r} is not a uid")
    return int(text.translate(_DIGITS), 32)


# ── Vietnamese text ─────────────────────────────────────────────────────────────────────────

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# Base letter and mark, as the letter's place among those written with the same base: a ă â, o ô ơ.
_MARKED = {
    ("a", "\u0306"): "a1", ("a", "\u0302"): "a2", ("e", "\u0302"): "e1",
    ("o", "\u0302"): "o1", ("o", "\u031b"): "o2", ("u", "\u031b"): "u1",
}  # fmt: skip


def clean(text: str) -> str:
    """Return `text` in NFC, without control characters, its runs of blanks made one."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(text.split())


def clean_lines(text: str) -> str:
    """Return `text` like `clean`, but with its lines kept and blank ones at the ends dropped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(clean(line) for line in lines).strip()


def fold(text: str) -> str:
    """Return `text` for searching without accents: ASCII, lower case, single blanks.

    NFC and NFD fold alike, đ becomes d, and ủy is uỷ. Letters without an ASCII base are dropped.
    """
    # Taken apart first: some signs (™, №) have capitals inside that only show then.
    decomposed = unicodedata.normalize("NFKD", text).casefold().replace("đ", "d")
    kept = "".join(c if c.isprintable() else " " for c in decomposed if c.isascii())
    return " ".join(kept.split())


def _word_key(word: str) -> str:
    """Return the key of one word: its letters, two characters each, an end, its tone."""
    letters: list[str] = []
    tones = ""  # a syllable has one, wherever it is written: hòa is hoà
    for char in unicodedata.normalize("NFD", word.casefold()):
        if char in _TONES:
            tones += _TONES[char]
        elif char == "đ":
            letters.append("d1")
        elif letters and (letters[-1][0], char) in _MARKED:
            letters[-1] = _MARKED[letters[-1][0], char]
        elif char.isascii() and char.isalnum():
            letters.append(char + "0")
    return "".join(letters) + "0" + (tones or "0")


def name_key(name: str) -> str:
    """Return the key that orders names as Vietnamese lists do: given name, then family and middle.

    Letters go a ă â b c d đ e ê … o ô ơ … u ư, then tones level, huyền, hỏi, ngã, sắc, nặng. The
    key holds digits and small ASCII letters only, so every collation of both engines orders it
    alike.
    """
    words = name.split()
    # "0" ends a word's letters and sorts before every letter; a letter's own second character is
    # 0..2, and stands only behind a letter, so the two never meet in one place.
    return "00".join(_word_key(word) for word in [*words[-1:], *words[:-1]])


def given_name(name: str) -> str:
    """Return the word people call each other by: the last one."""
    return name.rsplit(maxsplit=1)[-1] if name.split() else ""


# ── canonical JSON ──────────────────────────────────────────────────────────────────────────


def canonical(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return the one JSON text of `value`: sorted keys, no blanks, text as it is, no NaN."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def sha256(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()
