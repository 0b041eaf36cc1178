"""A meeting on paper, typed in by keyboard alone: thirty members, six items, five minutes."""

import re
import time

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from nenmong.core import clock
from nenmong.meetings import actions
from nenmong.meetings.models import Meeting
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIVE_MINUTES = 300


class Typist:
    """Someone with a keyboard and nothing else: Tab to the field named, type, go on."""

    MOST_TABS = 60

    def __init__(self, page):
        self.page = page

    def here(self):
        return self.page.evaluate("document.activeElement.id || document.activeElement.name")

    def to(self, name):
        """Press Tab until the field has the focus: it lies ahead, in the order of the form."""
        for _ in range(self.MOST_TABS):
            if self.here() == f"o-{name}":
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{name} is not ahead of {self.here()}")

    def write(self, name, text):
        self.to(name)
        self.page.keyboard.press("Control+A")
        first, *more = text.split("\n")
        self.page.keyboard.type(first)
        for line in more:  # in a text of several lines Enter is a new line
            self.page.keyboard.press("Enter")
            self.page.keyboard.type(line)

    def on(self, selector):
        """Tab to a button or a link."""
        for _ in range(self.MOST_TABS * 5):
            if self.page.evaluate("what => document.activeElement.matches(what)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no {selector} ahead")

    def press(self, selector):
        """Tab to a button and press Enter there: it leads to another page."""
        self.on(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("load")


def type_the_roll(typist, page, day):
    typist.write("day", f"3/{day.month}/{day.year}")
    page.keyboard.press("Enter")  # sends nothing
    expect(page.locator("#o-day")).to_have_value(f"3/{day.month}/{day.year}")
    typist.write("place", "Nhà văn hóa tổ dân phố số 3")
    for row, (number, reason) in enumerate(((7, "Nằm viện"), (12, "Đi công tác"), (30, "Bận"))):
        typist.write(f"r-{row}-who", str(number))
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")  # the first of the list
        typist.write(f"r-{row}-reason", reason)


def type_the_items(typist, uids, year):
    for number, uid in enumerate(uids, start=1):
        typist.write(f"i-{uid}-minutes", "15")
        typist.write(f"i-{uid}-summary", f"Bí thư trình bày nội dung {number}.")
        typist.write(f"i-{uid}-speeches", "2: Nhất trí với bí thư.\n5: Đề nghị làm sớm.")
        typist.write(f"i-{uid}-opinions", "8: Ngõ 8 lầy lội.")
        typist.write(f"i-{uid}-conclusion", "Chi bộ thống nhất.")
    typist.write("v-0-item", "4")
    typist.write("v-0-question", "Có dỡ mái vẩy không?")
    for name, number in (("agreed", 26), ("against", 0), ("other", 1)):
        typist.write(f"v-0-{name}", str(number))
    for row, (who, what) in enumerate((("9", "Vận động sáu hộ"), ("Chi ủy", "Báo cáo phường"))):
        typist.write(f"t-{row}-item", "4")
        typist.write(f"t-{row}-title", what)
        typist.write(f"t-{row}-who", who)
        typist.write(f"t-{row}-due", f"20/12/{year}")


def type_the_end(typist):
    typist.write("directions", "Chỉnh trang ngõ 8.")
    for prefix in ("nq", "bb"):
        typist.write(f"{prefix}-agreed", "27")
    typist.write("opened", "19.30")
    typist.write("closed", "21.1o")  # a slip of the finger
    typist.write("chair", "Nguyễn Văn Hùng")
    typist.write("secretary", "Lê Thị Nhung")


def test_a_helper_types_thirty_members_and_six_items_by_keyboard_alone(person):
    unit, user, _scribe = journey.cell(30)
    day = clock.today()
    meeting = journey.planned(unit, user, day.replace(day=3))
    typing = UserFactory(full_name="Lò Thị Mai")
    actions.give_right(actor=user, meeting_uid=meeting.uid, role="helper", username=typing.username)
    helper = person(typing, wide=True)
    page = helper.page
    helper.open(f"/buoi/{meeting.uid}/nhap-giay/")
    helper.well_made()
    began = time.monotonic()
    typist = Typist(page)
    type_the_roll(typist, page, day)
    type_the_items(typist, [item.uid for item in meeting.items.all()][:6], day.year)
    type_the_end(typist)
    typist.press("button[value=look]")
    expect(page.locator("#o-closed-loi")).to_be_visible()
    expect(page.locator("#o-closed")).to_have_value("21.1o")
    helper.faults.clear()  # the browser reports every 422 as a failed load; this one was meant
    helper.well_made()
    typist.on("a[href='#o-closed']")  # what is wrong leads to its field
    page.keyboard.press("Enter")
    typist.write("closed", "21.10")
    typist.press("button[value=look]")
    expect(page).to_have_url(re.compile("/xem-lai/$"))
    expect(page.locator("main")).to_contain_text("27 / 30")
    helper.well_made()
    typist.press("form[action$='/xong/'] button")
    expect(page).to_have_url(re.compile("/truoc-khi-chot/$"))
    assert time.monotonic() - began < FIVE_MINUTES
    helper.well_made()
    typist.press("#chot button")  # without a code or the scan the seal is the secretary's
    expect(page.locator("main")).to_contain_text("mã")
    secretary = person(user)
    secretary.open(f"/buoi/{meeting.uid}/truoc-khi-chot/")
    secretary.press("#chot button")
    expect(secretary.page).to_have_url(re.compile("/ho-so/$"))
    expect(secretary.page.locator("main")).to_contain_text("Lò Thị Mai")
    secretary.well_made()
    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.entry) == ("sealed", "paper")
    assert (meeting.present, meeting.speakers, meeting.opinions, meeting.tasks) == (27, 3, 6, 2)
    call_command("verify")
    call_command("recount")


def test_a_draft_is_kept_and_typed_on_by_a_helper(person):
    unit, user, _scribe = journey.cell(5)
    meeting = journey.planned(unit, user, clock.today().replace(day=3))
    helper = UserFactory(full_name="Lò Thị Mai")
    secretary = person(user)
    secretary.open(f"/buoi/{meeting.uid}/nguoi-giup/")
    secretary.well_made()
    secretary.page.fill("[name=username]", helper.username)
    secretary.press("input[value=helper] ~ p button")
    expect(secretary.page.locator("main")).to_contain_text("Lò Thị Mai")
    secretary.open(f"/buoi/{meeting.uid}/nhap-giay/")
    secretary.page.fill("#o-directions", "Chỉnh trang ngõ 8.")
    secretary.press("button[value=draft]")
    other = person(helper)
    other.well_made()
    other.press("#duoc-nho ~ ul a")
    expect(other.page.locator("#o-directions")).to_have_value("Chỉnh trang ngõ 8.")
    other.page.fill("#o-n-0-title", "Việc phát sinh")
    other.press("button[value=draft]")
    expect(other.page.locator("main")).to_contain_text("Việc phát sinh")
    other.well_made()
    assert Meeting.objects.get().typed_by == "Lò Thị Mai"
