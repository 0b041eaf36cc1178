"""Search without accents, within one's scope, names by given name."""

import unicodedata

import pytest
from django.urls import reverse

from nenmong.directives.tests import ready
from nenmong.home.queries.search import SHOWN, search
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory, WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return WardFactory(name="Đảng ủy phường Xuân Hòa")


@pytest.fixture
def office(ward):
    return UserFactory.holding("office", ward)


@pytest.mark.parametrize(
    "written",
    ["dang uy", "Đảng uỷ", "ĐẢNG ỦY", "xuan hoa", "xuân hoà", "hoa  XUAN", "dang",
     unicodedata.normalize("NFD", "Đảng ủy")],
)  # fmt: skip
def test_however_it_is_written_the_unit_is_found(office, ward, written):
    assert ward in search(office, written).units


def test_names_come_by_given_name_and_only_from_ones_own(office, ward):
    cell = UnitFactory(parent=ward)
    for name in ("Lê Văn Đạt", "Lê Thị Ân", "Lê An"):
        MemberFactory.of(cell, full_name=name)
    MemberFactory.of(UnitFactory(), full_name="Lê Ở Nơi Khác")
    names = [row.member.full_name for row in search(office, "lê").members]
    assert names == ["Lê An", "Lê Thị Ân", "Lê Văn Đạt"]
    assert search(UserFactory.holding("member", cell), "lê").members == []
    assert search(UserFactory(), "lê").nothing


@pytest.mark.parametrize("written", ["", " ", "a", "%", "__", "\x00", "'; --", "x" * 5000])
def test_what_finds_nothing_finds_nothing(office, ward, client, written):
    assert search(office, written).nothing
    client.force_login(office)
    assert client.get(reverse("home:search"), {"q": written}).status_code == 200


def test_a_long_list_says_that_it_goes_on(office, ward, client, django_assert_max_num_queries):
    cell = UnitFactory(parent=ward)
    for _ in range(SHOWN + 1):
        MemberFactory.of(cell, full_name="Lê Ái")
    found = search(office, "ai")
    assert (len(found.members), found.more) == (SHOWN, {"members"})
    client.force_login(office)
    with django_assert_max_num_queries(8):
        answer = client.get(reverse("home:search"), {"q": "ai"})
    assert "Lê Ái" in answer.content.decode()


def test_documents_are_found_by_whom_they_reached(client):
    at = ready.place()
    one = ready.delivery(at).directive
    ready.draft(at)
    assert search(at.member, "ra soat ho ngheo").documents == [one]
    assert search(at.office, "05-hd").documents == [one]
    stranger = UserFactory.holding("secretary", UnitFactory(parent=WardFactory()))
    assert search(stranger, "ra soat ho ngheo").documents == []
    client.force_login(at.member)
    text = client.get(reverse("home:search"), {"q": "ra soat ho ngheo"}).content.decode()
    assert reverse("directives:read", args=[one.uid]) in text
