"""A meeting held on paper: entered whole, replaced, kept as a draft, refused place by place."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.entering import NotEntered
from nenmong.meetings.models import (
    Matter,
    MeetingMonth,
    Task,
)
from nenmong.meetings.rules.paper import (
    Entered,
    EnteredItem,
    Line,
    NewTask,
    Report,
    Standing,
    Tally,
    fingerprint,
    without,
)
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.cases.paper import DAY, paper
from nenmong.meetings.tests.entered import enter
from nenmong.org.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return journey.cell(6)


@pytest.fixture
def planned(cell):
    unit, secretary, _scribe = cell
    return journey.planned(unit, secretary, DAY)


def refused(secretary, meeting, entered, **said):
    with pytest.raises(NotEntered) as error:
        enter(secretary, meeting, entered, **said)
    return {place: one.code for place, one in error.value.errors.items()}


def test_a_whole_meeting_is_held_and_sealed_as_if_recorded_live(cell, planned):
    unit, secretary, _scribe = cell
    meeting = enter(secretary, planned, paper(planned))
    assert (meeting.status, meeting.entry, meeting.typed_by) == ("held", "paper", "")
    assert (meeting.due, meeting.present, meeting.excused) == (6, 5, 1)
    assert (meeting.speakers, meeting.opinions, meeting.tasks) == (1, 1, 1)
    assert meeting.held_on == DAY
    assert meeting.chair_post == "Bí thư"
    assert MeetingMonth.objects.get(month=DAY.replace(day=1)).held == 1
    sealed = actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert sealed.minutes_number == sealed.resolution_number == 1
    assert not queries.verify.verify().findings
    assert not list(queries.recount.differences())
    assert Matter.objects.filter(unit=unit, kind="task", state="waiting").count() == 1
    record = queries.verify.record_in(queries.verify.sealed_of(sealed))
    assert (record["entry"], record["sealed_by"]) == ("paper", str(secretary))
    assert all(item["discussed"] for item in record["items"])


def test_what_was_entered_is_what_stands_there(cell, planned):
    _unit, secretary, _scribe = cell
    entered = paper(planned, notice_at=journey.evening(date(2026, 10, 1)), guests="Bà Lan")
    meeting = enter(secretary, planned, entered)
    found = queries.paper.typed_of(meeting)
    items = tuple(replace(item, title="") for item in found.items)
    assert replace(found, items=items) == replace(entered, held_on=DAY)


def test_a_blank_stays_a_blank(cell, planned):
    _unit, secretary, _scribe = cell
    meeting = enter(secretary, planned, paper(planned))
    assert meeting.notice_at is meeting.documents_at is meeting.prompts_ready_at is None
    assert set(meeting.items.values_list("started_at", "seconds", "state")) == {(None, 0, "done")}


def test_entering_replaces_what_was_entered_before(cell, planned):
    _unit, secretary, _scribe = cell
    first = enter(secretary, planned, paper(planned))
    task = Task.objects.get()
    second = replace(paper(planned), roll={})
    item = next(i for i in second.items if i.tasks)
    voters = Tally(6)
    mended = replace(item, speeches=(), opinions=(), votes=())
    items = tuple(mended if i == item else i for i in second.items)
    meeting = enter(
        secretary, first, replace(second, items=items, resolution=voters, minutes=voters)
    )
    assert (meeting.present, meeting.speakers, meeting.opinions, meeting.tasks) == (6, 0, 0, 1)
    assert Task.objects.get() == task  # the same task, not one more
    assert set(meeting.votes.values_list("about", "voters")) == {("resolution", 6), ("minutes", 6)}
    assert MeetingMonth.objects.get(month=DAY.replace(day=1)).held == 1


def test_all_that_does_not_fit_is_said_at_once_and_nothing_is_written(cell, planned):
    _unit, secretary, _scribe = cell
    entered = paper(planned)
    absent = next(iter(entered.roll))
    wrong = EnteredItem(
        uid=entered.items[0].uid, speeches=(Line("Tôi nói", absent), Line("")),
        votes=(Tally(9, question="Có không?"), Tally(5)), minutes=9000,
        tasks=(NewTask("Việc", DAY - timedelta(days=1), owner="Chi ủy"), NewTask("")),
    )  # fmt: skip
    entered = replace(
        entered, items=(wrong, EnteredItem()), closed_at=journey.evening(DAY, -5),
        resolution=Tally(1), chair_uid="0sawbsbt80000", notice_at=clock.now() + timedelta(days=1),
        roll={absent: Standing("excused"), "0sawbsbt80000": Standing("excused")},
    )  # fmt: skip
    assert refused(secretary, planned, entered) == {
        "roll.0sawbsbt80000": "meetings.not_on_the_roll",
        "chair_uid": "meetings.not_on_the_roll",
        "notice_at": "meetings.moment_to_come",
        "closed_at": "meetings.hours_disorder",
        "items.0.minutes": "meetings.bad_minutes",
        "items.0.speeches.0": "meetings.speaker_absent",
        "items.0.speeches.1": "meetings.no_speaker",
        "items.0.votes.0": "meetings.tally",
        "items.0.votes.1": "meetings.no_question",
        "items.0.tasks.0": "meetings.deadline_passed",
        "items.0.tasks.1": "meetings.no_task",
        "items.1": "meetings.no_title",
        "resolution": "meetings.tally",
    }
    planned.refresh_from_db()
    assert planned.status == "planned"
    assert not planned.attendances.exists()
    kept = without(entered, refused(secretary, planned, entered))
    meeting = enter(secretary, planned, kept, draft=True)
    assert meeting.status == "open"
    assert meeting.present == 5


def test_a_draft_may_lack_what_the_whole_may_not(cell, planned):
    _unit, secretary, _scribe = cell
    nothing = Entered()
    assert refused(secretary, planned, replace(nothing, held_on=DAY)) == {
        "opened_at": "meetings.no_hour", "closed_at": "meetings.no_hour",
    }  # fmt: skip
    meeting = enter(secretary, planned, replace(nothing, held_on=DAY), draft=True)
    assert (meeting.status, meeting.opened_at) == ("open", None)
    whole = enter(secretary, meeting, paper(meeting))
    assert whole.status == "held"
    back = enter(secretary, whole, replace(nothing, held_on=DAY), draft=True)
    assert back.status == "open"
    assert MeetingMonth.objects.get(month=DAY.replace(day=1)).held == 0


def test_the_day_is_one_that_came_and_of_about_this_month(cell, planned):
    _unit, secretary, _scribe = cell
    for day, code in ((date(2099, 1, 1), "day_to_come"), (date(2026, 1, 3), "other_month")):
        assert refused(secretary, planned, Entered(held_on=day)) == {"held_on": f"meetings.{code}"}


def test_what_someone_else_typed_meanwhile_is_not_written_over_unseen(cell, planned):
    _unit, secretary, scribe = cell
    seen = fingerprint(queries.paper.typed_of(planned))
    enter(scribe, planned, paper(planned), draft=True, seen=seen)
    with pytest.raises(DomainError, match=r"meetings\.typed_meanwhile"):
        enter(secretary, planned, Entered(held_on=DAY), draft=True, seen=seen)


def test_a_meeting_recorded_live_is_not_typed_over(cell):
    unit, secretary, _scribe = cell
    meeting = journey.opened(unit, secretary)
    with pytest.raises(DomainError, match=r"meetings\.recorded_live"):
        enter(secretary, meeting, Entered(held_on=DAY))
    with pytest.raises(DomainError, match=r"meetings\.recorded_live"):
        actions.start_paper(
            actor=UserFactory.holding("office", unit.parent), meeting_uid=meeting.uid
        )


def test_new_items_left_matters_and_earlier_tasks(cell):
    unit, secretary, _scribe = cell
    journey.sealed(unit, secretary)
    matter = actions.propose_topic(actor=secretary, unit_uid=unit.uid, title="Ngõ 8")
    Matter.objects.filter(uid=matter.uid).update(since=date(2026, 10, 20))
    day = date(2026, 11, 3)
    meeting = journey.planned(unit, secretary, day)
    entered = paper(meeting, day)
    report = meeting.reports.get()
    items = [
        replace(item, discussed=False, left="Chờ phường trả lời")
        if meeting.items.get(uid=item.uid).matter_uid else item
        for item in entered.items
    ]  # fmt: skip
    items.append(EnteredItem(title="Việc phát sinh", minutes=7, conclusion="Thống nhất."))
    entered = replace(
        entered, items=tuple(items), reports=(Report(report.task_uid, "done", "Xong"),)
    )
    for _ in range(2):  # a program that sends it again makes no second item
        meeting = enter(secretary, meeting, entered)
    fresh = meeting.items.get(title="Việc phát sinh")
    assert fresh.seconds == 420
    assert meeting.carryovers.get().reason == "Chờ phường trả lời"
    sealed = actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert sealed.minutes_number == 2
    assert Task.objects.get(uid=report.task_uid).state == "done"


def test_an_older_meeting_takes_the_roll_of_its_day_and_the_next_number(cell):
    unit, secretary, _scribe = cell
    journey.sealed(unit, secretary, date(2026, 11, 3))
    joined = MemberFactory.of(unit)
    joined.memberships.update(first_day=date(2026, 10, 15))
    day = date(2026, 9, 3)
    meeting = actions.plan_meeting(actor=secretary, unit_uid=unit.uid, month=day)
    assert not meeting.reports.exists()  # the tasks of November were not before it
    entered = replace(paper(meeting, day), held_on=day)
    meeting = enter(secretary, meeting, entered)
    assert joined.uid not in set(meeting.attendances.values_list("member_uid", flat=True))
    assert meeting.due == 6
    sealed = actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert sealed.minutes_number == 2
    assert not queries.verify.verify().findings


def test_typing_costs_the_same_for_many(cell, planned, django_assert_max_num_queries):
    unit, secretary, _scribe = cell
    for _ in range(30):
        MemberFactory.of(unit)
    entered = paper(planned)
    with django_assert_max_num_queries(75):
        enter(secretary, planned, entered)
