"""What happens to an opinion while somebody writes on it: it is said, nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from nenmong.opinions import actions
from nenmong.opinions.models import Answer, Opinion
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import MemberFactory, UserFactory
from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MINE = "Đã thay 6 bóng đèn và sửa tủ điện ngõ 12."
OTHERS = "Đã sửa tủ điện, còn hai bóng thay trong tuần này."
WHO = "Tổ quản lý đô thị"
PASTED = (
    "\x0b\x07“Kính gửi” –\xa0Đảng ủy\u200b phường:\u2028đèn ngõ 12\t hỏng… "
    "👩‍👩‍👧‍👦💡 \u202eđảo chữ\u202c \u200fhết\ufeff"
)  # as Word, chat programs and old keyboards leave it
LONG = "Đèn ngõ 12 hỏng. " * 2942  # 50,014 characters


@pytest.fixture
def at():
    at = ready.place()
    for _ in range(3):
        MemberFactory.of(at.cell)
    return at


def writing(someone, opinion, text=MINE):
    """Open an opinion's page and write an answer, not yet sent."""
    someone.open(steps.at(opinion))
    steps.write_answer(someone, "done", text, who=WHO, done_on="20/11/2026")


def test_two_at_one_desk_answer_at_once(at, person):
    opinion = ready.accepted(at)
    first = person(at.clerk, wide=True)
    second = person(UserFactory.holding("desk", at.desk), wide=True)
    writing(first, opinion, OTHERS)
    writing(second, opinion)
    steps.finish(first)
    steps.finish(second)
    main = second.page.locator("main")
    expect(main).to_contain_text(f"{at.clerk} ")  # who has answered
    expect(main).to_contain_text("24/11/2026")
    expect(main).to_contain_text(MINE)
    assert Answer.objects.get().text == OTHERS
    second.faults.clear()  # the browser reports the refusal as a failed load; it was meant
    second.well_made()


def test_two_drafts_at_once_are_both_shown_and_a_person_chooses(at, person):
    opinion = ready.accepted(at)
    first = person(at.clerk, wide=True)
    second = person(UserFactory.holding("desk", at.desk), wide=True)
    writing(first, opinion, OTHERS)
    writing(second, opinion)
    steps.finish(first, "keep")
    steps.finish(second, "keep")
    expect(steps.refusal(second)).to_contain_text(OTHERS)
    expect(second.page.locator("#loi-tra-loi")).to_have_value(MINE)
    expect(second.page.locator("[name=who]")).to_have_value(WHO)
    assert Answer.objects.get().text == OTHERS
    steps.finish(second)
    assert Answer.objects.get().text == MINE
    assert Opinion.objects.get().state == "answered"


def test_an_answer_to_what_was_taken_back_meanwhile(at, person):
    opinion = ready.accepted(at)
    clerk = person(at.clerk, wide=True)
    writing(clerk, opinion)
    actions.withdraw(actor=at.secretary, opinion_uid=opinion.uid, reason="Điện lực đã sửa")
    steps.finish(clerk)
    expect(steps.refusal(clerk)).to_contain_text("rút lại")
    expect(clerk.page.locator("main")).to_contain_text(MINE)
    expect(clerk.page.locator(".nm-timeline")).to_contain_text("Điện lực đã sửa")
    assert not Answer.objects.exists()
    clerk.faults.clear()
    clerk.well_made()


def test_an_answer_to_what_was_passed_on_meanwhile(at, person):
    opinion = ready.accepted(at)
    clerk = person(at.clerk, wide=True)
    writing(clerk, opinion)
    actions.forward(
        actor=at.office, opinion_uid=opinion.uid, desk_uid=at.ward.uid, reason="Phường trả lời"
    )
    steps.finish(clerk)
    expect(clerk.page.locator("main")).to_contain_text(at.desk.name)
    expect(clerk.page.locator("main")).to_contain_text(MINE)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "no scripts"])
def test_far_too_much_is_refused_when_raising_and_stays(at, person, scripts):
    member = person(at.member, scripts=scripts)
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    member.page.fill("#yk", LONG)
    (member.send if scripts else member.press)("#neu button.w-100")
    expect(member.page.locator("#neu")).to_contain_text("1000")
    expect(member.page.locator("#yk")).to_have_value(LONG)
    assert not Opinion.objects.exists()
    member.faults.clear()
    member.well_made() if scripts else None


def test_far_too_much_is_refused_when_answering_and_stays(at, person):
    opinion = ready.accepted(at)
    clerk = person(at.clerk, wide=True)
    writing(clerk, opinion, LONG)
    steps.finish(clerk)
    expect(steps.refusal(clerk)).to_contain_text("2000")
    expect(clerk.page.locator("#loi-tra-loi")).to_have_value(LONG.strip())
    expect(clerk.page.locator("[name=who]")).to_have_value(WHO)
    assert not Answer.objects.exists()
    clerk.faults.clear()
    clerk.well_made()


def test_far_too_long_a_reason_is_not_cut_in_silence(at, person):
    opinion = ready.accepted(at)
    clerk = person(at.clerk, wide=True)
    clerk.open(steps.at(opinion))
    steps.do(clerk, "forward", desk=at.ward.uid, reason=LONG)
    expect(steps.refusal(clerk)).to_contain_text("1000")
    expect(clerk.page.locator("#viec-forward [name=reason]")).to_have_value(LONG)
    opinion.refresh_from_db()
    assert opinion.desk == at.desk


def test_what_word_and_chat_leave_in_a_text_is_kept_readable(at, person):
    member = person(at.member)
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    member.page.fill("#yk", PASTED)
    member.send("#neu button.w-100")
    opinion = Opinion.objects.get()
    assert opinion.text == ("“Kính gửi” – Đảng ủy phường: đèn ngõ 12 hỏng… 👩👩👧👦💡 đảo chữ hết")
    expect(member.page.locator("#neu")).to_contain_text("“Kính gửi” – Đảng ủy phường")
    member.well_made()
    actions.sort(actor=at.secretary, opinion_uid=opinion.uid, kind="proposal", field="works")
    actions.send(actor=at.secretary, opinion_uid=opinion.uid, desk_uid=at.desk.uid)
    actions.accept(actor=at.clerk, opinion_uid=opinion.uid)
    clerk = person(at.clerk, wide=True)
    writing(clerk, opinion, f"{MINE}\n{PASTED}")
    steps.finish(clerk, "keep")
    expect(clerk.page.locator("#loi-tra-loi")).to_have_value(f"{MINE}\n{opinion.text}")
    clerk.well_made()
