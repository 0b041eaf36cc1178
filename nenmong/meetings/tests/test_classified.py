"""Words find no way into an item that is a state secret, whatever action they come by."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions
from nenmong.meetings.actions.entering import NotEntered
from nenmong.meetings.models import AgendaItem, Meeting, PlannedTopic, Task
from nenmong.meetings.rules.paper import Entered, EnteredItem, Line, NewTask, Tally
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.cases.joint import asked
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CANARY, DAY = "Phương án Hồng Hạc", date(2026, 10, 3)


@pytest.fixture
def cell():
    return journey.cell(5)[:2]


def secret(item, title="Nội dung mật"):
    AgendaItem.objects.filter(uid=item.uid).update(business="classified", title=title)
    item.refresh_from_db()
    return item


def refused(code, act, **said):
    with pytest.raises(DomainError) as refusal:
        act(**said)
    assert refusal.value.code == f"meetings.{code}"


def nowhere():
    for model in (AgendaItem, Task):
        assert CANARY not in str(list(model.objects.values_list()))


@pytest.fixture
def planned(cell):
    return journey.planned(cell[0], cell[1], DAY)


def test_a_thematic_part_is_not_renamed_under_a_secret(cell, planned):
    said = {"actor": cell[1], "meeting_uid": planned.uid}
    actions.set_thematic(**said, subject="Học tập Bác")
    part = planned.items.get(step="thematic")
    change = {"actor": cell[1], "item_uid": part.uid, "minutes": 30}
    # Its words are the subject of the meeting, too: they would stay there.
    refused("subject_says_it", actions.change_item, **change, title="", business="classified")
    secret(part)
    refused("classified", actions.set_thematic, **said, subject=CANARY)
    assert Meeting.objects.get(uid=planned.uid).subject == "Học tập Bác"
    nowhere()
    assert actions.set_thematic(**said, subject="").kind == "regular"


def test_the_one_item_of_an_extraordinary_meeting_is_its_subject(cell):
    meeting = actions.plan_meeting(
        actor=cell[1], unit_uid=cell[0].uid, kind="extraordinary", subject=CANARY,
        starts_at=journey.evening(date(2026, 12, 1)),
    )  # fmt: skip
    item = meeting.items.get(title__contains=CANARY)
    refused(
        "subject_says_it", actions.change_item, actor=cell[1], item_uid=item.uid, title="",
        minutes=5, business="classified",
    )  # fmt: skip


def test_a_task_is_not_given_anew_under_a_secret(cell):
    unit, secretary = cell
    journey.sealed(unit, secretary, DAY, task=CANARY)
    meeting = journey.opened(unit, secretary, date(2026, 11, 3))
    for item in meeting.items.exclude(step="documents"):
        secret(item)
    report = meeting.reports.get()
    said = {"actor": secretary, "meeting_uid": meeting.uid, "task_uid": report.task_uid}
    with clock.at(journey.evening(date(2026, 11, 3), 20)):
        actions.report_task(**said, state="doing", result="Còn hai hộ")
        task = actions.renew_task(**said, due_on=date(2026, 12, 1))
    assert task.item.step == "documents"


def test_a_meeting_without_another_item_gives_no_task_anew(cell):
    unit, secretary = cell
    journey.sealed(unit, secretary, DAY)
    meeting = journey.opened(unit, secretary, date(2026, 11, 3))
    for item in meeting.items.all():
        secret(item)
    report = meeting.reports.get()
    said = {"actor": secretary, "meeting_uid": meeting.uid, "task_uid": report.task_uid}
    with clock.at(journey.evening(date(2026, 11, 3), 20)):
        actions.report_task(**said, state="doing", result="Còn hai hộ")
        refused("no_item", actions.renew_task, **said, due_on=date(2026, 12, 1))


@pytest.mark.parametrize("words", [
    {"title": CANARY}, {"summary": CANARY}, {"conclusion": CANARY},
    {"speeches": (Line(CANARY, guest="Khách"),)}, {"opinions": (Line(CANARY),)},
    {"votes": (Tally(4, 0, 0, question=CANARY),)},
    {"tasks": (NewTask(CANARY, date(2026, 11, 1), owner="Chi ủy"),)},
    {"discussed": False, "left": CANARY},
])  # fmt: skip
def test_a_meeting_sent_whole_writes_nothing_under_a_secret(cell, words):
    unit, secretary = cell
    with clock.at(journey.evening(date(2026, 10, 4))):
        meeting = actions.plan_paper_meeting(
            actor=UserFactory.holding("office", unit.parent), unit_uid=unit.uid,
            month=date(2026, 10, 1),
        )  # fmt: skip
        item = secret(meeting.items.get(step="documents"))
        entered = Entered(held_on=DAY, items=(EnteredItem(**({"uid": item.uid} | words)),))
        with pytest.raises(NotEntered) as refusal:
            actions.enter_meeting(actor=secretary, meeting_uid=meeting.uid, entered=entered)
    assert {"meetings.classified"} <= {one.code for one in refusal.value.errors.values()}
    nowhere()


def test_an_empty_place_of_the_host_is_one_at_its_guests(cell):
    host, secretary, part, other = asked()
    item = actions.add_item(
        actor=secretary, meeting_uid=host.uid, title="x", minutes=5, business="classified"
    )
    own = actions.accept_joint(actor=other, part_uid=part.uid)
    place = own.items.get(title=item.title)
    assert place.business == "classified"
    refused(
        "classified", actions.write_text, actor=other, meeting_uid=own.uid, item_uid=place.uid,
        field="summary", was="", text=CANARY,
    )  # fmt: skip


def test_the_common_words_do_not_fill_a_place_kept_empty(cell):
    host, secretary, part, other = asked()
    own = actions.accept_joint(actor=other, part_uid=part.uid)
    day = clock.local(host.starts_at).date()
    with clock.at(journey.evening(day)):
        for actor, meeting in ((secretary, host), (other, own)):
            actions.open_meeting(actor=actor, meeting_uid=meeting.uid)
        for item in host.items.all():
            actions.write_text(
                actor=secretary, meeting_uid=host.uid, item_uid=item.uid, field="summary", was="",
                text=CANARY,
            )  # fmt: skip
        for item in own.items.all():
            secret(item, item.title)
        actions.take_common_texts(actor=other, meeting_uid=own.uid)
    assert set(own.items.values_list("summary", flat=True)) == {""}


def test_the_plan_of_the_year_does_not_reach_it(cell, planned):
    """A topic changed in the plan leaves the meeting's own item as it is."""
    unit, secretary = cell
    topic = actions.plan_topic(
        actor=secretary, unit_uid=unit.uid, month=date(2026, 10, 1), title="Học tập Bác"
    )
    actions.set_thematic(actor=secretary, meeting_uid=planned.uid, subject="Học tập Bác")
    secret(planned.items.get(step="thematic"))
    actions.change_topic(
        actor=secretary, topic_uid=topic.uid, month=date(2026, 10, 1), title=CANARY
    )
    assert PlannedTopic.objects.get().title == CANARY
    nowhere()


def test_who_adds_files_is_told_where_those_of_a_secret_belong(cell, planned, client):
    client.force_login(cell[1])
    url = reverse("meetings:documents", args=[planned.uid])
    words = 'id="mat"'
    assert words not in client.get(url).content.decode()
    secret(planned.items.get(step="documents"))
    assert words in client.get(url).content.decode()
