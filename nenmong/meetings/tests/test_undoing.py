"""A button pressed too early is taken back, and nothing that was noted is lost with it."""

from datetime import date

import pytest

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import Attendance, Meeting
from nenmong.meetings.tests import journey

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 3)


def test_an_opening_is_taken_back_and_done_again():
    unit, secretary, _scribe = journey.cell()
    meeting = journey.opened(unit, secretary, DAY)
    back = actions.take_back_opening(actor=secretary, meeting_uid=meeting.uid)
    assert back.status == Meeting.Status.PLANNED
    assert not Attendance.objects.exists()
    assert set(back.items.values_list("state", flat=True)) == {"waiting"}
    assert list(queries.recount.differences()) == []
    again = journey.sealed(unit, secretary, DAY)
    assert again.status == Meeting.Status.SEALED
    assert queries.verify.verify().findings == []


def test_an_opening_is_not_taken_back_once_something_was_said():
    unit, secretary, _scribe = journey.cell()
    meeting = journey.opened(unit, secretary, DAY)
    actions.add_speech(
        actor=secretary, item_uid=meeting.items.last().uid, text="Có ý kiến", guest="Khách"
    )
    with pytest.raises(DomainError) as refused:
        actions.take_back_opening(actor=secretary, meeting_uid=meeting.uid)
    assert refused.value.code == "meetings.already_noted"
    assert Attendance.objects.exists()


def test_an_end_is_taken_back_until_the_seal():
    unit, secretary, _scribe = journey.cell()
    meeting = journey.held(unit, secretary, DAY)
    with clock.at(journey.evening(DAY, 101)):
        meeting = actions.resume_meeting(actor=secretary, meeting_uid=meeting.uid)
        assert (meeting.status, meeting.closed_at) == (Meeting.Status.OPEN, None)
        actions.go_to_item(actor=secretary, item_uid=meeting.items.first().uid)
    with clock.at(journey.evening(DAY, 120)):
        actions.close_meeting(actor=secretary, meeting_uid=meeting.uid)
    assert list(queries.recount.differences()) == []


def test_who_is_absent_cannot_have_spoken():
    unit, secretary, _scribe = journey.cell()
    meeting = journey.opened(unit, secretary, DAY)
    row = meeting.attendances.exclude(member_uid=meeting.chair_uid).first()
    item = meeting.items.last()
    line = {"actor": secretary, "item_uid": item.uid, "text": "x", "member_uid": row.member_uid}
    absent = {row.member_uid: Called("unexcused")}
    actions.record_roll(actor=secretary, meeting_uid=meeting.uid, called=absent)
    with pytest.raises(DomainError) as refused:
        actions.add_speech(**line)
    assert refused.value.code == "meetings.speaker_absent"
    there = {row.member_uid: Called("late")}
    actions.record_roll(actor=secretary, meeting_uid=meeting.uid, called=there)
    actions.add_speech(**line)
    with pytest.raises(DomainError) as refused:
        actions.record_roll(actor=secretary, meeting_uid=meeting.uid, called=absent)
    assert refused.value.code == "meetings.has_spoken"


def test_minutes_without_a_place_are_not_sealed():
    unit, secretary, _scribe = journey.cell()
    meeting = journey.held(unit, secretary, DAY)
    write = {"actor": secretary, "meeting_uid": meeting.uid, "field": "place"}
    actions.write_text(**write, was=meeting.place, text="")
    with pytest.raises(DomainError) as refused:
        actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert refused.value.code == "meetings.no_place"
    actions.write_text(**write, was="", text="Nhà văn hóa")
    assert actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid).place == "Nhà văn hóa"
