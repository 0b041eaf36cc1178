"""Party groups, openings by exception, kinds of cell, codes, and who keeps the installation."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.org import access, actions, queries
from nenmong.org.actions import NewUnit
from nenmong.org.models import Administrator, CellKind, Following, Membership, Opening
from nenmong.org.queries import told
from nenmong.org.tests import ready
from nenmong.org.tests.factories import LONG_AGO, MemberFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        ({"reason": " "}, DomainError, "org.no_reason"),
        ({"reason": "x" * 301}, DomainError, "core.too_long"),
        ({"username": "khong-ai"}, DomainError, "org.no_such_account"),
        ({"last_day": clock.today() + timedelta(days=15)}, DomainError, "org.opening_too_long"),
        ({"last_day": clock.today() - timedelta(days=1)}, DomainError, "org.opening_past"),
    ],
)
def test_an_opening_that_is_not_right_is_not_made(said, error, code):
    given, _scribe = ready.opening()
    with pytest.raises(error, match=f"^{code}$"):
        actions.open_by_exception(**given | said)
    assert not Opening.objects.exists()


def test_nobody_opens_for_themselves():
    given, _scribe = ready.opening()
    with pytest.raises(NotAllowed, match=r"org\.own_opening"):
        actions.open_by_exception(**given | {"username": given["actor"].username})


def test_who_holds_no_sight_of_records_opens_none():
    """An administrator may give posts everywhere, and still not what they do not hold."""
    given, _scribe = ready.opening()
    keeper = UserFactory.holding("administrator", UnitFactory())
    with pytest.raises(NotAllowed, match=r"access\.denied"):
        actions.open_by_exception(**given | {"actor": keeper})


def test_a_group_that_ends_lets_its_members_and_its_follower_go():
    said, _scribe = ready.joining_a_group()
    place = actions.join_group(**said)
    group, unit = said["group_uid"], place.unit
    follower = UserFactory.holding("office", unit.parent).members.get()
    head = UserFactory.holding("head", unit.parent)
    actions.follow(
        actor=head, member_uid=follower.uid, unit_uid=unit.uid, tier="grassroots",
        group_uid=group, first_day=ready.DAY,
    )  # fmt: skip
    (row,) = queries.groups_of(unit, clock.today())
    assert [uid for uid, _name in row.members] == [said["member_uid"]]
    assert list(row.followers) == [follower.full_name]
    actions.end_group(actor=said["actor"], group_uid=group, last_day=clock.today())
    assert not Membership.objects.exclude(group_uid=None).exists()
    assert Following.objects.get().last_day == clock.today()


def test_a_group_of_another_cell_is_not_joined():
    said, _scribe = ready.joining_a_group()
    other = UnitFactory(parent=Membership.objects.get(member=said["member_uid"]).unit.parent)
    elsewhere = actions.form_group(
        actor=said["actor"], unit_uid=other.uid, name="Tổ khác", first_day=ready.DAY
    )
    with pytest.raises(DomainError, match=r"org\.no_such_group"):
        actions.join_group(**said | {"group_uid": elsewhere.uid})


def test_a_secretary_forms_groups_from_the_page(client):
    cell = UnitFactory()
    secretary = UserFactory.holding("secretary", cell)
    member = MemberFactory.of(cell)
    client.force_login(secretary)
    client.post(reverse("org:form_group", args=[cell.uid]), {"name": "Tổ đảng số 1", "key": "a"})
    (row,) = queries.groups_of(cell, clock.today())
    client.post(reverse("org:add_to_group", args=[row.uid]), {"member": member.uid})
    page = client.get(reverse("org:groups", args=[cell.uid])).content.decode()
    assert "Tổ đảng số 1" in page
    assert f"Cho đồng chí {member.full_name} rời tổ" in page
    client.post(reverse("org:leave_group", args=[member.uid]))
    client.post(
        reverse("org:end_group", args=[row.uid]), {"day": clock.today().strftime("%d/%m/%Y")}
    )
    assert queries.groups_of(cell, clock.today() + timedelta(days=1)) == []


def test_a_kind_is_renamed_added_and_retired():
    board = UserFactory.holding("board", UnitFactory().parent)
    actions.set_cell_kind(actor=board, code="village", name_vi="thôn, bản", name_en="village")
    made = actions.set_cell_kind(actor=board, code="", name_vi="Nhà chung cư")
    assert made.code == "nha_chung_cu"
    actions.set_cell_kind(actor=board, code=made.code, name_vi="Nhà chung cư", retired=True)
    choices = dict(queries.cell_kind_choices())
    assert choices["village"] == "thôn, bản"
    assert made.code not in choices
    assert made.code in queries.cell_kinds()


def test_a_kind_as_it_was_writes_nothing():
    board = UserFactory.holding("board", UnitFactory().parent)
    actions.set_cell_kind(actor=board, code="village", name_vi="thôn, xóm, bản", name_en="village")
    assert not CellKind.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"registry_code": "123"}, "org.registry_code"),
        ({"code": "x" * 41}, "core.too_long"),
        ({"code": "B7"}, "org.code_taken"),
    ],
)
def test_codes_that_are_not_right_are_not_kept(said, code):
    given, _scribe = ready.setting_codes()
    UnitFactory(code="B7")
    with pytest.raises(DomainError, match=f"^{code}$"):
        actions.set_codes(**given | said)


def test_somebody_always_keeps_the_installation():
    keeper = UserFactory.holding("administrator", UnitFactory())
    held = Administrator.objects.get(user=keeper)
    with pytest.raises(DomainError, match=r"org\.last_administrator"):
        actions.dismiss_administrator(actor=keeper, administrator_uid=held.uid)


def test_the_head_is_told_what_an_administrator_gave(client):
    cell = UnitFactory()
    ward = cell.parent
    keeper = UserFactory.holding("administrator", ward)
    head = UserFactory.holding("head", ward)
    office = UserFactory.holding("office", ward)
    said = {"unit_uid": cell.uid, "title": "Bí thư", "first_day": LONG_AGO}
    by_keeper = actions.give_post(
        actor=keeper, member_uid=MemberFactory.of(cell).uid, role="secretary", **said
    )
    actions.give_post(actor=office, member_uid=MemberFactory.of(cell).uid, role="deputy", **said)
    assert told.given_by_administrators([ward.path]) == [by_keeper]
    client.force_login(head)
    page = client.get(reverse("home:my_work")).content.decode()
    assert "Chức vụ do quản trị giao trong 30 ngày qua (1)" in page
    assert by_keeper.member.full_name in page
    page = client.get(reverse("org:charge", args=[cell.uid])).content.decode()
    assert page.count("do quản trị giao") == 1
    client.force_login(office)
    assert "quản trị giao trong" not in client.get(reverse("home:my_work")).content.decode()


def test_an_administrator_names_another_and_prints_a_code(client):
    keeper = UserFactory.holding("administrator", UnitFactory())
    client.force_login(keeper)
    client.post(
        reverse("org:appoint"), {"username": "lanpt", "full_name": "Phạm Thị Lan", "key": "k"}
    )
    page = client.get(reverse("org:administration"), {"q": "lan"}).content.decode()
    assert "Phạm Thị Lan" in page
    made = Administrator.objects.get(user__username="lanpt")
    answer = client.post(reverse("org:restore_account", args=[made.user_id]), {"key": "r"})
    assert "lanpt" in client.get(answer["Location"]).content.decode()
    client.post(reverse("org:dismiss", args=[made.uid]))
    made.refresh_from_db()
    assert made.last_day == clock.today()


def test_one_unit_is_founded_from_the_page(client):
    ward = UnitFactory().parent
    client.force_login(UserFactory.holding("office", ward))
    form = {"kind": "cell", "cell_kind": "village", "unit_name": "Chi bộ thôn Hạ", "key": "k"}
    url = reverse("plans:found", args=[ward.uid])
    answer = client.post(url, form)
    assert "Chi bộ thôn Hạ" in client.get(answer["Location"]).content.decode()
    assert client.post(url, form)["Location"] == answer["Location"]


def test_pages_take_as_many_queries_whatever_the_rows(client):
    cell = UnitFactory()
    office = UserFactory.holding("office", cell.parent)
    client.force_login(office)
    counts = []
    for more in (1, 12):
        for number in range(more):
            group = actions.form_group(
                actor=office, unit_uid=cell.uid, name=f"Tổ {more}.{number}", first_day=ready.DAY
            )
            member = MemberFactory.of(cell)
            actions.join_group(actor=office, member_uid=member.uid, group_uid=group.uid)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("org:groups", args=[cell.uid]))
            client.get(reverse("org:charge", args=[cell.uid]))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_may_somewhere_is_of_who_holds_it():
    assert access.may_somewhere(
        UserFactory.holding("board", UnitFactory().parent), "org.edit_cell_kinds"
    )
    assert not access.may_somewhere(UserFactory(), "org.edit_cell_kinds")


def test_a_new_unit_of_an_unknown_kind_is_refused():
    office = UserFactory.holding("office", UnitFactory().parent)
    ward = office.members.get().posts.get().unit
    with pytest.raises(DomainError, match=r"org\.unknown_kind"):
        actions.create_unit(
            actor=office, parent_uid=ward.uid, unit=NewUnit("kingdom", "X"), first_day=ready.DAY
        )
