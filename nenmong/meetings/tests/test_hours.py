"""Hours are mended until the seal, within the meeting's day and never into the future."""

from datetime import date, timedelta

import pytest

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions
from nenmong.meetings.forms import read_hours
from nenmong.meetings.tests import journey

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 3)


def test_a_button_pressed_late_is_mended():
    unit, secretary, _scribe = journey.cell()
    meeting = journey.held(unit, secretary, DAY)
    began, ended = journey.evening(DAY, -5), journey.evening(DAY, 90)
    with clock.at(journey.evening(DAY, 200)):
        meeting = actions.set_hours(
            actor=secretary, meeting_uid=meeting.uid, opened_at=began, closed_at=ended
        )
    assert (meeting.opened_at, meeting.closed_at) == (began, ended)


@pytest.mark.parametrize(("opened", "closed"), [(10, 5), (0, 300), (-60 * 24, 90)])
def test_hours_out_of_order_are_refused(opened, closed):
    unit, secretary, _scribe = journey.cell()
    meeting = journey.held(unit, secretary, DAY)
    with clock.at(journey.evening(DAY, 200)), pytest.raises(DomainError):
        actions.set_hours(
            actor=secretary, meeting_uid=meeting.uid, opened_at=journey.evening(DAY, opened),
            closed_at=journey.evening(DAY, closed),
        )  # fmt: skip


def test_an_end_after_midnight_is_of_the_next_day():
    opened, closed = read_hours({"opened": "22.30", "closed": "0.15"}, DAY)
    assert closed - opened == timedelta(hours=1, minutes=45)
    assert read_hours({"opened": "19h30", "closed": ""}, DAY)[1] is None
