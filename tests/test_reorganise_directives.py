"""Documents on their way when units are reorganised: each part has them, nobody has them twice."""

from datetime import date

import pytest

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.directives import actions
from nenmong.directives.actions.recounting import differences
from nenmong.directives.models import Delivery, Directive
from nenmong.directives.tests import ready
from nenmong.directives.tests.ready import evening
from nenmong.meetings.models import Matter
from nenmong.org.models import Unit
from nenmong.org.tests import plans
from nenmong.org.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db
SENT, DAY, NOW = date(2026, 10, 1), date(2026, 10, 10), evening(date(2026, 10, 12))


@pytest.fixture
def at(work):
    """A ward whose two cells have a document waiting for their meetings."""
    with clock.at(evening(SENT)):
        at = ready.place()
        ready.sent(at)
        work()
    return at


def apply(*steps):
    with clock.at(NOW):
        plans.apply(*steps, day=DAY)


def waiting(unit):
    states = Delivery.objects.filter(unit=unit, state="waiting").count()
    matters = Matter.objects.filter(unit=unit, kind="directive", state="waiting").count()
    return states, matters


def test_of_merged_cells_the_heir_has_it_once(at, work):
    apply(f"merge: [{at.cell.uid}, {at.other.uid}]\n    into: {{name: Chi bộ chung}}")
    heir = Unit.objects.get(name="Chi bộ chung")
    assert waiting(heir) == (1, 1)
    work()
    assert waiting(heir) == (1, 1)
    assert differences() == []
    with clock.at(NOW):
        actions.withdraw(actor=at.head, directive_uid=Directive.objects.get().uid, reason="Trùng")
        work()
    assert waiting(heir) == (0, 0)
    assert differences() == []


def split(at):
    member = MemberFactory.of(at.cell)
    MemberFactory.of(at.cell)
    apply(
        f"split: {at.cell.uid}\n    into:\n      - {{name: Chi bộ 1}}\n"
        f"      - {{name: Chi bộ 2, members: [{member.uid}]}}"
    )
    return [Unit.objects.get(name=name) for name in ("Chi bộ 1", "Chi bộ 2")]


def test_of_a_split_cell_each_part_has_it(at, work):
    parts = split(at)
    work()
    assert [waiting(part) for part in parts] == [(1, 1), (1, 1)]
    assert differences() == []
    one = Delivery.objects.get(unit=parts[1])
    told = ready.Told(parts[1].uid, one.directive_id, one.uid, DAY)
    with clock.at(NOW):
        actions.note_told(actor=SYSTEM, told=told)
    assert [waiting(part)[0] for part in parts] == [1, 0]
    assert differences() == []


@pytest.mark.parametrize("how", ["split", "merge"])
def test_a_plan_taken_back_leaves_everything_as_it_was(at, work, how):
    before = plans.dump()
    if how == "split":
        MemberFactory.of(at.cell)
        before = plans.dump()
        apply(
            f"split: {at.cell.uid}\n    into:\n      - {{name: Chi bộ 1}}\n"
            "      - {name: Chi bộ 2}"
        )
    else:
        apply(f"merge: [{at.cell.uid}, {at.other.uid}]\n    into: {{name: Chi bộ chung}}")
    work()
    with clock.at(NOW):
        plans.undo()
    after = plans.dump()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"django_tasks_db_dbtaskresult"}


def test_what_a_merged_ward_was_drafting_goes_on_in_its_heir(at):
    other = ready.place()
    Unit.objects.filter(uid=other.ward.uid).update(parent=at.province)
    with clock.at(evening(SENT)):
        draft = ready.draft(at)
        request = ready.asked(at)
    third = UserFactory()
    assert third
    apply(f"dissolve: {at.cell.uid}\n    into: {at.other.uid}")
    request.refresh_from_db()
    assert request.unit == at.ward
    assert Directive.objects.get(uid=draft.uid).issuer == at.ward
    assert waiting(at.other) == (1, 1)
