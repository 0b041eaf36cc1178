"""The whole circle of an opinion: noted by phone, two desks, read out, judged, back, solved."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from nenmong.meetings.models import Meeting
from nenmong.opinions.models import Answer, Opinion
from nenmong.opinions.tests import ready
from nenmong.org.models import Unit
from nenmong.org.tests import plans
from nenmong.org.tests.factories import MemberFactory, UserFactory
from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 3), date(2026, 10, 3), date(2026, 11, 3)
SAID = "Sáu đèn ngõ 12 hỏng từ tháng 5, trẻ em đi học thêm về tối."
DONE = "Đã thay 6 bóng đèn và sửa tủ điện ngõ 12."
AGAIN = "Đã thay cả tủ điện ngõ 12, sáu đèn sáng liên tục từ đầu tháng 10."
WRONG = "Tối thứ Bảy lại mất điện cả ngõ."


def place(**options):
    """A ward with a cell of five, its office and head, and a desk beside it."""
    at = ready.place(**options)
    for _ in range(3):
        MemberFactory.of(at.cell)
    return at


def test_from_a_phone_in_a_meeting_to_not_solved_and_again_to_solved(person, work, on_day):
    on_day(SEPTEMBER)
    at = place()
    ready.head_signs(at)
    secretary = person(at.secretary)
    opinion = noted_and_sealed(secretary, at, work)
    the_secretary_sorts_and_sends(secretary, opinion)
    on_day(date(2026, 9, 7))
    office, clerk, head = (person(who, wide=True) for who in (at.office, at.clerk, at.head))
    the_office_accepts_and_forwards(office, opinion, at)
    on_day(date(2026, 9, 10))
    the_desk_accepts_and_answers(clerk, opinion, DONE, "10/9/2026")
    the_head_signs(head, opinion, work)
    assert steps.figures(secretary, at.cell) == [1, 1, 0]
    on_day(OCTOBER)
    the_cell_finds_it_not_solved(secretary, at, work)
    assert steps.figures(secretary, at.cell) == [1, 1, 0]
    on_day(date(2026, 10, 6))
    it_is_back_with_a_new_clock(clerk, opinion)
    the_desk_accepts_and_answers(clerk, opinion, AGAIN, "6/10/2026")
    the_head_signs(head, opinion, work)
    on_day(NOVEMBER)
    the_cell_finds_it_solved(secretary, at, work)
    assert steps.figures(secretary, at.cell) == [1, 1, 1]
    the_timeline_is_right(secretary, office, opinion)


def noted_and_sealed(secretary, at, work):
    meeting = steps.opened(at.cell, at.secretary)
    steps.go_to(at.secretary, item := meeting.items.get(step="discussion"))
    secretary.open(f"/muc/{item.uid}/")
    secretary.page.fill("#yk", SAID)
    secretary.send("#opinions form[action$='/y-kien/'] > button")
    expect(secretary.page.locator("#opinions .nm-lines")).to_contain_text("ngõ 12")
    steps.sealed(meeting, at.secretary, work)
    secretary.open(f"/don-vi/{at.cell.uid}/y-kien/")
    expect(secretary.page.locator("#cho-quyet")).to_be_visible()
    return Opinion.objects.get(text=SAID)


def the_secretary_sorts_and_sends(secretary, opinion):
    secretary.open(steps.at(opinion))
    steps.do(secretary, "sort", kind="proposal", field="works")
    steps.do(secretary, "send")


def the_office_accepts_and_forwards(office, opinion, at):
    office.open(f"/don-vi/{at.ward.uid}/ban-y-kien/")
    office.press(f"a[href='{steps.at(opinion)}']")
    steps.do(office, "accept")
    steps.do(office, "forward", desk=at.desk.uid, reason="Thuộc hạ tầng, văn phòng xử lý.")


def the_desk_accepts_and_answers(clerk, opinion, text, day):
    clerk.open("/viec-cua-toi/")
    clerk.press("main a[href$='/ban-y-kien/']")
    clerk.press(f"a[href='{steps.at(opinion)}']")
    steps.do(clerk, "accept")
    steps.write_answer(clerk, "done", text, who="Tổ quản lý đô thị", done_on=day)
    steps.finish(clerk)
    expect(clerk.page.locator("main")).to_contain_text("Đã trình lãnh đạo ký")
    assert Answer.objects.order_by("-uid").first().state == "to_sign"


def the_head_signs(head, opinion, work):
    head.open("/viec-cua-toi/")
    head.press(f"a[href='{steps.at(opinion)}']")
    head.press("form[action$='/tra-loi/'] button[value=sign]")
    work()


def the_cell_finds_it_not_solved(secretary, at, work):
    meeting = steps.opened(at.cell, at.secretary)
    steps.go_to(at.secretary, steps.item_of_answer(meeting))
    secretary.open(f"/muc/{steps.item_of_answer(meeting).uid}/")
    expect(secretary.page.locator("#answer_read")).to_contain_text(DONE)
    steps.judge_on_phone(secretary, meeting, "not_solved")
    expect(secretary.page.locator("[data-nm-error]")).to_be_in_viewport()
    steps.judge_on_phone(secretary, meeting, "not_solved", WRONG)
    expect(secretary.page.locator("#answer_read")).to_contain_text(WRONG)
    steps.sealed(meeting, at.secretary, work)
    secretary.faults.clear()  # the browser reports the refusal as a failed load; it was meant


def it_is_back_with_a_new_clock(clerk, opinion):
    clerk.open(steps.at(opinion))
    expect(clerk.page.locator("main")).to_contain_text(WRONG)
    way = clerk.page.locator(".nm-way li")
    expect(way.filter(has_text="Văn phòng Ủy ban nhân dân phường")).to_have_count(2)
    expect(clerk.page.locator(".nm-way li.now")).to_contain_text("03/10/2026")


def the_cell_finds_it_solved(secretary, at, work):
    meeting = steps.opened(at.cell, at.secretary)
    steps.go_to(at.secretary, steps.item_of_answer(meeting))
    steps.judge_on_phone(secretary, meeting, "solved", hands={"solved": 4, "not_solved": 1})
    steps.sealed(meeting, at.secretary, work)


def the_timeline_is_right(secretary, office, opinion):
    assert steps.timeline(opinion) == [
        "raised", "sorted", "send", "accept", "forward", "accept", "answer", "not_solved",
        "accept", "answer", "solved",
    ]  # fmt: skip
    days = ["03/9/2026"] * 3 + ["07/9/2026"] * 2 + ["10/9/2026"] * 2
    days += ["03/10/2026", "06/10/2026", "06/10/2026", "03/11/2026"]
    for reader in (secretary, office):
        reader.open(steps.at(opinion))
        assert reader.page.locator(".nm-timeline time").all_inner_texts() == days
        expect(reader.page.locator(".nm-timeline")).to_contain_text(WRONG)
    secretary.well_made()


def test_a_cell_merged_on_the_way_is_told_in_its_heir(person, work, on_day):
    on_day(SEPTEMBER)
    at = place()
    other = place(ward=at.ward)
    opinion = ready.accepted(at)
    on_day(date(2026, 9, 15))
    merge = f"merge: [{at.cell.uid}, {other.cell.uid}]\n    into: {{name: Chi bộ chung}}"
    plans.apply(merge, day=date(2026, 9, 14))
    heir = Unit.objects.get(name="Chi bộ chung")
    successor = UserFactory.holding("secretary", heir)
    clerk = person(at.clerk, wide=True)
    clerk.open(steps.at(opinion))
    steps.write_answer(clerk, "done", DONE, who="Tổ quản lý đô thị", done_on="15/9/2026")
    steps.finish(clerk)
    work()
    secretary = person(successor)
    assert steps.figures(secretary, heir)[1:] == [1, 0]
    expect(secretary.page.locator("#cho-doc")).to_be_visible()
    on_day(OCTOBER)
    meeting = steps.opened(heir, successor)
    steps.go_to(successor, steps.item_of_answer(meeting))
    steps.judge_on_phone(secretary, meeting, "not_solved", WRONG)
    steps.sealed(meeting, successor, work)
    secretary.open(steps.at(opinion))
    expect(secretary.page.locator(".nm-way li.now")).to_contain_text("Ủy ban nhân dân")
    expect(secretary.page.locator(".nm-timeline")).to_contain_text(WRONG)
    assert Meeting.objects.get().unit == heir
    old = person(at.secretary)
    old.open(f"/don-vi/{at.cell.uid}/y-kien/")
    assert not re.search("ngõ 12", old.page.locator("main").inner_text())
