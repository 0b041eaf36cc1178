"""Meetings that go another way than a regular one recorded live: on paper, and of other kinds."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from nenmong.config.demo.evening import Evening
from nenmong.config.demo.packs import Topic
from nenmong.config.demo.sheet import Sheet
from nenmong.core import clock
from nenmong.meetings.models import AgendaItem, GivenRight, Meeting, Vote
from nenmong.meetings.rules import agenda

if TYPE_CHECKING:
    from nenmong.config.demo.story import Story

OFFICE_HOUR = time(9, 20)
HELPER, OFFICE, CELL = "helper", "office", "cell"  # who types a form for a cell
TYPED_WITHIN = (1, 4)  # days


class OnPaper(Evening):
    """A meeting kept on the paper form, and typed in some days later."""

    carries_documents = False  # a form has no place for it

    def __init__(
        self, story: "Story", meeting: Meeting, day: date, typist: str, *, untyped: bool
    ) -> None:
        super().__init__(story, meeting, day, carry=False)
        self.typist, self.untyped = typist, untyped
        self.sheet = Sheet(story.hand, meeting, day)

    def hold(self) -> None:
        """Hold the meeting with the form, and hand it on."""
        if self.typist == HELPER:
            with clock.at(self.story.last + timedelta(minutes=3)):
                self.hand.give_right(
                    actor=self.story.secretary, meeting_uid=self.meeting.uid,
                    role=GivenRight.Role.HELPER, username=self.story.said["accounts"][HELPER],
                )  # fmt: skip
        if self.untyped:
            return
        written, self.hand = self.hand, self.sheet
        planned = self.meeting
        super().hold()
        self.hand, self.meeting = written, planned
        self._type_in()

    def _finish(self) -> None:
        with clock.at(self.now):
            self.hand.close_meeting(actor=self.story.scribe, meeting_uid=self.meeting.uid)

    def _type_in(self) -> None:
        typed = clock.at_hour(
            self.day + timedelta(days=self.rng.randint(*TYPED_WITHIN)), OFFICE_HOUR
        )
        typed += timedelta(minutes=self.rng.randint(0, 90))
        if not self._in_past(typed + timedelta(minutes=10)):
            return
        by = self.story.typist(self.typist)
        if self.typist == OFFICE:
            with clock.at(typed):
                self.hand.start_paper(actor=by, meeting_uid=self.meeting.uid)
        with clock.at(typed + timedelta(minutes=5)):
            self.hand.enter_meeting(
                actor=by, meeting_uid=self.meeting.uid, entered=self.sheet.entered()
            )
        self.story.note_last(typed + timedelta(minutes=5))
        sealed = typed + timedelta(days=self.rng.randint(0, 1), minutes=self.rng.randint(30, 200))
        self._seal_and_file(sealed, timedelta(minutes=25), "paper", seal=True)


class Extraordinary(Evening):
    """A meeting called for one matter: it is decided, and nothing else comes up."""

    opening = "extraordinary_opening"

    def _discussion(self, item: AgendaItem) -> None:
        topic = self.story.topics[self.meeting.subject]
        self._say(item, summary=topic.summary)
        self._talk(item, topic)

    def _end(self, item: AgendaItem) -> None:
        self._say(item, summary=self._one_of("closing"))
        self._later(5)
        self._vote(Vote.About.RESOLUTION)
        self._later(2)
        self._vote(Vote.About.MINUTES)

    _steps: dict[str, Callable[..., None]] = {
        "opening": Evening._opening,
        "discussion": _discussion,
        "closing": _end,
    }


class Thematic(Extraordinary):
    """A thematic meeting, several cells together: one cell's own roll, words and votes.

    The host's scribe writes under the common items; the others take that over afterwards.
    """

    opening = "joint_opening"
    hosts = True

    def __init__(self, story: "Story", meeting: Meeting, day: date, topic: Topic) -> None:
        super().__init__(story, meeting, day, carry=False)
        # All sit in one room: they begin together and go on together.
        start = clock.at_hour(day, clock.local(meeting.starts_at).time())
        self.now, self.pace = start + timedelta(minutes=3), 1.0
        self.topic = topic

    def _presented(self, item: AgendaItem) -> None:
        if self.hosts:
            self._say(item, summary=self.topic.summary)

    def _discussion(self, item: AgendaItem) -> None:
        if self.hosts:
            self._talk(item, self.topic)
            return
        for speaker in self.rng.sample(self.here, min(2, len(self.here))):
            self._later(self.rng.randint(2, 4))
            with clock.at(self.now):
                self.hand.add_speech(
                    actor=self.story.scribe, item_uid=item.uid, member_uid=speaker.member_uid,
                    text=self._one_of("joint_speeches"),
                )  # fmt: skip

    _steps: dict[str, Callable[..., None]] = {
        "opening": Evening._opening,
        agenda.THEMATIC: _presented,
        "discussion": _discussion,
        "closing": Extraordinary._end,
    }


class Guest(Thematic):
    """The same of a cell that was asked to it."""

    hosts = False

    def _finish(self) -> None:
        with clock.at(self.now):
            self.hand.take_common_texts(actor=self.story.scribe, meeting_uid=self.meeting.uid)
        super()._finish()


class CellCommittee(Evening):
    """A cell committee before the cell's meeting: it votes on its minutes only."""

    opening = "committee_opening"
    most_away = 1  # or there is no quorum

    def _review(self, item: AgendaItem) -> None:
        self._say(item, summary=self._one_of("committee_review"))

    def _discussion(self, item: AgendaItem) -> None:
        self._say(item, summary=self._one_of("committee_summary"))
        if self.here:
            speaker = self.rng.choice(self.here)
            with clock.at(self.now):
                self.hand.add_speech(
                    actor=self.story.scribe, item_uid=item.uid, member_uid=speaker.member_uid,
                    text=self._one_of("committee_speeches"),
                )  # fmt: skip
        self._say(item, conclusion=self._one_of("committee_conclusion"))

    def _end(self, item: AgendaItem) -> None:
        self._say(item, summary=self._one_of("committee_closing"))
        self._later(3)
        self._vote(Vote.About.MINUTES)

    _steps: dict[str, Callable[..., None]] = {
        "opening": Evening._opening,
        "review": _review,
        "discussion": _discussion,
        "closing": _end,
    }


class Committee(Evening):
    """A committee above cells: what stands on its agenda is decided item by item."""

    opening, conveyed = "grassroots_opening", "grassroots_documents"
    directions, words = "grassroots_directions", "grassroots_"
    most_away = 2

    def _reviewed(self, left: int) -> str:
        return self._one_of("grassroots_conclusion" if left else "review_done")

    def _begin(self) -> None:
        """Begin it; one who sits on it, and not its head, keeps the minutes."""
        rows, chair, _secretary = self.hand.standing(self.meeting, self.day)
        secretary = next(row.member_uid for row in rows if row.member_uid != chair)
        with clock.at(self.now):
            self.meeting = self.hand.open_meeting(
                actor=self.story.scribe, meeting_uid=self.meeting.uid, chair_uid=chair,
                secretary_uid=secretary,
            )  # fmt: skip

    def _discussion(self, item: AgendaItem) -> None:
        self._say(item, summary=self._one_of("grassroots_discussion"))

    _steps: dict[str, Callable[..., None]] = Evening._steps | {"discussion": _discussion}
