"""Cells told side by side: where several sit together, each is told up to that evening first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from nenmong.config.demo import program
from nenmong.config.demo.sittings import Guest, Thematic
from nenmong.config.demo.story import Story
from nenmong.core import clock
from nenmong.meetings.models import Meeting
from nenmong.meetings.rules import kinds

ASKED_BEFORE = 6  # days
Event = tuple[date, Callable[[], None]]


@dataclass
class Gathering:
    """A thematic meeting of several cells, and whose cells."""

    day: date
    host: Story
    guests: Sequence[Story]

    @property
    def stories(self) -> list[Story]:
        return [self.host, *self.guests]

    def is_of(self, *, recent: bool) -> bool:
        """Say whether it lies wholly in the last months of all, or wholly before them."""
        if recent:
            return all(self.day >= story.boundary for story in self.stories)
        return all(self.day < story.boundary for story in self.stories)

    def prepare(self) -> None:
        """Tell what came before it."""
        _told_until(self.stories, self.day)

    def hold(self) -> None:
        """Ask, accept, hold, each seal its own."""
        host = self.host
        topic = host.deck.draw(self.day, host.rng(f"joint/{self.day}"))
        meeting = host.called(self.day, kinds.THEMATIC, days=ASKED_BEFORE, subject=topic.title)
        host.note_last(host.last + timedelta(minutes=5))
        own: list[tuple[Story, Meeting]] = []
        for guest in self.guests:
            with clock.at(host.last):
                part = host.hand.ask_to_join(
                    actor=host.secretary, meeting_uid=meeting.uid, unit_uid=guest.unit.uid
                )
            guest.note_last(host.last + timedelta(hours=13, minutes=len(own) * 40))
            with clock.at(guest.last):
                accepted = guest.hand.accept_joint(actor=guest.secretary, part_uid=part.uid)
            own.append((guest, accepted))
        Thematic(host, meeting, self.day, topic).hold()
        for guest, accepted in own:
            Guest(guest, accepted, self.day, topic).hold()


def tell(stories: Sequence[Story], *, recent: bool, events: Sequence[Event] = ()) -> None:
    """Tell the older months of these cells, or the recent ones, in the order things came.

    Args:
        events: what happens beside the meetings, by day: a document that comes less than a week
            before a meeting finds its agenda made.
    """
    happens = [(one.day, one.prepare, one.hold) for one in gatherings(stories)
               if one.is_of(recent=recent)]  # fmt: skip
    for day, event in events:
        until = min(day + program.WEEK, stories[0].choices.day) if stories else day
        happens.append((day, partial(_told_until, stories, until), event))
    for _day_of, before, happening in sorted(happens, key=lambda one: one[0]):
        before()
        happening()
    for story in stories:
        if recent:
            story.tell_recent()
        else:
            story.tell_past()


def _told_until(stories: Sequence[Story], day: date) -> None:
    for story in stories:
        story.tell_until(day)


def gatherings(stories: Sequence[Story]) -> Iterator[Gathering]:
    """Yield who sits together and when, as far as all of them are among these cells."""
    by_name = {(story.unit.parent_id, story.unit.name): story for story in stories}
    for host in stories:
        for said in host.said.get("joins", ()):
            names = [(host.unit.parent_id, name) for name in said["with"]]
            guests = [by_name[name] for name in names if name in by_name]
            if not guests:
                continue
            day = _day([host, *guests], said["ago"])
            if day:
                yield Gathering(day, host, guests)


def _day(stories: Sequence[Story], months_ago: Sequence[int]) -> date | None:
    """Return an evening on which none of them has anything else; None where there is none."""
    today = stories[0].choices.day
    taken = [due.day for story in stories for due in story.all_days]
    first = max((story.all_days[0].day for story in stories if story.all_days), default=today)
    for ago in months_ago:
        day = program.clear_of(taken, program.ago(today, ago))
        if day and first < day < today - program.WEEK:
            return day
    return None
