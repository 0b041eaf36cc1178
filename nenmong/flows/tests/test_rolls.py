"""When a cell's roll changes, meetings under way there follow, and no others."""

from datetime import date, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from nenmong.core import clock, events
from nenmong.core.actions import SYSTEM
from nenmong.core.models import AuditEntry
from nenmong.core.tests.tables import changed, snapshot
from nenmong.flows.rolls import refresh_rolls
from nenmong.meetings import queries
from nenmong.meetings.models import Meeting
from nenmong.meetings.tests import journey
from nenmong.org import actions
from nenmong.org.events import RollChanged

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 3)


def join(unit, name="Hà Mới", day=DAY):
    return actions.add_member(
        actor=SYSTEM, unit_uid=unit.uid, full_name=name, status="official", first_day=day
    )


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    return unit, secretary


@pytest.mark.parametrize("state", ["opened", "held"])
def test_who_joins_meanwhile_is_on_the_roll_and_counted(here, work, state):
    meeting = getattr(journey, state)(*here)
    join(here[0])
    assert events.waiting([here[0].uid])  # a page about the cell says something is to come
    work()
    assert not events.waiting([here[0].uid])
    after = Meeting.objects.get()
    assert (after.total, after.present) == (meeting.total + 1, meeting.present + 1)
    assert list(queries.recount.differences()) == []
    assert AuditEntry.objects.get(verb="meetings.roll_refreshed").actor_uid == SYSTEM.uid


@pytest.mark.parametrize("state", ["planned", "sealed"])
def test_before_the_opening_and_after_the_seal_nothing_follows(here, work, state):
    meeting = getattr(journey, state)(*here)
    join(here[0])
    work()
    assert Meeting.objects.get().total == meeting.total
    assert queries.verify.verify().findings == []
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def test_who_joins_later_than_the_meeting_is_not_on_its_roll(here, work):
    meeting = journey.opened(*here)
    join(here[0], day=DAY + timedelta(days=1))
    work()
    assert Meeting.objects.get().total == meeting.total


def test_another_cell_s_meeting_is_left_alone(here, work):
    meeting = journey.opened(*here)
    join(journey.cell(3, parent=here[0].parent)[0])
    work()
    assert Meeting.objects.get(uid=meeting.uid).total == meeting.total


def test_run_twice_or_late_it_does_the_same(here):
    journey.opened(*here)
    join(here[0])
    event = RollChanged(unit_uid=here[0].uid)
    refresh_rolls(event)
    before = snapshot()
    with clock.at(journey.evening(DAY, 60)):
        refresh_rolls(event)
        refresh_rolls(RollChanged(unit_uid="0" * 13))
    assert changed(before) == set()
