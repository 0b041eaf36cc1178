"""One matter of four cells of two communes: joined, one answered apart, each told and voting."""

from datetime import date

import pytest
from playwright.sync_api import expect

from nenmong.meetings.models import Matter
from nenmong.opinions import actions
from nenmong.opinions.models import Answer, DeskField, Issue, Opinion
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory, WardFactory
from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEPTEMBER, OCTOBER = date(2026, 9, 7), date(2026, 10, 5)
SAID = [
    "Tuyến đường liên xã qua cầu Mới hỏng nặng, mùa mưa xe không đi được.",
    "Đường liên xã qua cầu Mới hỏng nặng, mùa mưa học sinh không đi được.",
    "Tuyến đường liên xã qua cầu Mới hỏng nặng, mùa mưa rất nguy hiểm.",
    "Đường liên xã từ cầu Mới vào xóm hỏng nặng, mùa mưa xe không đi được.",
]
ANSWER = "Đã sửa 1,2 km đường liên xã qua cầu Mới, rải lại đá và đầm chặt."
OWN = "Đường vào xóm do xã quản lý, không thuộc tuyến liên xã."


@pytest.fixture
def four(on_day):
    """Four cells of two communes whose opinions were passed on to one desk of the district."""
    on_day(SEPTEMBER)
    district = WardFactory(kind="district_committee", parent=None, name="Huyện ủy")
    desk = UnitFactory(kind="authority", parent=district, name="Phòng Kinh tế và Hạ tầng")
    DeskField.objects.create(unit=desk, field="works")
    communes = [WardFactory(parent=district) for _ in range(2)]
    places = [ready.place(ward=commune) for commune in communes for _ in range(2)]
    opinions = []
    for at, text in zip(places, SAID, strict=True):
        for _ in range(3):
            MemberFactory.of(at.cell)
        opinion = ready.sent(at, text)
        opinions.append(
            actions.forward(
                actor=at.office, opinion_uid=opinion.uid, desk_uid=desk.uid, reason="Đường huyện"
            )
        )
    return places, opinions, desk


def test_four_cells_one_answer_and_each_votes_for_itself(four, person, work, on_day):
    places, opinions, desk = four
    clerk = person(UserFactory.holding("desk", desk), wide=True)
    issue = the_desk_joins_what_is_one_matter(clerk, opinions)
    one_splits_off(clerk, issue, opinions[3])
    on_day(date(2026, 9, 10))
    one_answer_goes_to_the_three(clerk, issue)
    work()
    brought = Matter.objects.filter(kind="answer").values_list("unit", flat=True)
    assert set(brought) == {at.cell.uid for at in places[:3]}
    on_day(OCTOBER)
    phone = each_votes_for_itself(person, work, places)
    expect(phone.page.locator("#answer_read")).to_contain_text("còn đọng nước")
    found = {one.uid: (one.state, one.verdict) for one in Opinion.objects.all()}
    assert [found[one.uid] for one in opinions] == [
        ("closed", "solved"), ("closed", "partly"), ("waiting", "not_solved"), ("accepted", ""),
    ]  # fmt: skip
    above = person(UserFactory.holding("office", desk.parent), wide=True)
    above.open(f"/van-de/{issue.uid}/")
    assert above.page.locator(".nm-figures dd").all_inner_texts() == ["3 / 3", "1 / 3", "1 / 3"]
    above.well_made()
    the_one_apart_is_answered_by_itself(clerk, opinions[3])


def the_desk_joins_what_is_one_matter(clerk, opinions):
    clerk.open(steps.at(opinions[0]))
    near = clerk.page.locator("#ben-canh form[action$='/gop/']")
    expect(near.locator("input[name=with]")).to_have_count(3)
    for box in near.locator("input[name=with]").all():
        box.check()
    near.locator("[name=title]").fill("Đường liên xã qua cầu Mới")
    clerk.press("#ben-canh form[action$='/gop/'] button")
    issue = Issue.objects.get()
    expect(clerk.page.locator("h1")).to_contain_text("cầu Mới")
    expect(clerk.page.locator("main")).to_contain_text("4")
    steps.do(clerk, f"accept{opinions[0].uid}")
    assert set(Opinion.objects.values_list("state", "issue_uid")) == {("accepted", issue.uid)}
    return issue


def one_splits_off(clerk, issue, opinion):
    clerk.open(f"/van-de/{issue.uid}/")
    form = clerk.page.locator(f"form[action='{steps.at(opinion)}tach-rieng/']").last
    form.evaluate(steps.UNFOLD)
    form.locator("[name=reason]").fill(OWN)
    with clerk.page.expect_navigation():
        form.locator("button").click()
    opinion.refresh_from_db()
    assert opinion.issue_uid is None
    clerk.open(steps.at(opinion))
    expect(clerk.page.locator(".nm-timeline")).to_contain_text(OWN)
    assert steps.timeline(opinion) == [
        "raised", "sorted", "send", "forward", "joined", "accept", "parted",
    ]  # fmt: skip


def one_answer_goes_to_the_three(clerk, issue):
    clerk.open(f"/van-de/{issue.uid}/")
    clerk.press("main a[href$='#tra-loi']")
    who = "Phòng Kinh tế và Hạ tầng"
    steps.write_answer(clerk, "done", ANSWER, who=who, done_on="10/9/2026")
    steps.finish(clerk)
    assert set(Answer.objects.values_list("text", "state")) == {(ANSWER, "signed")}
    assert Answer.objects.count() == 3


def each_votes_for_itself(person, work, places):
    """Two cells by the actions, the third from its phone."""
    first, second, third = places[:3]
    steps.told(first.cell, first.secretary, work, "solved")
    steps.told(second.cell, second.secretary, work, "partly")
    meeting = steps.opened(third.cell, third.secretary)
    steps.go_to(third.secretary, steps.item_of_answer(meeting))
    phone = person(third.secretary)
    steps.judge_on_phone(phone, meeting, "not_solved", "Đoạn đầu cầu còn đọng nước")
    steps.sealed(meeting, third.secretary, work)
    return phone


def the_one_apart_is_answered_by_itself(clerk, opinion):
    clerk.open(steps.at(opinion))
    steps.write_answer(clerk, "not_ours", OWN, whose="Ủy ban nhân dân xã")
    steps.finish(clerk)
    opinion.refresh_from_db()
    assert (opinion.state, Answer.objects.filter(text=OWN).count()) == ("answered", 1)
