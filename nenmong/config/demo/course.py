"""What becomes of an opinion next: by its state, as cells, offices and desks do, some late."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import Any, Protocol

from nenmong.config.demo import shelf
from nenmong.config.demo.chance import chance
from nenmong.config.demo.deck import commune_word, told_in
from nenmong.config.demo.packs import pack
from nenmong.core import clock
from nenmong.core.workdays import Workdays
from nenmong.meetings.actions.answers_read import Hands
from nenmong.opinions.models import Answer, DeskField, Opinion
from nenmong.opinions.rules.answers import Draft, Result
from nenmong.opinions.rules.states import State
from nenmong.org.models import Post, Unit, UnitKind
from nenmong.rulebook import queries as rulebook

# How likely something is, of 1.
KEPT, WITHDRAWN, UPWARD, RETURNED, ASKS = 0.12, 0.03, 0.08, 0.15, 0.1
LATE, LATE_TO_ACCEPT, REOPENED = 0.1, 0.04, 0.04
RESULTS = ((Result.DONE, 50), (Result.WILL_DO, 20), (Result.PARTLY, 12), (Result.CANNOT, 9),
           (Result.NOT_OURS, 9))  # fmt: skip
VERDICTS = {
    Result.DONE: (("solved", 78), ("partly", 9), ("not_solved", 13)),
    Result.PARTLY: (("partly", 72), ("not_solved", 20), ("solved", 8)),
    Result.CANNOT: (("solved", 55), ("partly", 30), ("not_solved", 15)),
    Result.NOT_OURS: (("solved", 45), ("partly", 45), ("not_solved", 10)),
}
MORNING = time(8)
FEW = 5  # present: they are of one mind
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
DESKS = (UnitKind.AUTHORITY, UnitKind.PARTY_BUILDING_BOARD)
CELL, DESK, PROGRAM = "cell", "desk", "program"  # whose a step is


@dataclass(frozen=True)
class Step:
    """One thing done with an opinion, named like its action."""

    on: date
    what: str
    whose: str
    said: Mapping[str, Any] = field(default_factory=dict)

    def moment(self, version: int) -> datetime:
        """Return when it is done; one day's steps follow each other."""
        hour = time(20, 30) if self.what == "judge" else MORNING
        return clock.at_hour(self.on, hour) + version * A_MINUTE


@dataclass(frozen=True)
class Seat:
    """A desk, and who sits there."""

    unit: Unit
    name: str = ""
    title: str = ""
    fields: Mapping[str, int | None] = field(default_factory=dict)

    @cached_property
    def level(self) -> int:
        return len(self.unit.path)


@dataclass(frozen=True)
class Place:
    """The desks a cell's opinions come to: its committee's, those beside it, those above."""

    committee: Seat
    desks: Sequence[Seat]  # the nearest first
    days: Workdays

    def seat(self, uid: str) -> Seat | None:
        return next((one for one in (self.committee, *self.desks) if one.unit.uid == uid), None)

    def handling(self, field_: str, *, above: bool = False) -> Seat | None:
        """Return the desk nearest by that handles a field; `above`, one of the level above."""
        found = [one for one in self.desks if field_ in one.fields]
        if above:
            lowest = max(one.level for one in self.desks)
            found = [one for one in found if one.level < lowest]
        return found[0] if found else None


def place_of(committee: Unit) -> Place:
    """Return the desks for the cells of a commune: beside it, its district and the province."""
    above = [committee]
    while (parent := above[-1].parent) is not None:
        above.append(parent)
    authorities = list(Unit.objects.filter(kind__in=DESKS, parent__in=above))
    units = [committee, *sorted(authorities, key=lambda unit: -len(unit.path))]
    posts = Post.objects.filter(unit__in=units, role__in=("desk", "office"))
    held = {post.unit_id: post for post in posts.select_related("member").order_by("-uid")}
    fields: dict[str, dict[str, int | None]] = {unit.uid: {} for unit in units}
    for row in DeskField.objects.filter(unit__in=units):
        fields[row.unit_id][row.field] = row.answer_days
    seats = []
    for unit in units:
        post = held.get(unit.uid)
        seats.append(
            Seat(unit, post.member.full_name if post else "", post.title if post else "",
                 fields[unit.uid])
        )  # fmt: skip
    return Place(seats[0], seats[1:], rulebook.workdays())


def kind_of(text: str) -> str:
    """Return what kind an opinion noted in minutes is."""
    return Opinion.Kind.QUESTION if text.endswith("?") else Opinion.Kind.PROPOSAL


def field_of(text: str) -> str:
    """Return the field an opinion is of, by the words in it."""
    low = text.lower()
    words: Mapping[str, Sequence[str]] = pack("opinions")["words"]
    return next((name for name, some in words.items() if any(w in low for w in some)), "other")


class Guide(Protocol):
    """Says what is done next with an opinion."""

    def next(self, one: Opinion, last: date, answer: Answer | None = None) -> Step | None: ...


class Course:
    """Says what is done next with opinions of one cell; the same every time."""

    def __init__(self, unit: Unit, place: Place, seed: int, meetings: Sequence[date] = ()) -> None:
        """`meetings` are the days on which answers are told; none where a meeting does it."""
        self.unit, self.place, self.seed, self.meetings = unit, place, seed, meetings
        self.commune = commune_word(unit)
        self.alone = True  # not in an issue: a desk may ask for more

    def next(self, one: Opinion, last: date, answer: Answer | None = None) -> Step | None:
        """Return what is done next with an opinion; None where nothing is, or nothing yet.

        Args:
            last: the day something was done last.
            answer: the one that counts, where it is answered.
        """
        rng = chance(self.seed, self.unit.path, one.text, one.raised_on, one.version)
        steps: dict[State, Callable[[], Step | None]] = {
            State.AT_CELL: lambda: self._at_cell(one, last, rng),
            State.WAITING: lambda: self._waiting(one, last, rng),
            State.ACCEPTED: lambda: self._accepted(one, last, rng),
            State.ASKED: lambda: Step(
                last + timedelta(days=rng.randint(2, 8)), "reply", CELL,
                {"text": self._filled("replies", rng)},
            ),
            State.ANSWERED: lambda: self._told(one, last, answer, rng),
            State.ROADMAP: lambda: Step(
                max(one.due_on or last, last + A_DAY), "come_due", PROGRAM
            ),
            State.CLOSED: lambda: self._ended(one, last, answer, rng),
        }  # fmt: skip
        find = steps.get(State(one.state))
        return find() if find else None

    def _at_cell(self, one: Opinion, last: date, rng: Random) -> Step:
        day = last + A_DAY
        if not (one.kind and one.field):
            said = {"kind": one.kind or kind_of(one.text), "field": field_of(one.text)}
            return Step(day, "sort", CELL, said)
        chosen = rng.random()
        if chosen < KEPT and one.asks and not one.returned:
            return Step(last, "keep", CELL)
        if chosen > 1 - WITHDRAWN:
            reason = self._filled("withdrawn", rng)
            return Step(day, "withdraw", CELL, {"reason": reason})
        return Step(last if one.version else day, "send", CELL)

    def _waiting(self, one: Opinion, last: date, rng: Random) -> Step:
        here = self.place.seat(one.desk_id)
        chosen = rng.random()
        if here is self.place.committee:
            on = self.place.days.after(last, rng.randint(1, 4))
            desk = self.place.handling(one.field)
            own = one.field in here.fields or not one.asks or desk is None
            if own or desk is None:
                return Step(on, "accept", DESK)
            reason = self._filled("forwarded", rng)
            return Step(on, "forward", DESK, {"desk_uid": desk.unit.uid, "reason": reason})
        on = self.place.days.after(last, rng.randint(1, 7))
        upper = self.place.handling(one.field, above=True)
        if here is not None and upper is here and chosen < RETURNED and not one.returned:
            reason = self._filled("returned", rng)
            return Step(on, "give_back", DESK, {"reason": reason})
        if upper and upper is not here and chosen < UPWARD and not one.returned:
            reason = self._filled("upward", rng)
            return Step(on, "forward", DESK, {"desk_uid": upper.unit.uid, "reason": reason})
        if chosen > 1 - LATE_TO_ACCEPT:
            on = self.place.days.after(last, rng.randint(11, 14))
        return Step(on, "accept", DESK)

    def _accepted(self, one: Opinion, last: date, rng: Random) -> Step:
        own = one.desk_id == self.unit.uid
        authority = not own and one.desk_id != self.place.committee.unit.uid
        if authority and self.alone and rng.random() < ASKS and not one.answer_uid:
            on = self.place.days.after(last, rng.randint(1, 3))
            return Step(on, "ask", DESK, {"question": self._filled("questions", rng)})
        wait = rng.randint(2, 7)
        if authority and rng.random() < LATE:
            wait = rng.randint(17, 29)
        on = self.place.days.after(last, wait)
        return Step(on, "answer", CELL if own else DESK, {"draft": self.draft(one, on, rng)})

    def draft(self, one: Opinion, on: date, rng: Random) -> Draft:
        """Return an answer given on a day."""
        said = pack("opinions")
        if told := shelf.answers().get(one.text):  # what a document means
            who = said["answers"]["other"]["who"]
            return Draft(Result.DONE, told, who, done_on=on) if one.asks else (
                Draft(Result.HEARD, told)
            )  # fmt: skip
        if one.desk_id == self.unit.uid:
            return Draft(Result.DONE, rng.choice(said["own"]), said["own_who"], on)
        if not one.asks:
            return Draft(Result.HEARD, self._filled("heard", rng))
        words = said["answers"].get(one.field, said["answers"]["other"])
        result = _weighed(RESULTS, rng)
        if one.answer_uid or one.kind == Opinion.Kind.QUESTION:
            result = Result.DONE  # a second answer says what was done
        text = told_in(self.commune, rng.choice(words[result.value])).format(**_numbers(rng))
        more: dict[str, Any] = {
            Result.DONE: {"who": words["who"], "done_on": on - timedelta(days=rng.randint(0, 2))},
            Result.WILL_DO: {
                "who": words["who"], "promised_on": on + timedelta(days=rng.randint(30, 140)),
                "means": told_in(self.commune, words["means"]),
            },
            Result.PARTLY: {"who": words["who"], "rest": words["rest"]},
            Result.CANNOT: {"basis": words["basis"]},
            Result.NOT_OURS: {"whose": words["whose"]},
        }[result]  # fmt: skip
        return Draft(result, text, **more)

    def _told(self, one: Opinion, last: date, answer: Answer | None, rng: Random) -> Step | None:
        on = next((day for day in self.meetings if day > last), None)
        if on is None or answer is None:
            return None
        return Step(on, "judge", PROGRAM, self.verdict(one, answer, rng))

    def verdict(self, one: Opinion, answer: Answer, rng: Random) -> dict[str, Any]:
        """Return what the cell makes of an answer: nothing of what it only hears."""
        result = Result(answer.result)
        if not one.asks or result not in VERDICTS:
            return {"verdict": ""}
        verdict = _weighed(VERDICTS[result], rng)
        if one.returned:
            verdict = "solved"
        reason = self._filled("not_solved", rng) if verdict == "not_solved" else ""
        counts = dict.fromkeys(("solved", "partly", "not_solved"), 0)
        counts[verdict] = rng.randint(12, 16)
        return {"verdict": verdict, "reason": reason, **counts}

    def _ended(self, one: Opinion, last: date, answer: Answer | None, rng: Random) -> Step | None:
        done = answer is not None and answer.result == Result.DONE and one.verdict == "solved"
        if not done or one.returned or one.own or rng.random() >= REOPENED:
            return None
        on = last + timedelta(days=rng.randint(50, 110))
        said = pack("opinions")["answers"]
        reason = said.get(one.field, said["other"])["reopened"]
        return Step(on, "reopen", CELL, {"reason": reason})

    def _filled(self, name: str, rng: Random) -> str:
        sentences: Sequence[str] = pack("opinions")[name]
        return told_in(self.commune, rng.choice(sentences)).format(**_numbers(rng))


def hands_of(verdict: str, present: int, rng: Random) -> Hands:
    """Return how the hands of those present went: nearly all for what the cell finds."""
    others = rng.randint(0, 2) if present > FEW else 0
    aside = "not_solved" if verdict == "partly" else "partly"
    counts = dict.fromkeys(("solved", "partly", "not_solved"), 0)
    return Hands(**counts | {verdict: present - others, aside: others})


def _numbers(rng: Random) -> dict[str, int]:
    return {"metres": rng.randrange(40, 241, 10), "some": rng.randint(11, 28)}


def _weighed(choices: Sequence[tuple[Any, int]], rng: Random) -> Any:
    return rng.choices([one for one, _ in choices], [weight for _, weight in choices])[0]
