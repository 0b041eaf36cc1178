"""A cell's roll and its posts, as of a day; names in the order of lists in Vietnam."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenmong.core.rules import name_key
from nenmong.core.tests.names import names
from nenmong.org import queries
from nenmong.org.models import Member, Membership, MemberStatus, Post
from nenmong.org.tests.factories import LONG_AGO, MemberFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 3)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(names, max_size=12, unique=True))
def test_the_engine_orders_names_as_python_does(some):
    Member.objects.all().delete()
    for name in some:
        MemberFactory(full_name=name)
    ordered = Member.objects.order_by("name_key", "full_name").values_list("name_key", flat=True)
    assert list(ordered) == sorted(map(name_key, some))


def test_the_roll_is_of_its_day_in_the_order_of_given_names(django_assert_num_queries):
    unit = UnitFactory()
    for name in ("Trần Văn Đạt", "Lê Thị Ân", "Đỗ An", "Bùi Dung"):
        MemberFactory.of(unit, full_name=name)
    MemberFactory.of(unit, full_name="Mới", first_day=DAY + timedelta(days=1))
    MemberFactory.of(UnitFactory(), full_name="Ở nơi khác")
    left = MemberFactory.of(unit, full_name="Đã đi")
    left.memberships.update(last_day=DAY - timedelta(days=1))
    with django_assert_num_queries(1):
        roll = queries.roll(unit.uid, DAY)
    assert [entry.name for entry in roll] == [
        "Đỗ An", "Lê Thị Ân", "Bùi Dung", "Trần Văn Đạt",
    ]  # fmt: skip


@pytest.mark.parametrize("status", MemberStatus.values)
def test_the_roll_says_who_is_due(status):
    unit = UnitFactory()
    MemberFactory.of(unit, status=status)
    assert [entry.due for entry in queries.roll(unit.uid, DAY)] == [
        status not in {"exempt", "special_duty", "away"}
    ]


def test_a_changed_status_holds_from_its_day(django_assert_num_queries):
    unit = UnitFactory()
    member = MemberFactory.of(unit, status="probationary")
    member.memberships.update(last_day=DAY - timedelta(days=1))
    Membership.objects.create(bucket=1, member=member, unit=unit, status="official", first_day=DAY)
    on = {day: queries.roll(unit.uid, day)[0].status for day in (DAY - timedelta(days=1), DAY)}
    assert list(on.values()) == ["probationary", "official"]


def test_a_title_without_words_hides_none():
    unit = UnitFactory()
    user = UserFactory.holding("secretary", unit, "Bí thư")
    member = user.members.get()
    Post.objects.create(bucket=1, member=member, unit=unit, role="scribe", title="", first_day=DAY)
    today = queries.posts(unit.uid, DAY)
    assert queries.post_title(today, member.uid) == "Bí thư"
    assert queries.holder(today, "secretary") == member.uid
    assert queries.holder(today, "scribe") == member.uid
    assert queries.holder(queries.posts(unit.uid, DAY - timedelta(days=1)), "scribe") is None
    assert queries.posts(unit.uid, LONG_AGO - timedelta(days=1)) == []


def test_whose_account_it_is():
    unit = UnitFactory()
    user = UserFactory.holding("member", unit)
    assert queries.member_of(user.uid) == (user.members.get().uid, unit.uid)
    assert queries.member_of(UserFactory().uid) is None
