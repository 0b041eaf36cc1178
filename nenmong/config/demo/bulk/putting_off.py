"""Putting off and cancelling in bulk."""

from datetime import datetime

from nenmong.config.demo.bulk.desk import Desk
from nenmong.config.demo.bulk.held import Held
from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.meetings.models import Matter, Meeting, Postponement


class PuttingOff(Desk):
    """A meeting held on another day, or not at all."""

    def postpone_meeting(
        self, *, actor: Actor, meeting_uid: str, starts_at: datetime, reason: str, agreed_by: str
    ) -> Meeting:
        held = self.held[meeting_uid]
        if held.meeting.starts_at != starts_at:
            self._note(held, starts_at, reason, agreed_by)
            held.meeting.starts_at = starts_at
        return held.meeting

    def cancel_meeting(
        self, *, actor: Actor, meeting_uid: str, reason: str, agreed_by: str
    ) -> Meeting:
        held = self.held[meeting_uid]
        self._note(held, None, reason, agreed_by)
        held.meeting.status = Meeting.Status.CANCELLED
        standing = {
            matter.uid: matter for matter in self.matters.values()
            if matter.meeting_uid == meeting_uid and matter.state == Matter.State.ON_AGENDA
        }  # fmt: skip
        held.items = [item for item in held.items if item.matter_uid not in standing]
        held.reports = [report for report in held.reports if report.state]
        held.answers = []
        for matter in standing.values():
            matter.state = Matter.State.WAITING
        self._add(held.meeting, cancelled=1)
        return held.meeting

    def _note(self, held: Held, now_at: datetime | None, reason: str, agreed_by: str) -> None:
        held.postponed.append(
            self._new(
                Postponement, meeting=held.meeting, was_at=held.meeting.starts_at, now_at=now_at,
                reason=reason, agreed_by=agreed_by, noted_at=clock.now(),
            )
        )  # fmt: skip
