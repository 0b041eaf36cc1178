"""Tasks given anew without being lost, of a resolution that failed, of a cell that was merged."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.meetings import actions, queries
from nenmong.meetings.models import Matter, Task
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.given import DECEMBER, LATER, NOVEMBER, OCTOBER, group_of, sealed_with
from nenmong.org.actions import apply_plan
from nenmong.org.tests.factories import (
    UnitFactory,
    UserFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    return unit, secretary


# ── given anew ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def anew(here):
    """A task of October that is not done in November, and is given anew there."""
    old = sealed_with(here, owner_kind="committee")
    meeting = journey.held(*here, NOVEMBER, task="")
    said = {"actor": here[1], "meeting_uid": meeting.uid, "task_uid": old.uid}
    actions.report_task(**said, state="doing", result="Còn hai hộ")
    new = actions.renew_task(**said, due_on=date(2026, 12, 28), owner="Chi đoàn")
    return old, new, meeting, said


@pytest.mark.slow  # three whole meetings
def test_a_task_given_anew_comes_back_once_and_its_count_goes_on(here, anew):
    old, new, meeting, _said = anew
    actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.done_on, old.result, old.due_on) == (
        "not_done", NOVEMBER, "Còn hai hộ", LATER,
    )  # fmt: skip
    assert (new.owner, new.owner_kind, new.due_on, new.state) == (
        "Chi đoàn", "", date(2026, 12, 28), "doing",
    )  # fmt: skip
    matter = Matter.objects.get()
    assert (matter.source_uid, matter.state, matter.carried) == (new.uid, "waiting", 1)
    assert queries.lists.open_tasks(here[0].uid) == [new]
    following = journey.held(*here, DECEMBER, task="")
    report = following.reports.get()
    assert (report.task_uid, report.state_at_start, report.owner) == (new.uid, "doing", "Chi đoàn")
    assert queries.tasks.told_of(following, [report])[new.uid].times == 2
    actions.report_task(
        actor=here[1], meeting_uid=following.uid, task_uid=new.uid, state="done", result=""
    )
    actions.seal_minutes(actor=here[1], meeting_uid=following.uid)
    assert Matter.objects.get().state == "discharged"
    assert queries.lists.open_tasks(here[0].uid) == []
    course = queries.tasks.course(Task.objects.select_related("unit", "meeting").get(uid=new.uid))
    assert [r.owner for r in course.reports] == ["Chi ủy", "Chi đoàn"]
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []


def test_given_anew_again_changes_the_new_one(here, anew):
    old, new, meeting, said = anew
    again = actions.renew_task(**said, due_on=LATER)
    assert (again.uid, again.owner, again.due_on) == (new.uid, "Chi đoàn", LATER)
    assert meeting.assigned.count() == 1
    meeting.refresh_from_db()
    assert meeting.tasks == 1
    with pytest.raises(DomainError, match=r"meetings\.given_anew"):
        actions.report_task(**said, state="done", result="")
    actions.remove_task(actor=here[1], task_uid=new.uid)
    assert Matter.objects.get().source_uid == old.uid
    actions.report_task(**said, state="done", result="")
    actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)
    assert Matter.objects.get().state == "discharged"
    assert Task.objects.get().state == "done"


@pytest.mark.parametrize("state", ["", "done"])
def test_only_what_is_not_done_is_given_anew(here, state):
    old = sealed_with(here, owner_kind="committee")
    meeting = journey.held(*here, NOVEMBER, task="")
    said = {"actor": here[1], "meeting_uid": meeting.uid, "task_uid": old.uid}
    if state:
        actions.report_task(**said, state=state, result="")
    with pytest.raises(DomainError, match=r"meetings\.not_reported"):
        actions.renew_task(**said, due_on=LATER)
    assert Task.objects.count() == 1


# ── of a resolution that was not passed ─────────────────────────────────────────────────────


def vote_down(here, meeting):
    actions.record_vote(
        actor=here[1], meeting_uid=meeting.uid, about="resolution", agreed=0, other=0,
        against=meeting.official_present,
    )  # fmt: skip


def test_tasks_of_a_resolution_that_was_not_passed_bind_nobody(here, client):
    meeting = journey.held(*here, OCTOBER)
    vote_down(here, meeting)
    client.force_login(here[1])
    page = client.get(reverse("meetings:before_seal", args=[meeting.uid])).content.decode()
    assert "nm-notice soon" in page
    actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)
    assert not Matter.objects.exists()
    assert queries.lists.open_tasks(here[0].uid) == []
    row = queries.tasks.table(here[0].uid, shown="tat-ca").rows[0]
    assert row.outcome == "not_passed"
    assert journey.planned(*here, NOVEMBER).reports.count() == 0
    assert queries.verify.verify().findings == []


def test_what_was_given_anew_in_vain_goes_on_as_it_was(here, anew):
    old, new, meeting, _said = anew
    vote_down(here, meeting)
    actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)
    old.refresh_from_db()
    assert (old.state, old.done_on) == ("doing", None)
    matter = Matter.objects.get()
    assert (matter.source_uid, matter.state, matter.carried) == (old.uid, "waiting", 1)
    assert queries.lists.open_tasks(here[0].uid) == [old]
    assert journey.planned(*here, DECEMBER).reports.get().task_uid == old.uid
    assert new.uid not in {task.uid for task in queries.lists.open_tasks(here[0].uid)}


# ── of a cell that was merged ───────────────────────────────────────────────────────────────


@pytest.mark.slow  # a reorganisation
def test_open_tasks_of_a_merged_cell_are_reported_in_its_heir():
    ward = WardFactory(code="P")
    cells = [UnitFactory(parent=ward, code=code) for code in ("A", "B")]
    secretary = UserFactory.holding("secretary", cells[0], "Bí thư")
    owner, other = (UserFactory.holding("member", cells[0]) for _ in range(2))
    in_group = UserFactory.holding("member", cells[0])
    UserFactory.holding("secretary", cells[1], "Bí thư")
    UserFactory.holding("scribe", cells[0])
    group = group_of(cells[0], in_group.members.get())
    meeting = journey.held(cells[0], secretary, date(2025, 5, 3), task="")
    item = meeting.items.get(step="discussion")
    said = {"actor": secretary, "item_uid": item.uid, "due_on": LATER}
    own = actions.assign_task(**said, title="Một", owner_uid=owner.members.get().uid)
    of_group = actions.assign_task(**said, title="Hai", owner_kind="group", owner_uid=group.uid)
    actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    apply_plan(
        actor=SYSTEM,
        text="plan: p\nday: 2025-07-01\nsteps:\n"
        "  - {merge: [A, B], into: {code: M, under: P, kind: cell, name: Chi bộ mới}}",
    )
    for task, person in ((own, owner), (of_group, in_group)):
        fresh = type(person).objects.get(pk=person.pk)
        noted = actions.note_progress(actor=fresh, task_uid=task.uid, text="Đang làm")
        assert noted.bucket == task.bucket
        assert actions.declare_done(actor=fresh, task_uid=task.uid).unit.code == "M"
        with pytest.raises(NotAllowed):
            actions.note_progress(
                actor=type(other).objects.get(pk=other.pk), task_uid=task.uid, text="x"
            )
    assert queries.verify.verify().findings == []
