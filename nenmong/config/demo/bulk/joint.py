"""Sitting together in bulk: a thematic meeting several cells are asked to, each with its own hand.

Hands that tell cells of one lot find each other's meetings through the `Rows` they share.
"""

from nenmong.config.demo.bulk.planning import Planning
from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.meetings.models import JointPart, Meeting
from nenmong.meetings.rules import calendar
from nenmong.org.models import Unit

TEXTS = ("summary", "conclusion", "prompts")


class Joint(Planning):
    """What a host and the cells it asks do."""

    def ask_to_join(self, *, actor: Actor, meeting_uid: str, unit_uid: str) -> JointPart:
        held = self.held[meeting_uid]
        part: JointPart = self._new(
            JointPart, meeting=held.meeting, unit=Unit.objects.get(uid=unit_uid),
            state=JointPart.State.ASKED,
        )  # fmt: skip
        held.parts.append(part)
        self.rows.hosts[part.uid] = self.rows.hosts[meeting_uid] = held
        return part

    def accept_joint(self, *, actor: Actor, part_uid: str) -> Meeting:
        host = self.rows.hosts[part_uid]
        part = next(one for one in host.parts if one.uid == part_uid)
        asked = host.meeting
        day = clock.local(asked.starts_at).date()
        meeting: Meeting = self._new(
            Meeting, unit=self.unit, grassroots=self.grassroots, kind=asked.kind,
            subject=asked.subject, month=calendar.month_of(day), starts_at=asked.starts_at,
            fixed_day=day, place=asked.place, joint_uid=asked.uid,
        )  # fmt: skip
        held = self.held[meeting.uid] = type(host)(meeting)
        self.rows.hosts[meeting.uid] = host
        common = [item for item in host.items if not item.matter_uid]
        for position, item in enumerate(common, start=1):
            self._line(
                held, position=position, step=item.step, title=item.title, minutes=item.minutes,
                presenter=item.presenter,
            )  # fmt: skip
        part.state, part.answered_at = JointPart.State.ACCEPTED, clock.now()
        part.part_uid = meeting.uid
        self.last_of[meeting.kind] = meeting
        return meeting

    def take_common_texts(self, *, actor: Actor, meeting_uid: str) -> Meeting:
        held = self.held[meeting_uid]
        theirs = {item.step: item for item in self.rows.hosts[meeting_uid].items}
        for item in held.items:
            common = theirs[item.step]
            empty = [name for name in TEXTS if getattr(common, name) and not getattr(item, name)]
            for name in empty:
                setattr(item, name, getattr(common, name))
                item.saved_at = clock.now()
        return held.meeting
