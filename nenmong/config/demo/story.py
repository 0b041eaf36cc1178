"""What a cell has done up to today: its meetings one after another, by the hand given."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from nenmong.accounts.models import User
from nenmong.config.demo import around, program
from nenmong.config.demo.bulk import InBulk
from nenmong.config.demo.chance import chance
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.deck import Deck, commune_word, told_in
from nenmong.config.demo.evening import Evening
from nenmong.config.demo.hands import ByActions
from nenmong.config.demo.names import Names
from nenmong.config.demo.packs import TaskText, Topic, pack, topics
from nenmong.config.demo.program import Due
from nenmong.config.demo.rounds import Rounds
from nenmong.config.demo.sittings import HELPER, OFFICE, CellCommittee, Extraordinary, OnPaper
from nenmong.config.demo.tree import Cell
from nenmong.core import clock, tet
from nenmong.meetings.actions.business import title_for
from nenmong.meetings.models import AgendaItem, Meeting, TaskReport
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.rules import business, calendar, kinds
from nenmong.org.models import Member, Post, Unit

if TYPE_CHECKING:
    from nenmong.config.demo.voices import Voice

DAWN = time(6)  # of today: nothing in the demo lies after it
EVENING = time(20)
SOON = timedelta(days=5)  # who meets within this time is already preparing
THEMATIC_MONTH = 2  # of each quarter
DUES_MINUTES, ADMISSION_MINUTES = 10, 20


class Story:
    """One cell's past, told in order; what one meeting resolves comes back at the next."""

    def __init__(self, cell: Cell, choices: Choices, start: int, hand: ByActions | InBulk) -> None:
        self.hand: Any = hand  # both have the methods of the actions
        self.rounds: Rounds | Voice | None = None  # by whom its opinions go their way
        self.live = False  # in the last two months notices, documents, answers are told too
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
        self.persons = Names(self.rng("persons"))  # whom the cell talks of
        self._commune = commune_word(cell.unit)
        self._last: datetime | None = None
        self._left: set[str] = set()  # documents left to the next meeting
        held, self.coming = program.months_of(self.said, choices)
        self.held = [due for due in map(self._became, held) if due]
        recent = held[-program.RECENT :] or [self.coming]
        self.boundary = recent[0].day - program.WEEK
        self.due = sorted(self.held + self._others())
        self.all_days = list(self.due)
        self.planned = False  # whether the year's topics are
        member = Member.objects.filter(
            user__username=cell.said.get("accounts", {}).get("member", "")
        )
        self.shown_member = member.values_list("uid", flat=True).first() or ""
        self.committee = Post.objects.filter(unit=self.unit, role="committee_member").exists()

    def _became(self, due: Due) -> Due | None:
        rng = self.rng(f"kept/{due.day}")
        return program.became(due, self.said, self.temper, rng, self.choices.day)

    def _others(self) -> list[Due]:
        """Return the other meetings, each on a day clear of the regular ones, if there is one."""
        days = [due.day for due in self.held]
        found = []
        for due in program.others(self.said, self.choices):
            day = program.clear_of(days, due.month)
            if day and days and days[0] < day < self.choices.day - program.WEEK:
                found.append(Due(day, due.month, due.what))
        return found

    def typist(self, kind: str) -> User:
        """Return who types a form for this cell: a helper, the office above, else its secretary."""
        if kind == HELPER:
            return User.objects.get(username=self.said["accounts"][HELPER])
        return self._actor("office", self.unit.parent) if kind == OFFICE else self.secretary

    def _actor(self, role: str, unit: Unit | None = None) -> User:
        role = self.said.get("actors", {}).get(role, role)
        posts = Post.objects.select_related("member__user").filter(
            unit=unit or self.unit, role=role, last_day=None
        )
        user: User = posts.exclude(member__user=None)[0].member.user
        return user

    def rng(self, what: object) -> Random:
        """Return this cell's chance for one purpose."""
        return chance(self.choices.seed, self.unit.path, what)

    # ── in order ────────────────────────────────────────────────────────────────────────────

    def tell_past(self) -> None:
        """Tell the older months, those before the last `RECENT` meetings."""
        self.tell_until(self.boundary)

    def tell_recent(self) -> None:
        """Tell the last meetings, and prepare the one that comes."""
        self.tell_until(self.choices.day)
        soon = self.coming.day - self.choices.day <= SOON
        if self.said.get("prepares") or (soon and not self.said.get("untyped")):
            self.prepare(self.coming)

    def tell_until(self, day: date) -> None:
        """Tell what was due before a day and is not told yet."""
        while self.due and self.due[0].day < day:
            due = self.due.pop(0)
            if due.what == program.EXTRAORDINARY:
                self._extraordinary(due)
            else:
                self._regular(due)

    def _regular(self, due: Due) -> None:
        last = not any(other.what != program.EXTRAORDINARY for other in self.due)
        if self.live:
            around.plan_year(self, due)
        if self.rounds:
            self.rounds.before(due.day - program.WEEK)
        meeting = self.plan(due)
        if due.what == program.CANCELLED_ONE:
            self._cancel(meeting, due)
            return
        self._prepared_by_committee(due)
        if self.live:
            around.made_known(self, meeting, due.day)
        if typist := self.said.get("paper"):
            OnPaper(self, meeting, due.day, typist, untyped=last and self._untyped).hold()
            return
        carry = last and bool(self.said.get("carries"))
        Evening(self, meeting, due.day, carry=carry).hold()
        if self.live:
            around.afterwards(self, meeting, due.day)

    @property
    def _untyped(self) -> bool:
        return bool(self.said.get("untyped"))

    def _cancel(self, meeting: Meeting, due: Due) -> None:
        rng = self.rng(f"cancel/{due.day}")
        self.note_last(self.moment_before(due.day, days=1, minutes=rng.randint(60, 110)))
        with clock.at(self._last or self.dawn):
            self.hand.cancel_meeting(
                actor=self.secretary, meeting_uid=meeting.uid, agreed_by=self.one_of("agreed", rng),
                reason=self.one_of("cancelled", rng),
            )  # fmt: skip

    def _extraordinary(self, due: Due) -> None:
        rng = self.rng(f"extraordinary/{due.day}")
        drawn = topics("extraordinary")
        topic = self.deck.filled(drawn[rng.randrange(len(drawn))], due.day, rng)
        self.topics[topic.title] = topic
        meeting = self.called(due.day, "extraordinary", days=2, subject=topic.title)
        Extraordinary(self, meeting, due.day, carry=False).hold()

    def called(self, day: date, kind: str, *, days: int, subject: str = "") -> Meeting:
        """Plan a meeting of another kind than a regular one, some days before."""
        starts_at = clock.at_hour(day, self.hour)
        self.note_last(
            self.moment_before(day, days=days, minutes=self.rng(f"{kind}/{day}").randint(1, 50))
        )
        with clock.at(self._last or self.dawn):
            begun = self.hand.plan_meeting(
                actor=self.secretary, unit_uid=self.unit.uid, kind=kind, subject=subject,
                starts_at=starts_at,
            )  # fmt: skip
            meeting: Meeting = self.hand.set_time(
                actor=self.secretary, meeting_uid=begun.uid, starts_at=starts_at,
                place=self.told(self.said["place"]),
            )  # fmt: skip
        return meeting

    def _prepared_by_committee(self, due: Due) -> None:
        """Let the cell committee meet a day or two before the cell, where there is one and does."""
        rng = self.rng(f"committee/{due.day}")
        day = due.day - timedelta(days=rng.choice((1, 1, 2)))
        if not self.committee or rng.random() >= self.temper.committee or day >= self.choices.day:
            return
        if self._last and clock.at_hour(day, self.hour) <= self._last + timedelta(hours=1):
            return  # something else was still being done
        meeting = self.called(day, kinds.CELL_COMMITTEE, days=1)
        CellCommittee(self, meeting, day, carry=False).hold()

    def left(self, item: AgendaItem) -> bool:
        """Say whether a document may be left to the next meeting: it is, at most once."""
        fresh = item.title not in self._left
        self._left.add(item.title)
        return fresh

    # ── planning ────────────────────────────────────────────────────────────────────────────

    def plan(self, due: Due, topics: int = 1) -> Meeting:
        """Plan a meeting some days before: topics proposed, agenda drafted, place set."""
        day = due.day
        rng = self.rng(f"plan/{day}")
        at = self.moment_before(day, days=rng.randint(4, 6), minutes=rng.randint(0, 50))
        self.hand.come(day - program.WEEK, day)
        for _ in range(topics):
            topic = self.deck.draw(day, rng)
            self.topics[topic.title] = topic
            with clock.at(at):
                self.hand.propose_topic(
                    actor=self.secretary, unit_uid=self.unit.uid, title=topic.title
                )
        with clock.at(at + timedelta(minutes=2)):
            meeting: Meeting = self.hand.plan_meeting(
                actor=self.secretary, unit_uid=self.unit.uid, month=due.month
            )
        with clock.at(at + timedelta(minutes=6)):
            if day != meeting.fixed_day:
                self._postpone(meeting, day, rng)
            meeting = self.hand.set_time(
                actor=self.secretary, meeting_uid=meeting.uid, place=self.told(self.said["place"]),
                starts_at=clock.at_hour(day, self.hour),
            )  # fmt: skip
        self._last = at + timedelta(minutes=6)
        meeting = self._made_thematic(meeting, day, rng)
        self._add_business(meeting, due, rng)
        return meeting

    def _postpone(self, meeting: Meeting, day: date, rng: Random) -> None:
        fixed = meeting.fixed_day
        why = "postponed"
        if tet.first_day(fixed):
            why = "in_tet"
        elif program.near_tet(fixed):
            why = "around_tet"
        elif self.said.get("workday") and fixed.weekday() >= program.SATURDAY:
            why = "off_day"
        self.hand.postpone_meeting(
            actor=self.secretary, meeting_uid=meeting.uid, agreed_by=self.one_of("agreed", rng),
            starts_at=clock.at_hour(day, self.hour), reason=self.one_of(why, rng),
        )  # fmt: skip

    def _made_thematic(self, meeting: Meeting, day: date, rng: Random) -> Meeting:
        """Give the meeting of a quarter's second month its thematic part."""
        if meeting.kind != kinds.REGULAR or day.month % 3 != THEMATIC_MONTH or (
            self.rng(f"thematic/{day}").random() >= self.temper.thematic
        ):  # fmt: skip
            return meeting
        topic = self.deck.draw(day, rng)
        self.topics[topic.title] = topic
        self._last = self._last and self._last + timedelta(minutes=2)
        with clock.at(self._last or self.dawn):
            thematic: Meeting = self.hand.set_thematic(
                actor=self.secretary, meeting_uid=meeting.uid, subject=topic.title
            )
        return thematic

    def _add_business(self, meeting: Meeting, due: Due, rng: Random) -> None:
        """Put dues of a quarter on its last month's agenda, and now and then an admission."""
        if self.said.get("paper") or due.what != program.REGULAR or due.day >= self.choices.day:
            return
        lines = []
        if program.ago(self.choices.day, self.said.get("admits", -1)) == due.month:
            lines.append((business.ADMISSION, self.persons.new(), ADMISSION_MINUTES))
        if calendar.is_last_of_span(due.month, 3) and self.said.get("dues"):
            lines.append((business.DUES, "", DUES_MINUTES))
        self._last = self._last and self._last + timedelta(minutes=1)
        for kind, name, minutes in lines:
            with clock.at(self._last or self.dawn):
                self.hand.add_item(
                    actor=self.secretary, meeting_uid=meeting.uid, minutes=minutes, business=kind,
                    title=title_for(kind, name),
                )  # fmt: skip

    def moment_before(self, day: date, *, days: int, minutes: int = 0) -> datetime:
        """Return a moment `days` before `day`, but after all that was done and before today."""
        latest = min(day - timedelta(days=days), self.choices.day - timedelta(days=1))
        moment = clock.at_hour(latest, EVENING) + timedelta(minutes=minutes)
        return max(moment, self._last + timedelta(minutes=15)) if self._last else moment

    def note_last(self, moment: datetime) -> None:
        """Remember when something was done last, so that what follows lies after it."""
        self._last = max(moment, self._last) if self._last else moment

    @property
    def last(self) -> datetime:
        """When something was done last."""
        return self._last or self.dawn

    def prepare(self, due: Due) -> None:
        """Prepare the coming meeting by half: of its tasks some have their result, one has none."""
        if self.rounds:
            self.rounds.before(min(due.day, self.choices.day) - program.WEEK)
            if isinstance(self.rounds, Rounds) and self.said.get("prepares"):
                self.rounds.show(due.day - program.WEEK)
        meeting = self.plan(due, topics=2 if self.said.get("prepares") else 1)
        reports = self.hand.reports(meeting)
        rng = self.rng(f"prepare/{due.day}")
        self.note_last(self.moment_before(due.day, days=2, minutes=0))
        with clock.at(self.last):
            for report in reports[: len(reports) // 2]:
                self.report(meeting, report, rng, by=self.secretary)
        if self.live:
            around.half_prepared(self, meeting, due.day)

    def report(self, meeting: Meeting, report: TaskReport, rng: Random, *, by: User) -> None:
        """Say how a task stands at the present: see `result_of`."""
        state, result = self.result_of(report, rng)
        self.hand.report_task(
            actor=by, meeting_uid=meeting.uid, task_uid=report.task_uid, state=state, result=result
        )

    def result_of(self, report: TaskReport, rng: Random) -> tuple[str, str]:
        """Return how a task stands: mostly done; what was not done last time is done now."""
        text = self.results[report.title]
        if report.state_at_start != TaskState.OPEN or rng.random() < self.temper.done:
            return TaskState.DONE, text.done
        return rng.choice((TaskState.DOING, TaskState.DOING, TaskState.NOT_DONE)), text.hindered

    # ── words ───────────────────────────────────────────────────────────────────────────────

    def season(self, month: date) -> Mapping[str, str]:
        """Return what a month of the year brings."""
        found = pack("common")["seasons"][month.month]
        return {name: self.told(text) for name, text in found.items()}

    def told(self, sentence: str) -> str:
        """Return a sentence of the pack as it is said in this cell's commune."""
        return told_in(self._commune, sentence)

    def one_of(self, name: str, rng: Random) -> str:
        """Return one of the sentences that are alike in all cells."""
        sentences: Sequence[str] = pack("common")[name]
        return self.told(rng.choice(sentences))
