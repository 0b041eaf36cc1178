"""When a cell meets next: a slot of the page of what it said; a link without scripts."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.config.slots import SLOTS
from nenmong.core import clock
from nenmong.meetings.tests import journey
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def shown(client, user, unit, **more):
    client.force_login(user)
    return client.get(reverse("home:next_meeting", args=[unit.uid]), **more)


def test_the_page_of_what_we_said_asks_for_it(client):
    at = ready.place()
    ready.answered(at)
    client.force_login(at.member)
    page = client.get(reverse("opinions:of_cell", args=[at.cell.uid])).content.decode()
    address = reverse("home:next_meeting", args=[at.cell.uid])
    assert f'hx-get="{address}"' in page
    assert f'<a href="{address}"' in page


def test_it_says_the_day_planned_else_the_fixed_one(client, django_assert_max_num_queries):
    unit, secretary, _scribe = journey.cell(4)
    with clock.at(journey.evening(date(2026, 10, 20))):
        assert "03/11/2026" in shown(client, secretary, unit, headers=HTMX).content.decode()
        meeting = journey.planned(unit, secretary, date(2026, 11, 3))
        shown(client, secretary, unit)
        with django_assert_max_num_queries(10):
            piece = shown(client, secretary, unit, headers=HTMX).content.decode()
    assert "<html" not in piece
    assert "03/11/2026" in piece
    assert "<html" in shown(client, secretary, unit).content.decode()
    journey.opened(*journey.cell(3)[:2])  # of another cell
    meeting.status = "open"
    meeting.save()
    assert "03/11/2026" not in shown(client, secretary, unit, headers=HTMX).content.decode()


def test_a_committee_has_its_home(client):
    unit, _secretary, _scribe = journey.cell(3)
    office = UserFactory.holding("office", unit.parent)
    answer = shown(client, office, unit.parent)
    assert answer.headers["Location"] == reverse("home:unit", args=[unit.parent.uid])


@pytest.mark.parametrize("name", SLOTS.values())
def test_every_slot_has_a_door(name):
    assert reverse(name, args=[ready.place().cell.uid])
