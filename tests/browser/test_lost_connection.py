"""A connection that is lost: it is said, what is typed stays, and goes once when it is back."""

import re
from datetime import timedelta

import pytest
from django.db.models import Q
from playwright.sync_api import expect

from nenmong.core import clock
from nenmong.meetings import actions
from nenmong.meetings.models import AgendaItem, Attendance, NotedOpinion, Speech
from nenmong.meetings.tests import journey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOST = "Mất kết nối"
PATIENCE = 30_000  # ms: what could not be sent is tried again after a growing pause
TWO_HUNDRED = "Ngõ 8 có sáu hộ mái vẩy. " * 8


@pytest.fixture
def meeting():
    """A meeting that begins now, with its secretary and its scribe."""
    unit, secretary, scribe = journey.cell(8)
    made = actions.plan_meeting(actor=secretary, unit_uid=unit.uid)
    with clock.at(clock.now() - timedelta(minutes=3)):
        return actions.open_meeting(actor=secretary, meeting_uid=made.uid), secretary, scribe


def note(person, row, state):
    person.page.locator(f"#ng-{row} summary").click()
    person.page.locator(f"#ng-{row} input[value={state}]").check()


def test_a_roll_is_called_while_the_connection_is_cut_twice(meeting, person):
    made, user, _scribe = meeting
    secretary = person(user)
    secretary.page.on("dialog", lambda dialog: dialog.accept())
    secretary.open(f"/buoi/{made.uid}/diem-danh/")
    box, rows = secretary.page.locator("#nm-waits"), list(made.attendances.all())
    said = {rows[1]: "excused", rows[2]: "unexcused", rows[3]: "late", rows[4]: "excused"}
    (one, two, three, four) = said
    secretary.offline()
    note(secretary, one.member_uid, "excused")
    note(secretary, two.member_uid, "unexcused")
    expect(box).to_contain_text(LOST)
    expect(box).to_contain_text(one.name)
    expect(box).to_contain_text(two.name)
    secretary.offline(False)
    expect(box).to_be_hidden(timeout=PATIENCE)
    expect(secretary.page.locator("#ngoai-le")).to_contain_text(two.name)
    secretary.offline()
    note(secretary, three.member_uid, "late")
    note(secretary, four.member_uid, "excused")
    expect(box).to_contain_text(four.name)
    secretary.offline(False)
    secretary.page.reload()
    expect(secretary.page.locator("#ngoai-le")).to_contain_text(four.name)
    expect(box).to_be_hidden(timeout=PATIENCE)
    noted = {row.member_uid: row.status for row in made.attendances.all()}
    assert {row.member_uid: noted[row.member_uid] for row in said} == {
        row.member_uid: state for row, state in said.items()
    }
    assert Attendance.objects.exclude(Q(status="present")).count() == len(said)


def test_two_hundred_characters_typed_offline_are_stored_once(meeting, person):
    made, _user, user = meeting
    item = made.items.get(step="discussion")
    scribe = person(user)
    scribe.open(f"/muc/{item.uid}/")
    page, box = scribe.page, scribe.page.locator("#nm-waits")
    page.locator("#opinions").scroll_into_view_if_needed()
    scribe.offline()
    page.fill("#yk", TWO_HUNDRED)
    page.locator("#opinions form > button").click()
    expect(box).to_contain_text(LOST)
    expect(box).to_contain_text("Ngõ 8 có sáu hộ")
    expect(page.locator("#yk")).to_have_value("")  # the next can be written
    page.fill("#yk", "Câu thứ hai")
    page.locator("#opinions form > button").click()
    page.fill("#yk", "Câu đang gõ dở")
    assert NotedOpinion.objects.count() == 0
    scribe.offline(False)
    expect(box).to_be_hidden(timeout=PATIENCE)
    expect(page.locator("#opinions .nm-lines")).to_contain_text("Câu thứ hai")
    expect(page.locator("#yk")).to_have_value("Câu đang gõ dở")
    page.reload()
    expect(page.locator("#yk")).to_have_value("Câu đang gõ dở")
    texts = list(NotedOpinion.objects.values_list("text", flat=True))
    assert texts == [TWO_HUNDRED.strip(), "Câu thứ hai"]
    assert page.evaluate("JSON.parse(sessionStorage['nm-waits']).queue.length") == 0
    scribe.faults.clear()  # the browser reports each request that did not go
    page.fill("#yk", "")
    scribe.well_made()


def test_an_answer_that_never_came_back_is_not_written_twice(meeting, person):
    made, _user, user = meeting
    item = made.items.get(step="discussion")
    scribe = person(user)
    scribe.open(f"/muc/{item.uid}/")
    page = scribe.page

    def taken_and_lost(route):
        route.fetch()
        route.abort()

    page.route("**/phat-bieu/", taken_and_lost, times=1)
    page.select_option("#ai", index=1)
    page.fill("#loi", "Ngõ 8 có 6 hộ mái vẩy.")
    page.locator("#ghi-loi").click()
    expect(page.locator("#nm-waits")).to_contain_text("Ngõ 8 có 6 hộ")
    assert Speech.objects.count() == 1
    page.reload()
    expect(page.locator("#nm-waits")).to_be_hidden(timeout=PATIENCE)
    assert Speech.objects.count() == 1


def test_what_waits_is_another_s_to_read_no_more(meeting, person):
    made, secretary_user, user = meeting
    item = made.items.get(step="discussion")
    scribe = person(user)
    scribe.open(f"/muc/{item.uid}/")
    page = scribe.page
    page.fill("#yk", "Câu riêng")
    assert "Câu riêng" in page.evaluate("sessionStorage['nm-waits']")
    scribe.open("/dang-xuat/")
    scribe.press("form[action='/dang-xuat/'] button")
    assert page.evaluate("sessionStorage['nm-waits']") is None
    scribe.sign_in(secretary_user)
    scribe.open(f"/muc/{item.uid}/")
    expect(page.locator("#yk")).to_have_value("")


def test_a_text_typed_offline_survives_a_reload(meeting, person):
    made, _user, user = meeting
    item = made.items.get(step="discussion")
    scribe = person(user)
    scribe.page.on("dialog", lambda dialog: dialog.accept())
    scribe.open(f"/muc/{item.uid}/")
    page = scribe.page
    scribe.offline()
    page.fill("#o-conclusion", TWO_HUNDRED)
    expect(page.locator("#t-conclusion .nm-save")).to_contain_text("Chưa gửi")
    expect(page.locator("#nm-waits")).to_contain_text(LOST)
    page.route(re.compile("/ghi/conclusion/"), lambda route: route.abort(), times=1)
    scribe.offline(False)
    page.reload()
    expect(page.locator("#o-conclusion")).to_have_value(TWO_HUNDRED)
    expect(page.locator("#t-conclusion .nm-save")).to_contain_text("Đã lưu lúc")
    item.refresh_from_db()
    assert item.conclusion == TWO_HUNDRED.strip()


def test_two_people_at_one_item(meeting, person):
    """The chair reads and goes on; the scribe still writes of the item before, and is told."""
    made, chair_user, scribe_user = meeting
    first, second = list(made.items.all())[:2]
    chair, scribe = person(chair_user), person(scribe_user)
    chair.open(f"/buoi/{made.uid}/chu-tri/")
    expect(chair.page).to_have_url(re.compile(f"/muc/{first.uid}/chu-tri/$"))
    expect(chair.page.locator("#dang-o-dau")).to_contain_text("Dự kiến kết thúc")
    chair.well_made()
    scribe.open(f"/muc/{first.uid}/")
    scribe.page.fill("#o-summary", "Chi bộ có mặt")  # not yet sent
    chair.press(".nm-dock .btn-primary")
    expect(chair.page).to_have_url(re.compile(f"/muc/{second.uid}/chu-tri/$"))
    expect(scribe.page.locator("#t-summary .nm-save")).to_contain_text("Đã lưu lúc")
    scribe.page.evaluate("""() => {
        const at = document.querySelector("#dang-o-dau");
        return htmx.ajax("get", at.getAttribute("hx-get"), {source: at, swap: "outerHTML"});
    }""")
    told = scribe.page.locator("#dang-o-dau a")
    expect(told).to_contain_text(second.title)
    scribe.well_made()
    told.click()
    expect(scribe.page).to_have_url(re.compile(f"/muc/{second.uid}/$"))
    assert AgendaItem.objects.get(uid=first.uid).summary == "Chi bộ có mặt"
    assert AgendaItem.objects.get(uid=second.uid).state == "now"


def test_a_page_older_than_what_was_confirmed_is_opened_anew(meeting, person):
    """The page was made before the choice was taken; the answer came before the page."""
    made, user, _scribe = meeting
    secretary = person(user)
    page = secretary.page
    page.on("dialog", lambda dialog: dialog.accept())
    path = f"/buoi/{made.uid}/diem-danh/"
    secretary.open(path)
    row, posts, gets = made.attendances.all()[2], [], []

    def hold(route):  # the first of each
        kept = posts if route.request.method == "POST" else gets
        route.continue_() if kept else kept.append(route)

    page.route(f"**{path}", hold)
    note(secretary, row.member_uid, "excused")
    secretary.until(lambda: posts, "the request")
    page.evaluate("setTimeout(() => location.reload())")
    secretary.until(lambda: gets, "the request")
    older = gets[0].fetch()
    with page.expect_response(lambda got: got.request.method == "POST"):
        posts[0].continue_()
    gets[0].fulfill(response=older)
    expect(page.locator("#ngoai-le")).to_contain_text(row.name)
    assert made.attendances.get(member_uid=row.member_uid).status == "excused"


def test_only_the_choice_that_was_sent_is_confirmed(meeting, person):
    """One more choice while the first is on its way: the answer to the first does not drop it."""
    made, user, _scribe = meeting
    secretary = person(user)
    page = secretary.page
    page.on("dialog", lambda dialog: dialog.accept())
    secretary.open(f"/buoi/{made.uid}/diem-danh/")
    row, held = made.attendances.all()[2], []

    def hold(route):
        held.append(route) if route.request.method == "POST" else route.continue_()

    page.route("**/diem-danh/", hold)
    note(secretary, row.member_uid, "excused")
    page.locator(f"#ng-{row.member_uid} input[value=unexcused]").check()
    secretary.until(lambda: held, "the request")
    with page.expect_response(lambda got: got.request.method == "POST"):
        held[0].continue_()
    expect(page.locator(".htmx-settling")).to_have_count(0)
    page.unroute("**/diem-danh/")
    page.reload()  # the second was never let through
    expect(page.locator("#ngoai-le")).to_contain_text("Vắng không lý do")
    assert made.attendances.get(member_uid=row.member_uid).status == "unexcused"


def test_what_was_pressed_waits_and_what_was_typed_since_stays(meeting, person):
    made, _user, user = meeting
    item = made.items.get(step="discussion")
    scribe = person(user)
    scribe.open(f"/muc/{item.uid}/")
    page, held = scribe.page, []
    page.route("**/y-kien/", lambda route: held.append(route), times=1)  # noqa: PLW0108
    page.fill("#yk", "Câu thứ nhất")
    page.locator("#opinions form > button").click()
    scribe.until(lambda: held, "the request")
    page.fill("#yk", "Câu đang gõ dở")
    held[0].abort()
    expect(page.locator("#nm-waits")).to_contain_text("Câu thứ nhất")
    expect(page.locator("#yk")).to_have_value("Câu đang gõ dở")
    page.reload()
    expect(page.locator("#nm-waits")).to_be_hidden(timeout=PATIENCE)
    expect(page.locator("#opinions .nm-lines")).to_contain_text("Câu thứ nhất")
    expect(page.locator("#yk")).to_have_value("Câu đang gõ dở")
    assert list(NotedOpinion.objects.values_list("text", flat=True)) == ["Câu thứ nhất"]
