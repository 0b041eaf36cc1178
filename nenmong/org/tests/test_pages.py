"""Pages of members, posts, following and of a unit on any day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenmong.org.models import Following, Membership, PartyGroup, Post
from nenmong.org.tests.factories import (
    LONG_AGO,
    MemberFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db
DAY = "03/10/2026"


@pytest.fixture
def cell():
    return UnitFactory(parent=WardFactory())


@pytest.fixture
def office(client, cell):
    client.force_login(UserFactory.holding("office", cell.parent))
    return client


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_roll_of_a_day_says_who_is_due(office, cell):
    MemberFactory.of(cell, full_name="Trần Văn Đạt")
    exempt = MemberFactory.of(cell, full_name="Lê Thị Ân", status="exempt")
    PartyGroup.objects.create(bucket=1, unit=cell, name="Tổ đảng 1", first_day=LONG_AGO)
    exempt.memberships.update(group_uid=PartyGroup.objects.get().uid)
    MemberFactory.of(cell, full_name="Mới Vào", first_day=date(2026, 10, 4))
    text = page(office, "org:members", cell.uid, ngay=DAY)
    assert text.index("Lê Thị Ân") < text.index("Trần Văn Đạt")
    assert "Mới Vào" not in text
    assert "Tổ đảng 1" in text
    assert "1 trên 2" in text


def test_a_member_is_entered_once_though_sent_twice(office, cell):
    said = {"full_name": "Đỗ An", "status": "official", "birth_year": "", "day": DAY, "key": "k"}
    for _ in range(2):
        assert office.post(reverse("org:add_member", args=[cell.uid]), said).status_code == 302
    (row,) = Membership.objects.filter(member__full_name="Đỗ An")
    assert row.first_day == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("name", "said", "check"),
    [
        ("org:change_member",
         {"full_name": "Đỗ Bình", "birth_year": "1961", "phone": "", "email": ""},
         lambda m: m.full_name == "Đỗ Bình"),
        ("org:change_status", {"status": "exempt", "day": DAY},
         lambda m: m.memberships.get(last_day=None).status == "exempt"),
        ("org:end_membership", {"day": DAY}, lambda m: not m.memberships.filter(last_day=None)),
    ],
)  # fmt: skip
def test_a_member_is_changed_from_their_page(office, cell, name, said, check):
    member = MemberFactory.of(cell)
    assert "Lưu" in page(office, "org:member", member.uid)
    assert office.post(reverse(name, args=[member.uid]), said).status_code == 302
    member.refresh_from_db()
    assert check(member)
    assert member.full_name in page(office, "org:member", member.uid)


def test_a_member_goes_to_the_cell_beside(office, cell):
    beside = UnitFactory(parent=cell.parent)
    member = MemberFactory.of(cell)
    assert beside.name in page(office, "org:member", member.uid)
    said = {"unit": beside.uid, "day": DAY}
    office.post(reverse("org:move_member", args=[member.uid]), said)
    assert member.memberships.get(last_day=None).unit == beside


def test_posts_and_following_are_given_and_ended(office, cell):
    member = MemberFactory.of(cell)
    follower = UserFactory.holding("head", cell.parent).members.get()
    charge = reverse("org:charge", args=[cell.uid])
    said = {"member": member.uid, "role": "secretary", "title": "Bí thư", "manner": "acting",
            "day": DAY, "last_day": "03/10/2027", "term": "2025–2027"}  # fmt: skip
    assert office.post(reverse("org:give_post", args=[cell.uid]), said).status_code == 302
    said = {"member": follower.uid, "tier": "superior", "day": DAY}
    assert office.post(reverse("org:follow", args=[cell.uid]), said).status_code == 302
    text = office.get(charge).content.decode()
    assert member.full_name in text
    assert follower.full_name in text
    post, row = Post.objects.get(unit=cell), Following.objects.get()
    assert (post.last_day, post.manner) == (date(2027, 10, 3), "acting")
    office.post(reverse("org:end_post", args=[post.uid]), {"day": "04/10/2026"})
    office.post(reverse("org:unfollow", args=[row.uid]), {"day": "04/10/2026"})
    post.refresh_from_db()
    row.refresh_from_db()
    assert post.last_day == row.last_day == date(2026, 10, 4)


def test_a_form_that_chose_nobody_is_told_so(office, cell):
    for name in ("org:give_post", "org:follow"):
        answer = office.post(reverse(name, args=[cell.uid]), {"day": DAY})
        assert answer.status_code == 422


def test_a_unit_on_a_day_it_did_not_exist(office, cell):
    assert cell.parent.name in page(office, "org:unit_sheet", cell.uid)
    assert "chưa có" in page(office, "org:unit_sheet", cell.uid, ngay="01/01/2001").lower()


def test_a_unit_s_page_leads_only_where_one_may_go(client, cell):
    leads = reverse("org:unit_sheet", args=[cell.uid])
    for role, goes in (("office", True), ("committee_member", False)):
        client.force_login(UserFactory.holding(role, cell.parent))
        text = page(client, "org:unit_sheet", cell.parent.uid)
        assert cell.name in text
        assert (leads in text) is goes


def test_a_member_of_the_cell_sees_the_unit_and_no_list_of_names(client, cell):
    client.force_login(UserFactory.holding("member", cell))
    assert client.get(reverse("org:unit_sheet", args=[cell.uid])).status_code == 200
    assert client.get(reverse("org:members", args=[cell.uid])).status_code == 403
    assert client.get(reverse("org:members", args=[UnitFactory().uid])).status_code == 404


@pytest.mark.parametrize("name", ["org:members", "org:charge", "org:unit_sheet"])
def test_a_page_asks_the_same_whatever_it_shows(office, cell, name):
    def ask():
        with CaptureQueriesContext(connection) as seen:
            office.get(reverse(name, args=[cell.uid]))
        return len(seen)

    def add():
        member = MemberFactory.of(cell)
        Post.objects.create(
            bucket=1, member=member, unit=cell, role="scribe", title="x", first_day=LONG_AGO
        )
        Following.objects.create(
            bucket=1, member=member, unit=cell, tier="superior", first_day=LONG_AGO
        )

    add()
    few = ask()
    for _ in range(30):
        add()
    assert ask() == few <= 14


def test_the_first_post_of_a_committee_has_somebody_to_go_to(client, cell):
    """Nobody holds a post yet: the administrator finds a member of a cell by name."""
    member = MemberFactory.of(cell, full_name="Đỗ Thị Hạnh")
    stranger = MemberFactory.of(UnitFactory(), full_name="Lê Hạnh")
    client.force_login(UserFactory.holding("administrator", cell))
    ward = cell.parent
    text = page(client, "org:charge", ward.uid, ten="hanh")
    assert member.uid in text
    assert stranger.uid not in text
    give = reverse("org:give_post", args=[ward.uid])
    said = {"member": member.uid, "role": "head", "title": "Bí thư", "manner": "full", "day": DAY}
    assert client.post(give, said | {"member": stranger.uid}).status_code == 404
    assert client.post(give, said).status_code == 302
    assert Post.objects.get(unit=ward).member == member


def test_who_may_not_be_chosen_is_not_there(office, cell):
    stranger = MemberFactory.of(UnitFactory())
    for name, said in (
        ("org:give_post", {"role": "deputy", "manner": "full"}),
        ("org:follow", {"tier": "superior"}),
    ):
        answer = office.post(
            reverse(name, args=[cell.uid]), said | {"member": stranger.uid, "day": DAY}
        )
        assert answer.status_code == 404
    assert not Post.objects.filter(member=stranger)
    assert not Following.objects.exists()
