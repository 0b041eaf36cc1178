"""What scoring says in words: findings of a form, conditions, ways of giving points, facts."""

from nenmong.scoring.sentences.conditions import (
    condition_words,
    fact_words,
    level_words,
    number_words,
    value_words,
    way_words,
)
from nenmong.scoring.sentences.findings import finding_words, refusal_words

__all__ = [
    "condition_words", "fact_words", "finding_words", "level_words", "number_words",
    "refusal_words", "value_words", "way_words",
]  # fmt: skip
