"""When a meeting really began and ended: mended until the seal, for buttons are pressed late."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError
from nenmong.meetings.actions.locking import locked
from nenmong.meetings.models import Meeting
from nenmong.meetings.models.meeting import WORKING
from nenmong.ui import formats

LONGEST = timedelta(hours=24)


@action
def set_hours(
    *, actor: Actor, meeting_uid: str, opened_at: datetime, closed_at: datetime | None = None
) -> Meeting:
    """Mend when a meeting began and, once it is held, when it ended. Its day stays.

    Raises:
        NotAllowed, DomainError: as `locked`; `meetings.other_day`, `meetings.hours_disorder`.
    """
    meeting = locked(actor, meeting_uid, "meetings.work", WORKING)
    if clock.local(opened_at).date() != meeting.held_on:
        raise DomainError(
            "meetings.other_day",
            _("The meeting was held on %(day)s. Enter an hour of that day.")
            % {"day": formats.day(meeting.held_on or clock.today())},
        )
    ended = (closed_at or meeting.closed_at) if meeting.status == Meeting.Status.HELD else None
    latest = ended or clock.now()
    if not opened_at <= latest <= min(clock.now(), opened_at + LONGEST):
        raise DomainError(
            "meetings.hours_disorder",
            _("The end comes after the beginning and not after now. Check both hours."),
        )
    before = (meeting.opened_at, meeting.closed_at)
    meeting.opened_at, meeting.closed_at = opened_at, ended
    if before != (meeting.opened_at, meeting.closed_at):
        meeting.save(update_fields=["opened_at", "closed_at"])
        audit.record(actor, "meetings.hours_set", meeting, unit_path=meeting.unit.path)
    return meeting
