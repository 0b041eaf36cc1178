"""A meeting put off, cancelled, held after all: nothing that waits is lost, its month stays."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions, queries
from nenmong.meetings.models import Matter, Meeting, MeetingMonth, Postponement
from nenmong.meetings.rules import putting_off
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 3), date(2026, 11, 3)
WHY = {"reason": "Bão số 9", "agreed_by": "Chi ủy, đảng ủy phường"}
days = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(5)
    return unit, secretary


def refused(code, action, **said):
    with pytest.raises(DomainError) as refusal:
        action(**said)
    assert refusal.value.code == code


def postpone(meeting, actor, day, **said):
    starts_at = journey.evening(day)
    given = {"actor": actor, "meeting_uid": meeting.uid, "starts_at": starts_at} | WHY | said
    return actions.postpone_meeting(**given)


@given(was=days, fixed=days, notified=st.booleans(), monthly=st.booleans())
def test_another_hour_on_the_same_day_never_asks(was, fixed, notified, monthly):
    assert not putting_off.asks_reason(
        day=was, was=was, fixed=fixed, notified=notified, monthly=monthly
    )


@given(day=days, was=days, fixed=days, monthly=st.booleans())
def test_a_day_that_was_told_is_never_moved_without_a_word(day, was, fixed, monthly):
    asked = putting_off.asks_reason(day=day, was=was, fixed=fixed, notified=True, monthly=monthly)
    assert asked == (day != was)


@given(day=days, was=days, fixed=days)
def test_before_it_is_told_only_the_fixed_day_of_a_regular_one_counts(day, was, fixed):
    said = {"day": day, "was": was, "fixed": fixed, "notified": False}
    assert putting_off.asks_reason(**said, monthly=True) == (day not in {was, fixed})
    assert not putting_off.asks_reason(**said, monthly=False)


def test_set_time_changes_the_hour_and_sends_on_for_another_day(here):
    meeting = journey.planned(*here)
    given = {"actor": here[1], "meeting_uid": meeting.uid, "place": "Nhà văn hóa"}
    later = meeting.starts_at + timedelta(minutes=30)
    assert actions.set_time(**given, starts_at=later).starts_at == later
    tomorrow = meeting.starts_at + timedelta(days=1)
    refused("meetings.day_needs_reason", actions.set_time, **given, starts_at=tomorrow)
    postpone(meeting, here[1], OCTOBER + timedelta(days=1))
    # Back to the fixed day, as long as nobody was told of another.
    assert actions.set_time(**given, starts_at=later).starts_at == later
    Meeting.objects.update(notice_at=clock.now())
    refused("meetings.day_needs_reason", actions.set_time, **given, starts_at=tomorrow)


def test_a_postponed_meeting_keeps_its_month_and_fixed_day(here):
    unit, secretary = here
    meeting = postpone(journey.planned(unit, secretary), secretary, NOVEMBER)
    assert (meeting.month, meeting.fixed_day) == (date(2026, 10, 1), OCTOBER)
    assert clock.local(meeting.starts_at).date() == NOVEMBER
    row = Postponement.objects.get()
    assert (row.reason, row.agreed_by) == (WHY["reason"], WHY["agreed_by"])
    assert clock.local(row.was_at).date() == OCTOBER
    refused("meetings.other_month", postpone, meeting=meeting, actor=secretary,
            day=NOVEMBER + timedelta(days=1))  # fmt: skip
    refused("meetings.no_reason", postpone, meeting=meeting, actor=secretary,
            day=OCTOBER, reason=" ")  # fmt: skip
    refused("meetings.no_agreement", postpone, meeting=meeting, actor=secretary,
            day=OCTOBER, agreed_by=" ")  # fmt: skip
    assert Postponement.objects.count() == 1
    following = journey.planned(unit, secretary, NOVEMBER)
    assert following.month == date(2026, 11, 1)
    assert list(queries.recount.differences()) == []


def test_the_sealed_record_tells_that_it_was_postponed(here, client):
    unit, secretary = here
    meeting = journey.planned(unit, secretary)
    postpone(meeting, secretary, OCTOBER + timedelta(days=5))
    sealed = journey.sealed(unit, secretary)
    record = queries.verify.record_in(queries.verify.sealed_of(sealed))
    assert record["postponed"] == [
        {"was": "2026-10-03T19:30:00+07:00", "now": "2026-10-08T19:30:00+07:00"} | WHY
    ]
    assert queries.verify.verify().findings == []
    client.force_login(secretary)
    page = client.get(reverse("meetings:record", args=[sealed.uid])).content.decode()
    assert WHY["reason"] in page
    Postponement.objects.update(reason="Đổi sau")
    assert queries.verify.verify().findings


def test_what_stood_on_a_cancelled_agenda_waits_for_the_next(here):
    unit, secretary = here
    journey.sealed(unit, secretary, OCTOBER)
    topics = [
        actions.propose_topic(actor=secretary, unit_uid=unit.uid, title=title)
        for title in ("Ngõ 8", "Vệ sinh")
    ]
    meeting = journey.planned(unit, secretary, NOVEMBER)
    report = meeting.reports.get()
    given = {"actor": secretary, "meeting_uid": meeting.uid}
    actions.report_task(**given, task_uid=report.task_uid, state="doing", result="Đã gặp 4 hộ")
    actions.carry_over(**given, matter_uid=topics[0].uid, reason="Chờ phường")
    actions.cancel_meeting(**given, **WHY)
    assert set(Matter.objects.values_list("state", flat=True)) == {"waiting"}
    assert not meeting.carryovers.exists()
    assert not meeting.items.exclude(matter_uid=None).exists()
    refused("meetings.cancelled", actions.open_meeting, **given)
    again = actions.plan_meeting(actor=secretary, unit_uid=unit.uid, month=NOVEMBER)
    assert (again, again.status) == (meeting, "cancelled")  # the month has had its meeting
    following = journey.planned(unit, secretary, date(2026, 12, 3))
    assert set(Matter.objects.values_list("meeting_uid", flat=True)) == {following.uid}
    assert following.reports.get().result == "Đã gặp 4 hộ"
    assert set(following.items.values_list("title", flat=True)) >= {"Ngõ 8", "Vệ sinh"}
    row = MeetingMonth.objects.get(month=date(2026, 11, 1))
    assert (row.planned, row.cancelled, row.held) == (1, 1, 0)
    assert list(queries.recount.differences()) == []
    # Too late for what the next one has taken up.
    actions.reinstate_meeting(**given)
    assert not meeting.items.exclude(matter_uid=None).exists()


def test_a_meeting_held_after_all_has_all_that_waits(here):
    unit, secretary = here
    journey.sealed(unit, secretary, OCTOBER)
    actions.propose_topic(actor=secretary, unit_uid=unit.uid, title="Ngõ 8")
    meeting = journey.planned(unit, secretary, NOVEMBER)
    given = {"actor": secretary, "meeting_uid": meeting.uid}
    actions.report_task(
        **given, task_uid=meeting.reports.get().task_uid, state="done", result="Xong"
    )
    before = sorted(meeting.items.values_list("title", flat=True))
    actions.cancel_meeting(**given, **WHY)
    back = actions.reinstate_meeting(**given)
    assert back.status == "planned"
    assert sorted(meeting.items.values_list("title", flat=True)) == before
    positions = list(meeting.items.values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))
    assert meeting.reports.get().result == "Xong"
    assert not Postponement.objects.exists()
    assert MeetingMonth.objects.get(month=date(2026, 11, 1)).cancelled == 0
    assert list(queries.recount.differences()) == []
    journey.sealed(unit, secretary, NOVEMBER)


def test_other_kinds_are_no_part_of_the_month_table(here):
    unit, secretary = here
    with clock.at(journey.evening(OCTOBER)):
        meeting = actions.plan_meeting(
            actor=secretary, unit_uid=unit.uid, kind="extraordinary", subject="Bão",
            starts_at=journey.evening(OCTOBER, 120),
        )  # fmt: skip
    actions.cancel_meeting(actor=secretary, meeting_uid=meeting.uid, **WHY)
    assert not MeetingMonth.objects.exists()
    assert list(queries.recount.differences()) == []


@pytest.mark.slow
def test_two_who_cancel_and_two_who_reinstate_do_it_once(together):
    unit, secretary, _scribe = journey.cell(3)
    meeting = journey.planned(unit, secretary)
    given = {"actor": secretary, "meeting_uid": meeting.uid}
    together(*[lambda: actions.cancel_meeting(**given, **WHY).status] * 2)
    assert together(Postponement.objects.count) == [1]
    assert together(lambda: list(queries.recount.differences())) == [[]]
    together(*[lambda: actions.reinstate_meeting(**given).status] * 2)
    assert together(lambda: list(queries.recount.differences())) == [[]]


@pytest.mark.slow
def test_who_opens_and_who_cancels_at_once_do_not_both(together):
    unit, secretary, _scribe = journey.cell(3)
    meeting = journey.planned(unit, secretary)
    given = {"actor": secretary, "meeting_uid": meeting.uid}
    results = together(
        lambda: actions.cancel_meeting(**given, **WHY), lambda: actions.open_meeting(**given)
    )
    assert sum(isinstance(one, DomainError) for one in results) == 1


def test_the_pages_of_putting_off(here, client):
    unit, secretary = here
    meeting = journey.planned(unit, secretary)
    member = UserFactory.holding("member", unit)
    url = reverse("meetings:put_off", args=[meeting.uid])
    client.force_login(secretary)
    assert client.get(url).status_code == 200
    form = {"day": "8/10/2026", "hour": "19:30"} | WHY
    assert client.post(reverse("meetings:postpone", args=[meeting.uid]), form).status_code == 302
    assert (
        WHY["reason"]
        in client.get(reverse("meetings:prepare", args=[meeting.uid])).content.decode()
    )
    client.force_login(member)
    assert client.get(url).status_code == 403
    detail = reverse("meetings:detail", args=[meeting.uid])
    assert WHY["reason"] in client.get(detail).content.decode()
    client.force_login(secretary)
    client.post(reverse("meetings:cancel", args=[meeting.uid]), WHY)
    for actor, button in ((secretary, True), (member, False)):
        client.force_login(actor)
        page = client.get(detail, follow=True).content.decode()
        assert WHY["agreed_by"] in page
        assert (reverse("meetings:reinstate", args=[meeting.uid]) in page) == button
        assert client.get(reverse("home:unit", args=[unit.uid])).status_code == 200
        assert client.get(reverse("home:my_work")).status_code == 200
    client.force_login(UserFactory.holding("office", unit.parent))
    office = client.get(reverse("home:unit", args=[unit.parent.uid]) + "?thang=2026-10-01")
    assert office.status_code == 200
    assert WHY["agreed_by"] in client.get(detail, follow=True).content.decode()
    client.force_login(secretary)
    assert client.post(reverse("meetings:reinstate", args=[meeting.uid])).status_code == 302
    assert Meeting.objects.get().status == "planned"


def test_a_fixed_day_within_tet_is_said_with_a_proposed_day(here, client):
    unit, secretary = here
    # The 3rd of February 2022 was the third day of Tết.
    meeting = journey.planned(unit, secretary, date(2022, 2, 3))
    client.force_login(secretary)
    for name in ("prepare", "put_off"):
        page = client.get(reverse(f"meetings:{name}", args=[meeting.uid])).content.decode()
        assert "01/02/2022" in page
        assert "07/02/2022" in page
    outside = journey.planned(unit, secretary, date(2023, 2, 3))
    assert queries.putting_off.in_tet(outside) is None
