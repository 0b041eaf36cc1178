"""Two people of an office, the same moment: one value a day, and none lost."""

from datetime import timedelta

import pytest

from nenmong.core import clock
from nenmong.org.tests.factories import UserFactory, WardFactory
from nenmong.rulebook import actions
from nenmong.rulebook.models import UnitRule

pytestmark = pytest.mark.slow  # threads that wait for each other


@pytest.fixture
def here(together):
    ward = WardFactory()
    return ward, [UserFactory.holding("office", ward) for _ in range(2)]


def put(actor, ward, value, days, key=""):
    return actions.set_rule(
        actor=actor, key=key, unit_uid=ward.uid, rule="meetings.regular.fixed_day", typed=value,
        first_day=clock.today() + timedelta(days=days), document="Quyết định 12",
    )  # fmt: skip


def test_the_same_rule_set_by_two_is_set_once(here, together):
    ward, people = here
    results = together(*[lambda who=who: put(who, ward, "5", 3) for who in people])
    assert results[0] == results[1]
    assert together(UnitRule.objects.standing().count) == [1]


def test_a_form_sent_twice_at_once_is_one_rule(here, together):
    ward, (one, _other) = here
    together(*[lambda: put(one, ward, "5", 3, key="k")] * 2)
    assert together(UnitRule.objects.count) == [1]


def test_two_values_at_once_leave_no_overlap(here, together):
    ward, people = here
    results = together(
        lambda: put(people[0], ward, "5", 3), lambda: put(people[1], ward, "6", 3),
        lambda: put(people[0], ward, "7", 9),
    )  # fmt: skip
    assert not [result for result in results if isinstance(result, Exception)]
    (rows,) = together(lambda: list(UnitRule.objects.standing().order_by("first_day")))
    days = [row.first_day for row in rows]
    assert len(set(days)) == len(days)
    assert [row.last_day for row in rows if row.last_day is None] == [None]
