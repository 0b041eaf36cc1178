"""The plan of a year: topics by month, quarters without one named, reported upward."""

import io
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions, queries
from nenmong.meetings.models import Meeting, PlannedTopic, YearPlan
from nenmong.meetings.rules import yearly
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory
from nenmong.ui import sheets

pytestmark = pytest.mark.django_db
MARCH, DECEMBER = date(2026, 3, 1), date(2026, 12, 1)


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    return unit, secretary


def plan(here, month=MARCH, title="Học Bác", **said):
    unit, secretary = here
    return actions.plan_topic(actor=secretary, unit_uid=unit.uid, month=month, title=title, **said)


def report(here, year=2026):
    return actions.report_year_plan(actor=here[1], unit_uid=here[0].uid, year=year)


def refused(code, action, **said):
    with pytest.raises(DomainError) as refusal:
        action(**said)
    assert refusal.value.code == code


@given(every=st.integers(1, 12), months=st.sets(st.integers(1, 12)))
def test_every_month_lies_in_one_stretch_and_only_empty_ones_are_named(every, months):
    all_of_them = yearly.stretches(2026, every)
    days = {date(2026, month, 1) for month in months}
    for month in range(1, 13):
        assert sum(s.first <= date(2026, month, 1) <= s.last for s in all_of_them) == 1
    missing = yearly.without(2026, every, days)
    assert all(not (s.first <= day <= s.last) for s in missing for day in days)
    assert (not missing) == all(any(s.first <= d <= s.last for d in days) for s in all_of_them)


def test_quarters_are_numbered():
    assert [s.quarter for s in yearly.stretches(2026, 3)] == [1, 2, 3, 4]
    assert [s.quarter for s in yearly.stretches(2026, 6)] == [0, 0]
    with pytest.raises(ValueError, match="every_months"):
        yearly.stretches(2026, 0)


def test_a_topic_is_taken_up_held_and_stays(here):
    unit, secretary = here
    topic = plan(here, date(2026, 10, 1), "Chuyển đổi số")
    assert plan(here, date(2026, 10, 20), " Chuyển đổi  số") == topic
    meeting = journey.planned(unit, secretary)
    assert (meeting.kind, meeting.subject) == ("regular_thematic", "Chuyển đổi số")
    change = {"actor": secretary, "topic_uid": topic.uid, "month": topic.month}
    actions.change_topic(**change, title="Chuyển đổi số ở thôn")
    (row,) = queries.yearly.sheet(unit, 2026, 3).topics
    assert row.meeting == meeting
    assert row.apart
    assert not row.held
    actions.change_topic(**change, title="Chuyển đổi số")
    journey.sealed(unit, secretary, say=False)
    (row,) = queries.yearly.sheet(unit, 2026, 3).topics
    assert row.held
    refused("meetings.topic_held", actions.change_topic, **change, title="Khác")
    refused("meetings.topic_held", actions.drop_topic, actor=secretary, topic_uid=topic.uid)


def test_a_topic_moved_to_another_month_is_free_for_it(here):
    unit, secretary = here
    topic = plan(here, date(2026, 10, 1))
    journey.planned(unit, secretary)
    moved = {"actor": secretary, "topic_uid": topic.uid, "title": topic.title}
    actions.change_topic(**moved, month=date(2026, 11, 1))
    assert journey.planned(unit, secretary, date(2026, 11, 3)).subject == topic.title
    refused("meetings.other_year", actions.change_topic, **moved, month=date(2027, 1, 1))


def test_a_meeting_about_the_same_words_is_the_one_that_took_the_topic_up(here):
    unit, secretary = here
    meeting = journey.planned(unit, secretary)
    plan(here, date(2026, 10, 1), "Chuyển đổi số")
    given = {"actor": secretary, "meeting_uid": meeting.uid}
    for subject, tied in (("Chuyển đổi số", meeting.uid), ("Khác", None), ("Chuyển đổi số", "x")):
        actions.set_thematic(**given, subject=subject)
        assert PlannedTopic.objects.get().meeting_uid == (tied and meeting.uid)
    thematic = {
        "actor": secretary, "unit_uid": unit.uid, "kind": "thematic", "subject": "Chuyển đổi số",
    }  # fmt: skip
    actions.plan_meeting(**thematic, starts_at=journey.evening(date(2026, 10, 20)))
    assert PlannedTopic.objects.get().meeting_uid == meeting.uid  # that one goes on
    actions.cancel_meeting(**given, reason="Bão", agreed_by="Chi ủy")
    other = actions.plan_meeting(**thematic, starts_at=journey.evening(date(2026, 10, 25)))
    assert PlannedTopic.objects.get().meeting_uid == other.uid


def test_what_is_not_right_is_refused(here):
    refused("meetings.empty_plan", report, here=here)
    refused("meetings.no_subject", plan, here=here, title=" ")
    refused("meetings.other_year", plan, here=here, month=date(2050, 1, 1))
    refused("core.too_long", plan, here=here, title="x" * 301)
    assert not YearPlan.objects.exists()


def test_a_change_after_the_report_is_marked_until_it_is_reported_again(here):
    unit, secretary = here
    topic = plan(here)
    report(here)
    for change in (
        lambda: plan(here, DECEMBER, "Tổng kết năm"),
        lambda: actions.change_topic(
            actor=secretary, topic_uid=topic.uid, month=MARCH, title="Học Bác 2026"
        ),
        lambda: actions.drop_topic(actor=secretary, topic_uid=topic.uid),
    ):
        assert not queries.yearly.sheet(unit, 2026, 3).changed_since
        change()
        assert queries.yearly.sheet(unit, 2026, 3).changed_since
        report(here)


def furnish(ward, cells):
    for number in range(cells):
        unit = UnitFactory(parent=ward)
        secretary = UserFactory.holding("secretary", unit)
        plan((unit, secretary), title=f"Chuyên đề {number}")
        if number % 2 == 0:
            report((unit, secretary))


@pytest.mark.parametrize("cells", [2, 9])
def test_the_office_above_sees_who_has_reported_in_four_queries(
    client, cells, django_assert_max_num_queries
):
    ward = WardFactory()
    furnish(ward, cells)
    office = UserFactory.holding("office", ward)
    with django_assert_max_num_queries(5):  # and one for what the office holds
        rows, more = queries.yearly.below(office, ward, 2026, 3)
    assert (len(rows), more) == (cells, False)
    assert [row.reported for row in rows] == [number % 2 == 0 for number in range(cells)]
    client.force_login(office)
    url = reverse("meetings:year_plans_below", args=[ward.uid, 2026])
    page = client.get(url).content.decode()
    assert "Chuyên đề 0" in page
    assert "Chuyên đề 1<" not in page  # not reported: the cell's own
    book = client.get(reverse("meetings:year_plans_xlsx", args=[ward.uid, 2026])).content
    text = str([row.cells for row in sheets.read(book, "a.xlsx")])
    assert "Chuyên đề 0" in text
    assert "Chuyên đề 1'" not in text
    assert io.BytesIO(book).read(2) == b"PK"


def test_the_pages_of_a_plan(client, here):
    unit, secretary = here
    client.force_login(secretary)
    url = reverse("meetings:year_plan", args=[unit.uid, 2026])
    page = client.get(url).content.decode()
    assert page.count(reverse("meetings:plan_topic", args=[unit.uid, 2026])) == 1
    form = {"month": "5", "title": "Xây dựng nông thôn mới", "presenter": "Phó bí thư", "key": "k"}
    client.post(reverse("meetings:plan_topic", args=[unit.uid, 2026]), form)
    topic = PlannedTopic.objects.get()
    assert topic.month == date(2026, 5, 1)
    changed = form | {"month": "6", "title": "Nông thôn mới"}
    client.post(reverse("meetings:change_topic", args=[topic.uid]), changed)
    client.post(reverse("meetings:report_year_plan", args=[unit.uid, 2026]))
    page = client.get(url).content.decode()
    assert "Nông thôn mới" in page
    assert YearPlan.objects.get().reported_at
    client.force_login(UserFactory.holding("member", unit))
    read_only = client.get(url).content.decode()
    assert "Nông thôn mới" in read_only
    assert reverse("meetings:change_topic", args=[topic.uid]) not in read_only
    assert client.get(reverse("meetings:year_plan", args=[unit.uid, 9999])).status_code == 404
    client.force_login(secretary)
    client.post(reverse("meetings:drop_topic", args=[topic.uid]))
    assert not PlannedTopic.objects.exists()


@pytest.mark.slow
def test_two_who_plan_at_once_share_one_plan(together):
    unit, secretary, _scribe = journey.cell(3)
    together(*[lambda n=n: plan((unit, secretary), title=f"Chuyên đề {n}") for n in range(3)])
    assert together(lambda: (YearPlan.objects.count(), PlannedTopic.objects.count())) == [(1, 3)]


# ── the thematic meeting of a topic ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("month", "today", "day"),
    [
        (12, (2026, 11, 24), (2026, 12, 17)),
        (11, (2026, 11, 24), None),
        (11, (2026, 11, 5), (2026, 11, 17)),
        (11, (2026, 11, 20), (2026, 11, 27)),
        (3, (2026, 11, 24), None),
    ],
)
def test_a_day_is_proposed_within_the_month_and_still_to_come(month, today, day):
    proposed = yearly.day_for(date(2026, month, 1), 3, date(*today))
    assert proposed == (date(*day) if day else None)
    assert yearly.day_for(date(2027, 2, 1), 28, date(*today)) == date(2027, 2, 28)


def test_the_meeting_of_a_topic_is_begun_from_the_plan(here, client):
    unit, secretary = here
    topic = plan(here, DECEMBER, "Chuyển đổi số ở tổ dân phố")
    client.force_login(secretary)
    page = reverse("meetings:year_plan", args=[unit.uid, 2026])
    url = reverse("meetings:plan_any", args=[unit.uid])
    with clock.at(journey.evening(date(2026, 11, 24))):
        assert f"{url}?loai=thematic&amp;chuyen-de={topic.uid}" in client.get(page).content.decode()
        form = client.get(url, {"loai": "thematic", "chuyen-de": topic.uid}).content.decode()
        assert "Chuyển đổi số ở tổ dân phố" in form
        assert "17/12/2026" in form
        # Other words, another month: it is this topic all the same.
        said = {"loai": "thematic", "chuyen-de": topic.uid, "subject": "Chuyển đổi số", "key": "k",
                "day": "5/1/2027", "hour": "19:30"}  # fmt: skip
        client.post(url, said)
        meeting = Meeting.objects.get()
        assert (meeting.kind, meeting.subject) == ("thematic", "Chuyển đổi số")
        assert PlannedTopic.objects.get().meeting_uid == meeting.uid
        shown = client.get(page).content.decode()
        assert "chuyen-de=" not in shown
        assert reverse("meetings:detail", args=[meeting.uid]) in shown
        actions.cancel_meeting(
            actor=secretary, meeting_uid=meeting.uid, reason="Bão", agreed_by="Chi ủy"
        )
        assert f"chuyen-de={topic.uid}" in client.get(page).content.decode()
        actions.plan_meeting(
            actor=secretary, unit_uid=unit.uid, kind="thematic", subject="Chuyển đổi số",
            starts_at=journey.evening(date(2027, 1, 12)), topic_uid=topic.uid,
        )  # fmt: skip
    assert PlannedTopic.objects.get().meeting_uid != meeting.uid
    row = queries.yearly.sheet(unit, 2026, 3).topics[0]
    Meeting.objects.filter(uid=row.meeting.uid).update(held_on=date(2027, 1, 12))
    assert "12/01/2027" in client.get(page).content.decode()


def test_another_cell_s_topic_is_not_taken(here, client):
    other = UnitFactory()
    keeper = UserFactory.holding("secretary", other)
    topic = actions.plan_topic(actor=keeper, unit_uid=other.uid, month=DECEMBER, title="Riêng")
    client.force_login(here[1])
    url = reverse("meetings:plan_any", args=[here[0].uid])
    form = client.get(url, {"loai": "thematic", "chuyen-de": topic.uid}).content.decode()
    assert "Riêng" not in form
    actions.plan_meeting(
        actor=here[1], unit_uid=here[0].uid, kind="thematic", subject="Riêng",
        starts_at=journey.evening(date(2026, 12, 12)), topic_uid=topic.uid,
    )  # fmt: skip
    assert PlannedTopic.objects.get().meeting_uid is None


def test_the_general_words_open_the_plan_and_are_reported_again(here, client):
    unit, secretary = here
    plan(here)
    report(here)
    client.force_login(secretary)
    page = reverse("meetings:year_plan", args=[unit.uid, 2026])
    client.post(reverse("meetings:note_year_plan", args=[unit.uid, 2026]), {"note": "Mục đích"})
    assert "Mục đích" in client.get(page).content.decode()
    row = YearPlan.objects.get()
    assert row.changed_at > row.reported_at
    assert queries.beforehand.year_plan(row)["note"] == "Mục đích"
    said = {"actor": secretary, "unit_uid": unit.uid}
    refused("meetings.other_year", actions.note_year_plan, **said, year=2030, note="x")
    assert actions.note_year_plan(**said, year=2027, note=" ") is None
    assert actions.note_year_plan(**said, year=2026, note="").note == ""
