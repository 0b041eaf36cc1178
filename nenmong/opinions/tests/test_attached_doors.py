"""Files of opinions through the pages: taken in, refused with the words kept, at one cost."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from nenmong.core import keeping
from nenmong.core.keeping import STORE
from nenmong.opinions.actions.attaching import MOST_FILES
from nenmong.opinions.models import Answer, Opinion, OpinionFile
from nenmong.opinions.tests import ready
from nenmong.opinions.tests.attaching import (
    PDF,
    attach,
    of_member,
    sent_file,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def at():
    return ready.place()


# ── through the doors ───────────────────────────────────────────────────────────────────────


def test_raised_by_phone_with_a_picture_that_is_kept_without_its_place(at):
    taken = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Nguyễn Văn A"  # who took it
    exif[0x8825] = {1: "N", 2: (21.0, 18.0, 0.0)}  # where
    Image.new("RGB", (40, 20)).save(taken, "JPEG", exif=exif)
    url = reverse("opinions:raise", args=[at.cell.uid])
    form = {"text": ready.TEXT, "kind": "proposal", "file": [sent_file("a.exe", taken.getvalue())]}
    answer = signed_in(at.member).post(url, form, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    row = OpinionFile.objects.get()
    content = keeping.content_of(row.sha256)
    assert row.kind == "jpeg"
    assert b"Exif" not in content
    answer = signed_in(at.member).get(reverse("opinions:file", args=[row.uid]))
    assert answer["Content-Disposition"].startswith('attachment; filename="tep-y-kien-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_what_is_not_what_its_name_says_is_refused_and_nothing_is_raised(at):
    url = reverse("opinions:raise", args=[at.cell.uid])
    client = signed_in(at.member)
    for content in (b"<html>", b"MZ\x90", b"", b"%PDF-1.7 cut"):
        form = {"text": ready.TEXT, "file": [sent_file(), sent_file("anh.jpg", content)]}
        answer = client.post(url, form)
        assert answer.status_code == 422
        assert ready.TEXT in answer.content.decode()  # nothing typed is lost
        assert "anh: " in answer.content.decode()
    too_many = {"text": ready.TEXT, "file": [sent_file() for _ in range(MOST_FILES + 1)]}
    assert client.post(url, too_many).status_code == 422
    assert not Opinion.objects.exists()


def test_of_what_is_taken_elsewhere_no_file_is_kept(at):
    url = reverse("opinions:raise", args=[at.cell.uid])
    form = {"text": "Tố cáo ông A", "kind": "denunciation", "file": [sent_file()]}
    assert signed_in(at.member).post(url, form).status_code == 302
    assert not OpinionFile.objects.exists()
    assert not STORE.root.exists()


def test_a_form_that_is_not_ours_is_not_read(at):
    opinion, mine = ready.raised(at), ready.accepted(at, f"{ready.TEXT} 2")
    urls = [
        (at.secretary, reverse("opinions:attach_file", args=[opinion.uid])),
        (at.secretary, reverse("opinions:raise", args=[at.cell.uid])),
        (at.clerk, reverse("opinions:answer", args=[mine.uid])),
    ]
    for who, url in urls:
        client = signed_in(who, enforce_csrf_checks=True)
        assert client.post(url, {"file": [sent_file()], "text": ready.TEXT}).status_code == 403
    assert not STORE.root.exists()


def test_a_page_of_one_opinion_attaches_and_says_what_was_refused(at):
    opinion = ready.raised(at)
    client = signed_in(at.secretary)
    url = reverse("opinions:attach_file", args=[opinion.uid])
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"file": [sent_file(content=b"x")]}).status_code == 422
    answer = client.post(url, {"file": [sent_file(), sent_file("b.pdf", PDF + b"\n")]})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Ảnh ngõ 12" in page
    assert opinion.files.count() == 2


@pytest.mark.parametrize("do", ["keep", "finish"])
def test_an_answer_brings_its_files_with_the_draft_or_with_the_signature(at, do):
    opinion = ready.accepted(at)
    form = {
        "do": do, "seen": opinion.version, "was": "", "result": "done", "text": ready.DONE.text,
        "who": ready.DONE.who, "done_on": "20/11/2026", "file": [sent_file("Quyết định 12.pdf")],
    }  # fmt: skip
    url = reverse("opinions:answer", args=[opinion.uid])
    answer = signed_in(at.clerk).post(url, form | {"file": [sent_file(content=b"x")]})
    assert answer.status_code == 422
    assert ready.DONE.text in answer.content.decode()
    assert signed_in(at.clerk).post(url, form).status_code == 302
    row = OpinionFile.objects.get()
    written = Answer.objects.get(uid=row.answer_uid)
    assert written.state == ("draft" if do == "keep" else "signed")
    page = signed_in(at.clerk).get(reverse("opinions:opinion", args=[opinion.uid]))
    if do == "keep":
        assert "Quyết định 12" in page.content.decode()


@pytest.mark.parametrize("files", [0, MOST_FILES])
def test_a_page_costs_the_same_however_many(at, files, django_assert_max_num_queries):
    opinion = of_member(at)
    for number in range(files):
        attach(at.member, opinion, PDF + b"\n" * number)
    for who, most in ((at.member, 13), (at.secretary, 15)):
        client = signed_in(who)
        url = reverse("opinions:opinion", args=[opinion.uid])
        client.get(url)
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200
