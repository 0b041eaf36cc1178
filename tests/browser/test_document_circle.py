"""A regulation's whole way: commented on, weighed, adopted, issued, sent, discussed, answered."""

from datetime import date

import pytest
from playwright.sync_api import expect

from nenmong.directives.models import Delivery, Directive, UnclearPoint
from nenmong.directives.tests import ready
from nenmong.meetings import actions as meetings
from nenmong.meetings.models import Matter, Meeting
from nenmong.opinions.models import Opinion
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory, WardFactory
from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEPTEMBER, MEETING, OCTOBER = date(2026, 9, 1), date(2026, 9, 16), date(2026, 10, 3)
TITLE = "Quy chế làm việc của Tỉnh ủy về tiếp nhận ý kiến của chi bộ"
FIRST = "Văn phòng tiếp nhận ý kiến của chi bộ.\nTrả lời trong 20 ngày làm việc."
REVISED = "Văn phòng tiếp nhận ý kiến của chi bộ.\nTrả lời trong 15 ngày làm việc."
COMMENTS = (
    "Hai mươi ngày là dài, đề nghị còn 15 ngày.",
    "Nói rõ ai ký câu trả lời.",
    "Bỏ đoạn này vì đã có ở Quy định 11.",
)
OUTCOMES = (
    ("taken", ""),
    ("explained", "Người đứng đầu ký theo quy định chung."),
    ("partly", "Giữ một câu."),
)
GIST = "Ý kiến của chi bộ được trả lời trong 15 ngày làm việc."
UNCLEAR = "Mười lăm ngày tính từ ngày họp hay ngày gửi?"
ANSWER = "Tính từ ngày ý kiến đến nơi xử lý."


def place(settings):
    settings.SECOND_FACTOR = False  # asked for by posts of a province, and not what this is about
    at = ready.place()
    others = [WardFactory(parent=at.province, name=f"Đảng ủy phường {n}") for n in (2, 3)]
    at.offices = [at.office, *(UserFactory.holding("office", ward) for ward in others)]
    for _ in range(2):
        UserFactory.holding("committee_member", at.province)
    for _ in range(3):
        MemberFactory.of(at.cell)
    UnitFactory(parent=others[0])
    return at


def test_a_regulation_from_draft_to_an_answer(person, work, on_day, settings):
    on_day(SEPTEMBER)
    at = place(settings)
    office = person(at.above, wide=True)
    one = drafted_and_asked(office, at)
    for number, who in enumerate(at.offices):
        comments(person(who, wide=True), one, number)
    weighed_and_revised(office, one)
    on_day(MEETING)
    adopted(person(at.leader, wide=True), at, one, work)
    numbered_and_sent(person(at.leader, wide=True), at, one, work)
    on_day(OCTOBER)
    secretary = person(at.secretary)
    discussed(secretary, at, one, work)
    answered(office, at, work)
    told_beside_the_document(secretary, office, one)


def drafted_and_asked(office, at):
    page = office.page
    office.open(f"/don-vi/{at.province.uid}/soan-van-ban/")
    office.press("a[href$='/du-thao/moi/']")
    page.check("[name=kind][value=regulation]")
    page.fill("[name=title]", TITLE)
    office.press("form[action$='/du-thao/moi/'] button")
    page.fill("#van-ban [name=text]", FIRST)
    office.press("#van-ban button")
    office.well_made()
    one = Directive.objects.get()
    office.press(f"a[href='/du-thao/{one.uid}/gop-y/']")
    for ward in at.province.children.filter(kind="commune_committee"):
        page.check(f"[name=unit][value='{ward.uid}']")
    office.press("form[action$='/gop-y/lay/'] button")
    assert one.requests.count() == len(COMMENTS)
    office.well_made()
    return one


def comments(office, one, number):
    """Each asked unit finds it on its own work, says one thing of the second paragraph, ends."""
    office.open("/viec-cua-toi/")
    office.press("main a[href$='/soan-van-ban/']")
    office.press("main a[href^='/gop-y/']")
    office.well_made()
    form = office.page.locator("form[action$='/noi/']").nth(1)
    form.evaluate(steps.UNFOLD)
    form.locator("textarea").fill(COMMENTS[number])
    with office.page.expect_navigation():
        form.locator("button").click()
    expect(office.page.locator("main")).to_contain_text(COMMENTS[number])
    for other in COMMENTS[:number]:  # what others said is for who drafts
        expect(office.page.locator("main")).not_to_contain_text(other)
    office.press("form[action$='/xong/'] button")


def weighed_and_revised(office, one):
    page = office.page
    office.open(f"/du-thao/{one.uid}/gop-y/")
    for text, (outcome, why) in zip(COMMENTS, OUTCOMES, strict=True):
        row = page.locator("li[id^='yk-']").filter(has_text=text)
        row.locator("form[action$='/can-nhac/']").evaluate(steps.UNFOLD)
        row.locator("[name=why]").fill(why)
        with page.expect_navigation():
            row.locator(f"button[value={outcome}]").click()
    office.well_made()
    office.open(f"/du-thao/{one.uid}/")
    page.fill("#van-ban [name=text]", REVISED)
    office.press("#van-ban button")
    office.open(f"/du-thao/{one.uid}/so-sanh/")
    expect(page.locator("ins").last).to_contain_text("15")
    expect(page.locator("del").last).to_contain_text("20")
    office.well_made()
    office.open(f"/du-thao/{one.uid}/")
    office.press("form[action$='/trinh/'] button")


def adopted(head, at, one, work):
    """The committee meets; the draft stands on its agenda, and its vote is taken there."""
    work()
    planned = meetings.plan_meeting(
        actor=at.leader, unit_uid=at.province.uid, month=MEETING.replace(day=1), kind="committee",
        starts_at=ready.evening(MEETING).replace(hour=1),
    )  # fmt: skip
    Meeting.objects.filter(uid=planned.uid).update(place="Phòng họp Tỉnh ủy")
    meeting = meetings.open_meeting(actor=at.leader, meeting_uid=planned.uid)
    item = meeting.items.get(matter_uid=Matter.objects.get(source_uid=one.uid).uid)
    steps.go_to(at.leader, item)
    head.open(f"/muc/{item.uid}/")
    expect(head.page.locator("main")).to_contain_text(TITLE)
    form = head.page.locator("form[action$='/bieu-quyet/']").first
    form.evaluate(steps.UNFOLD)
    form.locator("[name=agreed]").fill("3")
    with head.page.expect_response(lambda answer: answer.request.method == "POST"):
        form.locator("button").first.click()
    expect(head.page.locator("#votes")).to_contain_text("Tán thành 3")
    head.well_made()
    steps.sealed(meeting, at.leader, work)
    one.refresh_from_db()
    assert one.state == "adopted"


def numbered_and_sent(head, at, one, work):
    page = head.page
    head.open(f"/du-thao/{one.uid}/goi-y/")
    page.fill("[name=gist]", GIST)
    page.check("[name=asked][value=discuss]")
    head.press("form[action$='/goi-y/'] button")
    head.open(f"/du-thao/{one.uid}/ban-hanh/")
    page.fill("[name=issued_on]", "16/9/2026")
    page.fill("[name=valid_from]", "16/9/2026")
    head.well_made()
    head.press("form[action$='/ban-hanh/'] button")
    one.refresh_from_db()
    assert (one.state, one.number) == ("issued", "01-QC/TU")
    head.open(f"/don-vi/{at.province.uid}/van-ban/{one.uid}/gui/")
    page.check("[name=level][value=cells]")
    page.select_option("[name=month]", "2026-10-01")
    head.press("button[form=gui][value=look]")
    head.well_made()
    head.press("button[value=send]")
    work()
    assert Delivery.objects.filter(directive=one, state="waiting").count() == 3


def discussed(secretary, at, one, work):
    meeting = steps.opened(at.cell, at.secretary)
    item = meeting.items.get(title__contains=TITLE)
    steps.go_to(at.secretary, item)
    secretary.open(f"/muc/{item.uid}/")
    expect(secretary.page.locator("main")).to_contain_text(GIST)
    secretary.page.fill("#yk", UNCLEAR)
    secretary.send("#opinions form[action$='/y-kien/'] > button")
    secretary.well_made()
    steps.sealed(meeting, at.secretary, work)


def answered(office, at, work):
    """It came as a question to who issued the document."""
    asked = Opinion.objects.get(text=UNCLEAR)
    assert (asked.kind, asked.desk_id) == ("question", at.province.uid)
    office.open(steps.at(asked))
    steps.do(office, "accept")
    steps.write_answer(office, "done", ANSWER, who="Văn phòng Tỉnh ủy", done_on="3/10/2026")
    steps.finish(office)
    work()
    assert UnclearPoint.objects.get().answer


def told_beside_the_document(secretary, office, one):
    secretary.open(f"/van-ban/{one.uid}/doc/")
    for words in (GIST, UNCLEAR, ANSWER):
        expect(secretary.page.locator("main")).to_contain_text(words)
    secretary.well_made()
    office.open(f"/van-ban/{one.uid}/noi-da-thao-luan/")
    expect(office.page.locator("#tom-tat")).to_contain_text("1 / 3")
    expect(office.page.locator("main")).to_contain_text(UNCLEAR)
    office.well_made()
