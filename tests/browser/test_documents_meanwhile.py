"""Documents that meet something on their way: a quota, a withdrawal, a cell that is split."""

from datetime import date

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from nenmong.directives.models import Delivery
from nenmong.directives.tests import ready
from nenmong.meetings import actions as meetings
from nenmong.meetings.models import Matter
from nenmong.org.models import Unit
from nenmong.org.tests import plans
from nenmong.org.tests.factories import MemberFactory, UserFactory
from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEPTEMBER = date(2026, 9, 10)
WHY = "Đợt rà soát hộ nghèo phải xong trước kỳ họp Hội đồng nhân dân."


def to_send(person, at, one):
    """Open the composer and choose the month that is full already."""
    person.open(f"/don-vi/{at.ward.uid}/van-ban/{one.uid}/gui/")
    with person.page.expect_response(lambda answer: answer.request.method == "POST"):
        person.page.select_option("[name=month]", "2026-09-01")


def test_over_the_quota_only_with_the_head_s_reason_which_the_cells_read(person, work, on_day):
    on_day(SEPTEMBER)
    at = ready.place()
    for number in (1, 2, 3):  # a quarter of an hour each: as much as a month takes
        ready.sent(at, one=ready.issued(at, number=f"0{number}-HD/ĐU"))
        work()
    one = ready.issued(at, number="04-HD/ĐU")
    office = person(at.office, wide=True)
    to_send(office, at, one)
    expect(office.page.locator("#tai")).to_contain_text("60")
    office.well_made()
    office.press("button[form=gui][value=look]")
    office.faults.clear()  # the browser reports the refusal that was meant
    office.well_made()
    expect(office.page.locator("button[value=send]:not([disabled])")).to_have_count(0)
    assert not Delivery.objects.filter(directive=one).exists()
    head = person(at.head, wide=True)
    to_send(head, at, one)
    head.press("button[form=gui][value=look]")
    assert not Delivery.objects.filter(directive=one).exists()
    reason = head.page.locator("textarea[name=over_why]")
    expect(reason).to_be_visible()
    reason.fill(WHY)
    head.press("button[value=look]")
    head.press("button[value=send]")
    head.faults.clear()
    work()
    assert Delivery.objects.filter(directive=one).count() == 2
    secretary = person(at.secretary)
    secretary.open(f"/van-ban/{one.uid}/doc/")
    expect(secretary.page.locator("main")).to_contain_text(WHY)
    secretary.well_made()


def test_withdrawn_while_it_stands_on_an_agenda(person, work, on_day):
    on_day(SEPTEMBER)
    at = ready.place()
    for _ in range(3):
        MemberFactory.of(at.cell)
    one = ready.issued(at)
    ready.sent(at, one=one)
    work()
    planned = meetings.plan_meeting(
        actor=at.secretary, unit_uid=at.cell.uid, month=SEPTEMBER.replace(day=1)
    )
    secretary, head = person(at.secretary), person(at.head, wide=True)
    secretary.open(f"/buoi/{planned.uid}/chuan-bi/")
    expect(secretary.page.locator("main")).to_contain_text(ready.TITLE)
    head.open(f"/van-ban/{one.uid}/")
    form = head.page.locator("form[action$='/thu-hoi/']")
    form.evaluate(steps.UNFOLD)
    head.press("form[action$='/thu-hoi/'] button")  # nobody said why
    expect(head.page.locator("form[action$='/thu-hoi/'] .nm-late")).to_be_visible()
    assert Matter.objects.get(unit=at.cell).state == "on_agenda"
    form.evaluate(steps.UNFOLD)
    form.locator("[name=reason]").fill("Trùng với văn bản của tỉnh.")
    head.press("form[action$='/thu-hoi/'] button")
    head.faults.clear()
    work()
    secretary.open(f"/buoi/{planned.uid}/chuan-bi/")
    expect(secretary.page.locator("main")).to_contain_text("Không còn trong chương trình")
    expect(secretary.page.locator("main")).to_contain_text("Trùng với văn bản của tỉnh.")
    assert not planned.items.filter(title__contains=ready.TITLE).exists()
    secretary.open(f"/van-ban/{one.uid}/doc/")
    expect(secretary.page.locator("main")).to_contain_text("Trùng với văn bản của tỉnh.")
    secretary.well_made()
    call_command("recount")


def test_a_cell_is_split_while_a_document_waits(person, work, on_day):
    """Each of the two it went on in has it once; the sender sees both, and the count is right."""
    on_day(SEPTEMBER)
    at = ready.place()
    one = ready.issued(at)
    ready.sent(at, one=one)
    work()
    member = MemberFactory.of(at.cell)
    plans.apply(
        f"split: {at.cell.uid}\n    into:\n      - {{name: Chi bộ tổ 1A}}\n"
        f"      - {{name: Chi bộ tổ 1B, members: [{member.uid}]}}",
        day=SEPTEMBER,
    )
    work()
    halves = Unit.objects.filter(name__in=("Chi bộ tổ 1A", "Chi bộ tổ 1B"))
    waiting = Matter.objects.filter(unit__in=halves, source_uid=one.uid, state="waiting")
    assert waiting.count() == len(halves) == 2
    office = person(at.office, wide=True)
    office.open(f"/van-ban/{one.uid}/noi-da-thao-luan/")
    for name in ("Chi bộ tổ 1A", "Chi bộ tổ 1B"):
        expect(office.page.locator("main table").last).to_contain_text(name)
    office.well_made()
    half = halves.get(name="Chi bộ tổ 1A")
    secretary = person(UserFactory.holding("secretary", half))
    secretary.open(f"/don-vi/{half.uid}/van-ban/")
    expect(secretary.page.locator("#cho-hop ~ *, main").first).to_contain_text(ready.TITLE)
    secretary.well_made()
    call_command("recount")
