"""Planning a meeting of any kind, on a page: what is asked, what is said of what was typed."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.meetings.models import Meeting
from nenmong.meetings.rules import kinds
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.at(journey.evening(date(2026, 11, 24))):
        yield


@pytest.fixture
def cell(client):
    unit, secretary, _scribe = journey.cell(3)
    client.force_login(secretary)
    return unit


def plan(client, unit, **said):
    return client.post(reverse("meetings:plan_any", args=[unit.uid]), said)


def test_each_unit_is_offered_the_kinds_it_holds(client, cell):
    url = reverse("meetings:plan_any", args=[cell.uid])
    page = client.get(url).content.decode()
    assert [code for code in kinds.KINDS if f'?loai={code}"' in page] == list(kinds.OF_A_CELL)
    ward = WardFactory()
    client.force_login(UserFactory.holding("office", ward))
    page = client.get(reverse("meetings:plan_any", args=[ward.uid])).content.decode()
    assert [code for code in kinds.KINDS if f'?loai={code}"' in page] == list(kinds.OF_A_COMMITTEE)


@pytest.mark.parametrize("kind", kinds.OF_A_CELL)
def test_every_kind_can_be_planned(client, cell, kind):
    url = reverse("meetings:plan_any", args=[cell.uid])
    form = client.get(f"{url}?loai={kind}").content.decode()
    said = {"subject": "Học Bác", "day": "10/12/2026", "hour": "19h30", "month": "12/2026"}
    asked = {name: value for name, value in said.items() if f'name="{name}"' in form}
    answer = plan(client, cell, loai=kind, key="k", **asked)
    meeting = Meeting.objects.get()
    assert answer["Location"] == reverse("meetings:detail", args=[meeting.uid])
    assert meeting.kind == kind
    assert meeting.month == date(2026, 12, 1)
    assert bool(meeting.subject) == ("subject" in asked)


def test_a_month_that_was_missed_is_planned_afterwards(client, cell):
    plan(client, cell, loai="regular", month="3/2026")
    assert Meeting.objects.get().month == date(2026, 3, 1)
    # A month that has its meeting leads to it.
    again = plan(client, cell, loai="regular", month="03/2026")
    assert again["Location"] == reverse("meetings:detail", args=[Meeting.objects.get().uid])


def test_the_cell_committee_meets_the_day_before_where_nothing_is_said(client, cell):
    plan(client, cell, loai="cell_committee", day="", hour="")
    assert clock.local(Meeting.objects.get().starts_at).date() == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("said", "beside"),
    [
        ({"loai": "thematic", "subject": "", "day": "10/12/2026", "hour": "19:30"}, ["subject"]),
        ({"loai": "thematic", "subject": "x" * 301, "day": "1/12/2026", "hour": "8h"}, ["subject"]),
        ({"loai": "congress", "day": "31/6/2027", "hour": "25:00"}, ["day", "hour"]),
        ({"loai": "congress", "day": "", "hour": "8:00"}, ["day"]),
        ({"loai": "congress", "day": "1/1/2029", "hour": "8:00"}, ["day"]),
        ({"loai": "cell_committee", "day": "", "hour": "8:00"}, ["day"]),
        ({"loai": "regular", "month": "tháng mười"}, ["month"]),
        ({"loai": "regular", "month": "12/2029"}, ["month"]),
    ],
)
def test_what_is_wrong_stands_beside_what_was_typed(client, cell, said, beside):
    answer = plan(client, cell, **said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [
        name for name in ("month", "day", "hour", "subject") if f'id="o-{name}-loi"' in page
    ] == beside
    for name, value in said.items():
        assert name == "loai" or not value or f'value="{value}"' in page
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("kind", ["committee", "", "đám cưới"])
def test_a_kind_the_cell_does_not_hold_is_refused_or_asked_for(client, cell, kind):
    answer = plan(client, cell, loai=kind, day="1/12/2026", hour="8:00")
    if kind:
        assert answer.status_code == 422
        assert not Meeting.objects.exists()
    else:  # nothing chosen: the month's own
        assert Meeting.objects.get().kind == "regular"


def test_pressed_twice_it_is_planned_once(client, cell):
    said = {"loai": "thematic", "subject": "Học Bác", "day": "10/12/2026", "hour": "8:00"}
    first = plan(client, cell, key="once", **said)
    second = plan(client, cell, key="once", **said)
    assert first["Location"] == second["Location"]
    assert Meeting.objects.count() == 1


def test_an_office_plans_its_committee_s_meeting_and_no_cell_s(client):
    ward = WardFactory()
    cell = UnitFactory(parent=ward)
    client.force_login(UserFactory.holding("office", ward))
    plan(client, ward, loai="committee", day="10/12/2026", hour="8:00")
    assert Meeting.objects.get().kind == "committee"
    assert plan(client, cell, loai="regular").status_code == 403
    page = client.get(reverse("home:unit", args=[ward.uid]) + "?thang=2026-12-01").content.decode()
    assert Meeting.objects.get().uid in page
