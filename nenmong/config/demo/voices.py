"""What cells say and what became of it, in bulk: from their minutes, between meetings, together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenmong.config.demo.bulk.made import made
from nenmong.config.demo.bulk.opinions import Lies, OpinionsInBulk, play, play_together
from nenmong.config.demo.chance import chance
from nenmong.config.demo.course import A_DAY, Course, Place, Step, place_of
from nenmong.config.demo.packs import pack
from nenmong.core import clock
from nenmong.core.ids import new_uid
from nenmong.meetings.models import Matter, Meeting
from nenmong.meetings.rules import kinds
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


@dataclass
class Voice:
    """One cell, by whose hand its opinions are told."""

    story: "Story"
    hand: OpinionsInBulk
    course: Course
    until: date
    rng: Random
    days: list[date]
    lying: list[Lies] = field(default_factory=list)


def tell(stories: "Sequence[Story]", *, ward: bool) -> None:
    """Tell opinions of cells whose meetings were told in bulk, before their rows are put away."""
    places: dict[str, Place] = {}
    voices = [_voice(story, places, ward=ward) for story in stories]
    for voice in voices:
        for on, text, way, columns in sorted(_raised(voice, ward=ward), key=lambda one: one[0]):
            lies = voice.hand.open(text, way, on, **columns)
            if way == Opinion.Way.BETWEEN:
                _raiser(voice, lies)
            play(voice.hand, lies, voice.course, voice.until)
            voice.lying.append(lies)
    _issues(voices, ward=ward)
    for voice in voices:
        for lies in voice.lying:
            _bring(voice, lies)
            voice.story.hand.rows.put(*lies.all())


def _voice(story: "Story", places: dict[str, Place], *, ward: bool) -> Voice:
    committee = story.unit.parent
    assert committee is not None  # noqa: S101 -- every cell of the demo stands under one
    if committee.uid not in places:
        places[committee.uid] = place_of(committee)
    place = places[committee.uid]
    until = story.boundary if ward else story.choices.day
    days = sorted(held.meeting.held_on for held in _sealed(story))
    return Voice(
        story, OpinionsInBulk(story.unit, story.hand.grassroots, place, story.hand.rows),
        Course(story.unit, place, story.choices.seed, days), until, story.rng("voices"), days,
    )  # fmt: skip


def _sealed(story: "Story") -> list[Any]:
    """Return the sealed meetings of the whole cell."""
    return [
        held for held in story.hand.held.values()
        if held.meeting.status == Meeting.Status.SEALED
        and not kinds.of(held.meeting.kind).of_committee
    ]  # fmt: skip


def _raised(voice: Voice, *, ward: bool) -> list[tuple[date, str, str, dict[str, Any]]]:
    """Return what was raised: on which day, in which words, how."""
    found: list[tuple[date, str, str, dict[str, Any]]] = []
    for held in _sealed(voice.story):
        titles = {item.uid: item.title for item in held.items}
        on = clock.local(held.meeting.sealed_at).date()
        for line in held.opinions:
            if on < voice.until and voice.rng.random() < NOTED[ward]:
                columns = {
                    "source_uid": line.uid, "meeting_uid": held.meeting.uid,
                    "item": titles[line.item_id],
                }  # fmt: skip
                found.append((on, line.text, Opinion.Way.MEETING.value, columns))
    said = pack("opinions")["between"]
    for day in voice.days:
        on = day + timedelta(days=voice.rng.randint(5, 20))
        if voice.rng.random() < BETWEEN[ward] and on < voice.until:
            one = voice.rng.choice(said)
            text = _words(voice, one["text"])
            found.append((on, text, Opinion.Way.BETWEEN.value, {"kind": one["kind"]}))
    return found


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


def _bring(voice: Voice, lies: Lies) -> None:
    """Let an answer that is not told yet wait for the cell's next meeting."""
    one, answer = lies.opinion, lies.answer
    if one.state != State.ANSWERED or answer is None:
        return
    asks = one.asks and answer.result not in ONLY_HEARD
    matter = made(Matter, {
        "uid": new_uid(), "bucket": one.bucket, "unit": voice.story.unit,
        "kind": Matter.Kind.ANSWER.value, "source_uid": answer.uid,
        "title": (_("Answer to: %(opinion)s") % {"opinion": one.text})[:300],
        "text": read_out(answer), "sender": answer.desk.name, "since": answer.signed_on,
        "asked": Matter.Asked.DECIDE.value if asks else Matter.Asked.INFORM.value,
    })  # fmt: skip
    voice.story.hand.matters[matter.uid] = matter
