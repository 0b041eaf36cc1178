"""Hours are mended until the seal, within the meeting's day and never into the future."""

from datetime import date, time, timedelta

import pytest

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions
from nenmong.meetings.forms import read_count, read_hour, read_hours
from nenmong.meetings.tests import journey
from nenmong.ui.reading import read_day

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


def test_a_clock_set_back_ends_no_meeting_before_it_began():
    unit, secretary, _scribe = journey.cell()
    meeting = journey.opened(unit, secretary, DAY)
    with clock.at(journey.evening(DAY, -30)):
        meeting = actions.close_meeting(actor=secretary, meeting_uid=meeting.uid)
    assert meeting.closed_at == meeting.opened_at


@pytest.mark.parametrize("written", ["19:30", "19.30", "19,30", "19h30", "19 giờ 30", "١٩:٣٠"])
def test_an_hour_is_read_as_people_and_their_phones_write_it(written):
    assert read_hour(written) == time(19, 30)


@pytest.mark.parametrize("written", ["", "25:99", "19:60", "-1:00", "²:00", "1e1:00"])
def test_what_is_no_hour_is_said(written):
    with pytest.raises(DomainError, match=r"core\.unread_hour"):
        read_hour(written)


@pytest.mark.parametrize(
    "written",
    ["31/02/2026", "0001-01-01", "31/12/9999", "1/13/2026", "0/1/2026", "2026-W27-1", "20260630"],
)
def test_what_is_no_day_is_said(written):
    with pytest.raises(DomainError, match=r"core\.(no_such|unread)_day"):
        read_day(written)


@pytest.mark.parametrize("written", ["-1", "1e3", "²", "٣", "10000", "000000" + "9" * 5000, "1,5"])
def test_what_is_no_count_is_said(written):
    with pytest.raises(DomainError, match=r"core\.unread_count"):
        read_count(written, "Phút")


@pytest.mark.parametrize(("written", "count"), [("", 0), (" 27 ", 27), ("0" * 9 + "7", 7)])
def test_a_count_is_read(written, count):
    assert read_count(written, "Phút") == count


def test_an_end_after_midnight_is_of_the_next_day():
    opened, closed = read_hours({"opened": "22.30", "closed": "0.15"}, DAY)
    assert closed - opened == timedelta(hours=1, minutes=45)
    assert read_hours({"opened": "19h30", "closed": ""}, DAY)[1] is None


def test_a_meeting_nobody_ended_is_not_sealed_with_days_of_length():
    unit, secretary, _scribe = journey.cell()
    meeting = journey.held(unit, secretary, DAY)
    meeting.closed_at = journey.evening(DAY, 3 * 24 * 60)
    meeting.save(update_fields=["closed_at"])
    with pytest.raises(DomainError) as refused:
        actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert refused.value.code == "meetings.hours_disorder"
