"""The home of a committee month by month: true figures, its lists, what it costs."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.meetings import actions
from nenmong.meetings.queries import by_month
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = journey.evening(date(2026, 11, 24))
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _day():
    with clock.at(TODAY):
        yield


@pytest.fixture
def ward():
    """A ward with three cells: two met in October, one of them cancelled November."""
    unit, secretary, _scribe = journey.cell(4)
    other = UnitFactory(parent=unit.parent)
    theirs = UserFactory.holding("secretary", other)
    journey.sealed(unit, secretary, date(2026, 10, 3))
    journey.planned(other, theirs, date(2026, 10, 3))
    november = journey.planned(unit, secretary, date(2026, 11, 3))
    with clock.at(journey.evening(date(2026, 11, 1))):
        actions.cancel_meeting(
            actor=secretary, meeting_uid=november.uid, reason="Bão", agreed_by="Đảng ủy phường"
        )
    return unit.parent


def found(unit, month):
    return next(
        one for _year, months in by_month.by_month(unit) for one in months if one.month == month
    )


def test_a_month_says_what_was_held_of_what_was_to_be(ward):
    october, november = found(ward, date(2026, 10, 1)), found(ward, date(2026, 11, 1))
    assert (october.expected, october.held, october.sealed) == (2, 1, 1)
    assert (november.planned, november.expected, november.held) == (1, 0, 0)
    assert 0 < october.present <= october.due == 4
    years = by_month.by_month(ward)
    assert [year for year, _months in years] == [2026, 2025, 2024]
    assert sum(len(months) for _year, months in years) == 24


def test_the_months_are_those_of_the_meetings_themselves(ward):
    """A committee below the grassroots has no row in the month table: its meetings are counted."""
    table = {row.pop("month"): row for row in by_month._sums_of_months(ward)}
    rows = {row.pop("month"): row for row in by_month._sums_of_meetings(ward)}
    assert table == rows


def test_each_month_opens_its_list_and_a_table_stands_behind(client, ward):
    client.force_login(UserFactory.holding("office", ward))
    page = client.get(reverse("home:months", args=[ward.uid])).content.decode()
    listed = "tu-thang=2026-10&amp;den-thang=2026-10"
    assert listed in page
    assert page.count('<th scope="row">') == 24
    address = reverse("meetings:meetings", args=[ward.uid])
    rows = client.get(f"{address}?loai=regular&tu-thang=2026-10&den-thang=2026-10")
    assert rows.content.decode().count('<th scope="row">') == 2


def test_the_home_asks_for_the_piece_and_has_a_link_without_a_script(client, ward):
    client.force_login(UserFactory.holding("office", ward))
    address = reverse("home:months", args=[ward.uid])
    home = client.get(reverse("home:unit", args=[ward.uid])).content.decode()
    assert f'hx-get="{address}"' in home
    assert f'href="{address}"' in home
    piece = client.get(address, headers=HTMX).content.decode()
    assert "<html" not in piece
    assert 'id="tung-thang"' in piece


def test_a_cell_s_months_stand_on_its_home(client, ward):
    cell = UnitFactory(parent=ward)
    client.force_login(UserFactory.holding("office", ward))
    answer = client.get(reverse("home:months", args=[cell.uid]))
    assert answer["Location"] == reverse("home:unit", args=[cell.uid])


@pytest.mark.parametrize("cells", [2, 12])
def test_it_costs_the_same_for_few_and_for_many(client, django_assert_max_num_queries, cells):
    unit, _secretary, _scribe = journey.cell(3)
    for number in range(cells):
        other = UnitFactory(parent=unit.parent)
        theirs = UserFactory.holding("secretary", other)
        journey.planned(other, theirs, date(2026, 1 + number % 10, 3))
    client.force_login(UserFactory.holding("office", unit.parent))
    with django_assert_max_num_queries(6):  # session, user, roles, the unit, months, the own ones
        client.get(reverse("home:months", args=[unit.parent.uid]))
