"""Documents that were sent down, at a meeting: read out, talked of, left over, reported on."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from nenmong.config.demo import shelf
from nenmong.config.demo.packs import pack
from nenmong.core import clock
from nenmong.meetings.models import AgendaItem, Attendance, Vote

if TYPE_CHECKING:
    from nenmong.config.demo.habits import Temper
    from nenmong.config.demo.story import Story

# How likely something is, of 1.
LEFT_OVER, ANOTHER_SPEECH, REPORTS, CLEAR = 0.05, 0.5, 0.75, 0.6
REPORTED_AFTER = timedelta(days=3)  # the seal


class Reading(ABC):
    """What an evening does with a document on its agenda."""

    story: "Story"
    hand: Any
    temper: "Temper"
    now: datetime
    here: list[Attendance]
    to_report: list[tuple[str, str]]  # matters of documents, and what is reported back of each

    carries_documents = True

    def _left_over(self, item: AgendaItem) -> bool:
        """Say whether a document is left to the next meeting; never one that was before."""
        rng = self.story.rng(f"left/{item.title}")
        return self.carries_documents and rng.random() < LEFT_OVER and self.story.left(item)

    def _document(self, item: AgendaItem) -> None:
        """Read out a document that was sent down, and talk of it; vote where that is asked."""
        said, common = shelf.said_of(item.title), pack("directives")["talk"]
        asked = said.get("asked", "decide")  # a draft is decided on
        wanted = {"inform": "informed", "decide": "decided"}.get(asked, "conclusion")
        told = self.story.told
        summary = told(said.get("summary", common["summary"]))
        rng = self.story.rng(f"document/{item.title}")
        some = list(said.get("talk", common["speeches"]))
        if some and asked != "inform" and rng.random() < ANOTHER_SPEECH:
            some.append(rng.choice(common["speeches"]))
        count = min(len(some), len(self.here), max(1, round(len(some) * self.temper.talk)))
        self._say(item, summary=summary)
        for speech, row in zip(some[:count], rng.sample(self.here, count), strict=True):
            self._later(2)
            with clock.at(self.now):
                self.hand.add_speech(
                    actor=self.story.scribe, item_uid=item.uid, text=told(speech),
                    member_uid=row.member_uid,
                )  # fmt: skip
        self._ask_issuer(item, said, rng)
        self._say(item, conclusion=told(said.get("conclusion", common[wanted])))
        if asked == "decide":
            self._vote(Vote.About.ITEM, said.get("question", common["question"]), item.uid)
        if asked == "report_back" and rng.random() < REPORTS:
            report = told(said.get("report", common["report"]))
            self.to_report.append((item.matter_uid or "", report))

    def _ask_issuer(self, item: AgendaItem, said: Mapping[str, Any], rng: Random) -> None:
        """Note what is unclear in a document; its question mark sends it to who issued it."""
        if not self.story.live or "unclear" not in said or not self.here or rng.random() < CLEAR:
            return
        self._later(1)
        with clock.at(self.now):
            self.hand.note_opinion(
                actor=self.story.scribe, item_uid=item.uid, text=said["unclear"],
                member_uid=rng.choice(self.here).member_uid,
            )  # fmt: skip

    def _report_back(self, moment: datetime) -> None:
        """Say some days later what came of documents that ask for it."""
        if not self.to_report or not self._in_past(moment):
            return
        with clock.at(moment):
            for matter_uid, text in self.to_report:
                self.hand.report_back(actor=self.story.secretary, matter_uid=matter_uid, text=text)

    @abstractmethod
    def _say(self, item: AgendaItem, **texts: str) -> None:
        """Write texts under an item."""

    @abstractmethod
    def _later(self, minutes: int) -> None:
        """Let minutes go by."""

    @abstractmethod
    def _vote(self, about: str, question: str = "", item_uid: str = "") -> None:
        """Take a vote."""

    @abstractmethod
    def _in_past(self, moment: datetime) -> bool:
        """Say whether a moment has passed."""
