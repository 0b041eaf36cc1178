"""Tasks: whose they are, when they are reported, and how they go between two meetings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core.errors import DomainError, NotAllowed
from nenmong.meetings import actions, queries
from nenmong.meetings.models import Task, TaskProgress
from nenmong.meetings.rules import tasks as rules
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.given import LATER, NOVEMBER, OCTOBER, given_to, group_of, sealed_with
from nenmong.org.models import PartyGroup
from nenmong.org.tests.factories import (
    LONG_AGO,
    UserFactory,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


# ── when it is reported ─────────────────────────────────────────────────────────────────────


@given(held=DAYS, due=st.none() | DAYS)
def test_a_task_is_reported_at_the_first_meeting_not_before_its_day(held, due):
    month = held.replace(day=1)
    told = rules.reporting_month(month=month, day=held.day, due=due)
    assert told.day == 1
    assert told >= rules.next_month(month)
    if due and told > rules.next_month(month):
        assert told >= due.replace(day=1)
        assert told <= rules.next_month(due.replace(day=1))


@pytest.mark.parametrize(
    ("due", "told"),
    [(None, 11), (date(2026, 10, 20), 11), (date(2026, 11, 3), 11), (date(2026, 11, 4), 12)],
)
def test_the_month_in_which_it_is_reported(due, told):
    month = rules.reporting_month(month=date(2026, 10, 1), day=3, due=due)
    assert month == date(2026, told, 1)


pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    return unit, secretary


# ── whose it is ─────────────────────────────────────────────────────────────────────────────


def test_an_owner_is_a_member_a_group_the_committee_or_words(here):
    unit, _secretary = here
    group = group_of(unit)
    meeting = journey.opened(*here, OCTOBER)
    item, member = meeting.items.get(step="discussion"), meeting.attendances.first()
    found = []
    for said in (
        {"owner_uid": member.member_uid}, {"owner_kind": "group", "owner_uid": group.uid},
        {"owner_kind": "committee"}, {"owner": "Chi đoàn"},
    ):  # fmt: skip
        task = actions.assign_task(
            actor=here[1], item_uid=item.uid, title="x", due_on=LATER, **said
        )
        found.append((task.owner_kind, task.owner_uid, task.owner))
    assert found == [
        ("member", member.member_uid, member.name), ("group", group.uid, "Tổ đảng số 1"),
        ("committee", None, "Chi ủy"), ("", None, "Chi đoàn"),
    ]  # fmt: skip


def test_a_group_of_another_cell_or_that_ended_does_nothing_here(here):
    elsewhere = group_of(journey.cell(3)[0])
    gone = group_of(here[0])
    PartyGroup.objects.filter(uid=gone.uid).update(last_day=LONG_AGO)
    for group in (elsewhere, gone):
        with pytest.raises(DomainError, match=r"meetings\.no_such_group"):
            given_to(here, owner_kind="group", owner_uid=group.uid)


def test_whoever_owns_a_task_reports_it_and_nobody_else(here):
    unit, _secretary = here
    owner = UserFactory.holding("member", unit)
    in_group = UserFactory.holding("member", unit)
    seated = UserFactory.holding("committee_member", unit)
    people = {"owner": owner, "group": in_group, "committee": seated}
    group = group_of(unit, in_group.members.get())
    tasks = {
        "owner": {"owner_uid": owner.members.get().uid},
        "group": {"owner_kind": "group", "owner_uid": group.uid},
        "committee": {"owner_kind": "committee"},
    }
    meeting = journey.held(*here, OCTOBER, task="")
    item = meeting.items.get(step="discussion")
    given_ = {
        whose: actions.assign_task(
            actor=here[1], item_uid=item.uid, title=whose, due_on=LATER, **said
        )
        for whose, said in tasks.items()
    }
    actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)
    for whose, task in given_.items():
        for who, person in people.items():
            said = {"actor": person, "task_uid": task.uid, "text": "Đang làm"}
            if who == whose:
                assert actions.note_progress(**said).by_name == person.full_name
            else:
                with pytest.raises(NotAllowed, match=r"access\.denied"):
                    actions.note_progress(**said)


# ── between two meetings ────────────────────────────────────────────────────────────────────


def test_nothing_is_reported_before_the_seal_nor_after_it_is_done(here):
    task = given_to(here, owner_kind="committee")
    said = {"actor": here[1], "task_uid": task.uid}
    with pytest.raises(DomainError, match=r"meetings\.not_sealed"):
        actions.note_progress(**said, text="x")
    other = journey.cell(4)[:2]
    done = sealed_with(other, owner_kind="committee")
    Task.objects.filter(uid=done.uid).update(state="done", done_on=NOVEMBER)
    said = {"actor": other[1], "task_uid": done.uid}
    for call in (
        lambda: actions.note_progress(**said, text="x"),
        lambda: actions.declare_done(**said),
        lambda: actions.take_back_declaration(**said),
    ):
        with pytest.raises(DomainError, match=r"meetings\.task_closed"):
            call()


@pytest.mark.parametrize(
    ("text", "code"), [("", "no_words"), (" \n", "no_words"), ("x" * 501, "too_long")]
)
def test_progress_is_a_few_words(here, text, code):
    task = sealed_with(here, owner_kind="committee")
    with pytest.raises(DomainError, match=code):
        actions.note_progress(actor=here[1], task_uid=task.uid, text=text)


def test_a_declaration_is_judged_by_the_meeting(here):
    task = sealed_with(here, owner_kind="committee")
    said = {"actor": here[1], "task_uid": task.uid}
    declared = actions.declare_done(**said, words="Đã dỡ sáu hộ")
    assert declared.declared_on is not None
    actions.declare_done(**said, words="Cả hộ ông Ba")
    assert [p.text for p in TaskProgress.objects.all()] == ["Đã dỡ sáu hộ", "Cả hộ ông Ba"]
    meeting = journey.held(*here, NOVEMBER, task="")
    report = meeting.reports.get()
    assert (report.state, report.result) == ("", "")  # nothing is judged beforehand
    told = queries.tasks.told_of(meeting, [report])[task.uid]
    assert (told.times, told.declared_on, told.last.text) == (
        1, declared.declared_on, "Cả hộ ông Ba",
    )  # fmt: skip
    actions.report_task(
        actor=here[1], meeting_uid=meeting.uid, task_uid=task.uid, state="doing", result="Còn một"
    )
    actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)
    task.refresh_from_db()
    assert (task.state, task.declared_on, task.done_on) == ("doing", None, None)
    assert queries.verify.verify().findings == []
