"""A reorganisation from its page: written by ticking, looked at, carried out, taken back."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nenmong.org.models import Reorganisation, Unit
from nenmong.org.rules import writing
from nenmong.org.rules.plan import read
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory, WardFactory
from nenmong.ui.reading import read_day

TODAY = "24/11/2026"


@pytest.fixture
def ward(db):
    ward = WardFactory()
    for number in (1, 2, 3):
        MemberFactory.of(UnitFactory(parent=ward, name=f"Chi bộ {number}"))
    return ward


@pytest.fixture
def office(client, ward):
    user = UserFactory.holding("office", ward)
    client.force_login(user)
    return client


def cells(ward):
    return list(Unit.objects.filter(parent=ward, last_day=None).order_by("path"))


def sent(ward, **said):
    first, second, _third = cells(ward)
    return {"units": [first.uid, second.uid], "verb": "merge", "new_name": "Chi bộ chung",
            "day": TODAY, "name": "hop-nhat"} | said  # fmt: skip


def test_planned_looked_at_done_and_undone(office, ward):
    look = office.post(reverse("plans:look", args=[ward.uid]), sent(ward))
    assert look.status_code == 200
    page = look.content.decode()
    assert "Chi bộ chung" in page
    assert not Reorganisation.objects.exists()
    text = writing.written(
        name="hop-nhat", day=read_day(TODAY), verb="merge",
        units=[unit.uid for unit in cells(ward)[:2]], new_name="Chi bộ chung",
    )  # fmt: skip
    assert office.post(reverse("plans:apply", args=[ward.uid]), {"text": text}).status_code == 302
    assert [unit.name for unit in cells(ward)] == ["Chi bộ 3", "Chi bộ chung"]
    page = office.get(reverse("plans:draft", args=[ward.uid])).content.decode()
    assert "hop-nhat" in page
    plan = Reorganisation.objects.get()
    assert office.post(reverse("plans:undo", args=[ward.uid, plan.uid])).status_code == 302
    assert [unit.name for unit in cells(ward)] == ["Chi bộ 1", "Chi bộ 2", "Chi bộ 3"]


@pytest.mark.parametrize(
    "said",
    [
        {"verb": "sing"}, {"units": []}, {"verb": "rename"}, {"day": "31/6/2026"}, {"name": ""},
        {"new_name": "", "into": ""}, {"text": "plan: ["}, {"day": "01/01/2030"},
    ],
)  # fmt: skip
def test_what_is_not_right_is_said_and_what_was_typed_stays(office, ward, said):
    answer = office.post(reverse("plans:look", args=[ward.uid]), sent(ward, **said))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "nm-notice late" in page
    if "new_name" not in said:
        assert "Chi bộ chung" in page


def test_a_plan_may_not_reach_beyond_ones_own(office, ward):
    other = UnitFactory()
    answer = office.post(reverse("plans:look", args=[ward.uid]), sent(ward, units=[other.uid]))
    assert answer.status_code in {403, 422}
    assert not Reorganisation.objects.exists()


def test_the_page_asks_the_same_whatever_it_shows(office, ward, django_assert_max_num_queries):
    for number in range(30):
        UnitFactory(parent=ward, name=f"Thêm {number}")
    with django_assert_max_num_queries(10):
        office.get(reverse("plans:draft", args=[ward.uid]))


@given(
    st.sampled_from(writing.VERBS),
    st.text("abc ộ:#'\"-{}[]", min_size=1, max_size=20).filter(str.strip),
    st.lists(st.text("abc123", min_size=1, max_size=5), min_size=1, max_size=3, unique=True),
)
def test_what_the_form_writes_can_be_read(verb, name, units):
    units = units[:1] if verb == "rename" else units
    text = writing.written(
        name="p", day=read_day(TODAY), verb=verb, units=units, new_name=name, into="uz"
    )
    plan = read(text)
    assert plan.steps[0].verb == verb
    assert plan.day == read_day(TODAY)
