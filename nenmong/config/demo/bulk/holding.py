"""Holding in bulk: the roll, items, what is said, votes, tasks."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from nenmong.config.demo.bulk.desk import Desk
from nenmong.config.demo.bulk.held import Held
from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.meetings.actions.answers_read import Hands
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.actions.voting import Ballots, base_of
from nenmong.meetings.models import (
    AgendaItem,
    AnswerRead,
    CarryOver,
    Meeting,
    NameEntry,
    NotedOpinion,
    Speech,
    Task,
    TaskReport,
    Vote,
)
from nenmong.meetings.models.matter import OwnerKind
from nenmong.meetings.rules import attendance, kinds, votes
from nenmong.org import queries as org
from nenmong.rulebook import queries as rulebook


class Holding(Desk):
    """What is done at a meeting."""

    def open_meeting(
        self, *, actor: Actor, meeting_uid: str, chair_uid: str = "", secretary_uid: str = ""
    ) -> Meeting:
        held = self.held[meeting_uid]
        meeting = held.meeting
        meeting.opened_at = clock.now()
        day = meeting.held_on = clock.local(meeting.opened_at).date()
        held.roll, chair, secretary = self.standing(meeting, day)
        self._sign(held, day, chair_uid or chair, secretary_uid or secretary)
        self._count(held)
        held.items[0].take_up(meeting.opened_at)
        meeting.status = Meeting.Status.OPEN
        return meeting

    def _sign(self, held: Held, day: date, chair: str, secretary: str) -> None:
        meeting, names = held.meeting, {row.member_uid: row.name for row in held.roll}
        if chair in names:
            meeting.chair_uid, meeting.chair_name = chair, names[chair]
            meeting.chair_post = org.post_title(self._posts_on(day), chair)
        if secretary in names:
            meeting.secretary_uid, meeting.secretary_name = secretary, names[secretary]

    def _count(self, held: Held) -> None:
        counts = attendance.count((row.membership, row.status) for row in held.roll)
        for name, number in vars(counts).items():
            setattr(held.meeting, name, number)

    def record_roll(
        self, *, actor: Actor, meeting_uid: str, called: Mapping[str, Called]
    ) -> Meeting:
        held = self.held[meeting_uid]
        for row in held.roll:
            if call := called.get(row.member_uid):
                row.status = call.status
                keeps = call.status not in {"present", "exempt", "exempt_present"}
                row.reason = call.reason if keeps else ""
        self._count(held)
        return held.meeting

    def go_to_item(self, *, actor: Actor, item_uid: str) -> AgendaItem:
        held, item = self._item(item_uid)
        self._leave(held, clock.now())
        item.take_up(clock.now())
        return item

    def _leave(self, held: Held, moment: datetime) -> None:
        for item in held.items:
            if item.state == AgendaItem.State.NOW:
                item.leave(moment)

    def write_text(
        self, *, actor: Actor, meeting_uid: str, field: str, was: str, text: str,
        item_uid: str = "",
    ) -> Meeting:  # fmt: skip
        held = self.held[meeting_uid]
        if item_uid:
            _held, item = self._item(item_uid)
            setattr(item, field, text)
            item.saved_at = clock.now()
        else:
            setattr(held.meeting, field, text)
        return held.meeting

    def record_dues(self, *, actor: Actor, item_uid: str, members: int, amount: int) -> AgendaItem:
        _held, item = self._item(item_uid)
        item.dues_members, item.dues_amount = members, amount
        return item

    # ── said and decided ────────────────────────────────────────────────────────────────────

    def add_speech(self, *, actor: Actor, item_uid: str, text: str, member_uid: str) -> Speech:
        held, _item = self._item(item_uid)
        speech: Speech = self._said(held, Speech, item_uid, text, member_uid)
        held.speeches.append(speech)
        return speech

    def note_opinion(
        self, *, actor: Actor, item_uid: str, text: str, member_uid: str
    ) -> NotedOpinion:
        held, _item = self._item(item_uid)
        opinion: NotedOpinion = self._said(held, NotedOpinion, item_uid, text, member_uid)
        held.opinions.append(opinion)
        held.meeting.opinions += 1
        return opinion

    def _said(self, held: Held, model: Any, item_uid: str, text: str, member_uid: str) -> Any:
        row = self._new(
            model, meeting=held.meeting, item_id=item_uid, text=text, said_at=clock.now()
        )
        name = next(one.name for one in held.roll if one.member_uid == member_uid)
        held.names.append(
            self._new(
                NameEntry, meeting=held.meeting, subject_uid=row.uid, member_uid=member_uid,
                name=name,
            )
        )  # fmt: skip
        spoke = {entry.member_uid for entry in held.names} - {held.meeting.chair_uid}
        held.meeting.speakers = len(spoke)
        return row

    def record_vote(
        self, *, actor: Actor, meeting_uid: str, about: str, agreed: int, against: int,
        other: int, question: str = "", item_uid: str = "",
    ) -> Vote:  # fmt: skip
        tally = {"agreed": agreed, "against": against, "other": other}
        return self._vote(self.held[meeting_uid], about, question, item_uid, tally)

    def record_ballot(
        self, *, actor: Actor, meeting_uid: str, item_uid: str, question: str, ballots: Ballots
    ) -> Vote:
        tally = asdict(ballots) | {"way": Vote.Way.BALLOT}
        return self._vote(self.held[meeting_uid], Vote.About.ITEM, question, item_uid, tally)

    def _vote(
        self, held: Held, about: str, question: str, item_uid: str, tally: Mapping[str, Any]
    ) -> Vote:
        meeting = held.meeting
        business = self._item(item_uid)[1].business if item_uid else ""
        key = kinds.rule_of_vote(kinds.of(meeting.kind), business)
        rule = rulebook.rule(key, meeting.held_on or clock.today())
        base = base_of(meeting, key)
        vote: Vote = self._new(
            Vote, meeting=meeting, item_id=item_uid or None, about=about, question=question,
            base=base, voters=meeting.official_present, rule=rule.key, voted_at=clock.now(),
            passed=votes.passes(
                agreed=tally["agreed"], base=base, bar=rule.fraction, strict=rule.strict
            ),
            **tally,
        )  # fmt: skip
        held.votes.append(vote)
        return vote

    def assign_task(
        self, *, actor: Actor, item_uid: str, title: str, due_on: date, owner: str = "",
        owner_uid: str = "",
    ) -> Task:  # fmt: skip
        held, item = self._item(item_uid)
        if owner_uid:
            owner = next(one.name for one in held.roll if one.member_uid == owner_uid)
        task: Task = self._new(
            Task, unit=self.unit, meeting=held.meeting, item=item, title=title, owner=owner,
            owner_kind=OwnerKind.MEMBER if owner_uid else "", owner_uid=owner_uid or None,
            due_on=due_on,
        )  # fmt: skip
        held.tasks.append(task)
        self.tasks[task.uid] = task
        held.meeting.tasks += 1
        return task

    def report_task(
        self, *, actor: Actor, meeting_uid: str, task_uid: str, state: str, result: str
    ) -> TaskReport:
        held = self.held[meeting_uid]
        report = next(one for one in held.reports if one.task_uid == task_uid)
        report.state, report.result = state, result
        return report

    def judge_answer(
        self, *, actor: Actor, meeting_uid: str, matter_uid: str, verdict: str, hands: Hands,
        reason: str,
    ) -> AnswerRead:  # fmt: skip
        held = self.held[meeting_uid]
        read = next(one for one in held.answers if one.matter_uid == matter_uid)
        read.verdict, read.reason = verdict, reason
        read.solved, read.partly, read.not_solved = hands.solved, hands.partly, hands.not_solved
        return read

    def carry_over(
        self, *, actor: Actor, meeting_uid: str, item_uid: str, reason: str
    ) -> CarryOver:
        held, item = self._item(item_uid)
        matter = self.matters[item.matter_uid or ""]
        carried: CarryOver = self._new(
            CarryOver, meeting=held.meeting, matter_uid=matter.uid, title=matter.title,
            reason=reason,
        )  # fmt: skip
        held.carried.append(carried)
        return carried
