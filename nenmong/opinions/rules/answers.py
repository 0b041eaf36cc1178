"""What an answer has to say: who, what, when, on what basis; "noted" alone is none."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nenmong.core.rules import fold


class Result(StrEnum):
    """How an answer ends, honestly."""

    DONE = "done"
    WILL_DO = "will_do"
    PARTLY = "partly"
    CANNOT = "cannot"
    NOT_OURS = "not_ours"
    HEARD = "heard"  # of an opinion or praise: nothing is to be done


# What each result has to say besides its words.
ASKED: dict[Result, tuple[str, ...]] = {
    Result.DONE: ("who", "done_on"),
    Result.WILL_DO: ("who", "promised_on", "means"),
    Result.PARTLY: ("who", "rest"),
    Result.CANNOT: ("basis",),
    Result.NOT_OURS: ("whose",),
    Result.HEARD: (),
}
SHORTEST = 20  # characters that say what was done
# Words that only look like an answer. Folded: without accents, lower case.
EMPTY = (
    "da ghi nhan", "xin ghi nhan", "ghi nhan y kien", "da chuyen", "se chuyen", "da tiep thu",
    "xin tiep thu", "tiep thu y kien", "se xem xet", "dang xem xet", "se nghien cuu",
    "dang nghien cuu", "se kiem tra", "da bao cao cap tren", "cam on",
)  # fmt: skip
# "trong quý III", "thời gian tới": no day.
VAGUE = re.compile(
    r"\b(trong quy [ivx\d]+|quy [ivx]+|thoi gian toi|trong nam nay|cuoi nam|som nhat|sap toi)\b"
)


@dataclass(frozen=True)
class Draft:
    """An answer being written."""

    result: Result
    text: str
    who: str = ""
    done_on: date | None = None
    promised_on: date | None = None
    means: str = ""
    rest: str = ""
    basis: str = ""
    whose: str = ""


def empty_words(text: str) -> list[str]:
    """Return the phrases in a text that are no answer by themselves, folded."""
    folded = fold(text)
    return [words for words in EMPTY if words in folded]


def says_nothing(text: str) -> bool:
    """Say whether nothing is left of a text once the phrases that are no answer are taken out."""
    folded = fold(text)
    for words in EMPTY:
        folded = folded.replace(words, " ")
    filler = {"y", "kien", "cua", "chi", "bo", "dong", "den", "co", "quan", "chuc", "nang"}
    rest = [word for word in re.findall(r"[a-z0-9]+", folded) if word not in filler]
    return len(" ".join(rest)) < SHORTEST


def vague_days(text: str) -> list[str]:
    """Return what stands in a text in place of a day, folded."""
    return [found[0] for found in VAGUE.finditer(fold(text))]


def missing(draft: Draft, today: date) -> list[str]:
    """Return the codes of what an answer lacks: names of `Draft`, `says_nothing`, `day_passed`,
    `day_to_come`. Nothing: it can be signed.
    """
    found = [name for name in ASKED[draft.result] if not getattr(draft, name)]
    if not draft.text:
        found.insert(0, "text")
    elif draft.result is not Result.HEARD and says_nothing(draft.text):
        found.insert(0, "says_nothing")
    if draft.promised_on and draft.promised_on <= today:
        found.append("day_passed")
    if draft.done_on and draft.done_on > today:
        found.append("day_to_come")
    return found
