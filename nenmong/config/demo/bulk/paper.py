"""Typing in bulk what was held on paper: the meeting entered whole, as the action does it."""

from typing import Any

from nenmong.accounts.models import User
from nenmong.config.demo.bulk.held import Held
from nenmong.config.demo.bulk.holding import Holding
from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.meetings.models import AgendaItem, GivenRight, Meeting, Vote
from nenmong.meetings.rules.paper import Entered, EnteredItem, Tally


class Typing(Holding):
    """What is done with a paper form."""

    def start_paper(self, *, actor: Actor, meeting_uid: str) -> Meeting:
        meeting = self.held[meeting_uid].meeting
        meeting.entry = Meeting.Entry.PAPER
        return meeting

    def give_right(self, *, actor: Actor, meeting_uid: str, role: str, username: str) -> GivenRight:
        held = self.held[meeting_uid]
        user = User.objects.get(username=username)
        right: GivenRight = self._new(
            GivenRight, meeting=held.meeting, role=role, user=user, name=user.full_name[:120],
            given_at=clock.now(), given_by_uid=actor.uid,
        )  # fmt: skip
        held.given.append(right)
        return right

    def enter_meeting(self, *, actor: Actor, meeting_uid: str, entered: Entered) -> Meeting:
        held = self.held[meeting_uid]
        meeting = held.meeting
        meeting.status, meeting.entry = Meeting.Status.HELD, Meeting.Entry.PAPER
        if not self._of_the_cell(actor):
            meeting.typed_by_uid, meeting.typed_by = actor.uid, str(actor)[:120]
        day = meeting.held_on = entered.held_on or meeting.fixed_day
        held.roll, _chair, _secretary = self.standing(meeting, day)
        for row in held.roll:
            if said := entered.roll.get(row.member_uid):
                row.status, row.reason = said.status, said.reason
        self._count(held)
        for name in ("place", "guests", "directions", "opened_at", "closed_at"):
            setattr(meeting, name, getattr(entered, name))
        self._sign(held, day, entered.chair_uid, entered.secretary_uid)
        for item in entered.items:
            self._enter_item(held, item)
        for report in entered.reports:
            self.report_task(
                actor=actor, meeting_uid=meeting_uid, task_uid=report.task_uid, state=report.state,
                result=report.result,
            )  # fmt: skip
        closing = {Vote.About.RESOLUTION: entered.resolution, Vote.About.MINUTES: entered.minutes}
        for about, tally in closing.items():
            if tally:
                self._vote(held, about, "", "", _counted(tally))
        self._add(meeting, held=1)
        return meeting

    def _of_the_cell(self, actor: Actor) -> bool:
        """Say whether who types has a post of the cell that works on its meetings."""
        works = {"secretary", "deputy", "scribe"}
        return any(post.role in works and post.member.user_id == actor.uid for post in self.posts)

    def _enter_item(self, held: Held, said: EnteredItem) -> None:
        _held, item = self._item(said.uid)
        item.summary, item.conclusion = said.summary, said.conclusion
        item.seconds = (said.minutes or 0) * 60
        item.state = AgendaItem.State.DONE if said.taken_up else AgendaItem.State.WAITING
        here: dict[str, Any] = {"actor": None, "item_uid": item.uid}
        for line in said.speeches:
            self.add_speech(**here, text=line.text, member_uid=line.member_uid)
        for line in said.opinions:
            self.note_opinion(**here, text=line.text, member_uid=line.member_uid)
        for tally in said.votes:
            self._vote(held, Vote.About.ITEM, tally.question, item.uid, _counted(tally))
        for task in said.tasks:
            self.assign_task(
                **here, title=task.title, due_on=task.due_on or clock.today(), owner=task.owner,
                owner_uid=task.owner_uid,
            )  # fmt: skip


def _counted(tally: Tally) -> dict[str, int]:
    return {"agreed": tally.agreed, "against": tally.against, "other": tally.other}
