"""Who may let whom in; a sheet of codes, access given back, a pause."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from nenmong.accounts.codes import codes_of
from nenmong.accounts.models import ApiToken, CodeSheet, User
from nenmong.accounts.tokens import new_token
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.org import access, actions
from nenmong.org.models import Post
from nenmong.org.tests.factories import LONG_AGO, MemberFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """A district, its ward, a cell of it; the ward's office and the cell's old secretary."""
    province = UnitFactory(kind="provincial_committee", name="Tỉnh ủy")
    district = UnitFactory(kind="district_committee", name="Thành ủy", parent=province)
    ward = UnitFactory(kind="commune_committee", name="Đảng ủy phường", parent=district)
    cell = UnitFactory(parent=ward)
    return {
        "district": district, "ward": ward, "cell": cell,
        "office": UserFactory.holding("office", ward),
        "secretary": UserFactory.holding("secretary", cell),
    }  # fmt: skip


def member(user):
    return user.members.get()


def give_post(user, unit, role):
    who = member(user)
    Post.objects.create(
        bucket=who.bucket, member=who, unit=unit, role=role, title="", first_day=LONG_AGO
    )


def test_an_office_lets_in_a_cells_secretary(place):
    assert access.may_let_in(place["office"], place["secretary"])


@pytest.mark.parametrize(
    ("role", "at"), [("head", "ward"), ("office", "ward"), ("office", "district")]
)
def test_an_office_lets_in_nobody_with_a_post_it_could_not_give(place, role, at):
    """A head who is a member of a cell below could be impersonated through that cell."""
    give_post(place["secretary"], place[at], role)
    who = User.objects.get(pk=place["secretary"].pk)
    assert not access.may_let_in(place["office"], who)
    with pytest.raises(NotAllowed, match=r"access\.denied"):
        actions.give_sheet(actor=place["office"], member_uid=member(who).uid)
    with pytest.raises(NotAllowed, match=r"access\.denied"):
        actions.restore_access(actor=place["office"], user_uid=who.uid)
    with pytest.raises(NotAllowed, match=r"access\.denied"):
        actions.pause_account(actor=place["office"], user_uid=who.uid, paused=True)


def test_an_administrator_is_let_in_by_another_only(place):
    first = UserFactory.holding("administrator", place["ward"])
    second = UserFactory.holding("administrator", place["ward"])
    assert access.may_let_in(first, second)
    assert not access.may_let_in(first, first)
    assert not access.may_let_in(place["office"], first)


def test_who_has_no_right_left_is_the_keepers(place):
    keeper = UserFactory.holding("administrator", place["ward"])
    nobody = UserFactory()
    assert access.may_let_in(keeper, nobody)
    assert not access.may_let_in(place["office"], nobody)


def test_a_new_sheet_ends_the_one_before(place):
    first, second = (
        actions.give_sheet(actor=place["office"], member_uid=member(place["secretary"]).uid)
        for _time in range(2)
    )
    first.refresh_from_db()
    assert first.ended_at
    assert not second.ended_at
    assert not set(codes_of(first)) & set(codes_of(second))


def test_paper_is_no_second_factor(place):
    head = UserFactory.holding("office", place["district"])
    keeper = UserFactory.holding("administrator", place["ward"])
    with pytest.raises(DomainError, match=r"org\.no_sheet_here"):
        actions.give_sheet(actor=keeper, member_uid=member(head).uid)
    sheet = actions.restore_access(actor=keeper, user_uid=head.uid)
    assert sheet.codes == 1


def test_a_member_without_account_gets_no_sheet(place):
    with pytest.raises(DomainError, match=r"org\.no_account"):
        actions.give_sheet(actor=place["office"], member_uid=MemberFactory.of(place["cell"]).uid)


def test_giving_back_ends_password_phone_and_sessions(place, client):
    user = place["secretary"]
    user.set_password("một câu dễ nhớ")
    user.save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    actions.make_token(actor=SYSTEM, username=user.username, token=new_token(), note="")
    client.force_login(user)
    actions.restore_access(actor=place["office"], user_uid=user.uid)
    user.refresh_from_db()
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert not user.has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get(reverse("home:my_work")).status_code == 302


def test_the_sheet_is_shown_to_who_had_it_made_while_it_is_new(place, client, time_machine):
    sheet = actions.give_sheet(actor=place["office"], member_uid=member(place["secretary"]).uid)
    url = reverse("org:sheet", args=[sheet.uid])
    client.force_login(place["secretary"])
    assert client.get(url).status_code == 404
    client.force_login(place["office"])
    page = client.get(url)
    shown = page.content.decode()
    assert all(f"{code[:3]} {code[3:6]} {code[6:]}" in shown for code in codes_of(sheet))
    assert "no-store" in page["Cache-Control"]
    CodeSheet.objects.update(used=1)
    assert client.get(url).status_code == 404


def test_an_office_opens_an_account_and_prints_a_sheet(place, client):
    who = MemberFactory.of(place["cell"], full_name="Phạm Thị Lụa")
    client.force_login(place["office"])
    page = client.get(reverse("org:member", args=[who.uid])).content.decode()
    assert 'value="luapt"' in page
    client.post(reverse("org:give_account", args=[who.uid]), {"username": "luapt"})
    page = client.get(reverse("org:member", args=[who.uid])).content.decode()
    assert "chưa đăng nhập lần nào" in page
    answer = client.post(reverse("org:give_sheet", args=[who.uid]), {"key": "k"})
    again = client.post(reverse("org:give_sheet", args=[who.uid]), {"key": "k"})
    assert answer["Location"] == again["Location"]
    assert "luapt" in client.get(answer["Location"]).content.decode()


def test_an_odd_sign_in_name_is_told_why(place):
    who = MemberFactory.of(place["cell"])
    with pytest.raises(DomainError, match=r"accounts\.odd_name"):
        actions.give_account(actor=place["office"], member_uid=who.uid, username="a b")


def give(user, unit, role, first_day=None):
    actions.give_post(
        actor=SYSTEM, member_uid=member(user).uid, unit_uid=unit.uid, role=role, title="",
        first_day=first_day or clock.today(),
    )  # fmt: skip


@pytest.mark.parametrize(("role", "at"), [("head", "ward"), ("office", "district")])
def test_a_sheet_ends_when_its_person_outgrows_who_printed_it(place, client, role, at):
    """The ward's office printed codes for a secretary, who then became the ward's head."""
    user = place["secretary"]
    sheet = actions.give_sheet(actor=place["office"], member_uid=member(user).uid)
    give(user, place[at], role)
    sheet.refresh_from_db()
    assert sheet.ended_at
    form = {"login": user.username, "password": codes_of(sheet)[0]}
    assert client.post(reverse("account_login"), form).status_code == 200


def test_a_sheet_goes_on_with_a_post_its_maker_could_give(place):
    sheet = actions.give_sheet(actor=place["office"], member_uid=member(place["secretary"]).uid)
    give(place["secretary"], place["cell"], "scribe")
    sheet.refresh_from_db()
    assert sheet.ended_at is None


def test_a_post_that_begins_tomorrow_counts_today(place):
    """Whoever prints codes today could wait a day and be the head."""
    tomorrow = clock.today() + timedelta(days=1)
    give(place["secretary"], place["ward"], "head", tomorrow)
    assert not access.may_let_in(place["office"], User.objects.get(pk=place["secretary"].pk))
    other = UserFactory.holding("secretary", UnitFactory(parent=place["ward"]))
    give(other, place["district"], "head", tomorrow)
    keeper = UserFactory.holding("administrator", place["ward"])
    with pytest.raises(DomainError, match=r"org\.no_sheet_here"):
        actions.give_sheet(actor=keeper, member_uid=member(other).uid)


def test_codes_printed_meanwhile_are_told_at_the_next_sign_in(place, client):
    user = place["secretary"]
    user.set_password("một câu dễ nhớ")
    user.save()
    actions.give_sheet(actor=place["office"], member_uid=member(user).uid)
    form = {"login": user.username.upper(), "password": "một câu dễ nhớ"}
    page = client.post(reverse("account_login"), form, follow=True).content.decode()
    assert "đã in tờ mã đăng nhập cho tài khoản này" in page
    assert place["office"].full_name in page
    client.logout()
    assert (
        "đã in tờ mã"
        not in client.post(reverse("account_login"), form, follow=True).content.decode()
    )


def test_a_code_takes_the_name_as_a_password_does(place, client):
    user = place["secretary"]
    sheet = actions.give_sheet(actor=place["office"], member_uid=member(user).uid)
    form = {"login": user.username.capitalize(), "password": codes_of(sheet)[0]}
    assert client.post(reverse("account_login"), form).status_code == 302


@pytest.mark.parametrize("role", ["desk", "office"])
def test_every_post_of_district_and_province_asks_for_a_second_factor(place, role):
    board = UnitFactory(kind="party_building_board", parent=place["district"], name="Ban Tổ chức")
    assert access.needs_second_factor(UserFactory.holding(role, board))
    assert access.needs_second_factor(UserFactory.holding(role, place["district"]))
    assert not access.needs_second_factor(UserFactory.holding(role, place["ward"]))


def test_of_two_keepers_one_stays(place):
    first, second = (UserFactory.holding("administrator", place["ward"]) for _n in range(2))
    actions.pause_account(actor=first, user_uid=second.uid, paused=True)
    with pytest.raises(DomainError, match=r"org\.last_administrator"):
        actions.pause_account(actor=second, user_uid=first.uid, paused=True)
    held = first.administrations.get()
    with pytest.raises(DomainError, match=r"org\.last_administrator"):
        actions.dismiss_administrator(actor=second, administrator_uid=held.uid)
