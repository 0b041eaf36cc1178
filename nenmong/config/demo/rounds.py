"""The ward's opinions of the last months, by the actions of real life, from seal to seal."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django_tasks_db.models import DBTaskResult

from nenmong.accounts.models import User
from nenmong.config.demo.bulk.opinions import play
from nenmong.config.demo.chance import chance
from nenmong.config.demo.course import A_DAY, CELL, DESK, Course, Place, Step, hands_of, place_of
from nenmong.config.demo.packs import pack
from nenmong.config.demo.sure import Sure
from nenmong.core import clock, events
from nenmong.core.actions import SYSTEM
from nenmong.meetings.models import AnswerRead, Meeting
from nenmong.opinions import actions
from nenmong.opinions.models import Answer, Opinion, OpinionMove
from nenmong.opinions.rules.states import State
from nenmong.org.models import Membership, Unit

if TYPE_CHECKING:
    from nenmong.config.demo.story import Story

SWEEP = time(7)
LATER = timedelta(hours=2)
STUCK = 0.2  # of what a desk has accepted it does not answer before today
WEEK = timedelta(days=7)
ISSUE_CELLS = 4
ISSUES = ((24, "answer"), (19, "accept"), (15, "to_sign"), (11, ""))  # days ago; how far it is


def follow() -> None:
    """Do what the worker does: follow what was announced, in order, and what follows from that."""
    ready = DBTaskResult.objects.filter(status="READY", task_path=events.run_flow.module_path)
    while waiting := list(ready.order_by("enqueued_at")):
        for job in waiting:
            events.run_flow.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
            job.delete()


class Real:
    """One opinion, read anew each time it is looked at."""

    def __init__(self, uid: str) -> None:
        self.uid = uid

    @property
    def opinion(self) -> Opinion:
        rows = Opinion.objects.select_related("unit", "desk", "answerer")
        return rows.get(uid=self.uid)

    @property
    def answer(self) -> Answer | None:
        uid = self.opinion.answer_uid
        return Answer.objects.filter(uid=uid).first() if uid else None

    @property
    def moves(self) -> Sequence[OpinionMove]:
        return list(OpinionMove.objects.filter(opinion=self.uid).order_by("uid"))


class Rounds:
    """Moves opinions of one cell: the secretary, the office, the desk beside it, the head."""

    def __init__(self, story: "Story", place: Place) -> None:
        self.story, self.place = story, place
        self.course = Course(story.unit, place, story.choices.seed)
        self.sent_back = False  # whether the secretary shown has an answer that did not do
        self.unsigned = False  # whether the head is to find an answer to sign
        self.left: set[str] = set()  # to be found as they are by the secretary shown
        self.head = _holder(place.committee.unit, "head")
        self.users: dict[str, User | None] = {place.committee.unit.uid: _holder(
            place.committee.unit, "office"
        )}  # fmt: skip
        for seat in place.desks:
            self.users[seat.unit.uid] = _holder(seat.unit, "desk")
        self.whole = all((self.head, self.users[place.committee.unit.uid]))
        self.sure = Sure(self) if self.whole and story.said.get("prepares") else None

    def real(self, uid: str) -> Real:
        return Real(uid)

    # ── the hand ────────────────────────────────────────────────────────────────────────────

    def do(self, real: Any, step: Step) -> None:
        one = real.opinion
        actor: Any = {CELL: self.story.secretary, DESK: self.users.get(one.desk_id)}.get(
            step.whose, SYSTEM
        )
        said = dict(step.said) | ({"looked": True} if step.what == "send" else {})
        moment = step.moment(one.version)
        with clock.at(moment):
            done = getattr(actions, step.what)(actor=actor, opinion_uid=one.uid, **said)
        if step.what == "answer" and not self.unsigned:
            with clock.at(moment + LATER):
                if done.state == Answer.State.TO_SIGN and self.head:
                    actions.sign_answer(actor=self.head, answer_uid=done.uid)
                follow()

    def nudge(self, real: Any, on: date) -> None:
        with clock.at(clock.at_hour(on, SWEEP)):
            actions.nudge(actor=SYSTEM, opinion_uid=real.uid)

    def next(self, one: Opinion, last: date, answer: Answer | None = None) -> Step | None:
        """Return what is done next; nothing where nobody of the demo sits at the desk."""
        step = self.course.next(one, last, answer)
        if step is None or (step.whose == DESK and self.users.get(one.desk_id) is None):
            return None
        stuck = chance(self.story.choices.seed, "stuck", one.text, one.raised_on)
        if step.what == "answer" and step.whose == DESK and stuck.random() < STUCK:
            return None
        shown = self.story.said.get("prepares")
        if shown and one.returned and one.state == State.ACCEPTED and not self.story.due:
            return None  # what came back is to be seen at the desk
        if step.what == "reopen":
            return None
        return step

    # ── when ────────────────────────────────────────────────────────────────────────────────

    def before(self, until: date) -> None:
        """Let come what comes before a day, with all that is open."""
        follow()
        if not self.whole:
            return
        if self.sure and self.story.all_days:
            self.sure.before(until)
        rows = Opinion.objects.open().filter(unit=self.story.unit).order_by("uid")
        for uid in rows.exclude(uid__in=self.left).values_list("uid", flat=True):
            play(self, Real(uid), self, until)

    def show(self, planned: date) -> None:
        """Raise what the secretary shown finds: to decide, with the desk, answered, on its way."""
        if not self.whole or not self.story.all_days:
            return
        texts = [one for one in pack("opinions")["between"] if one["kind"] == "proposal"]
        today = self.story.choices.day
        first = max(self.story.last.date() + A_DAY, min(planned, today) - timedelta(days=16))
        for number, last_step in enumerate(("answer", "accept", "")):
            begins = today - timedelta(days=2) if not last_step else first
            said = texts[number]
            uid = self.raised(begins, said["text"])
            if last_step != "answer":
                self.left.add(uid)
            if last_step:
                self.bring_to(uid, begins, said["field"], last_step)
        if self.sure:
            self.sure.lately(today)

    def raised(self, on: date, text: str) -> str:
        """Raise something between two meetings: by a member who can, else for one who cannot."""
        member = Membership.objects.filter(unit=self.story.unit, member__user=None).first()
        shown = self.story.shown_member
        own = get_user_model().objects.filter(members__uid=shown).first() if shown else None
        rng = self.story.rng(f"raised/{text}")
        lane, lane2 = rng.sample(range(2, 25), 2)
        words = self.story.told(text).format(
            lane=lane, lane2=lane2, few=rng.randint(3, 9), area=self.story.said["area"]
        )
        whose = {} if own else {"member_uid": member.member_id if member else ""}
        with clock.at(clock.at_hour(on, time(19))):
            one = actions.raise_opinion(
                actor=own or self.story.secretary, unit_uid=self.story.unit.uid, text=words,
                kind="proposal", **whose,
            )  # fmt: skip
        return one.uid

    def bring_to(self, uid: str, on: date, field: str, last_step: str) -> None:
        """Let an opinion go to its desk without delay, as far as a step; a day each."""
        real = Real(uid)
        desk = self.place.handling(field)
        assert desk is not None  # noqa: S101 -- the ward's desk handles it
        on += A_DAY
        self.do(real, Step(on, "sort", CELL, {"kind": "proposal", "field": field}))
        self.do(real, Step(on, "send", CELL))
        if not last_step:
            return
        said = {"desk_uid": desk.unit.uid, "reason": pack("opinions")["forwarded"][0]}
        self.do(real, Step(on + A_DAY, "forward", DESK, said))
        self.desk_steps(real, on + 2 * A_DAY, last_step)

    def desk_steps(self, real: Real, on: date, last_step: str) -> None:
        self.do(real, Step(on, "accept", DESK))
        if last_step in {"answer", "to_sign"}:
            self.unsigned = last_step == "to_sign"
            on += 3 * A_DAY
            draft = self.course.draft(real.opinion, on, self.story.rng("shown"))
            self.do(real, Step(on, "answer", DESK, {"draft": draft}))
            self.unsigned = False

    def sealed(self, _meeting: Meeting) -> None:
        follow()

    def judged(self, reads: Sequence[AnswerRead], *, last: bool) -> list[dict[str, Any]]:
        """Return what the cell makes of the answers that are read out, as `judge_answer` asks."""
        found = []
        shown = bool(self.story.said.get("prepares")) and last
        for read in reads:
            if not read.asks or read.verdict:
                continue
            answer = Answer.objects.select_related("opinion").get(uid=read.source_uid)
            rng = self.story.rng(f"judged/{read.title}")
            said = self.course.verdict(answer.opinion, answer, rng)
            verdict = said["verdict"] or "solved"
            sure = self.sure.verdict(answer.opinion_id) if self.sure else ""
            if sure:
                verdict = sure
            elif shown:
                verdict = "solved" if self.sent_back else "not_solved"
                self.sent_back = True
            reason = rng.choice(pack("opinions")["not_solved"]) if verdict == "not_solved" else ""
            present = Meeting.objects.values_list("present", flat=True).get(uid=read.meeting_id)
            found.append({
                "matter_uid": read.matter_uid, "verdict": verdict, "reason": reason,
                "hands": hands_of(verdict, present, rng),
            })  # fmt: skip
        return found


def _holder(unit: Unit, role: str) -> User | None:
    rows = get_user_model().objects.filter(members__posts__unit=unit, members__posts__role=role)
    return rows.order_by("uid").first()


def rounds_of(story: "Story") -> Rounds:
    """Return who moves the opinions of a cell."""
    committee = story.unit.parent
    assert committee is not None  # noqa: S101 -- every cell of the demo stands under one
    return Rounds(story, place_of(committee))


def finish(stories: "Sequence[Story]") -> None:
    """Let the last days come for all cells, and join what several of them raised."""
    if not stories:
        return
    live = [story.rounds for story in stories if isinstance(story.rounds, Rounds)]
    whole = [one for one in live if one.whole]
    kinds = {"residential_group", "village"}
    some = [one for one in whole if one.story.unit.cell_kind in kinds]
    if len(some) > 1 and some[0].story.choices.months:
        for number, (ago, last_step) in enumerate(ISSUES):
            first = number % max(1, len(some) - 1)
            cells = some[first : first + ISSUE_CELLS - number % 2] or some
            _joined(cells, pack("opinions")["issues"][number + 1], ago, last_step)
    for one in whole:
        one.before(one.story.choices.day)
    follow()


def _joined(cells: Sequence[Rounds], said: dict[str, Any], ago: int, last_step: str) -> None:
    first = cells[0]
    on = first.story.choices.day - timedelta(days=ago)
    uids = []
    for number, (one, text) in enumerate(zip(cells, said["texts"], strict=False)):
        begins = on + timedelta(days=number % 3)
        uids.append(one.raised(begins, text))
        one.bring_to(uids[-1], begins, said["field"], "")
    if len(uids) < 2:  # noqa: PLR2004 -- two are joined
        return
    committee = first.place.committee.unit
    office = first.users[committee.uid]
    assert office is not None  # noqa: S101 -- `whole` says so
    on += 5 * A_DAY
    with clock.at(clock.at_hour(on, time(9))):
        actions.join(actor=office, desk_uid=committee.uid, opinion_uids=uids, title=said["title"])
    desk = first.place.handling(said["field"])
    if not last_step or desk is None:
        return
    real = Real(uids[0])
    words = {"desk_uid": desk.unit.uid, "reason": pack("opinions")["forwarded"][1]}
    first.do(real, Step(on + A_DAY, "forward", DESK, words))
    first.desk_steps(real, on + 2 * A_DAY, last_step)
    if last_step != "answer":
        for one, uid in zip(cells, uids, strict=False):
            one.left.add(uid)
