"""A right goes with what it came from; what overlaps is said; kinds stand where they belong."""

from datetime import timedelta

import pytest

from nenmong.accounts.models import User
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.models import AuditEntry
from nenmong.org import access, actions
from nenmong.org.actions import NewUnit, Term
from nenmong.org.models import Following, Post
from nenmong.org.rules import may_stand_under, post_fits
from nenmong.org.tests.factories import LONG_AGO, MemberFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("way", ["end", "move"])
def test_who_leaves_the_cell_leaves_its_posts(way):
    cell = UnitFactory()
    user = UserFactory.holding("secretary", cell)
    said = {"actor": SYSTEM, "member_uid": user.members.get().uid}
    if way == "end":
        actions.end_membership(**said, last_day=clock.today() - DAY)
    else:
        to = UnitFactory(parent=cell.parent)
        actions.move_member(**said, unit_uid=to.uid, from_day=clock.today())
    assert not access.may(again(user), "meetings.names", cell.path)
    assert Post.objects.get().last_day == clock.today() - DAY


def test_who_leaves_the_post_above_follows_no_longer():
    cell = UnitFactory()
    office = UserFactory.holding("office", cell.parent)
    member = office.members.get()
    head = UserFactory.holding("head", cell.parent)
    actions.follow(
        actor=head, member_uid=member.uid, unit_uid=cell.uid, tier="superior", first_day=LONG_AGO
    )
    actions.end_post(actor=SYSTEM, post_uid=member.posts.get().uid, last_day=clock.today() - DAY)
    assert Following.objects.get().last_day == clock.today() - DAY
    assert not access.may(again(office), "meetings.view", cell.path)


def test_an_administrator_lets_nobody_follow_what_they_do_not_see():
    cell = UnitFactory()
    keeper = UserFactory.holding("administrator", cell.parent)
    member = UserFactory.holding("desk", cell.parent).members.get()
    with pytest.raises(NotAllowed, match=r"access\.denied"):
        actions.follow(
            actor=keeper, member_uid=member.uid, unit_uid=cell.uid, tier="superior",
            first_day=LONG_AGO,
        )  # fmt: skip


def give(member, unit, first_day, last_day=None, role="deputy"):
    return actions.give_post(
        actor=SYSTEM, member_uid=member.uid, unit_uid=unit.uid, role=role, title="",
        first_day=first_day, term=Term(last_day=last_day),
    )  # fmt: skip


def test_a_post_to_come_is_no_answer_for_one_from_today():
    cell = UnitFactory()
    member = MemberFactory.of(cell)
    later = give(member, cell, clock.today() + 60 * DAY)
    with pytest.raises(DomainError, match=r"org\.post_overlaps"):
        give(member, cell, clock.today())
    assert give(member, cell, clock.today() + 70 * DAY) == later  # covered whole


def test_a_term_is_followed_by_the_next():
    cell = UnitFactory()
    member = MemberFactory.of(cell)
    ends = clock.today() + 5 * DAY
    give(member, cell, LONG_AGO, ends)
    with pytest.raises(DomainError, match=r"org\.post_overlaps"):
        give(member, cell, clock.today(), ends + 365 * DAY)
    assert give(member, cell, ends + DAY, ends + 365 * DAY).first_day == ends + DAY


def test_a_cell_has_no_office_and_a_committee_no_scribe():
    assert post_fits("scribe", is_cell=True)
    assert not post_fits("office", is_cell=True)
    cell = UnitFactory()
    with pytest.raises(DomainError, match=r"org\.post_does_not_fit"):
        give(MemberFactory.of(cell), cell, LONG_AGO, role="office")


@pytest.mark.parametrize(
    ("kind", "parent", "fits"),
    [
        ("cell", "commune_committee", True), ("cell", "cell", False), ("cell", None, False),
        ("provincial_committee", "commune_committee", False),
        ("provincial_committee", None, True), ("commune_committee", None, True),
        ("authority", "commune_committee", True), ("authority", None, False),
        ("cell", "authority", False), ("grassroots_committee", "commune_committee", True),
        ("district_committee", "direct_superior", False),
    ],
)  # fmt: skip
def test_what_stands_under_what(kind, parent, fits):
    assert may_stand_under(kind, parent) is fits


def test_a_district_is_not_founded_under_a_ward():
    cell = UnitFactory()
    with pytest.raises(DomainError, match=r"org\.does_not_fit_under"):
        actions.create_unit(
            actor=SYSTEM, parent_uid=cell.parent.uid, first_day=LONG_AGO,
            unit=NewUnit("district_committee", "Thành ủy"),
        )  # fmt: skip


def test_a_slip_in_the_year_does_not_lock_a_member():
    cell = UnitFactory()
    member = MemberFactory.of(cell)
    said = {"actor": SYSTEM, "member_uid": member.uid}
    actions.change_status(**said, status="away", from_day=clock.today() + 365 * DAY)
    kept = actions.change_status(**said, status="exempt", from_day=clock.today())
    assert [(row.status, row.last_day) for row in member.memberships.order_by("first_day")] == [
        ("official", clock.today() - DAY), ("exempt", None),
    ]  # fmt: skip
    assert kept.status == "exempt"
    # Said as it was before, only the change to come goes.
    actions.change_status(**said, status="away", from_day=clock.today() + 365 * DAY)
    assert actions.change_status(**said, status="exempt", from_day=clock.today()).last_day is None
    assert member.memberships.count() == 2
    assert AuditEntry.objects.filter(verb="org.change_withdrawn").count() == 1
    actions.change_status(**said, status="away", from_day=clock.today() + 365 * DAY)
    actions.end_membership(**said, last_day=clock.today())
    assert not member.memberships.filter(last_day=None).exists()
