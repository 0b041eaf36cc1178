"""Tasks: whose they are, how they go between two meetings, and given anew without being lost."""

import io
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.meetings import actions, queries
from nenmong.meetings.models import Matter, Task, TaskProgress
from nenmong.meetings.rules import tasks as rules
from nenmong.meetings.tests import journey
from nenmong.org.actions import apply_plan
from nenmong.org.models import Membership, PartyGroup
from nenmong.org.tests.factories import (
    LONG_AGO,
    MemberFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
)

OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 3) for month in (10, 11, 12))
LATER = date(2026, 12, 20)
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


def given_to(here, state="opened", **owner):
    """A task given at a meeting in October."""
    meeting = getattr(journey, state)(*here, OCTOBER)
    item = meeting.items.get(step="discussion")
    return actions.assign_task(
        actor=here[1], item_uid=item.uid, title="Dỡ mái vẩy", due_on=LATER, **owner
    )


def sealed_with(here, **owner):
    """A task of a sealed meeting, given to someone."""
    meeting = journey.held(*here, OCTOBER, task="")
    item = meeting.items.get(step="discussion")
    task = actions.assign_task(
        actor=here[1], item_uid=item.uid, title="Dỡ mái vẩy", due_on=LATER, **owner
    )
    actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)
    return task


def group_of(unit, *members, name="Tổ đảng số 1"):
    group = PartyGroup.objects.create(bucket=unit.bucket, unit=unit, name=name, first_day=LONG_AGO)
    Membership.objects.filter(member__in=members).update(group_uid=group.uid)
    return group


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


# ── pages ───────────────────────────────────────────────────────────────────────────────────


def test_an_owner_finds_reports_and_declares_their_task(here, client):
    owner = UserFactory.holding("member", here[0])
    task = sealed_with(here, owner_uid=owner.members.get().uid)
    client.force_login(owner)
    url = reverse("meetings:task", args=[task.uid])
    assert url in client.get(reverse("home:my_work")).content.decode()
    form = {"text": "Đã dỡ ba hộ", "key": "k"}
    for _ in range(2):
        client.post(reverse("meetings:note_progress", args=[task.uid]), form)
    assert client.get(url).content.decode().count("Đã dỡ ba hộ") == 1
    client.post(reverse("meetings:declare_done", args=[task.uid]), {"words": ""})
    task.refresh_from_db()
    assert task.declared_on
    client.post(reverse("meetings:take_back_declaration", args=[task.uid]))
    task.refresh_from_db()
    assert task.declared_on is None


def test_another_member_reads_and_does_not_report(here, client):
    task = sealed_with(here, owner_kind="committee")
    client.force_login(UserFactory.holding("member", here[0]))
    url = reverse("meetings:task", args=[task.uid])
    page = client.get(url).content.decode()
    assert reverse("meetings:note_progress", args=[task.uid]) not in page
    for name in ("note_progress", "declare_done", "take_back_declaration"):
        answer = client.post(reverse(f"meetings:{name}", args=[task.uid]), {"text": "x"})
        assert answer.status_code == 403
    assert url not in client.get(reverse("home:my_work")).content.decode()


def test_the_last_word_is_offered_as_result_and_not_noted(here, client):
    task = sealed_with(here, owner_kind="committee")
    actions.note_progress(actor=here[1], task_uid=task.uid, text="Đã dỡ ba hộ")
    client.force_login(here[1])
    meeting = journey.planned(*here, NOVEMBER)
    url = reverse("meetings:prepare", args=[meeting.uid])
    plain = client.get(url).content.decode()
    assert f"?loi={task.uid}" in plain
    assert "\nĐã dỡ ba hộ</textarea>" not in plain
    assert "\nĐã dỡ ba hộ</textarea>" in client.get(f"{url}?loi={task.uid}").content.decode()
    assert meeting.reports.get().result == ""


def test_the_table_is_filtered_by_its_address_and_goes_out_as_a_workbook(here, client):
    sealed_with(here, owner="=Chi đoàn")
    client.force_login(UserFactory.holding("member", here[0]))
    url = reverse("meetings:tasks", args=[here[0].uid])
    for query, seen in (("", 1), ("?xem=da-xong", 0), ("?xem=x&ai=%3DChi+%C4%91o%C3%A0n", 1),
                        ("?ai=x", 0), ("?xem=tat-ca&tu=9", 0)):  # fmt: skip
        page = client.get(url + query).content.decode()
        assert ("Dỡ mái vẩy" in page) == bool(seen), query
    answer = client.get(reverse("meetings:tasks_xlsx", args=[here[0].uid]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert rows.to_python()[1][:3] == ["Dỡ mái vẩy", "=Chi đoàn", "20/12/2026"]


@pytest.mark.parametrize("number", [1, 12])
def test_the_table_costs_the_same_for_few_and_for_many(
    here, client, django_assert_max_num_queries, number
):
    meeting = journey.held(*here, OCTOBER, task="")
    item = meeting.items.get(step="discussion")
    for at in range(number):
        task = actions.assign_task(
            actor=here[1], item_uid=item.uid, title=f"Việc {at}", owner="Chi đoàn", due_on=LATER
        )
    actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)
    client.force_login(here[1])
    with django_assert_max_num_queries(11):
        assert client.get(reverse("meetings:tasks", args=[here[0].uid])).status_code == 200
    with django_assert_max_num_queries(15):
        assert client.get(reverse("meetings:task", args=[task.uid])).status_code == 200


def test_a_task_is_given_and_given_anew_through_the_page(here, client):
    group = group_of(here[0], MemberFactory.of(here[0]))
    client.force_login(here[1])
    old = sealed_with(here, owner_kind="committee")
    meeting = journey.held(*here, NOVEMBER, task="")
    item = meeting.items.get(step="review")
    page = reverse("meetings:item", args=[item.uid])
    form = {"title": "Nạo vét rãnh", "member": f"group:{group.uid}", "due_on": "20/12/2026"}
    client.post(reverse("meetings:assign_task", args=[item.uid]), form | {"key": "k"})
    assert meeting.assigned.get().owner_uid == group.uid
    renew = reverse("meetings:renew_task", args=[meeting.uid])
    assert renew not in client.get(page).content.decode()
    report = {"task": old.uid, "state": "doing", "result": "Còn hai hộ", "item": item.uid}
    answer = client.post(
        reverse("meetings:report_task", args=[meeting.uid]), report,
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert renew in answer.content.decode()
    assert renew in client.get(page).content.decode()
    client.post(renew, {"task": old.uid, "due_on": "28/12/2026", "member": "committee"})
    assert meeting.assigned.filter(title=old.title, owner_kind="committee").count() == 1
    assert client.get(page).status_code == 200


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
