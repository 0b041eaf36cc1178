"""A file that is not what its name says, from the phone and at the desk: said, the words stay."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from nenmong.opinions import models
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import MemberFactory
from tests.browser import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Đèn ngõ 12 hỏng từ tháng 5, trẻ em đi học thêm về tối."
MINE = "Đã thay 6 bóng đèn và sửa tủ điện ngõ 12."
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"
PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def at(settings, tmp_path):
    settings.HOME = tmp_path
    at = ready.place()
    MemberFactory.of(at.cell)
    return at


def named(name, content):
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(kept, "JPEG")
    return kept.getvalue()


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "no scripts"])
def test_raising_with_a_file_that_is_another_thing(at, person, scripts):
    member = person(at.member, scripts=scripts)
    member.open(f"/don-vi/{at.cell.uid}/y-kien/neu/")
    press = member.send if scripts else member.press
    page = member.page
    page.fill("#yk", WORDS)
    page.set_input_files("#neu [type=file]", [named("Ảnh ngõ 12.jpg", PROGRAM)])
    press("#neu button.w-100")
    expect(page.locator("#neu")).to_contain_text("Ảnh ngõ 12")
    expect(page.locator("#yk")).to_have_value(WORDS)
    assert not models.Opinion.objects.exists()
    member.faults.clear()  # the browser reports the refusal as a failed load; it was meant
    member.well_made() if scripts else None
    page.set_input_files("#neu [type=file]", [named("Ảnh ngõ 12.jpg", picture())])
    press("#neu button.w-100")
    opinion = models.Opinion.objects.get()
    assert opinion.text == WORDS
    assert [row.title for row in models.OpinionFile.objects.filter(opinion=opinion)] == [
        "Ảnh ngõ 12"
    ]


def test_answering_with_a_file_that_is_another_thing(at, person):
    opinion = ready.accepted(at)
    clerk = person(at.clerk, wide=True)
    clerk.open(steps.at(opinion))
    steps.write_answer(clerk, "done", MINE, who="Tổ quản lý đô thị", done_on="20/11/2026")
    clerk.page.set_input_files("#tra-loi [type=file]", [named("bien-ban.pdf", PAGE)])
    steps.finish(clerk)
    expect(steps.refusal(clerk)).to_contain_text("bien-ban")
    expect(clerk.page.locator("#loi-tra-loi")).to_have_value(MINE)
    assert not models.OpinionFile.objects.exists()
    assert models.Answer.objects.filter(state="signed").count() == 0
    clerk.faults.clear()
    clerk.well_made()
    clerk.page.set_input_files("#tra-loi [type=file]", [named("anh.jpg", picture())])
    steps.finish(clerk)
    answer = models.Answer.objects.get(state="signed")
    assert models.OpinionFile.objects.get().answer_uid == answer.uid
