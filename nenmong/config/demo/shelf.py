"""The documents of the demo as its packs tell them: by whom, on which day, what cells say of them.

Bulletins are made of the months of the year, so that any day the demo is built for has its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from nenmong.config.demo.choices import Choices
from nenmong.config.demo.packs import pack
from nenmong.directives.rules import bulletins

PROVINCE, DISTRICT, WARD, CELL = "province", "district", "ward", "cell"
OUT_ON, LATE_BY = 15, 3  # of the month before; days
BEFORE_THE_LAST = timedelta(days=4)  # a thematic one is out some days before its last day
PASSED_AFTER = timedelta(days=2)  # who is in between passes it on
BULLETIN, THEMATIC = "bulletin", "thematic_bulletin"


@dataclass(frozen=True)
class Paper:
    """One document: who issues it on which day, and what the pack says of it."""

    by: str
    day: date
    said: Mapping[str, Any]
    for_month: date | None = None

    @property
    def title(self) -> str:
        title: str = self.said["title"]
        return title

    @property
    def number(self) -> str:
        number: str = self.said.get("number", "")
        return number

    @property
    def due_on(self) -> date | None:
        return self.day + timedelta(days=self.said["due"]) if "due" in self.said else None

    @property
    def passed(self) -> bool:
        """Whether it comes from above the communes, and they pass it on."""
        return self.by in {PROVINCE, DISTRICT}


def papers(choices: Choices) -> list[Paper]:
    """Return all that were issued before today in the months that are told, the earliest first."""
    if not choices.months:
        return []
    first = choices.first_month
    found = [
        Paper(said["by"], choices.day - timedelta(days=said["ago"]), said)
        for said in pack("directives")["issued"]
    ]
    found += _bulletins(choices)
    within = [paper for paper in found if first <= paper.day < choices.day]
    return sorted(within, key=lambda paper: (paper.day, paper.by, paper.title))


def _bulletins(choices: Choices) -> Iterator[Paper]:
    """Yield the bulletins of the months told; the last one is not out yet, its draft lies there."""
    month = choices.first_month
    while month <= bulletins.following(choices.day.replace(day=1)):
        late = LATE_BY if month.month in pack("directives-bulletins")["late"] else 0
        day = bulletins.monthly_due(month, OUT_ON) + timedelta(days=late)
        yield Paper(PROVINCE, day, monthly(month), month)
        if month == bulletins.quarter_of(month):
            day = bulletins.thematic_due(month) - BEFORE_THE_LAST
            yield Paper(PROVINCE, day, thematic(month), month)
        month = bulletins.following(month)


def monthly(month: date) -> Mapping[str, Any]:
    """Return what the bulletin of a month says."""
    said = pack("directives-bulletins")
    title = said["title"].format(month=f"{month:%m/%Y}")
    return _bulletin(said["monthly"][month.month], title, BULLETIN, pages=6, minutes=10)


def thematic(quarter: date) -> Mapping[str, Any]:
    """Return what the thematic bulletin of a quarter says."""
    said = pack("directives-bulletins")
    number = (quarter.month + 2) // 3
    one = said["thematic"][number]
    title = said["thematic_title"].format(
        quarter=f"{'I' * number if number < len('IIII') else 'IV'}/{quarter.year}",
        subject=one["subject"],
    )
    return _bulletin(one, title, THEMATIC, pages=8, minutes=15)


def _bulletin(
    one: Mapping[str, Any], title: str, kind: str, *, pages: int, minutes: int
) -> Mapping[str, Any]:
    said = pack("directives-bulletins")
    return {
        "kind": kind, "title": title, "text": said["text"].format(gist=one["gist"]),
        "gist": one["gist"], "questions": one["questions"], "pages": pages, "minutes": minutes,
        "asked": "discuss" if kind == THEMATIC else "inform", "talk": one["speeches"],
        "summary": said["summary"], "conclusion": said["conclusion"],
    }  # fmt: skip


def words_of(paper: Paper) -> str:
    """Return what a commune adds when it passes a document on."""
    if "words" in paper.said:
        words: str = paper.said["words"]
        return words
    bulletin = paper.for_month is not None
    some: Sequence[str] = (
        pack("directives-bulletins")["local"] if bulletin else pack("directives")["passed"]
    )
    return some[paper.day.toordinal() % len(some)]


# ── by what stands on an agenda ─────────────────────────────────────────────────────────────────


def said_of(title: str) -> Mapping[str, Any]:
    """Return what the pack says of a document whose name stands on an agenda; nothing if unknown.

    It stands there by its number and its title.
    """
    bare = title.partition(" · ")[2] or title
    return _by_title().get(bare, {})


@lru_cache(maxsize=1)
def _by_title() -> dict[str, Mapping[str, Any]]:
    said = pack("directives")
    found = {one["title"]: one for one in [*said["issued"], said["drafts"]["adopted"]]}
    return _Bulletins(found)


class _Bulletins(dict[str, Mapping[str, Any]]):
    """Finds a bulletin by its title, too: the words of its month, whatever the year."""

    def get(self, title: str, default: Any = None) -> Any:
        """Return what is said of a title."""
        if title in self:
            return self[title]
        said = pack("directives-bulletins")
        for month in said["monthly"]:
            if title.startswith(said["title"].format(month=f"{month:02d}/")):
                return monthly(date(int(title[-4:]), month, 1))
        for number, one in said["thematic"].items():
            if title.endswith(one["subject"]):
                return thematic(date(2000, 3 * number - 2, 1))
        return default


@lru_cache(maxsize=1)
def answers() -> Mapping[str, str]:
    """Return what issuers answer, by what cells find unclear."""
    return {
        one["unclear"]: one["answer"] for one in pack("directives")["issued"] if "unclear" in one
    }
