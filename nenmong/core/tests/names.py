"""Vietnamese names for Hypothesis: every letter and tone, written whole or taken apart."""

import unicodedata

from hypothesis import strategies as st

INITIALS = [
    "",
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "ph",
    "qu",
    "th",
    "v",
]
VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]  # level, huyền, hỏi, ngã, sắc, nặng
ENDS = ["", "n", "ng", "nh", "c", "t", "i", "o", "a"]


@st.composite
def syllables(draw):
    tone = draw(st.sampled_from(TONES))
    syllable = (
        draw(st.sampled_from(INITIALS)) + draw(st.sampled_from(VOWELS)) + tone
        + draw(st.sampled_from(ENDS))
    )  # fmt: skip
    return unicodedata.normalize("NFC", syllable).capitalize()


names = st.lists(syllables(), min_size=1, max_size=4).map(" ".join)

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def reference_key(name):
    """Order names as a list in Vietnam does, by tuples: slow, plain, and independent of ours."""
    words = unicodedata.normalize("NFC", name).lower().split()
    return [_word(word) for word in [words[-1], *words[:-1]]]


def _word(word):
    tone = 0
    letters = []
    for char in word:
        apart = unicodedata.normalize("NFD", char)
        for place, mark in enumerate(TONES):
            if mark and mark in apart:
                tone = place
        bare = "".join(c for c in apart if c not in TONES)
        letters.append(ALPHABET.index(unicodedata.normalize("NFC", bare)))
    return letters, tone
