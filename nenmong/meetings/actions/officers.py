"""Who chairs and who keeps the minutes, and opening the names sheet of sealed minutes."""

from collections.abc import Mapping
from typing import Any

from nenmong.core import audit, clock
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.meetings.actions.holding import count_speakers
from nenmong.meetings.actions.locking import locked, not_on_the_roll
from nenmong.meetings.models import Meeting
from nenmong.meetings.models.meeting import WORKING
from nenmong.meetings.queries.verify import names_in, sealed_of
from nenmong.org import queries as org


@action
def name_officers(*, actor: Actor, meeting_uid: str, chair_uid: str, secretary_uid: str) -> Meeting:
    """Say who chaired and who kept the minutes; both are on the roll, both sign.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.not_on_the_roll`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    names = dict(meeting.attendances.values_list("member_uid", "name"))
    if chair_uid not in names or secretary_uid not in names:
        raise not_on_the_roll()
    if (meeting.chair_uid, meeting.secretary_uid) == (chair_uid, secretary_uid):
        return meeting
    sign(meeting, names, chair_uid, secretary_uid)
    meeting.speakers = count_speakers(meeting)
    meeting.save()
    audit.record(actor, "meetings.officers_named", meeting, unit_path=meeting.unit.path)
    return meeting


@within_action
def sign(meeting: Meeting, names: Mapping[str, str], chair_uid: str, secretary_uid: str) -> None:
    """Write who signs, by the names on the roll, nobody where no uid is given; not saved."""
    posts = org.posts(meeting.unit_id, meeting.held_on or clock.today())
    meeting.chair_uid, meeting.chair_name = chair_uid or None, names.get(chair_uid, "")
    meeting.chair_post = org.post_title(posts, chair_uid) if chair_uid else ""
    meeting.secretary_uid = secretary_uid or None
    meeting.secretary_name = names.get(secretary_uid, "")


@action
def open_names_sheet(*, actor: Actor, meeting_uid: str) -> dict[str, Any] | None:
    """Return the names sheet of sealed minutes, and write down who opened it; None when erased.

    Raises:
        NotAllowed, DomainError: as `locked`.
    """
    meeting = locked(actor, meeting_uid, "meetings.names", (Meeting.Status.SEALED,))
    sealed = sealed_of(meeting)
    audit.record(actor, "meetings.names_opened", meeting, unit_path=meeting.unit.path)
    return names_in(sealed) if sealed else None
