"""Preparing a meeting: nothing that waits is left out, and leaving something takes a reason."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions, queries
from nenmong.meetings.models import AgendaItem, CarryOver, Matter, Meeting
from nenmong.meetings.rules import preparing
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 3), date(2026, 11, 3)


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    return unit, secretary


def refused(code, action, **said):
    with pytest.raises(DomainError) as refusal:
        action(**said)
    assert refusal.value.code == code


def propose(here, title="Ngõ 8"):
    unit, secretary = here
    return actions.propose_topic(actor=secretary, unit_uid=unit.uid, title=title)


def plan(here, day=OCTOBER):
    return journey.planned(*here, day)


def steps(meeting):
    return list(meeting.items.values_list("step", flat=True))


def test_a_planned_meeting_follows_the_one_before(here):
    unit, secretary = here
    first = plan(here)
    assert clock.local(first.starts_at).strftime("%d/%m %H:%M") == "03/10 19:30"
    actions.set_time(
        actor=secretary, meeting_uid=first.uid, place="Nhà văn hóa",
        starts_at=first.starts_at + timedelta(minutes=30),
    )  # fmt: skip
    second = plan(here, NOVEMBER)
    assert clock.local(second.starts_at).strftime("%d/%m %H:%M") == "03/11 20:00"
    assert second.place == "Nhà văn hóa"
    assert (second.bucket, second.grassroots) == (unit.bucket, unit.parent)


@pytest.mark.parametrize("members", [2, 40])
def test_planning_costs_the_same_whatever_waits(members, django_assert_max_num_queries):
    here = journey.cell(members)[:2]
    for number in range(members):
        propose(here, f"Việc {number}")
    with django_assert_max_num_queries(20):
        meeting = plan(here)
    assert steps(meeting).count("topic") == members


def test_a_month_has_one_meeting_and_any_day_of_it_names_it(here):
    unit, secretary = here
    first = plan(here)
    again = actions.plan_meeting(actor=secretary, unit_uid=unit.uid, month=date(2026, 10, 29))
    assert again == first
    assert first.month == date(2026, 10, 1)


def test_a_committee_holds_no_meeting_of_a_cell():
    ward = UnitFactory().parent
    office = UserFactory.holding("office", ward)
    say = {"actor": office, "unit_uid": ward.uid}
    refused("meetings.not_its_kind", actions.plan_meeting, kind="regular", **say)
    refused("core.no_day", actions.plan_meeting, **say)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_agenda_is_in_the_language_of_who_plans(here, language, settings):
    from django.utils.translation import override  # noqa: PLC0415

    with override(language):
        titles = list(plan(here).items.values_list("title", flat=True))
    assert any("Discussion" in title for title in titles) == (language == "en")


# ── what waits ──────────────────────────────────────────────────────────────────────────────


def test_what_waits_stands_on_the_agenda_before_the_discussion(here):
    first, second = propose(here, "Một"), propose(here, "Hai")
    meeting = plan(here)
    assert steps(meeting) == [
        "opening", "review", "documents", "topic", "topic", "discussion", "criticism", "closing",
    ]  # fmt: skip
    on = meeting.items.filter(step="topic").values_list("matter_uid", flat=True)
    assert list(on) == [first.uid, second.uid]
    assert {m.state for m in Matter.objects.before(meeting)} == {Matter.State.ON_AGENDA}
    assert queries.lists.waiting_matters(meeting.unit_id) == []


def test_what_comes_later_is_in_sight_until_it_is_taken(here):
    meeting = plan(here)
    matter = propose(here)
    assert queries.work.agenda(meeting).waiting == [matter]
    actions.take_matter(actor=here[1], meeting_uid=meeting.uid, matter_uid=matter.uid)
    assert queries.work.agenda(meeting).waiting == []
    assert meeting.items.get(matter_uid=matter.uid).step == "topic"


def test_an_item_with_a_matter_behind_it_is_not_dropped(here):
    propose(here)
    item = plan(here).items.get(step="topic")
    refused("meetings.matter_needs_reason", actions.drop_item, actor=here[1], item_uid=item.uid)
    assert AgendaItem.objects.filter(uid=item.uid).exists()


def test_leaving_a_matter_takes_a_reason_and_stays_in_sight(here):
    matter = propose(here)
    meeting = plan(here)
    said = {"actor": here[1], "meeting_uid": meeting.uid, "matter_uid": matter.uid}
    for reason in ("", "  ", "\u200b"):
        refused("meetings.no_reason", actions.carry_over, reason=reason, **said)
    refused("core.too_long", actions.carry_over, reason="x" * 501, **said)
    actions.carry_over(reason="Chờ phường", **said)
    assert not meeting.items.filter(matter_uid=matter.uid).exists()
    agenda = queries.work.agenda(meeting)
    assert [(c.title, c.reason) for c in agenda.carried] == [("Ngõ 8", "Chờ phường")]
    actions.carry_over(reason="Chờ thành phố", **said)
    assert [c.reason for c in queries.work.agenda(meeting).carried] == ["Chờ thành phố"]
    actions.take_matter(**said)
    assert queries.work.agenda(meeting).carried == []
    assert meeting.items.get(matter_uid=matter.uid)


def test_any_item_can_be_left_and_becomes_a_topic_of_the_next_meeting(here):
    meeting = plan(here)
    item = actions.add_item(actor=here[1], meeting_uid=meeting.uid, title="Quỹ", minutes=5)
    carried = actions.carry_over(
        actor=here[1], meeting_uid=meeting.uid, item_uid=item.uid, reason="Hết giờ"
    )
    assert Matter.objects.get(uid=carried.matter_uid).title == "Quỹ"


def test_what_stood_before_a_meeting_that_was_never_held_waits_again(here):
    unit, secretary = here
    journey.sealed(unit, secretary, OCTOBER)
    left, stays = propose(here, "Ngõ 8"), propose(here, "Quỹ")
    missed = plan(here, NOVEMBER)
    said = {"actor": secretary, "meeting_uid": missed.uid}
    actions.carry_over(matter_uid=left.uid, reason="Chờ phường", **said)
    task = missed.reports.get().task_uid
    actions.report_task(task_uid=task, state="doing", result="Còn hai hộ", **said)
    meeting = plan(here, date(2026, 12, 3))  # November's day went by
    on = list(meeting.items.exclude(matter_uid=None).values_list("matter_uid", flat=True))
    assert on == [left.uid, stays.uid]
    assert [(r.state, r.result) for r in meeting.reports.all()] == [("doing", "Còn hai hộ")]
    assert {m.meeting_uid for m in Matter.objects.all()} == {meeting.uid}
    assert not missed.items.exclude(matter_uid=None).exists()
    assert not missed.reports.exists()
    journey.held(unit, secretary, date(2026, 12, 3), task="")
    actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert list(queries.recount.differences()) == []


def test_a_meeting_still_to_come_keeps_what_stands_before_it(here):
    matter = propose(here)
    first = plan(here)
    with clock.at(journey.evening(OCTOBER - timedelta(days=1))):
        actions.plan_meeting(actor=here[1], unit_uid=here[0].uid, month=NOVEMBER)
    assert Matter.objects.get().meeting_uid == first.uid
    assert first.items.filter(matter_uid=matter.uid).exists()


@pytest.mark.parametrize("state", ["discharged", "withdrawn", "on_agenda"])
def test_what_is_done_or_another_s_is_not_taken(here, state):
    meeting, matter = plan(here), propose(here)
    other = plan(here, NOVEMBER)
    Matter.objects.filter(uid=matter.uid).update(state=state, meeting_uid=other.uid)
    said = {"actor": here[1], "meeting_uid": meeting.uid, "matter_uid": matter.uid}
    refused("meetings.not_waiting", actions.take_matter, **said)
    assert not meeting.items.filter(matter_uid=matter.uid).exists()


def test_another_cell_s_matter_is_nobody_s_here(here):
    meeting = plan(here)
    strange = propose(journey.cell(3)[:2])
    said = {"actor": here[1], "meeting_uid": meeting.uid, "matter_uid": strange.uid}
    with pytest.raises(Matter.DoesNotExist):
        actions.take_matter(**said)
    with pytest.raises(Matter.DoesNotExist):
        actions.carry_over(reason="x", **said)
    assert not CarryOver.objects.exists()


# ── the agenda's lines ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"title": " "}, "meetings.no_title"), ({"title": "x" * 301}, "core.too_long"),
        ({"minutes": 0}, "meetings.bad_minutes"), ({"minutes": -5}, "meetings.bad_minutes"),
        ({"minutes": 481}, "meetings.bad_minutes"), ({"minutes": 10**30}, "meetings.bad_minutes"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_right_is_refused(here, said, code):
    meeting = plan(here)
    given = {"actor": here[1], "title": "Quỹ", "minutes": 5} | said
    refused(code, actions.add_item, meeting_uid=meeting.uid, **given)
    refused(code, actions.change_item, item_uid=meeting.items.first().uid, **given)


def test_an_item_added_stands_before_the_end(here):
    meeting = plan(here)
    actions.add_item(actor=here[1], meeting_uid=meeting.uid, title="Quỹ", minutes=5)
    assert steps(meeting)[-3:] == ["topic", "criticism", "closing"]
    assert list(meeting.items.values_list("position", flat=True)) == list(range(1, 8))


@pytest.mark.parametrize(("by", "place"), [(-99, 0), (-1, 2), (0, 3), (1, 4), (10**30, 5)])
def test_an_item_moves_and_the_others_keep_their_order(here, by, place):
    meeting = plan(here)
    before = steps(meeting)
    item = meeting.items.get(step="discussion")
    actions.move_item(actor=here[1], item_uid=item.uid, by=by)
    after = steps(meeting)
    assert after.index("discussion") == place
    assert [s for s in after if s != "discussion"] == [s for s in before if s != "discussion"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"place": " "}, "meetings.no_place"), ({"place": "x" * 201}, "core.too_long"),
        ({"starts_at": journey.evening(date(2027, 10, 3))}, "meetings.other_month"),
    ],
)  # fmt: skip
def test_a_time_or_place_that_is_not_right_is_refused(here, said, code):
    meeting = plan(here)
    given = {"place": "Nhà văn hóa", "starts_at": journey.evening(OCTOBER)} | said
    refused(code, actions.set_time, actor=here[1], meeting_uid=meeting.uid, **given)
    assert Meeting.objects.get().place == ""


@pytest.mark.parametrize("uid", ["", "\x00", "0" * 13, "không", "8" * 13])
def test_what_is_no_id_finds_nothing(here, uid):
    with pytest.raises(Meeting.DoesNotExist):
        actions.open_meeting(actor=here[1], meeting_uid=uid)
    with pytest.raises(AgendaItem.DoesNotExist):
        actions.go_to_item(actor=here[1], item_uid=uid)


@given(
    days=st.integers(1, 40),
    said=st.fixed_dictionaries(
        {n: st.booleans() for n in ("place", "waiting", "told", "asks", "draft", "unsaid")}
    ),
)
def test_the_next_step_is_one_that_is_missing(days, said):
    missing = {
        "place": not said["place"], "waiting": said["waiting"], "notice": not said["told"],
        "prompts": not said["asks"], "draft": not said["draft"], "results": said["unsaid"],
    }  # fmt: skip
    step = preparing.next_step(days=days, **said)
    assert missing.get(step, not any(missing.values()))
    if step == "notice":  # nobody is told of a meeting without a place
        assert said["place"]


def test_near_the_day_the_notice_comes_before_what_is_to_be_written():
    said = {"place": True, "waiting": False, "told": False, "asks": False, "draft": False}
    assert preparing.next_step(days=3, unsaid=False, **said) == "notice"
    assert preparing.next_step(days=4, unsaid=False, **said) == "prompts"


def test_each_folded_part_says_how_it_stands(client):
    unit, secretary, _scribe = journey.cell(5)
    meeting = journey.planned(unit, secretary, NOVEMBER)
    client.force_login(secretary)
    page = client.get(reverse("meetings:prepare", args=[meeting.uid])).content.decode()
    parts = ("gio-noi", "du-thao", "tai-lieu", "them-muc", "chuyen-de", "giay-va-giup")
    assert all(f'id="{part}"' in page for part in parts)
    assert '<details class="nm-part" open>' in page  # the place is missing: that is the next step
    assert page.count('class="nm-part" open') == 1
