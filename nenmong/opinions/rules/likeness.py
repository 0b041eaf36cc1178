"""How alike two texts are, 0 to 100: by the syllables they share, weighed by how rare each is.

Vietnamese writes a word of two syllables as two; so of the likest, pairs of neighbours count too
("đèn đường" says more than "đèn" and "đường").
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log, sqrt

# Syllables that nearly every opinion has.
COMMON = frozenset(
    """
    de nghi cap uy chinh quyen phuong xa thi tran som quan tam cac cua va la co cho den duoc nhung
    trong tai theo voi hien nay nhan dan ba con xem xet giai quyet dong chi bo
    """.split()  # noqa: SIM905 -- a list of 47 words is longer to read
)
SIGNS = ".,;:!?()\"'“”"
LOOKED_AT_AGAIN = 100  # of the likest by syllables, by pairs of them too


def told(folded: str) -> list[str]:
    """Return the syllables of a folded text that tell what it is about, in their order."""
    syllables = (word.strip(SIGNS) for word in folded.split())
    return [word for word in syllables if word and word not in COMMON]


def _terms(syllables: Sequence[str]) -> frozenset[str]:
    """Return the syllables and the pairs of neighbours."""
    return frozenset(syllables) | {f"{one} {two}" for one, two in pairwise(syllables)}


def _weight(count: int, of: int) -> float:
    """Return how much a term tells that so many of the texts hold (inverse document frequency)."""
    return 1 + log((of + 1) / (count + 1))


def likest(
    folded: str, others: Mapping[str, str], most: int, least: float
) -> list[tuple[str, int]]:
    """Return the keys of the texts most like one, with how alike they are, the likest first.

    Args:
        others: key → folded text; tens of thousands take a tenth of a second.
        most: how many at most.
        least: how alike at least, 0 to 100.
    """
    words = told(folded)
    if not words:
        return []
    texts = list(others.values())
    # First by what a search in the text answers at once, then the likest ones more closely.
    scores, weight = [0.0] * len(texts), {}
    for word in sorted(set(words)):
        held = [word in text for text in texts]
        weight[word] = rare = _weight(sum(held), len(texts))
        scores = [score + rare if has else score for score, has in zip(scores, held, strict=True)]
    near = sorted(zip(scores, others, strict=True), reverse=True)[:LOOKED_AT_AGAIN]
    usual = sum(weight.values()) / len(weight)
    wanted = _terms(words)
    found = []
    for _score, key in near:
        terms = _terms(told(others[key]))
        score = _cosine(wanted, terms, weight, usual)
        if score >= least:
            found.append((key, round(score)))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


def _cosine(
    one: frozenset[str], other: frozenset[str], weight: Mapping[str, float], usual: float
) -> float:
    """Return how alike two sets of terms are; a term that was not counted weighs as usual."""

    def whole(terms: frozenset[str]) -> float:
        return sum(weight.get(term, usual) ** 2 for term in terms)

    both = whole(one) * whole(other)
    return 100 * whole(one & other) / sqrt(both) if both else 0.0
