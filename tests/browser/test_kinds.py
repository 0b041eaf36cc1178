"""Other kinds of meetings in a real browser, from plan to filed; one put off for Tết."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from nenmong.core import clock, tet
from nenmong.meetings.models import Meeting, Postponement
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory, WardFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUBJECT = "Chuyển đổi số trong sinh hoạt chi bộ"


def plan(person, unit, kind, **fields):
    """From the unit's page to the first look at the agenda."""
    person.open(f"/don-vi/{unit.uid}/")
    person.press("main a[href$='/lap-buoi/']")
    person.well_made()
    person.press(f"a[href$='?loai={kind}']")
    for name, text in fields.items():
        person.page.fill(f"#o-{name}", text)
    person.well_made()
    person.press("main form button[type=submit]")
    expect(person.page).to_have_url(re.compile("/chuan-bi/$"))
    person.well_made()
    return Meeting.objects.get(kind=kind)


def begin(person, due):
    person.press("form[action$='/bat-dau/'] button")
    expect(person.page.locator(".nm-roll > li")).to_have_count(due)
    person.well_made()
    person.press("#xong")


def items(person, wanted):
    """Read and next, to the end; returns the titles as they came."""
    titles = []
    for _ in range(20):
        if person.page.url.endswith("/ket-thuc/"):
            break
        titles.append(person.page.locator("h1").inner_text())
        if wanted in titles[-1]:
            person.well_made()
            person.write("conclusion", "Thống nhất cách làm.")
        person.press(".nm-dock .btn-primary")
    return titles


def vote(person, prefix, form, agreed):
    person.page.fill(f"#{prefix}-agreed", str(agreed))
    person.press(f"{form} button")


def seal_and_file(person):
    person.well_made()
    person.press("form[action$='/dong/'] button")
    person.press("a[href$='/truoc-khi-chot/']")
    person.well_made()
    person.press("#chot button")
    expect(person.page).to_have_url(re.compile("/ho-so/$"))
    person.well_made()
    person.press("button[name=how][value=here]")
    expect(person.page.locator(".nm-head")).to_contain_text("nộp")
    person.well_made()
    call_command("verify")
    call_command("recount")


def place(person, name="Nhà văn hóa tổ dân phố số 3"):
    person.page.fill("#o-place", name)
    person.press("form[action$='/gio-noi/'] button")


def test_a_regular_meeting_with_a_thematic_part(person):
    unit, user, _scribe = journey.cell(8)
    secretary = person(user)
    plan(secretary, unit, "regular_thematic", subject=SUBJECT)
    expect(secretary.page.locator("main")).to_contain_text(SUBJECT)
    place(secretary)
    begin(secretary, 8)
    titles = items(secretary, SUBJECT)
    assert sum(SUBJECT in title for title in titles) == 1
    vote(secretary, "nq", "#bq-resolution", 8)
    vote(secretary, "bb", "#bq-minutes", 8)
    seal_and_file(secretary)
    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.kind, meeting.subject) == (
        "sealed",
        "regular_thematic",
        SUBJECT,
    )
    assert meeting.filed_at


def test_a_cell_committee_s_meeting(person):
    """Its roll is who sits on it; members of the cell do not see it."""
    unit, user, _scribe = journey.cell(8)
    for role in ("deputy", "committee_member"):
        UserFactory.holding(role, unit)
    secretary = person(user)
    plan(secretary, unit, "cell_committee", day=words(clock.today()), hour="8:00")
    place(secretary)
    begin(secretary, 3)
    items(secretary, "Thảo luận")
    vote(secretary, "bb", "#bq-minutes", 3)
    seal_and_file(secretary)
    assert Meeting.objects.get().due == 3
    member = person(UserFactory.holding("member", unit))
    member.open(f"/don-vi/{unit.uid}/")
    expect(member.page.locator("main")).not_to_contain_text("chi ủy", ignore_case=True)
    member.page.goto(f"{member.address}/buoi/{Meeting.objects.get().uid}/ho-so/")
    expect(member.page.locator("h1")).to_contain_text("Không")


def test_a_committee_s_meeting(person):
    """The office prepares and types at its desk, the head seals."""
    ward = WardFactory()
    head = person(UserFactory.holding("head", ward), wide=True)
    office = person(UserFactory.holding("office", ward), wide=True)
    for _ in range(3):
        UserFactory.holding("committee_member", ward)
    meeting = plan(office, ward, "committee", day=words(clock.today()), hour="8:00")
    place(office, "Phòng họp Đảng ủy")
    begin(office, 4)
    items(office, "Thảo luận")
    vote(office, "nq", "#bq-resolution", 4)
    vote(office, "bb", "#bq-minutes", 4)
    expect(office.page.locator("#ai-chot, .nm-dock")).to_be_visible()
    head.open(f"/buoi/{meeting.uid}/ket-thuc/")
    seal_and_file(head)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.due, meeting.present) == ("sealed", 4, 4)


def test_a_meeting_is_put_off_for_tet(person):
    """The system proposes a day, the secretary says who agreed; the month stays."""
    unit, user, _scribe = journey.cell(8)
    day = next_tet()
    meeting = journey.planned(unit, user, day)
    Meeting.objects.filter(uid=meeting.uid).update(starts_at=journey.evening(day))
    secretary = person(user)
    page = secretary.page
    secretary.open(f"/buoi/{meeting.uid}/chuan-bi/")
    secretary.press("a[href$='/hoan/']")
    proposed = tet.day_after(tet.first_day(day))
    expect(page.locator(".nm-notice.soon")).to_contain_text(f"{proposed:%d/%m/%Y}")
    expect(page.locator("#o-day")).to_have_value(
        re.compile(rf"^0?{proposed.day}/0?{proposed.month}/")
    )
    expect(page.locator("#o-reason")).to_have_value(re.compile("Nghỉ Tết"))
    secretary.well_made()
    secretary.press("form[action$='/hoan/doi-ngay/'] button")  # nobody is said to have agreed
    expect(page.locator("main")).to_contain_text("đồng ý")
    assert not Postponement.objects.exists()
    secretary.faults.clear()  # the browser reports the refusal that was just seen
    secretary.open(f"/buoi/{meeting.uid}/hoan/")
    page.fill("#o-agreed_by", "Chi ủy")
    secretary.press("form[action$='/hoan/doi-ngay/'] button")
    expect(page).to_have_url(re.compile("/chuan-bi/$"))
    expect(page.locator("main")).to_contain_text("Chi ủy")
    secretary.well_made()
    meeting.refresh_from_db()
    assert clock.local(meeting.starts_at).date() == proposed
    assert (meeting.status, meeting.month) == ("planned", day.replace(day=1))
    assert Postponement.objects.get().agreed_by == "Chi ủy"


def next_tet():
    """The first day of the next Tết that is still to come."""
    day = clock.today()
    while tet.first_day(day) is None or tet.first_day(day) <= clock.today():
        day += timedelta(days=1)
    return tet.first_day(day)


def words(day):
    """A day as people write it."""
    return f"{day.day}/{day.month}/{day.year}"
