"""Two people in an office, the same moment: nothing is done twice, nothing is lost."""

from datetime import date

import pytest

from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.core.models import AuditEntry
from nenmong.org import actions
from nenmong.org.models import Following, Member, Membership, Post, Unit
from nenmong.org.rules.columns import Line
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory, WardFactory

pytestmark = pytest.mark.slow  # threads that wait for each other
DAY = date(2026, 10, 3)


@pytest.fixture
def here(together):
    """A ward with two cells, a member of the first, and two people of its office."""
    ward = WardFactory()
    cells = [UnitFactory(parent=ward), UnitFactory(parent=ward)]
    people = [UserFactory.holding("office", ward) for _ in range(2)]
    return MemberFactory.of(cells[0]), cells, people


def errors(results):
    return [result for result in results if isinstance(result, Exception)]


def test_a_post_given_by_two_is_one_post(here, together):
    member, (cell, _other), people = here
    said = {"member_uid": member.uid, "unit_uid": cell.uid, "role": "deputy", "title": "Phó Bí thư",
            "first_day": DAY}  # fmt: skip
    results = together(*[lambda who=who: actions.give_post(actor=who, **said) for who in people])
    assert errors(results) == []
    assert together(lambda: Post.objects.filter(role="deputy").count()) == [1]


def test_a_unit_followed_by_the_word_of_two_is_followed_once(here, together):
    member, (cell, _other), people = here
    said = {"member_uid": member.uid, "unit_uid": cell.uid, "tier": "superior", "first_day": DAY}
    results = together(*[lambda who=who: actions.follow(actor=who, **said) for who in people])
    assert errors(results) == []
    assert together(Following.objects.count) == [1]


def test_a_member_sent_two_ways_goes_one(here, together):
    member, (cell, other), people = here
    third = UnitFactory(parent=cell.parent)

    def move(who, to):
        return actions.move_member(
            actor=who, member_uid=member.uid, unit_uid=to.uid, from_day=DAY
        ).unit_id

    results = together(lambda: move(people[0], other), lambda: move(people[1], third))
    (refused,) = errors(results)
    assert isinstance(refused, DomainError)
    went = next(result for result in results if result is not refused)
    at = Membership.objects.filter(member=member.uid, last_day=None)
    assert together(lambda: list(at.values_list("unit_id", flat=True))) == [[went]]


def test_one_list_taken_in_by_two_is_taken_in_once(here, together):
    _member, (cell, _other), people = here
    lines = [
        Line(number, {"full_name": f"Lê Ái {number}", "unit": cell.uid}) for number in range(2, 12)
    ]

    def take(who):
        return actions.import_members(actor=who, lines=lines, digest="d")

    results = together(*[lambda who=who: take(who) for who in people])
    assert sorted(results) == [0, 10]
    found = Member.objects.filter(full_name__startswith="Lê Ái")
    told = AuditEntry.objects.filter(verb="org.members_imported")
    assert together(lambda: (found.count(), told.count())) == [(10, 1)]


def test_who_is_entered_while_a_cell_ends_is_in_the_heir_or_told(here, together):
    _member, (cell, other), people = here
    text = f"plan: nhap\nday: 2026-10-03\nsteps: [{{merge: [{cell.uid}], into: {other.uid}}}]"
    add = {"unit_uid": cell.uid, "full_name": "Đỗ Mới", "status": "official",
           "first_day": date(2026, 9, 1)}  # fmt: skip
    together(
        lambda: actions.apply_plan(actor=SYSTEM, text=text),
        lambda: actions.add_member(actor=people[0], **add),
    )

    def left_behind():
        ended = Unit.objects.get(uid=cell.uid).last_day
        return bool(ended) and Membership.objects.filter(unit=cell.uid, last_day=None).exists()

    assert together(left_behind) == [False]


def test_two_first_units_at_once_are_one_and_a_sentence(together):
    results = together(*[
        lambda name=name: actions.create_unit(
            actor=SYSTEM, parent_uid=None, unit=actions.NewUnit("provincial_committee", name),
            first_day=DAY,
        )
        for name in "AB"
    ])  # fmt: skip
    refused = [one for one in results if isinstance(one, Exception)]
    assert [getattr(one, "code", "") for one in refused] in ([], ["org.founded_meanwhile"])
    assert together(Unit.objects.count) == [2 - len(refused)]
