"""Sealing: refused while anything is open, and what was resolved goes on from there."""

from datetime import date

import pytest
from django.db.models import F

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import ChainHead, Matter, Meeting, MeetingMonth, Task, Vote
from nenmong.meetings.queries.overview import Filters
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.journey import rules_of
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOTHING_ASKED = Filters()
OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 3) for month in (10, 11, 12))


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    return unit, secretary


def seal(here, meeting):
    return actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)


def refused(code, here, meeting):
    with pytest.raises(DomainError) as refusal:
        seal(here, meeting)
    assert refusal.value.code == code
    meeting.refresh_from_db()
    assert meeting.status != Meeting.Status.SEALED
    assert not ChainHead.objects.filter(position__gt=0).exists()
    return str(refusal.value.message)


def report(here, meeting, state="done", result="Xong"):
    for row in meeting.reports.all():
        actions.report_task(
            actor=here[1], meeting_uid=meeting.uid, task_uid=row.task_uid, state=state,
            result=result,
        )  # fmt: skip


# ── when it is refused ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("state", "code"), [("planned", "meetings.not_open"), ("opened", "meetings.not_closed")]
)
def test_minutes_of_a_meeting_that_is_not_over_are_not_sealed(here, state, code):
    refused(code, here, getattr(journey, state)(*here))


def test_both_who_sign_are_named_first(here):
    meeting = journey.held(*here)
    Meeting.objects.update(secretary_uid=None)
    refused("meetings.no_chair", here, meeting)


@pytest.mark.parametrize("about", ["resolution", "minutes"])
def test_both_votes_are_recorded_first(here, about):
    meeting = journey.held(*here)
    Vote.objects.filter(about=about).delete()
    refused("meetings.not_adopted", here, meeting)


def vote_down(here, meeting, about):
    actions.record_vote(
        actor=here[1], meeting_uid=meeting.uid, about=about, agreed=0, other=0,
        against=meeting.official_present,
    )  # fmt: skip


def test_a_roll_mended_after_the_votes_asks_for_new_tallies(here):
    meeting = journey.held(*here)
    spoke = meeting.names.values_list("member_uid", flat=True)
    row = meeting.attendances.filter(status="present").exclude(member_uid__in=list(spoke)).first()
    actions.record_roll(
        actor=here[1], meeting_uid=meeting.uid, called={row.member_uid: Called("unexcused")}
    )
    sentence = refused("meetings.roll_changed", here, meeting)
    assert str(meeting.official_present) in sentence


def test_minutes_not_adopted_are_not_sealed(here):
    meeting = journey.held(*here)
    vote_down(here, meeting, "minutes")
    refused("meetings.not_adopted", here, meeting)


def test_where_nothing_was_resolved_there_is_no_resolution_to_number(here):
    meeting = journey.held(*here)
    vote_down(here, meeting, "resolution")
    meeting = seal(here, meeting)
    assert (meeting.minutes_number, meeting.resolution_number) == (1, None)
    assert journey.sealed(*here, NOVEMBER).resolution_number == 1


def test_a_task_without_a_result_is_named(here):
    journey.sealed(*here, OCTOBER)
    meeting = journey.held(*here, NOVEMBER)
    ChainHead.objects.update(position=0)  # only so that `refused` sees nothing was hung
    assert "Vận động sáu hộ" in refused("meetings.tasks_not_reported", here, meeting)


def test_a_matter_that_was_not_discussed_is_named(here):
    unit, secretary = here
    actions.propose_topic(actor=secretary, unit_uid=unit.uid, title="Hiến đất ngõ 8")
    meeting = journey.held(*here)
    meeting.items.filter(step="topic").update(state="waiting")
    assert "Hiến đất ngõ 8" in refused("meetings.matters_left", here, meeting)


@pytest.mark.parametrize("state", ["held", "planned", "opened"])
def test_only_sealed_minutes_are_filed(here, state):
    meeting = getattr(journey, state)(*here)
    with pytest.raises(DomainError, match=r"meetings\.not_sealed"):
        actions.file_documents(actor=here[1], meeting_uid=meeting.uid, how="here")


@pytest.mark.parametrize("how", ["", "pigeon", "x" * 100])
def test_documents_are_filed_in_a_known_way(here, how):
    meeting = journey.sealed(*here)
    with pytest.raises(DomainError, match=r"meetings\.unknown_way"):
        actions.file_documents(actor=here[1], meeting_uid=meeting.uid, how=how)


def test_filing_again_in_another_way_keeps_the_first(here):
    meeting = journey.sealed(*here)
    for how in ("here", "paper"):
        filed = actions.file_documents(actor=here[1], meeting_uid=meeting.uid, how=how)
    assert filed.filed_how == "here"
    assert MeetingMonth.objects.get().filed == 1


# ── what goes on from there ─────────────────────────────────────────────────────────────────


@pytest.mark.slow  # two or three whole meetings
def test_a_task_not_done_comes_back_until_it_is(here):
    journey.sealed(*here, OCTOBER)
    for day, state in ((NOVEMBER, "doing"), (DECEMBER, "done")):
        meeting = journey.held(*here, day, task="")
        report(here, meeting, state, "Còn hai hộ")
        seal(here, meeting)
    task, matter = Task.objects.get(), Matter.objects.get()
    assert (task.state, task.done_on, matter.state, matter.carried) == (
        "done", DECEMBER, "discharged", 1,
    )  # fmt: skip
    assert journey.planned(*here, date(2027, 1, 3)).reports.count() == 0


@pytest.mark.slow  # two or three whole meetings
def test_a_matter_left_with_a_reason_comes_back_and_says_how_often(here):
    unit, secretary = here
    matter = actions.propose_topic(actor=secretary, unit_uid=unit.uid, title="Ngõ 8")
    for times, day in enumerate((OCTOBER, NOVEMBER), start=1):
        meeting = journey.held(*here, day, task="")
        actions.carry_over(
            actor=secretary, meeting_uid=meeting.uid, matter_uid=matter.uid, reason="Chờ phường"
        )
        sealed = queries.verify.sealed_of(seal(here, meeting))
        assert queries.verify.record_in(sealed)["carried"] == [
            {"title": "Ngõ 8", "reason": "Chờ phường", "times": times}
        ]
        matter.refresh_from_db()
        assert (matter.state, matter.carried) == ("waiting", times)
    meeting = journey.sealed(*here, DECEMBER, task="")
    matter.refresh_from_db()
    assert (matter.state, matter.meeting_uid) == ("discharged", meeting.uid)


def test_a_task_has_a_result_or_is_left_and_never_both(here):
    journey.sealed(*here, OCTOBER)
    meeting = journey.held(*here, NOVEMBER, task="")
    task = meeting.reports.get()
    leave = {"actor": here[1], "meeting_uid": meeting.uid, "reason": "Chủ trì vắng"}
    actions.carry_over(matter_uid=task.matter_uid, **leave)
    report(here, meeting)
    assert not meeting.carryovers.exists()
    with pytest.raises(DomainError, match=r"meetings\.already_reported"):
        actions.carry_over(matter_uid=task.matter_uid, **leave)
    seal(here, meeting)
    assert Matter.objects.get().state == "discharged"


@pytest.mark.slow  # two or three whole meetings
def test_a_task_left_without_a_result_comes_back(here):
    journey.sealed(*here, OCTOBER)
    meeting = journey.held(*here, NOVEMBER, task="")
    actions.carry_over(
        actor=here[1], meeting_uid=meeting.uid, reason="Chủ trì vắng",
        matter_uid=meeting.reports.get().matter_uid,
    )  # fmt: skip
    seal(here, meeting)
    assert Task.objects.get().state == "open"
    assert journey.planned(*here, DECEMBER).reports.count() == 1
    assert list(queries.recount.differences()) == []


@pytest.mark.parametrize(
    ("state", "result", "code"),
    [("asleep", "x", "meetings.unknown_state"), ("", "x", "meetings.unknown_state"),
     ("doing", " ", "meetings.no_result"), ("not_done", "", "meetings.no_result"),
     ("done", "x" * 501, "core.too_long")],
)  # fmt: skip
def test_a_report_says_how_it_stands(here, state, result, code):
    journey.sealed(*here, OCTOBER)
    meeting = journey.planned(*here, NOVEMBER)
    with pytest.raises(DomainError, match=f"^{code}$"):
        report(here, meeting, state, result)
    assert meeting.reports.get().state == ""


@pytest.mark.slow  # two or three whole meetings
def test_numbers_run_through_a_term_and_begin_again_with_the_next(here):
    numbers = [
        journey.sealed(*here, day, task="").minutes_number
        for day in (date(2024, 11, 3), date(2024, 12, 3), date(2025, 1, 3))
    ]
    assert numbers == [1, 2, 1]


def test_a_sealed_meeting_stays_as_it_is(here):
    meeting = journey.sealed(*here)
    for name, said in {
        "record_vote": {"about": "minutes", "agreed": 0, "against": 0, "other": 0},
        "write_text": {"field": "guests", "was": "", "text": "x"},
        "carry_over": {"reason": "x", "matter_uid": Matter.objects.get().uid},
    }.items():
        with pytest.raises(DomainError, match=r"meetings\.sealed"):
            getattr(actions, name)(actor=here[1], meeting_uid=meeting.uid, **said)
    assert queries.verify.verify().findings == []


# ── what is read ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("members", [4, 30])
def test_sealing_costs_the_same_whatever_the_members(members, django_assert_max_num_queries):
    unit, secretary, _scribe = journey.cell(members)
    meeting = journey.held(unit, secretary)
    with django_assert_max_num_queries(47):  # a job for each flow that follows is one of them
        actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)


def test_reads_keep_their_budgets(here, django_assert_max_num_queries):
    journey.sealed(*here, OCTOBER)
    meeting = journey.held(*here, NOVEMBER)
    item = meeting.items.get(step="discussion").uid
    unit, secretary = here
    for most, read in [
        (12, lambda: queries.record.record_of(meeting)),
        (3, lambda: queries.record.names_of(meeting)),
        (5, lambda: queries.work.agenda(meeting)),
        (8, lambda: queries.work.item_work(meeting, item)),
        (1, lambda: queries.work.roll(meeting)),
        (8, lambda: queries.facts.facts_of(meeting, rules_of(meeting))),
        (2, lambda: queries.overview.course(secretary, unit)),
        (1, lambda: queries.lists.open_tasks(unit.uid)),
        (1, lambda: queries.lists.waiting_matters(unit.uid)),
        (2, lambda: queries.overview.listed(secretary, unit, NOTHING_ASKED)),
        (1, lambda: queries.lists.under_way(unit.uid)),
    ]:
        with django_assert_max_num_queries(most):
            read()


def test_an_office_sees_its_month_in_the_order_of_the_tree(here, django_assert_num_queries):
    unit, _secretary = here
    office = UserFactory.holding("office", unit.parent)
    beside, other, _scribe = journey.cell(3, parent=unit.parent)
    journey.sealed(*here)
    journey.planned(beside, other)
    journey.planned(*journey.cell(3)[:2])  # elsewhere
    with django_assert_num_queries(2):
        rows = queries.overview.listed(office, unit.parent, NOTHING_ASKED).rows
        assert [row.unit_uid for row in rows] == [unit.uid, beside.uid]
    assert queries.overview.listed(UserFactory(), unit.parent, NOTHING_ASKED).rows == []


def test_the_month_table_adds_up_as_it_happens(here):
    unit, _secretary = here
    beside, other, _scribe = journey.cell(4, parent=unit.parent)
    journey.held(*here)
    journey.sealed(beside, other)
    row = MeetingMonth.objects.get()
    assert (row.unit, row.path) == (unit.parent, unit.parent.path)
    assert (row.planned, row.held, row.sealed, row.filed) == (2, 2, 1, 0)
    assert (row.due, row.present, row.excused, row.tasks) == (4, 3, 1, 1)


def test_a_unit_s_names_are_those_of_the_day(here):
    unit, _secretary = here
    meeting = journey.sealed(*here)
    type(unit).objects.filter(uid=unit.uid).update(name="Tên sau này")
    record = queries.verify.record_in(queries.verify.sealed_of(meeting))
    assert record["unit"]["name"] == unit.name
    assert record["unit"]["above"].startswith("Đảng bộ phường")


def test_a_second_call_seals_nothing_more(here):
    meeting = journey.sealed(*here)
    with clock.at(journey.evening(NOVEMBER)):
        again = seal(here, meeting)
    assert again.sealed_at == meeting.sealed_at
    assert MeetingMonth.objects.filter(sealed=F("planned")).count() == 1
    assert ChainHead.objects.get().position == 1
    assert UnitFactory._meta.model.objects.count() == 2
