"""Cases of putting a meeting off, cancelling it and taking that back."""

from datetime import date

from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings import actions
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.ready import here, on_meeting

WHY = {"reason": "Bão số 9", "agreed_by": "Chi ủy"}


def cancelled():
    _unit, meeting, secretary, member = here("planned")
    given = {"actor": secretary, "meeting_uid": meeting.uid}
    actions.cancel_meeting(**given, **WHY)
    return given, member


CASES = {
    "postpone_meeting": Case(
        on_meeting("planned", starts_at=journey.evening(date(2026, 10, 20)), **WHY), SAME
    ),
    "cancel_meeting": Case(on_meeting("planned", **WHY), SAME),
    "reinstate_meeting": Case(cancelled, SAME),
}
