"""When a host's meeting gets another hour or place, those who sit with it follow."""

from nenmong.core.actions import SYSTEM
from nenmong.core.events import on
from nenmong.meetings import queries
from nenmong.meetings.actions import follow_host
from nenmong.meetings.events import MeetingPostponed, MeetingTimeSet


@on(MeetingTimeSet)
def follow_hour(event: MeetingTimeSet) -> None:
    """A part that has begun keeps its hour."""
    _follow(event.meeting_uid)


@on(MeetingPostponed)
def follow_day(event: MeetingPostponed) -> None:
    """A part that has begun keeps its day."""
    _follow(event.meeting_uid)


def _follow(host_uid: str) -> None:
    for part_uid in queries.joint.accepted(host_uid):
        follow_host(actor=SYSTEM, meeting_uid=part_uid)
