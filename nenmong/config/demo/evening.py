"""One meeting held: the roll, one item after another, votes, the seal, the documents filed."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from nenmong.config.demo.packs import Topic, pack
from nenmong.config.demo.reading import REPORTED_AFTER, Reading
from nenmong.core import clock
from nenmong.meetings.actions.business import question_for
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.actions.voting import Ballots
from nenmong.meetings.models import AgendaItem, AnswerRead, Attendance, Meeting, Vote
from nenmong.meetings.rules import agenda, attendance, business, calendar

if TYPE_CHECKING:
    from nenmong.config.demo.story import Story

OFFICES = ("administrative_office", "police", "public_service", "private_enterprise")
MORNING = time(8, 30)
PACE = (0.75, 1.1)  # of what the agenda plans
# How likely something is, of 1.
AWAY, OFTEN_AWAY, LATE, LEFT_EARLY = 0.05, 0.4, 0.04, 0.02
EXEMPT_COMES, GUEST, ANOTHER_MIND, SEALED_NEXT_DAY = 0.25, 0.25, 0.12, 0.15
FEW = 5
FILED = (("here", 20),) * 6 + (("e_handbook", 26 * 60), ("paper", 37 * 60), ("here", 4 * 1440))


class Evening(Reading):
    """One meeting of a cell, minute by minute; `carry` leaves the proposed topic to the next."""

    def __init__(self, story: "Story", meeting: Meeting, day: date, *, carry: bool) -> None:
        self.story = story
        self.hand = story.hand
        self.meeting = meeting
        self.day = day
        self.carry = carry
        self.rng: Random = story.rng(f"evening/{day}")
        self.now = clock.at_hour(day, story.hour) + timedelta(minutes=self.rng.randint(-1, 6))
        self.temper = story.temper
        self.pace = self.rng.uniform(*PACE) * self.temper.pace
        self.here: list[Attendance] = []
        self.away = 0
        self.to_report = []

    def hold(self) -> None:
        """Hold the meeting and finish it, as far as today allows."""
        if self.rng.random() < GUEST:
            self._write("guests", self._one_of("guests"))
        self._begin()
        answers = {read.matter_uid: read for read in self.hand.answers(self.meeting)}
        for number, item in enumerate(self.hand.items(self.meeting)):
            brought = self.hand.brought(item)
            left = self.carry and item.matter_uid not in answers and item.step == agenda.TOPIC
            if left or (brought and self._left_over(item)):
                self._carry_over(item, brought=brought)
                continue
            if number:
                with clock.at(self.now):
                    self.hand.go_to_item(actor=self.story.scribe, item_uid=item.uid)
            start = self.now
            if item.matter_uid in answers:
                self._judge([answers[item.matter_uid]])
            elif item.business:
                self._business(item)
            elif brought:
                self._document(item)
            else:
                self._steps.get(item.step, Evening._topic)(self, item)
            minutes = max(3, round(item.minutes * self.pace * self.rng.uniform(0.85, 1.2)))
            self.now = max(self.now, start + timedelta(minutes=minutes))
        self._finish()

    def _begin(self) -> None:
        with clock.at(self.now):
            self.meeting = self.hand.open_meeting(
                actor=self.story.scribe, meeting_uid=self.meeting.uid
            )

    # ── items ───────────────────────────────────────────────────────────────────────────────

    opening, conveyed, directions = "opening", "documents_conclusion", "directions"
    words = ""  # what the names of its sentences begin with

    def _opening(self, item: AgendaItem) -> None:
        self._say(item, summary=self._one_of(self.opening))
        rows = self.hand.roll(self.meeting)
        called = {row.member_uid: call for row in rows if (call := self._call(row))}
        self._later(4)
        with clock.at(self.now):
            self.meeting = self.hand.record_roll(
                actor=self.story.scribe, meeting_uid=self.meeting.uid, called=called
            )
        self.here = [
            row
            for row in self.hand.roll(self.meeting)
            if row.status in attendance.CAME and row.member_uid != self.meeting.chair_uid
        ]

    most_away = 1000

    def _call(self, row: Attendance) -> Called | None:
        """Return how someone is noted who is not simply present; who runs the meeting is."""
        rng, reasons = self.rng, pack("common")["reasons"]
        if row.member_uid in {self.meeting.chair_uid, self.meeting.secretary_uid}:
            return None
        if row.status == Attendance.Status.EXEMPT:
            return Called("exempt_present") if rng.random() < EXEMPT_COMES else None
        if row.status != Attendance.Status.PRESENT:
            return None
        if self.away >= self.most_away:
            return None
        likely = OFTEN_AWAY if self._is_often_away(row) else AWAY * self.temper.away
        if rng.random() < likely:
            self.away += 1
            status = "unexcused" if rng.random() < self.temper.unexcused else "excused"
        elif rng.random() < LATE:
            status = "late"
        elif rng.random() < LEFT_EARLY:
            status = "left_early"
        else:
            return None
        return Called(status, self.story.told(rng.choice(reasons[status])))

    def _is_often_away(self, row: Attendance) -> bool:
        """Say whether this person works far away: one or two of a cell, always the same."""
        often = self.story.often_away
        if row.member_uid not in often:
            often[row.member_uid] = self.story.rng(f"away/{row.name}").random() < AWAY
        return often[row.member_uid]

    def _review(self, item: AgendaItem) -> None:
        reports = [one for one in self.hand.reports(self.meeting) if not one.state]
        for report in reports:
            state, result = self.story.result_of(report, self.rng)
            with clock.at(self.now):
                self.hand.report_task(
                    actor=self.story.scribe, meeting_uid=self.meeting.uid, state=state,
                    result=result, task_uid=report.task_uid,
                )  # fmt: skip
            self._later(2)
        states = [report.state for report in self.hand.reports(self.meeting)]
        if not states:
            self._say(item, summary=self._one_of(f"{self.words}first_review"))
            return
        done = states.count("done")
        left = len(states) - done
        summary = self._one_of(f"{self.words}review").format(
            count=len(states), done=done, left=left
        )
        conclusion = self._reviewed(left)
        self._say(item, summary=summary, conclusion=conclusion)

    def _reviewed(self, left: int) -> str:
        return self._one_of("review_conclusion" if left else "review_done")

    def _documents(self, item: AgendaItem) -> None:
        season = self.story.season(self.day)
        self._say(item, summary=season["documents"], conclusion=self._one_of(self.conveyed))

    def _topic(self, item: AgendaItem) -> None:
        """Discuss what stands on the agenda, or at the month's own item what comes next."""
        title = self.meeting.subject if item.step == agenda.THEMATIC else item.title
        topic = self.story.topics.get(title)
        heading = ""
        if topic is None:
            topic = self.story.deck.draw(self.day, self.rng)
            heading = f"{topic.title}. "
        self._say(item, summary=heading + topic.summary)
        self._talk(item, topic)

    def _talk(self, item: AgendaItem, topic: Topic) -> None:
        """Discuss a topic, conclude, and say who does what."""
        self._discuss(item, topic)
        self._say(item, conclusion=topic.conclusion)
        self._assign(item, topic)

    def _business(self, item: AgendaItem) -> None:
        """Take dues, or ballot on who is to be admitted."""
        if item.business == business.DUES:
            self._say(item, summary=self._one_of("dues"))
            paid = max(0, self.meeting.total - self.rng.randint(0, 2))
            amount = sum(self.rng.randrange(3_000, 30_000, 1_000) for _ in range(paid))
            with clock.at(self.now):
                self.hand.record_dues(
                    actor=self.story.scribe, item_uid=item.uid, members=paid, amount=amount
                )
            return
        name = business.person_of(item.title)
        self._say(item, summary=self._one_of("admission").format(name=name))
        self._later(12)
        voters = self.meeting.official_present
        other = int(voters > FEW and self.rng.random() < ANOTHER_MIND)
        ballots = Ballots(
            issued=voters, returned=voters, spoiled=0, agreed=voters - other, against=other
        )
        with clock.at(self.now):
            self.hand.record_ballot(
                actor=self.story.scribe, meeting_uid=self.meeting.uid, item_uid=item.uid,
                question=question_for(item), ballots=ballots,
            )  # fmt: skip
        self._say(item, conclusion=self._one_of("admission_conclusion").format(name=name))

    def _discuss(self, item: AgendaItem, topic: Topic) -> None:
        rng, scribe = self.rng, self.story.scribe
        wished = max(1, round(rng.randint(2, len(topic.speeches)) * self.temper.talk))
        count = min(wished, len(topic.speeches), len(self.here))
        speakers = rng.sample(self.here, count)
        for speech, speaker in zip(rng.sample(topic.speeches, count), speakers, strict=True):
            self._later(rng.randint(2, 4))
            with clock.at(self.now):
                self.hand.add_speech(
                    actor=scribe, item_uid=item.uid, text=speech, member_uid=speaker.member_uid
                )
        for opinion, speaker in zip(topic.opinions, speakers, strict=False):
            with clock.at(self.now):
                self.hand.note_opinion(
                    actor=scribe, item_uid=item.uid, text=opinion, member_uid=speaker.member_uid
                )
        if topic.vote:
            self._later(2)
            self._vote(Vote.About.ITEM, question=topic.vote, item_uid=item.uid)

    def _assign(self, item: AgendaItem, topic: Topic) -> None:
        for task in topic.tasks:
            self._later(1)
            owner = {"owner": task.owner}
            if not task.owner and self.here:
                owner = {"owner_uid": self._who_does(self.rng.choice(self.here).member_uid)}
            with clock.at(self.now):
                self.hand.assign_task(
                    actor=self.story.scribe, item_uid=item.uid, title=task.task,
                    due_on=self.day + timedelta(days=task.days), **owner,
                )  # fmt: skip
            self.story.results[task.task] = task

    def _who_does(self, member_uid: str) -> str:
        """Return who takes on a task: where one of the demo's members can, they do."""
        shown = self.story.shown_member if self.story.live else ""
        return shown if any(row.member_uid == shown for row in self.here) else member_uid

    def _criticism(self, item: AgendaItem) -> None:
        office = self.story.unit.cell_kind in OFFICES
        summary = self._one_of("criticism_office" if office else "criticism")
        self._say(item, summary=summary, conclusion=self._one_of("criticism_conclusion"))

    def _closing(self, item: AgendaItem) -> None:
        following = self.story.season(calendar.next_month(self.day.replace(day=1)))
        self._say(item, summary=self._one_of("closing"))
        self._write("directions", f"{following['directions']} {self._one_of(self.directions)}")
        self._later(8)
        self._vote(Vote.About.RESOLUTION)
        self._later(3)
        self._vote(Vote.About.MINUTES)

    _steps: dict[str, Callable[["Evening", AgendaItem], None]] = {
        "opening": _opening,
        "review": _review,
        "documents": _documents,
        "criticism": _criticism,
        "closing": _closing,
    }

    def _carry_over(self, item: AgendaItem, *, brought: bool = False) -> None:
        reason = pack("directives")["talk"]["carried"] if brought else self._one_of("carried")
        with clock.at(self.now):
            self.hand.carry_over(
                actor=self.story.scribe, meeting_uid=self.meeting.uid, item_uid=item.uid,
                reason=reason,
            )  # fmt: skip

    # ── the end ─────────────────────────────────────────────────────────────────────────────

    def _finish(self) -> None:
        """Close, seal and file; what would come after today is left as it stands."""
        rng = self.rng
        with clock.at(self.now):
            self.hand.close_meeting(actor=self.story.scribe, meeting_uid=self.meeting.uid)
        moment = self.now + timedelta(minutes=rng.randint(5, 15))
        if rng.random() < SEALED_NEXT_DAY:
            moment = clock.at_hour(self.day + timedelta(days=1), MORNING)
        how, minutes = rng.choice(FILED)
        left = self.story.rng(f"left/{self.day}")
        sealed, filed = left.random() >= self.temper.unsealed, left.random() >= self.temper.unfiled
        self._seal_and_file(moment, timedelta(minutes=minutes), how if filed else "", seal=sealed)

    def _judge(self, reads: Sequence[AnswerRead]) -> None:
        """Note what the cell makes of answers that are read out to it."""
        rounds = self.story.rounds
        for said in rounds.judged(reads, last=not self.story.due) if rounds else ():
            with clock.at(self.now):
                self.hand.judge_answer(
                    actor=self.story.secretary, meeting_uid=self.meeting.uid, **said
                )

    def _seal_and_file(self, moment: datetime, later: timedelta, how: str, *, seal: bool) -> None:
        """Seal at a moment, and file some time later; what lies after today is not done yet."""
        secretary, uid = self.story.secretary, self.meeting.uid
        if seal and self._in_past(moment):
            self._judge(self.hand.answers(self.meeting))  # of a form: behind what was typed in
            with clock.at(moment):
                self.hand.seal_minutes(actor=secretary, meeting_uid=uid)
                if self.story.rounds:
                    self.story.rounds.sealed(self.meeting)
            self._report_back(moment + REPORTED_AFTER)
            moment += later
            if how and self._in_past(moment):
                with clock.at(moment):
                    self.hand.file_documents(actor=secretary, meeting_uid=uid, how=how)
        self.story.note_last(min(moment, self.story.dawn))

    def _in_past(self, moment: datetime) -> bool:
        return moment < self.story.dawn

    # ── small things ────────────────────────────────────────────────────────────────────────

    def _later(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def _one_of(self, name: str) -> str:
        return self.story.one_of(name, self.rng)

    def _say(self, item: AgendaItem, **texts: str) -> None:
        for name, text in texts.items():
            self._write(name, text, item_uid=item.uid)

    def _write(self, name: str, text: str, item_uid: str = "") -> None:
        with clock.at(self.now):
            self.hand.write_text(
                actor=self.story.scribe, meeting_uid=self.meeting.uid, field=name, was="",
                text=text, item_uid=item_uid,
            )  # fmt: skip

    def _vote(self, about: str, question: str = "", item_uid: str = "") -> None:
        """Count a show of hands: nearly always all agree."""
        base = self.meeting.official_present
        other = int(base > FEW and self.rng.random() < ANOTHER_MIND)
        with clock.at(self.now):
            self.hand.record_vote(
                actor=self.story.scribe, meeting_uid=self.meeting.uid, about=about,
                question=question, item_uid=item_uid, agreed=base - other, against=0, other=other,
            )  # fmt: skip
