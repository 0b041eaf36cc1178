"""The committee above the ward's cells: its own meetings of the last months, by the actions."""

from datetime import date, timedelta

from nenmong.config.demo import around, program
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.drafts import before_the_committee
from nenmong.config.demo.hands import ByActions
from nenmong.config.demo.packs import pack
from nenmong.config.demo.rounds import follow
from nenmong.config.demo.sittings import Committee
from nenmong.config.demo.story import SOON, Story
from nenmong.config.demo.tree import Cell
from nenmong.core import clock
from nenmong.meetings.models import Meeting
from nenmong.meetings.rules import kinds
from nenmong.org.models import Post, Unit

TOPICS = 2  # of each meeting
AHEAD = 6  # days before the meeting
SEALED_BY_NOW = timedelta(days=3)


def story_of_committee(ward: Unit, choices: Choices) -> Story | None:
    """Return the committee's story; nothing where nobody sits there."""
    if not choices.months or not Post.objects.filter(unit=ward, role="committee_member").exists():
        return None
    said = pack("cells")["committee"]
    return Story(Cell(ward, 0, said=said), choices, 0, ByActions())


def tell_committee(story: Story) -> None:
    """Tell its last two meetings, and prepare the one to come where it is near."""
    today = story.choices.day
    sealed = [due for due in story.held if due.day <= today - SEALED_BY_NOW]
    last = sealed[-1] if sealed else None
    for due in [*story.held[-program.RECENT :], story.coming]:
        if due.day < today:
            if due is last:
                before_the_committee(story, due.day)
            Committee(story, _plan(story, due.day), due.day, carry=False).hold()
            follow()
        elif due.day - today <= SOON:
            _plan(story, due.day)


def _plan(story: Story, day: date) -> Meeting:
    rng = story.rng(f"plan/{day}")
    story.note_last(story.moment_before(day, days=AHEAD + 1))
    for _ in range(TOPICS):
        topic = story.deck.draw(day, rng)
        story.topics[topic.title] = topic
        with clock.at(story.last):
            story.hand.propose_topic(
                actor=story.secretary, unit_uid=story.unit.uid, title=topic.title
            )
    story.note_last(story.last + timedelta(minutes=10))
    meeting = story.called(day, kinds.COMMITTEE, days=AHEAD)
    around.give_papers(story, meeting, day)
    return meeting
