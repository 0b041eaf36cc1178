"""Landing pages: what each role sees first, and what that costs."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.home.queries import next_day, office_work
from nenmong.meetings import actions
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory
from nenmong.rulebook.models import UnitRule
from nenmong.rulebook.queries import book

pytestmark = pytest.mark.django_db

TODAY = journey.evening(date(2026, 11, 24))


@pytest.fixture(autouse=True)
def _day():
    with clock.at(TODAY):
        yield


def landing(client, user):
    client.force_login(user)
    return client.get(reverse("home:my_work")).content.decode()


def test_a_secretary_is_led_from_step_to_step(client):
    """Each state of the cell's meeting names one next step, and it leads on."""
    unit, secretary, _scribe = journey.cell()
    assert "/buoi-moi/" in landing(client, secretary)
    meeting = journey.planned(unit, secretary, date(2026, 12, 3))
    assert f"/buoi/{meeting.uid}/chuan-bi/" in landing(client, secretary)
    journey.opened(unit, secretary, date(2026, 12, 3))
    assert f'href="/buoi/{meeting.uid}/"' in landing(client, secretary)
    journey.held(unit, secretary, date(2026, 12, 3))
    assert f"/buoi/{meeting.uid}/ket-thuc/" in landing(client, secretary)
    actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert f"/buoi/{meeting.uid}/ho-so/" in landing(client, secretary)


def test_a_member_sees_the_agenda_and_is_asked_whether_they_come(client):
    unit, secretary, _scribe = journey.cell()
    meeting = journey.planned(unit, secretary, date(2026, 12, 3))
    member = UserFactory.holding("member", unit)
    page = landing(client, member)
    assert f'href="/buoi/{meeting.uid}/"' in page
    forms = page.split("</main>")[0].count("<form")
    assert forms == page.count(f'action="/buoi/{meeting.uid}/tra-loi/"') == 2
    outline = client.get(reverse("meetings:detail", args=[meeting.uid])).content.decode()
    assert "Thảo luận nhiệm vụ tháng tới" in outline


def test_a_meeting_of_the_cell_committee_is_no_member_s_next_one(client):
    unit, secretary, _scribe = journey.cell()
    meeting = actions.plan_meeting(
        actor=secretary, unit_uid=unit.uid, kind="cell_committee",
        starts_at=journey.evening(date(2026, 12, 1)),
    )  # fmt: skip
    address = f"/buoi/{meeting.uid}/"
    assert address in landing(client, secretary)
    assert address not in landing(client, UserFactory.holding("member", unit))


def test_who_holds_nothing_is_told_where_to_turn(client):
    assert "nm-empty" in landing(client, UserFactory())


# Session and user are two, the roles one; four are left for the list, two for opinions,
# three for documents.
@pytest.mark.parametrize("cells", [3, 40])
def test_an_office_reads_its_list_in_four_queries(client, django_assert_max_num_queries, cells):
    ward = WardFactory()
    units = [UnitFactory(parent=ward) for _ in range(cells)]
    secretary = UserFactory.holding("secretary", units[0])
    journey.planned(units[0], secretary, date(2026, 11, 3))
    office = UserFactory.holding("office", ward)
    client.force_login(office)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("home:my_work") + "?thang=2026-11-01").content.decode()
    assert page.count('<th scope="row">') == cells


def test_an_office_sees_who_is_past_the_day(client):
    ward = WardFactory()
    fresh, cell = UnitFactory(parent=ward), UnitFactory(parent=ward)
    journey.planned(cell, UserFactory.holding("secretary", cell), date(2026, 10, 3))
    office = UserFactory.holding("office", ward)
    client.force_login(office)
    page = client.get(reverse("home:unit", args=[ward.uid]) + "?thang=2026-11-01").content.decode()
    # Who has missed a month comes before who has never begun.
    assert page.index(cell.name) < page.index(fresh.name)
    assert page.count("nm-late") == page.count("chưa lập buổi nào ở đây") == 1


@pytest.mark.parametrize("query", ["?thang=hôm qua", "?tu=abc", "?thang=2026-13-45", "?tu=-1"])
def test_an_address_that_cannot_be_read_is_said_in_a_sentence(client, query):
    ward = WardFactory()
    office = UserFactory.holding("office", ward)
    client.force_login(office)
    answer = client.get(reverse("home:unit", args=[ward.uid]) + query)
    assert answer.status_code == 422
    assert "nm-notice" in answer.content.decode()


def test_the_day_of_the_next_meeting_is_that_of_the_cell_s_committee():
    cell = UnitFactory()
    UnitRule.objects.create(
        unit=cell.parent, key="meetings.regular.fixed_day", value=5, document="QĐ", short="ĐU",
        first_day=date(2026, 1, 1),
    )  # fmt: skip
    assert next_day(cell, book(cell.uid, clock.today())).day == 5
    office = UserFactory.holding("office", cell.parent)
    (row,) = office_work(office, cell.parent, date(2026, 11, 1)).rows
    assert row.fixed_day == date(2026, 11, 5)


def test_a_board_finds_the_kinds_of_cell_from_its_unit(client):
    ward = WardFactory()
    for role, leads in (("board", True), ("office", False)):
        client.force_login(UserFactory.holding(role, ward))
        page = client.get(reverse("home:unit", args=[ward.uid])).content.decode()
        assert (reverse("org:cell_kinds") in page) is leads


def test_who_follows_a_cell_is_not_shown_what_it_has_to_do(client):
    unit, secretary, _scribe = journey.cell()
    journey.sealed(unit, secretary, date(2026, 11, 3), task="Vận động sáu hộ")
    table = reverse("meetings:tasks", args=[unit.uid])
    assert table in landing(client, UserFactory.holding("member", unit))
    page = landing(client, UserFactory.holding("visitor", unit))
    assert table not in page
    assert "Vận động sáu hộ" not in page


def test_whom_to_call_stands_beside_a_cell_that_is_late(client):
    unit, secretary, _scribe = journey.cell(3)
    journey.planned(unit, secretary, date(2026, 10, 3))
    office = UserFactory.holding("office", unit.parent)
    client.force_login(office)
    address = reverse("home:unit", args=[unit.parent.uid]) + "?thang=2026-10-01"
    person = secretary.members.get()
    for phone, said in (("", "chưa có số điện thoại"), ("091 200 0000", 'href="tel:0912000000"')):
        person.phone = phone
        person.save(update_fields=["phone"])
        text = client.get(address).content.decode()
        assert person.full_name in text
        assert said in text


def test_figures_of_a_page_say_that_they_are_the_page_s(client, monkeypatch):
    ward = WardFactory()
    for _ in range(3):
        UnitFactory(parent=ward)
    client.force_login(UserFactory.holding("office", ward))
    address = reverse("home:unit", args=[ward.uid])
    assert "trên trang này" not in client.get(address).content.decode()
    monkeypatch.setattr("nenmong.home.queries.office.PAGE", 2)
    assert "đã họp, trên trang này" in client.get(address).content.decode()


def test_only_months_without_a_meeting_are_offered_to_be_typed_in_late(client):
    unit, secretary, _scribe = journey.cell()
    journey.planned(unit, secretary, date(2026, 12, 3))
    client.force_login(secretary)
    page = client.get(reverse("home:unit", args=[unit.uid])).content.decode()
    assert 'value="2026-11-01"' in page
    assert 'value="2026-12-01"' not in page
