"""Two people, one meeting, the same moment: nothing is done twice and nothing is lost.

Real threads with connections of their own: on PostgreSQL two sessions, on SQLite two on one file.
"""

from datetime import date

import pytest

from nenmong.core import clock
from nenmong.core.errors import BothEdited
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import AgendaItem, Attendance, Meeting, SealedRecord, Vote
from nenmong.meetings.tests import journey

pytestmark = pytest.mark.slow  # threads that wait for each other
OCTOBER = date(2026, 10, 3)


@pytest.fixture
def here(together):
    """A meeting in session, and the two who work on it."""
    unit, secretary, scribe = journey.cell(6)
    return journey.opened(unit, secretary), secretary, scribe


def texts(meeting):
    item = AgendaItem.objects.filter(meeting=meeting.uid).first()
    directions = Meeting.objects.get(uid=meeting.uid).directions
    return {"summary": item.summary, "conclusion": item.conclusion, "directions": directions}


def test_one_text_written_by_two_is_one_s_and_the_other_is_told(here, together):
    meeting, *people = here
    item = meeting.items.first().uid

    def write(actor, text):
        return actions.write_text(
            actor=actor, meeting_uid=meeting.uid, item_uid=item, field="summary", was="", text=text
        )

    results = together(lambda: write(people[0], "Một"), lambda: write(people[1], "Hai"))
    (both,) = [result for result in results if isinstance(result, BothEdited)]
    assert {both.theirs, both.mine} == {"Một", "Hai"}
    assert together(lambda: texts(meeting)["summary"]) == [both.theirs]


def test_two_texts_written_at_once_are_both_kept(here, together):
    meeting, secretary, scribe = here
    item = meeting.items.first().uid

    def write(actor, field):
        on = {} if field == "directions" else {"item_uid": item}
        return actions.write_text(
            actor=actor, meeting_uid=meeting.uid, field=field, was="", text=field, **on
        )

    fields = ["summary", "conclusion", "directions"]
    together(*[
        lambda field=field, actor=actor: write(actor, field)
        for field, actor in zip(fields, (secretary, scribe, secretary), strict=True)
    ])  # fmt: skip
    assert together(lambda: texts(meeting)) == [{field: field for field in fields}]


def test_two_who_call_the_roll_add_up(here, together):
    meeting, secretary, scribe = here
    first, second, *_others = meeting.attendances.values_list("member_uid", flat=True)

    def call(actor, uid):
        called = {uid: Called("excused", "Ốm")}
        actions.record_roll(actor=actor, meeting_uid=meeting.uid, called=called)

    together(lambda: call(secretary, first), lambda: call(scribe, second))

    def counted():
        row = Meeting.objects.get(uid=meeting.uid)
        return (row.present, row.excused, Attendance.objects.filter(status="excused").count())

    assert together(counted) == [(4, 2, 2)]


def test_two_tallies_at_once_leave_one_vote(here, together):
    meeting, *people = here

    def vote(actor):
        return actions.record_vote(
            actor=actor, meeting_uid=meeting.uid, about="resolution", agreed=6, against=0, other=0
        ).uid

    results = together(lambda: vote(people[0]), lambda: vote(people[1]))
    assert len(set(results)) == 1
    assert together(Vote.objects.count) == [1]


def test_two_who_plan_share_one_meeting(together):
    unit, secretary, _scribe = journey.cell(3)
    plan = {"actor": secretary, "unit_uid": unit.uid, "month": OCTOBER}
    uids = together(*[lambda: actions.plan_meeting(**plan).uid] * 3)
    assert len(set(uids)) == 1
    assert together(AgendaItem.objects.count) == [6]


@pytest.mark.parametrize("action", ["close_meeting", "seal_minutes"])
def test_what_is_pressed_by_two_happens_once(together, action):
    unit, secretary, _scribe = journey.cell(4)
    before = "opened" if action == "close_meeting" else "held"
    meeting = getattr(journey, before)(unit, secretary)
    press = {"actor": secretary, "meeting_uid": meeting.uid}
    results = together(*[lambda: getattr(actions, action)(**press).uid] * 2)
    assert results == [meeting.uid] * 2
    assert together(lambda: list(queries.recount.differences())) == [[]]
    assert together(lambda: queries.verify.verify().findings) == [[]]


def test_two_cells_seal_at_once_into_one_month(together):
    unit, secretary, _scribe = journey.cell(4)
    beside, other, _scribe = journey.cell(4, parent=unit.parent)
    meetings = [journey.held(unit, secretary), journey.held(beside, other)]
    with clock.at(journey.evening(OCTOBER, 110)):
        together(*[
            lambda m=m, a=a: actions.seal_minutes(actor=a, meeting_uid=m.uid)
            for m, a in zip(meetings, (secretary, other), strict=True)
        ])  # fmt: skip
    assert together(SealedRecord.objects.count) == [2]
    assert together(lambda: list(queries.recount.differences())) == [[]]
