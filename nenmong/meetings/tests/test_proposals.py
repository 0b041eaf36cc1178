"""Topics proposed for a meeting, from what is recorded; and the agenda that repeats itself."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core import clock
from nenmong.meetings import actions, queries
from nenmong.meetings.models import PlannedTopic, YearPlan
from nenmong.meetings.rules.topics import MOST, Known, OpenTask, Why, propose, repeats
from nenmong.meetings.tests import journey

TODAY = date(2026, 11, 24)
GOOD = {
    "tasks_done_rate": Fraction(1), "praise_or_reminder": True, "attendance_rate": Fraction(1),
    "duration_shortfall": 0, "speakers": 4,
}  # fmt: skip
POOR = {
    "tasks_done_rate": Fraction(1, 2), "praise_or_reminder": False,
    "attendance_rate": Fraction(1, 2), "duration_shortfall": 20, "speakers": 0,
}  # fmt: skip
LATE = OpenTask("Dỡ mái vẩy", TODAY - timedelta(days=9))


def reasons(**said):
    return [one.why for one in propose(Known(today=TODAY, **said))]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        ({"facts": GOOD}, []),
        ({"facts": dict.fromkeys(GOOD)}, []),  # what is not known is no weakness
        ({"tasks": [LATE]}, [Why.TASK_OVERDUE]),
        ({"tasks": [OpenTask("Hôm nay", TODAY), OpenTask("Không hạn", None)]}, []),
        ({"planned": "Ngõ sạch", "thematic_due": True}, [Why.PLANNED_TOPIC]),
        ({"thematic_due": True}, [Why.THEMATIC_DUE]),
        (
            {"facts": POOR, "bar_reached": False},
            [Why.TASKS_NOT_DONE, Why.NOTHING_SAID, Why.ATTENDANCE],
        ),
        (
            {"facts": POOR, "tasks": [LATE], "planned": "Ngõ sạch"},
            [Why.TASK_OVERDUE, Why.PLANNED_TOPIC, Why.TASKS_NOT_DONE],
        ),
        ({"facts": GOOD | {"attendance_rate": Fraction(1, 2)}}, []),  # the bar is the rulebook's
    ],
)
def test_what_is_proposed_and_from_what(said, expected):
    assert reasons(**said) == expected


def test_the_oldest_task_is_named_with_its_days():
    tasks = [OpenTask("Mới", TODAY - timedelta(days=1)), LATE]
    (one,) = propose(Known(today=TODAY, tasks=tasks))
    assert (one.about, one.count) == ("Dỡ mái vẩy", 9)


@given(
    st.lists(st.builds(OpenTask, st.text(max_size=5), st.none() | st.dates())),
    st.text(max_size=5), st.booleans(), st.booleans(),
)  # fmt: skip
def test_never_more_than_three_and_none_twice(tasks, planned, due, reached):
    found = reasons(tasks=tasks, planned=planned, thematic_due=due, bar_reached=reached, facts=POOR)
    assert len(found) <= MOST
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("agendas", "expected"),
    [
        ([], False),
        ([["Ngõ 8"], ["Ngõ 8"]], False),
        ([["Ngõ 8"], ["ngõ  8"], ["NGÕ 8"]], True),
        ([["Thu phí tháng 10"], ["Thu phí tháng 9"], ["Thu phí tháng 8"]], True),
        ([[], [], []], True),
        ([[], [], ["Ngõ 8"]], False),
        ([["Một", "Hai"], ["Hai", "Một"], ["Một", "Hai"]], True),
        ([["Một"], ["Một", "Hai"], ["Một"]], False),
        ([["Một"], ["Một"], ["Một"], ["Hai"]], True),
    ],
)
def test_an_agenda_repeats_when_three_months_are_the_same(agendas, expected):
    assert repeats(agendas) == expected


# ── from rows ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def here(db):
    unit, secretary, _scribe = journey.cell(6)
    return unit, secretary


def proposed(meeting, today=TODAY):
    with clock.at(journey.evening(today)), override("en"):
        book = journey.rules_of(meeting)
        return queries.proposals.proposals(meeting, meeting.items.all(), book)


def test_topics_come_from_the_task_the_plan_and_the_last_meeting(here):
    unit, secretary = here
    journey.sealed(*here, date(2026, 10, 3))
    year = YearPlan.objects.create(bucket=unit.bucket, unit=unit, year=2026, changed_at=clock.now())
    PlannedTopic.objects.create(
        bucket=unit.bucket, plan=year, month=date(2026, 12, 1), title="Ngõ sạch, nhà đẹp"
    )
    meeting = journey.planned(*here, date(2026, 11, 3))
    found = proposed(meeting)
    assert [one.title for one in found.topics] == [
        "What hinders the task: Vận động sáu hộ dỡ mái vẩy?",
        "Ngõ sạch, nhà đẹp",
        "What do we remind each other of, and what do we praise?",
    ]
    assert found.topics[0].why == "It is 32 days past its day."
    with clock.at(journey.evening(date(2026, 10, 31))):
        actions.set_thematic(actor=secretary, meeting_uid=meeting.uid, subject="Ngõ sạch, nhà đẹp")
    meeting.refresh_from_db()
    assert PlannedTopic.objects.get().meeting_uid == meeting.uid
    titles = [one.title for one in proposed(meeting).topics]
    assert "Ngõ sạch, nhà đẹp" not in titles
    actions.set_thematic(actor=secretary, meeting_uid=meeting.uid, subject="")
    assert PlannedTopic.objects.get().meeting_uid is None


def test_what_is_on_the_agenda_is_not_proposed_again(here):
    _unit, secretary = here
    journey.sealed(*here, date(2026, 10, 3))
    meeting = journey.planned(*here, date(2026, 11, 3))
    for one in proposed(meeting).topics:
        actions.add_item(actor=secretary, meeting_uid=meeting.uid, title=one.title, minutes=15)
    assert proposed(meeting).topics == []


def test_three_bare_agendas_in_a_row_are_said(here):
    journey.sealed(*here, date(2026, 9, 3), task="")
    journey.sealed(*here, date(2026, 10, 3), task="")
    meeting = journey.planned(*here, date(2026, 11, 3))
    assert proposed(meeting).repeats
    actions.add_item(actor=here[1], meeting_uid=meeting.uid, title="Ngõ 8", minutes=10)
    assert not proposed(meeting).repeats


def test_a_month_between_breaks_the_row(here):
    journey.sealed(*here, date(2026, 8, 3), task="")
    journey.sealed(*here, date(2026, 10, 3), task="")
    assert not proposed(journey.planned(*here, date(2026, 11, 3))).repeats


def test_nothing_is_proposed_to_other_kinds(here):
    unit, secretary = here
    with clock.at(journey.evening(date(2026, 10, 1))):
        meeting = actions.plan_meeting(
            actor=secretary, unit_uid=unit.uid, kind="extraordinary", subject="Khẩn",
            starts_at=journey.evening(date(2026, 10, 9)),
        )  # fmt: skip
    assert proposed(meeting) == queries.proposals.Proposals([], repeats=False)


def test_reading_proposals_costs_the_same_whatever_the_history(here, django_assert_max_num_queries):
    for month in (6, 7, 8, 9, 10):
        journey.sealed(*here, date(2026, month, 3))
    meeting = journey.planned(*here, date(2026, 11, 3))
    book = journey.rules_of(meeting)
    items = list(meeting.items.all())
    with django_assert_max_num_queries(21):
        queries.proposals.proposals(meeting, items, book)


def test_one_press_takes_a_topic_in(client, here):
    _unit, secretary = here
    journey.sealed(*here, date(2026, 10, 3))
    meeting = journey.planned(*here, date(2026, 11, 3))
    client.force_login(secretary)
    page = client.get(reverse("meetings:prepare", args=[meeting.uid])).content.decode()
    assert 'id="goi-y"' in page
    url = reverse("meetings:set_thematic", args=[meeting.uid])
    assert client.post(url, {"subject": "Chuyển đổi số"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.kind == "regular_thematic"
