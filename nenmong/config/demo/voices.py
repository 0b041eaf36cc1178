"""What cells say and what became of it, in bulk: from their minutes, between meetings, together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenmong.config.demo.bulk.made import made
from nenmong.config.demo.bulk.opinions import Lies, OpinionsInBulk, play, play_together
from nenmong.config.demo.chance import chance
from nenmong.config.demo.course import A_DAY, Course, Place, Step, hands_of, place_of
from nenmong.config.demo.packs import pack
from nenmong.config.demo.program import REGULAR
from nenmong.core import clock
from nenmong.core.ids import new_uid
from nenmong.meetings.models import AnswerRead, Matter, Meeting
from nenmong.meetings.rules import kinds
from nenmong.opinions.actions.judging import Told
from nenmong.opinions.models import Issue, Opinion, Raiser
from nenmong.opinions.queries.telling import ONLY_HEARD
from nenmong.opinions.rules.states import State
from nenmong.opinions.sentences import read_out

if TYPE_CHECKING:
    from nenmong.config.demo.story import Story

# Of the lines noted in minutes, and of the months between two meetings, so many have an opinion.
NOTED, BETWEEN = (0.03, 0.26), (0.008, 0.08)  # elsewhere, in the ward
LOT_HAS_ISSUE, MONTHS_AN_ISSUE = 1.0, 3  # elsewhere by lot, in the ward by month
PARTS, APART = (2, 4), 16  # of an issue: how many cells, within how many days


class Voice:
    """One cell's opinions in bulk, from meeting to meeting: raised, on desks, told, judged."""

    def __init__(self, story: "Story", place: Place, *, ward: bool) -> None:
        self.story = story
        self.hand = OpinionsInBulk(story.unit, story.hand.grassroots, place, story.hand.rows)
        self.course = Course(story.unit, place, story.choices.seed)
        self.until = story.boundary if ward else story.choices.day
        self.rng: Random = story.rng("voices")
        self.noted = NOTED[ward]
        regular = (due.day for due in story.due if due.what == REGULAR)
        self.days = [day for day in regular if day < self.until]
        self.between = self._between(BETWEEN[ward])
        self.lying: list[Lies] = []
        self.brought: dict[str, Lies] = {}  # by the answer that is told

    def _between(self, likely: float) -> list[tuple[date, Mapping[str, str]]]:
        """Return what is raised between two meetings, the last first."""
        said = pack("opinions")["between"]
        found = []
        for day in self.days:
            on = day + timedelta(days=self.rng.randint(5, 20))
            if self.rng.random() < likely and on < self.until:
                found.append((on, self.rng.choice(said)))
        return sorted(found, key=lambda one: one[0], reverse=True)

    # ── from meeting to meeting ─────────────────────────────────────────────────────────────

    def before(self, until: date) -> None:
        """Let come what comes before a day; what is answered waits for the next meeting."""
        until = min(until, self.until)
        while self.between and self.between[-1][0] < until:
            on, one = self.between.pop()
            lies = self.hand.open(
                _words(self, one["text"]), Opinion.Way.BETWEEN.value, on, kind=one["kind"]
            )
            _raiser(self, lies)
            self.lying.append(lies)
        for lies in self.lying:
            play(self.hand, lies, self.course, until)
            self._bring(lies, until)

    def judged(self, reads: Sequence[AnswerRead], *, last: bool) -> list[dict[str, Any]]:
        """Return what the cell makes of the answers that are read out, as `judge_answer` asks."""
        found = []
        for read in reads:
            if not read.asks or read.verdict:
                continue
            lies = self.brought[read.source_uid]
            assert lies.answer is not None  # noqa: S101 -- it was brought
            rng = self.story.rng(f"judged/{read.title}")
            said = self.course.verdict(lies.opinion, lies.answer, rng)
            verdict = said["verdict"] or "solved"
            reason = rng.choice(pack("opinions")["not_solved"]) if verdict == "not_solved" else ""
            present = self.story.hand.held[read.meeting_id].meeting.present
            hands = hands_of(verdict, present, rng)
            matter = {"matter_uid": read.matter_uid}
            found.append(matter | {"verdict": verdict, "reason": reason, "hands": hands})
        return found

    def sealed(self, meeting: Meeting) -> None:
        """Follow the seal: some of what was noted goes on, what was told is judged."""
        if kinds.of(meeting.kind).of_committee:
            return
        held = self.story.hand.held[meeting.uid]
        on = clock.today()
        titles = {item.uid: item.title for item in held.items}
        for line in held.opinions:
            if on < self.until and self.rng.random() < self.noted:
                columns = {
                    "source_uid": line.uid, "meeting_uid": meeting.uid,
                    "item": titles[line.item_id],
                }  # fmt: skip
                self.lying.append(
                    self.hand.open(line.text, Opinion.Way.MEETING.value, on, **columns)
                )
        for read in held.answers:
            lies = self.brought[read.source_uid]
            told = Told(
                meeting.uid, held.meeting.held_on or on, read.verdict, read.solved, read.partly,
                read.not_solved, read.reason,
            )  # fmt: skip
            self.hand.told(lies, on, told)

    def finish(self) -> None:
        """Let the rest come, and put the rows on the shelves."""
        self.before(self.until)
        for lies in self.lying:
            self.story.hand.rows.put(*lies.all())

    def _bring(self, lies: Lies, until: date) -> None:
        """Let an answer that is not told yet wait for the cell's next meeting."""
        one, answer = lies.opinion, lies.answer
        if one.state != State.ANSWERED or answer is None or answer.uid in self.brought:
            return
        if answer.signed_on is None or answer.signed_on >= until:
            return
        self.brought[answer.uid] = lies
        asks = one.asks and answer.result not in ONLY_HEARD
        matter = made(Matter, {
            "uid": new_uid(), "bucket": one.bucket, "unit": self.story.unit,
            "kind": Matter.Kind.ANSWER.value, "source_uid": answer.uid,
            "title": (_("Answer to: %(opinion)s") % {"opinion": one.text})[:300],
            "text": read_out(answer), "sender": answer.desk.name, "since": answer.signed_on,
            "asked": Matter.Asked.DECIDE.value if asks else Matter.Asked.INFORM.value,
        })  # fmt: skip
        self.story.hand.matters[matter.uid] = matter


def begin(stories: "Sequence[Story]", *, ward: bool) -> list[Voice]:
    """Give the cells of these stories their voice; what several say is said beforehand.

    The desks' part of an issue needs no meeting, so it is played to its answer here.
    """
    places: dict[str, Place] = {}
    voices = []
    for story in stories:
        committee = story.unit.parent
        assert committee is not None  # noqa: S101 -- every cell of the demo stands under one
        if committee.uid not in places:
            places[committee.uid] = place_of(committee)
        story.rounds = Voice(story, places[committee.uid], ward=ward)
        voices.append(story.rounds)
    _issues(voices, ward=ward)
    return voices


def finish(voices: Sequence[Voice]) -> None:
    """Let the rest come for all cells; from now on their stories have no voice."""
    for voice in voices:
        voice.finish()
        voice.story.rounds = None


def _words(voice: Voice, text: str) -> str:
    lane, lane2 = voice.rng.sample(range(2, 25), 2)
    few = voice.rng.randint(3, 9)
    area = voice.story.said["area"]
    return voice.story.told(text).format(lane=lane, lane2=lane2, few=few, area=area)


def _raiser(voice: Voice, lies: Lies) -> None:
    one = voice.rng.choice(voice.story.hand.members).member
    lies.raiser = made(Raiser, {
        "uid": new_uid(), "bucket": voice.story.unit.bucket, "opinion": lies.opinion,
        "member_uid": one.uid, "name": one.full_name,
    })  # fmt: skip


# ── the same matter from several cells ──────────────────────────────────────────────────────────


def _issues(voices: Sequence[Voice], *, ward: bool) -> None:
    beside: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        if voice.story.unit.cell_kind in {"residential_group", "village"} and voice.days:
            beside[voice.hand.place.committee.unit.uid].append(voice)
    groups = [group for group in beside.values() if len(group) >= PARTS[0]]
    if not groups:
        return
    group = max(groups, key=len)
    seed, path = group[0].story.choices.seed, group[0].story.unit.path
    rng = chance(seed, "issues", path)
    count = len(group[0].days) // MONTHS_AN_ISSUE if ward else int(rng.random() < LOT_HAS_ISSUE)
    for number in range(count):
        said = pack("opinions")["issues"]
        one = said[(number + rng.randrange(len(said)) * (not ward)) % len(said)]
        most = min(PARTS[1], len(group), len(one["texts"]))
        some = rng.sample(group, rng.randint(PARTS[0], most))
        at = number * MONTHS_AN_ISSUE if ward else rng.randrange(len(group[0].days))
        _issue(some, group[0].days[at], one, rng)


def _issue(some: Sequence[Voice], begins: date, said: dict[str, Any], rng: Random) -> None:
    """Let some cells raise it within weeks; where all have, the office joins and one answers."""
    until = min(voice.until for voice in some)
    parts = []
    for voice, words in zip(some, said["texts"], strict=False):
        on = begins + timedelta(days=rng.randint(1, APART))
        if on >= until - timedelta(days=3):
            return
        lies = voice.hand.open(_words(voice, words), Opinion.Way.BETWEEN.value, on, kind="proposal")
        _raiser(voice, lies)
        kind = {"kind": "proposal", "field": said["field"]}
        voice.hand.do(lies, Step(on + A_DAY, "sort", "cell", kind))
        voice.hand.do(lies, Step(on + A_DAY, "send", "cell"))
        voice.lying.append(lies)
        parts.append(lies)
    place = some[0].hand.place
    last = max(lies.moves[-1].on for lies in parts)
    joined = place.days.after(last, rng.randint(1, 3))
    if joined < until:
        committee = place.committee.unit
        issue = made(Issue, {
            "uid": new_uid(), "unit": committee, "title": said["title"], "field": said["field"],
            "opened_on": joined,
        })  # fmt: skip
        some[0].story.hand.rows.put(issue)
        for voice, lies in zip(some, parts, strict=True):
            voice.hand.join(lies, issue, joined)
        hands = [voice.hand for voice in some]
        play_together(hands, parts, some[0].course, joined, until)
        if parts[0].opinion.state in {State.WAITING, State.ACCEPTED}:
            return  # it is still on its way, for all
    for voice, lies in zip(some, parts, strict=True):
        play(voice.hand, lies, voice.course, voice.until)
