"""Slip, letter and list as files: what stands in them is read back."""

import io
import zipfile
from datetime import date

import docx
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from nenmong.opinions import actions
from nenmong.opinions.models import Answer
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def words(answer):
    """Return the text of a Word file, paragraphs and cells in their order."""
    assert answer.status_code == 200, answer.content.decode()
    document = docx.Document(io.BytesIO(answer.content))
    found = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                for cell in row.cells:
                    found += [paragraph.text for paragraph in cell.paragraphs]
        else:
            found.append(block.text)
    return "\n".join(found)


def get(client, who, name, uid, **asked):
    client.force_login(who)
    return client.get(reverse(f"opinions:{name}", args=[uid]), asked)


def large(at):
    """Let the cell be large enough to be named."""
    for _ in range(12):
        MemberFactory.of(at.cell)


def test_the_letter_says_all_of_the_answer_in_the_layout_of_its_desk(client):
    at = ready.place()
    large(at)
    answer = ready.answered(at, ready.WILL_DO)
    said = words(get(client, at.clerk, "letter", answer.uid))
    for part in (
        "ĐẢNG CỘNG SẢN VIỆT NAM", "VĂN PHÒNG ỦY BAN NHÂN DÂN PHƯỜNG", "Số 01-CV/VP",
        "V/v trả lời ý kiến nêu ngày 24/11/2026", f"Kính gửi: {at.cell.name}", ready.TEXT,
        "Sẽ thay 6 bóng đèn", "Tổ quản lý đô thị", "Hạn làm xong: 20/12/2026.",
        "vốn sự nghiệp của phường", "đã giải quyết, giải quyết một phần hay chưa giải quyết",
        "Nơi nhận:", "ngày 24 tháng 11 năm 2026", answer.signed_by,
    ):  # fmt: skip
        assert part in said, part
    second = ready.answered(at, ready.CANNOT, text="Đề nghị dựng thêm cột điện ở ngõ 12.")
    said = words(get(client, at.secretary, "letter", second.uid))
    assert "Số 02-CV/VP" in said
    assert "Căn cứ: Nghị định 62/2025/NĐ-CP." in said
    assert "Hạn làm xong" not in said


def test_an_answer_that_waits_for_the_head_is_printed_with_room_for_its_number(client):
    at = ready.place()
    ready.head_signs(at)
    answer = ready.answered(at)
    assert answer.state == Answer.State.TO_SIGN
    assert "-CV/VP" in words(get(client, at.clerk, "letter", answer.uid))
    assert get(client, at.secretary, "letter", answer.uid).status_code == 404
    assert get(client, at.head, "letter", answer.uid).status_code == 200


def test_an_installation_s_own_template_is_printed_from(client, settings, tmp_path):
    settings.HOME = tmp_path
    at = ready.place()
    answer = ready.answered(at)
    own = docx.Document()
    own.add_paragraph("Mẫu của phường: {{ text }}")
    (tmp_path / "word").mkdir()
    own.save(tmp_path / "word" / "tra-loi-y-kien.docx")
    said = words(get(client, at.clerk, "letter", answer.uid))
    assert said.startswith(f"Mẫu của phường: {ready.DONE.text}")


def test_what_a_cell_answers_itself_needs_no_letter(client):
    at = ready.place()
    opinion = ready.raised(at)
    actions.keep(actor=at.secretary, opinion_uid=opinion.uid)
    answer = actions.answer(actor=at.secretary, opinion_uid=opinion.uid, draft=ready.DONE)
    assert get(client, at.secretary, "letter", answer.uid).status_code == 404


def test_the_slip_says_from_where_to_where_and_why(client):
    at = ready.place()
    large(at)
    opinion = ready.on_desk(at)
    said = words(get(client, at.clerk, "slip", opinion.uid))
    for part in (
        "PHIẾU CHUYỂN", at.ward.name.upper(), f"Kính gửi: {at.desk.name}", ready.TEXT,
        "Lý do chuyển: Thuộc hạ tầng.", f"Nơi nêu ý kiến: {at.cell.name}",
        "Lĩnh vực: đường, thủy lợi, điện, nước.", "Ý kiến đã qua",
    ):  # fmt: skip
        assert part in said, part


def test_what_was_answered_keeps_the_slip_of_its_last_desk(client):
    at = ready.place()
    large(at)
    opinion = ready.answered(at).opinion
    said = words(get(client, at.secretary, "slip", opinion.uid))
    assert f"Kính gửi: {at.desk.name}" in said
    assert "Hạn:" not in said


def test_what_has_not_left_its_cell_has_no_slip(client):
    at = ready.place()
    answer = get(client, at.secretary, "slip", ready.raised(at).uid)
    assert answer.status_code not in {200, 500}


def test_a_small_cell_is_named_in_no_file_beyond_it(client):
    at = ready.place()
    opinion, answer = ready.on_desk(at), ready.answered(at, text="Đề nghị sửa cống ngõ 5.")
    for who in (at.office, at.head, at.clerk):
        for name, uid in (
            ("slip", opinion.uid), ("letter", answer.uid), ("list_docx", at.ward.uid),
            ("list_xlsx", at.ward.uid), ("list_docx", at.cell.uid), ("list_xlsx", at.cell.uid),
        ):  # fmt: skip
            found = get(client, who, name, uid)
            if found.content[:2] == b"PK":
                with zipfile.ZipFile(io.BytesIO(found.content)) as parts:
                    all_said = b"".join(map(parts.read, parts.namelist())).decode("utf-8", "ignore")
                assert at.cell.name not in all_said, (name, who)
                assert at.cell.name.upper() not in all_said, (name, who)
            else:
                assert found.status_code in {403, 404}, (name, who)
    assert at.cell.name in words(get(client, at.secretary, "letter", answer.uid))


def sheet(answer):
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_the_workbook_holds_the_rows_of_the_list_under_its_filters(client):
    at = ready.place()
    large(at)
    ready.sent(at)
    ready.answered(at, text="=cmd() Đề nghị sửa cống ngõ 5.")
    rows = sheet(get(client, at.office, "list_xlsx", at.ward.uid))
    assert "2" in rows[0][0]
    assert len(rows) == 4
    assert rows[2][4] == "=cmd() Đề nghị sửa cống ngõ 5."
    assert rows[2][1] == date(2026, 11, 24)
    asked = {"trang-thai": "waiting"}
    assert len(sheet(get(client, at.office, "list_xlsx", at.ward.uid, **asked))) == 3
    asked = {"chua": "cong ngo 5"}
    said = words(get(client, at.office, "list_docx", at.ward.uid, **asked))
    assert "sửa cống ngõ 5" in said
    assert ready.TEXT not in said
    assert "Tổng số: 1 ý kiến" in said


def test_files_of_nothing_and_of_hostile_words(client):
    at = ready.place()
    assert "Tổng số: 0 ý kiến" in words(get(client, at.office, "list_docx", at.ward.uid))
    assert len(sheet(get(client, at.office, "list_xlsx", at.ward.uid))) == 2
    hostile = "{{ sender }} <b>&amp; \u202e]]> {% if x %} ngõ 12 hỏng đèn " + "ngõ " * 200
    opinion = ready.on_desk(at, text=hostile)
    said = words(get(client, at.clerk, "slip", opinion.uid))
    assert "{{ sender }} <b>&amp;" in said
    asked = {"tu-ngay": "31/2/2026", "chua": "x" * 5000, "duoi": "../..", "linh-vuc": "\x00"}
    assert get(client, at.office, "list_docx", at.ward.uid, **asked).status_code in {200, 400, 422}


def test_the_list_costs_the_same_however_long_it_is(client, django_assert_max_num_queries):
    at = ready.place()
    for number in range(3):
        ready.sent(at, text=f"Sáu đèn ngõ {number} hỏng từ tháng 5.")
    client.force_login(at.office)
    for name in ("list_docx", "list_xlsx"):
        with django_assert_max_num_queries(16):
            client.get(reverse(f"opinions:{name}", args=[at.ward.uid]))
