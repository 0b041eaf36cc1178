"""What a cell has done up to today: its meetings one after another, by the actions of real life."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from nenmong.accounts.models import User
from nenmong.config.demo.bulk import InBulk
from nenmong.config.demo.chance import chance
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.deck import Deck, commune_word, told_in
from nenmong.config.demo.evening import Evening
from nenmong.config.demo.hands import ByActions
from nenmong.config.demo.packs import TaskText, Topic, pack
from nenmong.config.demo.tree import Cell
from nenmong.core import clock
from nenmong.meetings.models import Meeting, TaskReport
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.rules import calendar
from nenmong.org.models import Post, Unit
from nenmong.rulebook import queries as rulebook

SATURDAY, SUNDAY = 5, 6
DAWN = time(6)  # of today: nothing in the demo lies after it
EVENING = time(20)
SOON = timedelta(days=5)  # who meets within this time is already preparing
RECENT = 2  # meetings told by the actions of real life; older ones are written in bulk
OFF_DAY = "Ngày cố định trùng ngày nghỉ cuối tuần"
DONE_AT_ONCE = 0.8  # of the tasks
THEMATIC_MONTH = 2  # of each quarter
POSTPONED = (3, 8)  # by how many days


def meeting_day(month: date, said: Mapping[str, Any]) -> date:
    """Return the day a cell meets in a month: the fixed one, moved by habit and off weekends."""
    fixed = calendar.fixed_day(month, rulebook.value("meetings.regular.fixed_day", month))
    day = fixed + timedelta(days=said["offset"])
    if said.get("workday"):
        day += timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))
    return day


def days_of(said: Mapping[str, Any], choices: Choices) -> tuple[list[date], date]:
    """Return the days a cell has met on, oldest first, and the day it meets next."""
    days: list[date] = []
    month = choices.first_month
    while not days or days[-1] < choices.day:
        days.append(meeting_day(month, said))
        month = calendar.next_month(month)
    past = days[:-1]
    if said.get("late"):
        past = past[:-1]
    return past[max(0, len(past) - choices.months) :], days[-1]


class Story:
    """One cell's past, told in order; what one meeting resolves comes back at the next."""

    def __init__(self, cell: Cell, choices: Choices, start: int, hand: ByActions | InBulk) -> None:
        self.hand: Any = hand  # both have the methods of the actions
        self.unit: Unit = cell.unit
        self.said = cell.said
        self.temper = cell.temper
        self.choices = choices
        self.deck = Deck(cell, choices.seed, start)
        self.secretary = self._actor("secretary")
        self.scribe = self._actor("scribe") if cell.in_ward else self.secretary
        self.dawn = clock.at_hour(choices.day, DAWN)
        self.hour = time.fromisoformat(cell.said["hour"])
        self.topics: dict[str, Topic] = {}  # by the title they stand on an agenda with
        self.results: dict[str, TaskText] = {}  # by the title of the task
        self.often_away: dict[str, bool] = {}  # by member uid
        self._commune = commune_word(cell.unit)
        self._last: datetime | None = None

    def _actor(self, role: str) -> User:
        post = Post.objects.select_related("member__user").get(
            unit=self.unit, role=role, last_day=None
        )
        user: User = post.member.user
        return user

    def rng(self, what: object) -> Random:
        """Return this cell's chance for one purpose."""
        return chance(self.choices.seed, self.unit.path, what)

    def tell_past(self) -> None:
        """Hold the older meetings, those before the last `RECENT`, by the hand given."""
        held, _coming = days_of(self.said, self.choices)
        self._hold(self._kept(held[:-RECENT]), carry_last=False)

    def tell_recent(self) -> None:
        """Hold the last meetings, and prepare the one that comes."""
        held, coming = days_of(self.said, self.choices)
        self._hold(self._kept(held[-RECENT:]), carry_last=bool(self.said.get("carries")))
        if self.said.get("prepares") or coming - self.choices.day <= SOON:
            self.prepare(coming)

    def _kept(self, days: Sequence[date]) -> list[date]:
        """Return the days it came to a meeting on: some months pass without, some are late."""
        kept = []
        for day in days:
            rng = self.rng(f"kept/{day}")
            if rng.random() < self.temper.missed:
                continue
            if rng.random() < self.temper.postponed:
                later = day + timedelta(days=rng.randint(*POSTPONED))
                kept.append(later if later < self.choices.day else day)
            else:
                kept.append(day)
        return kept

    def _hold(self, days: Sequence[date], *, carry_last: bool) -> None:
        for day in days:
            carry = carry_last and day == days[-1]
            Evening(self, self.plan(day), day, carry=carry).hold()

    def plan(self, day: date, topics: int = 1) -> Meeting:
        """Plan a meeting some days before: topics proposed, agenda drafted, place set."""
        rng = self.rng(f"plan/{day}")
        at = self._before(day, days=rng.randint(4, 6), minutes=rng.randint(0, 50))
        for _ in range(topics):
            topic = self.deck.draw(day, rng)
            self.topics[topic.title] = topic
            with clock.at(at):
                self.hand.propose_topic(
                    actor=self.secretary, unit_uid=self.unit.uid, title=topic.title
                )
        with clock.at(at + timedelta(minutes=2)):
            meeting: Meeting = self.hand.plan_meeting(
                actor=self.secretary, unit_uid=self.unit.uid, month=day.replace(day=1)
            )
        with clock.at(at + timedelta(minutes=6)):
            if day != meeting.fixed_day:
                self.hand.postpone_meeting(
                    actor=self.secretary, meeting_uid=meeting.uid, agreed_by="Chi ủy",
                    starts_at=clock.at_hour(day, self.hour), reason=OFF_DAY,
                )  # fmt: skip
            self.hand.set_time(
                actor=self.secretary, meeting_uid=meeting.uid, place=self.told(self.said["place"]),
                starts_at=clock.at_hour(day, self.hour),
            )  # fmt: skip
        self._last = at + timedelta(minutes=6)
        self._make_thematic(meeting, day, rng)
        return meeting

    def _make_thematic(self, meeting: Meeting, day: date, rng: Random) -> None:
        """Give the meeting of a quarter's second month its thematic part."""
        if day.month % 3 != THEMATIC_MONTH or (
            self.rng(f"thematic/{day}").random() >= self.temper.thematic
        ):
            return
        topic = self.deck.draw(day, rng)
        self.topics[topic.title] = topic
        self._last = self._last and self._last + timedelta(minutes=2)
        with clock.at(self._last or self.dawn):
            self.hand.set_thematic(
                actor=self.secretary, meeting_uid=meeting.uid, subject=topic.title
            )

    def _before(self, day: date, *, days: int, minutes: int) -> datetime:
        """Return a moment `days` before `day`, but after all that was done and before today."""
        latest = min(day - timedelta(days=days), self.choices.day - timedelta(days=1))
        moment = clock.at_hour(latest, EVENING) + timedelta(minutes=minutes)
        return max(moment, self._last + timedelta(minutes=15)) if self._last else moment

    def note_last(self, moment: datetime) -> None:
        """Remember when something was done last, so that what follows lies after it."""
        self._last = moment

    def prepare(self, day: date) -> None:
        """Prepare the coming meeting by half: of its tasks some have their result, one has none."""
        meeting = self.plan(day, topics=2 if self.said.get("prepares") else 1)
        reports = self.hand.reports(meeting)
        rng = self.rng(f"prepare/{day}")
        with clock.at(self._before(day, days=2, minutes=0)):
            for report in reports[: len(reports) // 2]:
                self.report(meeting, report, rng, by=self.secretary)

    def report(self, meeting: Meeting, report: TaskReport, rng: Random, *, by: User) -> None:
        """Say how a task stands: mostly done; what was not done last time is done now."""
        text = self.results[report.title]
        if report.state_at_start != TaskState.OPEN or rng.random() < self.temper.done:
            state, result = TaskState.DONE, text.done
        else:
            state = rng.choice((TaskState.DOING, TaskState.DOING, TaskState.NOT_DONE))
            result = text.hindered
        self.hand.report_task(
            actor=by, meeting_uid=meeting.uid, task_uid=report.task_uid, state=state, result=result
        )

    def season(self, month: date) -> Mapping[str, str]:
        """Return what a month of the year brings."""
        found = pack("common")["seasons"][month.month]
        return {name: self.told(text) for name, text in found.items()}

    def told(self, sentence: str) -> str:
        """Return a sentence of the pack as it is said in this cell's commune."""
        return told_in(self._commune, sentence)
