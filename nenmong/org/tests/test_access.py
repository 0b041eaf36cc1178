"""Who may what where: from posts and belonging in force today, by the one table."""

from datetime import date, timedelta

import pytest

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import NotAllowed
from nenmong.org import access
from nenmong.org.models import Membership, Post, Unit
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 3)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(clock.at_hour(TODAY, clock.local(clock.now()).time())):
        yield


@pytest.fixture
def places():
    """A ward with two cells, and a cell elsewhere."""
    here = UnitFactory()
    beside = UnitFactory(parent=here.parent)
    return {"here": here, "beside": beside, "above": here.parent, "elsewhere": UnitFactory()}


# role held at, permission → where it may: all others are refused.
TABLE = [
    ("member", "here", "org.view_unit", {"here"}),
    ("member", "here", "meetings.view", {"here"}),
    ("member", "here", "meetings.work", set()),
    ("member", "here", "meetings.names", set()),
    ("scribe", "here", "meetings.work", {"here"}),
    ("scribe", "here", "meetings.seal", set()),
    ("secretary", "here", "meetings.seal", {"here"}),
    ("secretary", "here", "meetings.prepare", {"here"}),
    ("secretary", "here", "org.manage_members", set()),
    ("deputy", "here", "meetings.seal", {"here"}),
    ("office", "above", "org.view_unit", {"above", "here", "beside"}),
    ("office", "above", "org.manage_units", {"above", "here", "beside"}),
    ("office", "above", "meetings.view", {"above", "here", "beside"}),
    ("office", "above", "meetings.work", {"above"}),  # the committee's own meetings
    ("office", "above", "meetings.names", {"above"}),
    ("office", "above", "meetings.recount", set()),
    ("head", "above", "org.give_posts", {"above", "here", "beside"}),
    ("secretary", "above", "meetings.seal", {"above"}),  # a cell's role reaches no further
    ("unheard_of", "here", "meetings.seal", set()),
]


@pytest.mark.parametrize(("role", "at", "permission", "allowed"), TABLE)
def test_who_may_what_where(places, role, at, permission, allowed):
    actor = UserFactory.holding(role, places[at])
    may = {name for name, unit in places.items() if access.may(actor, permission, unit.path)}
    assert may == allowed
    visible = set(access.visible_units(actor, permission))
    assert visible == {places[name] for name in allowed}
    for name, unit in places.items():
        if name not in allowed:
            with pytest.raises(NotAllowed, match=r"access\.denied"):
                access.require(actor, permission, unit)
        else:
            access.require(actor, permission, unit)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(TODAY, None, True), (TODAY, TODAY, True), (YESTERDAY, YESTERDAY, False),
     (TOMORROW, None, False), (YESTERDAY, TOMORROW, True)],
)  # fmt: skip
@pytest.mark.parametrize("by", ["post", "membership"])
def test_a_role_counts_from_its_first_day_to_its_last(places, by, first, last, holds):
    user, unit = UserFactory(), places["here"]
    member = MemberFactory(user=user)
    dated = {"bucket": 1, "member": member, "unit": unit, "first_day": first, "last_day": last}
    if by == "post":
        Post.objects.create(role="scribe", title="", **dated)
    else:
        Membership.objects.create(status="official", **dated)
    assert access.may(user, "meetings.view", unit.path) is holds


def test_several_posts_add_up():
    one, other = UnitFactory(), UnitFactory()
    user = UserFactory.holding("secretary", one)
    Post.objects.create(
        bucket=1, member=user.members.get(), unit=other.parent, role="office", title="",
        first_day=TODAY,
    )  # fmt: skip
    assert access.may(user, "meetings.seal", one.path)
    assert not access.may(user, "meetings.seal", other.path)
    assert set(access.visible_units(user)) == {one, other, other.parent}


def test_the_program_may_everything_and_sees_by_no_scope():
    unit = UnitFactory()
    access.require(SYSTEM, "meetings.seal", unit)
    assert not access.visible_units(SYSTEM).exists()


def test_what_nobody_was_given_exists_for_nobody(django_assert_num_queries):
    user = UserFactory()
    access.holdings(user)
    with django_assert_num_queries(0):
        assert not access.visible_units(user).exists()


def test_rights_are_read_once_a_request(places, django_assert_num_queries):
    user = UserFactory.holding("secretary", places["here"])
    with django_assert_num_queries(1):
        for unit in places.values():
            access.may(user, "meetings.seal", unit.path)
    with clock.at(clock.now() + timedelta(days=1)), django_assert_num_queries(1):
        access.may(user, "meetings.seal", "0001")  # another day, read anew


def test_a_scope_is_one_query_whatever_the_tree(places, django_assert_num_queries):
    user = UserFactory.holding("office", places["above"])
    access.holdings(user)
    with django_assert_num_queries(1):
        assert len(Unit.objects.filter(access.scope(user, "org.view_unit", path="path"))) == 3


def test_a_refusal_names_the_place(places):
    with pytest.raises(NotAllowed) as refused:
        access.require(UserFactory(), "meetings.seal", places["here"])
    assert places["here"].name in str(refused.value.message)
    assert refused.value.status == 403
