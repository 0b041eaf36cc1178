"""Forms that lead to a page, pressed without a connection: said, kept, and sent once."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from nenmong.core import clock
from nenmong.meetings import actions
from nenmong.meetings.models import AgendaItem, Meeting, Vote
from nenmong.meetings.tests import journey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOST = "Mất kết nối"
PATIENCE = 30_000  # ms: what could not be sent is tried again after a growing pause
TITLE = "#muc-moi"  # of an item one adds to the agenda
OPEN = """form => {
    for (let up = form.closest("details"); up; up = up.parentElement.closest("details")) {
        up.open = true;
    }
}"""
TWO_HUNDRED = ("Ngõ 8 có sáu hộ mái vẩy. " * 8)[:199] + "."


@pytest.fixture
def cell():
    return journey.cell(8)


def back(person):
    """The connection is back, all has gone, and the page shows it."""
    person.offline(False)
    expect(person.page.locator("#nm-waits")).to_be_hidden(timeout=PATIENCE)
    assert person.waiting() == []


def new_item(person):
    """The form for an item of one's own, unfolded."""
    form = person.page.locator(f"form:has({TITLE})")
    form.evaluate(OPEN)
    return form


def test_votes_and_hours_noted_offline_at_the_end_are_stored_once(cell, person):
    unit, user, _scribe = cell
    with clock.at(clock.now() - timedelta(minutes=95)):
        meeting = journey.planned(unit, user, clock.today())
        meeting = actions.open_meeting(actor=user, meeting_uid=meeting.uid)
    secretary = person(user)
    page = secretary.page
    address = f"/buoi/{meeting.uid}/ket-thuc/"
    secretary.open(address)
    box = page.locator("#nm-waits")
    secretary.offline()
    page.fill("#nq-agreed", "7")
    page.fill("#nq-other", "1")
    page.locator("#bq-resolution button").click()
    expect(box).to_contain_text(LOST)
    expect(box).to_contain_text("nghị quyết: 7")
    expect(page.locator("#nq-agreed")).to_have_value("7")
    page.fill("#nq-agreed", "8")  # pressed again with other numbers: these are meant
    page.fill("#nq-other", "0")
    page.locator("#bq-resolution button").click()
    page.fill("#bb-agreed", "8")
    page.locator("#bq-minutes button").click()
    expect(box.locator("li")).to_have_count(2)
    # A mere press is not kept: what it leads to is not here.
    page.locator("form[action$='/dong/'] button").click()
    expect(page.locator("[data-nm-error]")).to_contain_text("bấm lại")
    assert Vote.objects.count() == 0
    page.select_option("#o-chair", index=3)  # half typed, not pressed
    chosen = page.locator("#o-chair").input_value()
    back(secretary)
    expect(page.locator("#con-thieu ~ *").first).to_contain_text("8 / 8")
    expect(page.locator("#o-chair")).to_have_value(chosen)
    assert sorted(Vote.objects.values_list("about", "agreed", "other")) == [
        ("minutes", 8, 0),
        ("resolution", 8, 0),
    ]
    secretary.faults.clear()  # the browser reports each request that did not go
    secretary.well_made()
    secretary.press("form[action$='/dong/'] button")
    assert Meeting.objects.get().status == "held"


def test_a_seal_waits_for_the_connection_and_filing_goes_by_itself(cell, person):
    unit, user, _scribe = cell
    meeting = journey.held(unit, user, clock.today() - timedelta(days=1))
    secretary = person(user)
    page = secretary.page
    secretary.open(f"/buoi/{meeting.uid}/truoc-khi-chot/")
    secretary.offline()
    page.locator("#chot button").click()
    expect(page.locator("[data-nm-error]")).to_contain_text("bấm lại")
    secretary.offline(False)
    secretary.press("#chot button")
    expect(page).to_have_url(re.compile("/ho-so/$"))
    secretary.offline()
    page.locator("button[name=how][value=here]").click()
    expect(page.locator("#nm-waits")).to_contain_text(LOST)
    assert Meeting.objects.get().filed_at is None
    back(secretary)
    expect(page.locator(".nm-head")).to_contain_text("nộp")
    assert Meeting.objects.get().filed_at


def test_two_hundred_characters_while_preparing_are_stored_once(cell, person):
    unit, user, _scribe = cell
    meeting = journey.planned(unit, user, clock.today())
    secretary = person(user)
    page = secretary.page
    secretary.open(f"/buoi/{meeting.uid}/chuan-bi/")
    before = meeting.items.count()
    form = new_item(secretary)
    secretary.offline()
    for title in (TWO_HUNDRED, "Việc thứ hai"):
        form.locator("[name=title]").fill(title)
        form.locator("button").click()
        expect(page.locator("#nm-waits")).to_contain_text(title[:20])
    expect(form.locator("[name=title]")).to_have_value("")
    back(secretary)
    expect(page.locator("main")).to_contain_text(TWO_HUNDRED)
    titles = list(meeting.items.values_list("title", flat=True))
    assert len(titles) == before + 2
    assert titles.count(TWO_HUNDRED) == titles.count("Việc thứ hai") == 1


def test_an_answer_to_a_form_that_never_came_is_sent_again_and_done_once(cell, person):
    """The server took it, the page never came: the next page finds out and nothing is doubled."""
    unit, user, _scribe = cell
    meeting = journey.planned(unit, user, clock.today())
    secretary = person(user)
    page = secretary.page
    address = f"/buoi/{meeting.uid}/chuan-bi/"
    secretary.open(address)
    before = meeting.items.count()
    form = new_item(secretary)

    def taken_and_lost(route):
        route.fetch(max_redirects=0)
        route.abort()

    page.route("**/them-muc/", taken_and_lost, times=1)
    form.locator("[name=title]").fill("Ngõ 8")
    with page.expect_event("requestfailed", lambda one: one.method == "POST"):
        form.locator("button").click()
    secretary.until(lambda: page.url.startswith("chrome-error:"), "the browser's own page")
    assert meeting.items.count() == before + 1
    page.goto(secretary.address + address)
    expect(page.locator("#nm-waits")).to_be_hidden(timeout=PATIENCE)
    secretary.until(lambda: not secretary.waiting(), "what waits to be sent")
    assert AgendaItem.objects.filter(title="Ngõ 8").count() == 1


def test_a_draft_of_a_paper_form_is_kept_and_sent_when_the_connection_is_back(cell, person):
    unit, user, _scribe = cell
    meeting = journey.planned(unit, user, clock.today().replace(day=3))
    secretary = person(user)
    page = secretary.page
    secretary.open(f"/buoi/{meeting.uid}/nhap-giay/")
    secretary.offline()
    page.fill("#o-directions", TWO_HUNDRED)
    page.locator("button[value=draft]").click()
    expect(page.locator("#nm-waits")).to_contain_text(LOST)
    page.fill("#o-place", "Nhà văn hóa")  # typed on
    back(secretary)
    expect(page.locator("#o-directions")).to_have_value(TWO_HUNDRED)
    expect(page.locator("#o-place")).to_have_value("Nhà văn hóa")
    secretary.press("button[value=draft]")
    secretary.open(f"/buoi/{meeting.uid}/nhap-giay/")
    expect(page.locator("#o-directions")).to_have_value(TWO_HUNDRED)
    expect(page.locator("#o-place")).to_have_value("Nhà văn hóa")


def test_who_is_signed_out_meanwhile_loses_nothing(cell, person):
    unit, user, _scribe = cell
    meeting = journey.planned(unit, user, clock.today())
    secretary = person(user)
    page = secretary.page
    address = f"/buoi/{meeting.uid}/chuan-bi/"
    secretary.open(address)
    form = new_item(secretary)
    page.context.clear_cookies(name="sessionid")
    form.locator("[name=title]").fill("Ngõ 8 có sáu hộ")
    secretary.press(f"form:has({TITLE}) button")
    secretary.sign_in(user)
    secretary.until(lambda: not secretary.waiting(), "what waits to be sent")
    assert AgendaItem.objects.filter(title="Ngõ 8 có sáu hộ").count() == 1
