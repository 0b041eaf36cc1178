"""Raising something by phone: what was answered shows while typing, nothing typed is lost."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from nenmong.opinions.models import Opinion, TakenElsewhere
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import MemberFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 30_000  # ms: what could not be sent is tried again after a growing pause
LIMIT = 100_000  # bytes of a first load
WORDS = "Đèn ngõ 12 lại hỏng, trẻ em đi học thêm về tối."


@pytest.fixture
def at():
    """A cell that has something in every state."""
    at = ready.place()
    MemberFactory.of(at.cell)
    ready.judged(ready.answered(at, ready.PARTLY), "solved", solved=5, partly=0, not_solved=0)
    ready.answered(at, ready.PARTLY, "Cống ngõ 5 ngập khi mưa to.")
    ready.accepted(at, "Biển báo ở ngã ba bị che.")
    ready.raised(at, "Nhà văn hóa nên mở cửa buổi tối.")
    return at


def test_the_cell_s_pages_are_well_made_and_light(at, person):
    secretary = person(at.secretary)
    for page in ("y-kien/", "y-kien/neu/"):
        secretary.open(f"/don-vi/{at.cell.uid}/{page}")
        assert secretary.weight()[0] < LIMIT
        secretary.well_made()


def test_what_was_answered_shows_while_typing_and_the_form_stays(at, person):
    member = person(at.member)
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    member.page.locator("#yk").press_sequentially(WORDS)
    expect(member.page.locator("#da-tra-loi")).to_contain_text(ready.PARTLY.text)
    member.well_made()
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    expect(member.page.locator("#yk")).to_have_value(WORDS)
    member.send("#neu button.w-100")
    assert Opinion.objects.filter(text=WORDS).count() == 1
    member.well_made()


def test_what_cannot_be_sent_goes_once_when_the_connection_is_back(at, person):
    member = person(at.member)
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    member.page.fill("#yk", WORDS)
    member.page.context.set_offline(True)
    member.page.locator("#neu button.w-100").click()
    box = member.page.locator("#nm-waits")
    expect(box).to_contain_text(WORDS[:40])
    expect(box).not_to_contain_text("praise")
    member.page.context.set_offline(False)
    expect(box).to_be_hidden(timeout=PATIENCE)
    expect(member.page.locator("#neu")).to_contain_text(WORDS)
    assert Opinion.objects.filter(text=WORDS).count() == 1


def test_with_a_picture_it_waits_in_the_form_and_goes_with_it(at, person, settings, tmp_path):
    """A phone keeps words for later, and no file: so neither goes without the other."""
    settings.HOME = tmp_path
    member = person(at.member)
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    member.page.fill("#yk", WORDS)
    taken = io.BytesIO()
    Image.new("RGB", (40, 20)).save(taken, "JPEG")
    picture = {"name": "Ngõ 12.jpg", "mimeType": "image/jpeg", "buffer": taken.getvalue()}
    member.page.set_input_files("#yk-tep", picture)
    member.page.context.set_offline(True)
    member.page.locator("#neu button.w-100").click()
    expect(member.page.locator("[data-nm-error]").first).to_be_visible()
    expect(member.page.locator("#yk")).to_have_value(WORDS)
    assert '"queue":[]' in member.page.evaluate("sessionStorage['nm-waits']")
    member.page.context.set_offline(False)
    member.send("#neu button.w-100")
    opinion = Opinion.objects.get(text=WORDS)
    assert opinion.files.get().title == "Ngõ 12"
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    expect(member.page.locator("#yk")).to_have_value("")


def test_what_belongs_elsewhere_is_on_the_phone_no_more(at, person):
    member = person(at.member)
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    member.page.fill("#yk", "Tôi tố cáo ông Vịt Giời.")
    member.page.locator("#neu summary").click()
    member.page.locator("#neu input[value=denunciation]").check()
    member.send("#neu button.w-100")
    assert TakenElsewhere.objects.count() == 1
    assert "Vịt Giời" not in member.page.evaluate("JSON.stringify(sessionStorage)")
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    expect(member.page.locator("#yk")).to_have_value("")


def test_without_scripts_it_is_raised_too(at, person):
    member = person(at.member, scripts=False)
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    member.page.fill("#yk", WORDS)
    member.press("#neu button[value=look]")
    expect(member.page.locator("#da-tra-loi")).to_contain_text(ready.PARTLY.text)
    expect(member.page.locator("#yk")).to_have_value(WORDS)
    member.press("#neu button.w-100")
    expect(member.page.locator("#cho-quyet")).to_be_visible()
    assert Opinion.objects.filter(text=WORDS).count() == 1
