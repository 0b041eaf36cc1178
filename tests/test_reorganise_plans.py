"""What is still to come of a cell that ends goes on in its heir: topics, invitations, rights."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.meetings import actions
from nenmong.meetings.models import GivenRight, JointPart, Meeting, PlannedTopic, YearPlan
from nenmong.meetings.queries import joint, recount, verify
from nenmong.meetings.tests import journey
from nenmong.org.actions.drafting import draft
from nenmong.org.effects import effect
from nenmong.org.models import Unit
from nenmong.org.tests import plans
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 10)
NOW = journey.evening(date(2026, 10, 12))
JOINT = date(2026, 12, 20)


@pytest.fixture
def three():
    ward = WardFactory()
    return [journey.cell(4, parent=ward, name=name)[:2] for name in ("Một", "Hai", "Ba")]


def topic(cell, month, title, year=2026):
    unit, secretary = cell
    with clock.at(journey.evening(date(2026, 9, 1))):
        return actions.plan_topic(
            actor=secretary, unit_uid=unit.uid, month=date(year, month, 1), title=title,
            presenter="Bí thư",
        )  # fmt: skip


def merge(*cells, into="{name: Chi bộ chung}", step="merge"):
    uids = ", ".join(unit.uid for unit, *_ in cells)
    with clock.at(NOW):
        plans.apply(f"{step}: [{uids}]\n    into: {into}", day=DAY)
        return Unit.objects.filter(name="Chi bộ chung").first()


def sound():
    assert verify.verify().findings == []
    assert list(recount.differences()) == []


def said(unit, year=2026):
    rows = PlannedTopic.objects.filter(plan__unit=unit, plan__year=year)
    return list(rows.values_list("month__month", "title"))


def asked(host, *others, at=JOINT):
    """A thematic meeting of one cell with others asked to it."""
    unit, secretary = host
    with clock.at(journey.evening(date(2026, 10, 1))):
        meeting = actions.plan_meeting(
            actor=secretary, unit_uid=unit.uid, kind="thematic", subject="Chuyển đổi số",
            starts_at=journey.evening(at),
        )  # fmt: skip
        parts = [
            actions.ask_to_join(actor=secretary, meeting_uid=meeting.uid, unit_uid=other.uid)
            for other, _secretary in others
        ]
    return meeting, parts


def accept(part, other):
    with clock.at(journey.evening(date(2026, 10, 2))):
        return actions.accept_joint(actor=other[1], part_uid=part.uid)


def test_topics_to_come_go_on_in_one_plan(three):
    first, second, _third = three
    topic(first, 3, "Đã qua")
    topic(first, 10, "Tháng này")
    topic(first, 12, "Cùng chủ đề")
    topic(first, 2, "Sang năm", year=2027)
    topic(second, 12, "Cùng chủ đề")
    topic(second, 12, "Chỉ của chi bộ Hai")
    before = plans.dump()
    merged = merge(first, second)
    assert said(merged) == [
        (10, "Tháng này"), (12, "Cùng chủ đề"), (12, "Chỉ của chi bộ Hai"),
    ]  # fmt: skip
    assert said(merged, 2027) == [(2, "Sang năm")]
    assert set(PlannedTopic.objects.filter(plan__unit=merged).values_list("presenter")) == {
        ("Bí thư",)
    }
    # What the old cells had reported stays as they reported it.
    assert said(first[0]) == [(3, "Đã qua"), (10, "Tháng này"), (12, "Cùng chủ đề")]
    sound()
    with clock.at(NOW):
        plans.undo()
    assert plans.dump() == before


def test_a_topic_that_was_held_stays_with_the_cell_that_held_it(three):
    first, second, _third = three
    topic(first, 10, "Đã sinh hoạt")
    topic(second, 11, "Đang chuẩn bị")
    held = journey.sealed(*first, day=date(2026, 10, 3))
    assert held.subject == "Đã sinh hoạt"
    with clock.at(journey.evening(date(2026, 10, 5))):
        planned = actions.plan_meeting(
            actor=second[1], unit_uid=second[0].uid, month=date(2026, 11, 1)
        )
    merged = merge(first, second)
    assert said(merged) == [(11, "Đang chuẩn bị")]
    row = PlannedTopic.objects.get(plan__unit=merged)
    assert row.meeting_uid is None  # the meeting of the old cell is not held any more
    sound()
    with clock.at(NOW):
        meeting = actions.plan_meeting(actor=SYSTEM, unit_uid=merged.uid, month=date(2026, 11, 1))
    assert (meeting.kind, meeting.subject) == ("regular_thematic", "Đang chuẩn bị")
    assert meeting.uid != planned.uid


def test_a_plan_that_grew_is_reported_again(three):
    first, second, third = three
    topic(first, 11, "Của chi bộ Một")
    topic(third, 12, "Của chi bộ Ba")
    with clock.at(NOW):
        plan = actions.report_year_plan(actor=third[1], unit_uid=third[0].uid, year=2026)
    merge(first, second, into=third[0].uid)
    plan = YearPlan.objects.get(uid=plan.uid)
    assert plan.changed_at > plan.reported_at
    assert said(third[0]) == [(11, "Của chi bộ Một"), (12, "Của chi bộ Ba")]
    with clock.at(NOW):
        actions.drop_topic(
            actor=third[1], topic_uid=PlannedTopic.objects.filter(plan=plan).first().uid
        )
        with pytest.raises(DomainError, match=r"org\.changed_since_plan"):
            plans.undo()


def test_a_split_cell_s_plan_goes_with_its_first_part(three):
    first = three[0]
    topic(first, 12, "Chuyên đề quý IV")
    with clock.at(NOW):
        plans.apply(
            f"split: {first[0].uid}\n    into:\n      - {{name: Phần A}}\n      - {{name: Phần B}}",
            day=DAY,
        )
    assert said(Unit.objects.get(name="Phần A")) == [(12, "Chuyên đề quý IV")]
    assert said(Unit.objects.get(name="Phần B")) == []
    sound()


def test_a_cell_that_only_moves_keeps_all_of_it(three):
    host, other, third = three
    topic(host, 12, "Chuyên đề quý IV")
    meeting, (part, open_part) = asked(host, other, third)
    accept(part, other)
    ward = WardFactory()
    before = JointPart.objects.order_by("uid").values_list("unit", "state")
    with clock.at(NOW):
        plans.apply(f"move: [{host[0].uid}]\n    under: {ward.uid}", day=DAY)
    assert said(host[0]) == [(12, "Chuyên đề quý IV")]
    assert list(before) == [(other[0].uid, "accepted"), (third[0].uid, "asked")]
    assert joint.names(Meeting.objects.get(uid=meeting.uid)) == ["Hai"]
    assert open_part.unit == third[0]
    sound()


def test_what_a_cell_was_asked_to_its_heir_is_asked(three, client):
    host, second, third = three
    _meeting, (part, other) = asked(host, second, third)
    own = accept(part, second)
    before = plans.dump()
    merged = merge(second, third)
    part.refresh_from_db()
    other.refresh_from_db()
    assert (part.unit, part.state, part.part_uid) == (merged, "asked", None)
    assert (other.unit, other.state) == (third[0], "withdrawn")  # its heir is asked once
    assert [one.part_uid for one in joint.asked_of([merged.uid])] == [part.uid]
    with clock.at(NOW):
        plans.undo()
    assert plans.dump() == before
    merged = merge(second, third)
    secretary = UserFactory.holding("secretary", merged)
    with clock.at(NOW):
        meeting = actions.accept_joint(actor=secretary, part_uid=part.uid)
    assert (meeting.unit, meeting.subject) == (merged, "Chuyển đổi số")
    assert meeting.uid != own.uid
    client.force_login(host[1])
    page = client.get(reverse("meetings:joint", args=[_meeting.uid])).content.decode()
    assert "withdrawn" in page or "rút" in page


def test_an_heir_that_asks_itself_or_stands_elsewhere_is_not_asked(three):
    host, second, third = three
    _meeting, (part, other) = asked(host, second, third)
    far = UnitFactory(parent=WardFactory())
    merge(second, into=host[0].uid, step="dissolve")
    with clock.at(NOW):
        plans.apply(f"dissolve: [{third[0].uid}]\n    into: {far.uid}", day=DAY, code="hai")
    for row in (part, other):
        row.refresh_from_db()
        assert row.state == "withdrawn"
    assert part.unit == second[0]
    sound()


def test_who_was_asked_by_a_cell_that_ends_sits_alone(three, client):
    host, second, third = three
    meeting, (part, open_part) = asked(host, second, third)
    own = accept(part, second)
    helper = UserFactory.holding("member", host[0])
    with clock.at(journey.evening(date(2026, 10, 2))):
        actions.give_right(
            actor=host[1], meeting_uid=meeting.uid, role="helper", username=helper.username
        )
    beside = UnitFactory(parent=host[0].parent)
    before = plans.dump()["meetings_jointpart"]
    merge(host, [beside])
    states = JointPart.objects.order_by("uid").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "withdrawn"]
    assert joint.asked_of([third[0].uid]) == []
    assert joint.names(Meeting.objects.get(uid=own.uid)) == []
    assert GivenRight.objects.get().ended_at == NOW
    client.force_login(second[1])
    page = client.get(reverse("meetings:prepare", args=[own.uid])).content.decode()
    assert reverse("meetings:leave_joint", args=[own.uid]) in page
    with clock.at(NOW), pytest.raises(DomainError, match=r"meetings\.asked_no_more"):
        actions.accept_joint(actor=third[1], part_uid=open_part.uid)
    with clock.at(NOW):
        assert actions.decline_joint(actor=third[1], part_uid=open_part.uid).state == "withdrawn"
        plans.undo()
    assert plans.dump()["meetings_jointpart"] == before


def test_what_was_said_of_a_task_while_preparing_goes_along(three):
    first, second, _third = three
    journey.sealed(*first, day=date(2026, 9, 3), task="Dỡ mái vẩy")
    with clock.at(journey.evening(date(2026, 10, 1))):
        planned = actions.plan_meeting(actor=first[1], unit_uid=first[0].uid)
        report = planned.reports.get()
        actions.report_task(
            actor=first[1], meeting_uid=planned.uid, task_uid=report.task_uid, state="doing",
            result="Còn hai hộ",
        )  # fmt: skip
    merged = merge(first, second)
    with clock.at(NOW):
        meeting = actions.plan_meeting(actor=SYSTEM, unit_uid=merged.uid)
    assert [(one.state, one.result) for one in meeting.reports.all()] == [("doing", "Còn hai hộ")]
    assert not planned.reports.exists()
    sound()


def test_the_plan_says_what_goes_along(three):
    host, second, third = three
    topic(second, 12, "Chuyên đề quý IV")
    asked(host, second)
    text = plans.plan(f"merge: [{second[0].uid}, {third[0].uid}]\n    into: {{name: Mới}}", day=DAY)
    with clock.at(NOW), transaction.atomic():
        lines = list(effect(draft(SYSTEM, text, lock=True)))
    assert sum("Hai" in line and "1" in line for line in lines) >= 2


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["topic", "ask", "accept", "meet", "merge", "split", "move"]),
        st.integers(0, 9), st.integers(0, 9),
    ),
    min_size=3, max_size=9,
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_reorganised_nothing_is_lost_or_doubled(steps):
    example = transaction.atomic()
    example._from_testcase = True  # actions open their own transaction inside
    with example:
        _random(steps)
        transaction.set_rollback(True)


def _random(steps):
    province = WardFactory(kind="provincial_committee", name="Tỉnh ủy", code="P")
    wards = [WardFactory(parent=province, name=f"W{n}", code=f"W{n}") for n in (1, 2)]
    for number, ward in enumerate(wards):
        for place in (1, 2):
            UnitFactory(parent=ward, name=f"C{number}{place}")
    day = date(2026, 9, 1)
    for number, (what, one, two) in enumerate(steps):
        day = date.fromordinal(day.toordinal() + 2)
        cells = list(Unit.objects.cells().filter(last_day=None).order_by("uid"))
        cell, other = cells[one % len(cells)], cells[two % len(cells)]
        with clock.at(journey.evening(day)):
            _step(what, cell, other, wards, number, day, one)
    sound()
    for plan in YearPlan.objects.all():
        rows = list(plan.topics.values_list("month", "title"))
        assert len(rows) == len(set(rows))
        assert set(plan.topics.values_list("bucket", flat=True)) <= {plan.bucket}
    # A topic somebody has planned stands in the plan of a cell that is there, or was met about.
    live = set(PlannedTopic.objects.filter(plan__unit__last_day=None).values_list("month", "title"))
    for topic_ in PlannedTopic.objects.filter(month__gte=date(2026, 12, 1)):
        assert (topic_.month, topic_.title) in live
    for part in JointPart.objects.exclude(state__in=["declined", "withdrawn"]):
        assert part.unit.last_day is None
        assert part.meeting.unit.last_day is None
        assert part.unit != part.meeting.unit


def _step(what, cell, other, wards, number, day, one):
    with suppress(DomainError):  # refused: nothing is changed by it
        if what == "topic":
            actions.plan_topic(
                actor=SYSTEM, unit_uid=cell.uid, month=date(2026, 12, 1), title=f"Chủ đề {one % 3}"
            )
        elif what == "ask":
            meeting = actions.plan_meeting(
                actor=SYSTEM, unit_uid=cell.uid, kind="thematic", subject="Chung",
                starts_at=journey.evening(date(2026, 12, 20)),
            )  # fmt: skip
            actions.ask_to_join(actor=SYSTEM, meeting_uid=meeting.uid, unit_uid=other.uid)
        elif what == "accept":
            if asked_ := joint.asked_of([cell.uid]):
                actions.accept_joint(actor=SYSTEM, part_uid=asked_[0].part_uid)
        elif what == "meet":
            actions.plan_meeting(actor=SYSTEM, unit_uid=cell.uid)
        elif what == "merge":
            step = f"merge: [{cell.uid}, {other.uid}]\n    into: {{name: M{number}}}"
            plans.apply(step, day=day, code=f"p{number}")
        elif what == "split":
            both = "".join(f"\n      - {{name: {part}{number}}}" for part in "AB")
            step = f"split: {cell.uid}\n    into:{both}"
            plans.apply(step, day=day, code=f"p{number}")
        else:
            step = f"move: [{cell.uid}]\n    under: {wards[one % 2].uid}"
            plans.apply(step, day=day, code=f"p{number}")
