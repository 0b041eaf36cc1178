"""When a cell's roll changes, meetings under way there follow."""

from nenmong.core.actions import SYSTEM
from nenmong.core.events import on
from nenmong.meetings import queries
from nenmong.meetings.actions import refresh_roll
from nenmong.org.events import RollChanged


@on(RollChanged)
def refresh_rolls(event: RollChanged) -> None:
    """Whoever joined between the opening and the seal must be on the roll they are counted on."""
    for meeting_uid in queries.lists.under_way(event.unit_uid):
        refresh_roll(actor=SYSTEM, meeting_uid=meeting_uid)
