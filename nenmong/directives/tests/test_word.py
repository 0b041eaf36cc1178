"""The text of a document from Word, and a document as Word."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.oxml.parser import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core import clock
from nenmong.core.tests.test_files import docx_with
from nenmong.directives import actions
from nenmong.directives.rules.differences import paragraphs
from nenmong.directives.rules.word_text import TrackedChangesError, text_of
from nenmong.directives.tests import ready
from nenmong.directives.tests.ready import place
from nenmong.org.models import Unit

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def typed(*lines):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return document


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return found.read("word/document.xml"), found.read("word/numbering.xml")


def words(content):
    document = Document(io.BytesIO(content))
    cells = [
        paragraph.text
        for table in document.tables for cell in table._cells for paragraph in cell.paragraphs
    ]  # fmt: skip
    return cells, [paragraph.text for paragraph in document.paragraphs]


# ── in ──────────────────────────────────────────────────────────────────────────────────────


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30), max_size=8
    )
)
def test_paragraphs_come_over_as_they_were(lines):
    body = "".join(
        f"<w:p><w:r><w:t xml:space='preserve'>{_escaped(line)}</w:t></w:r></w:p>" for line in lines
    )
    text = text_of(f"<w:document {W}><w:body>{body}</w:body></w:document>".encode())
    assert text.splitlines() == [
        " ".join(line.split()) for line in lines if line.split()
    ]  # fmt: skip


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def test_tables_are_lines_and_breaks_are_lines():
    document = typed("Trước bảng", "Một\nHai")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Việc", "Hạn", "Dọn đường", "25/12"), strict=True):
        cell.text = text
    document.add_paragraph("Sau bảng")
    assert text_of(*parts(packed(document))).splitlines() == [
        "Trước bảng", "Một", "Hai", "Việc · Hạn", "Dọn đường · 25/12", "Sau bảng",
    ]  # fmt: skip


def test_numbers_that_word_counts_are_written_out():
    numbering = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
        <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
        <w:lvl w:ilvl="3"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%4"/></w:lvl>
        </w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
    lines = [(0, "Tên"), (1, "một"), (1, "hai"), (2, "chấm"), (0, "Sau"), (1, "lại"), (3, "sâu")]
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        for level, text in lines
    )
    text = text_of(
        f"<w:document {W}><w:body>{body}</w:body></w:document>".encode(), numbering.encode()
    )
    assert text.splitlines() == [
        "Điều 1. Tên", "a) một", "b) hai", "- chấm", "Điều 2. Sau", "a) lại", "2.I sâu",
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["ins", "del", "moveFrom", "moveTo"])
def test_tracked_changes_are_no_text(mark):
    document = typed("Điều 1.")
    change = f'<w:{mark} {W} w:id="1"><w:r><w:t>thêm</w:t></w:r></w:{mark}>'
    document.paragraphs[0]._p.append(parse_xml(change))
    with pytest.raises(TrackedChangesError):
        text_of(*parts(packed(document)))


# ── through the door ────────────────────────────────────────────────────────────────────────


def bring(client, who, one, content, name="du-thao.docx", seen=None):
    client.force_login(who)
    file = SimpleUploadedFile(name, content)
    url = reverse("directives:word_in", args=[one.uid])
    return client.post(url, {"file": file, "seen": one.version if seen is None else seen})


@pytest.mark.django_db
def test_a_word_file_becomes_the_text_and_what_stood_there_is_kept(client):
    at = place()
    one = ready.draft(at)
    was = one.text
    assert bring(client, at.office, one, packed(typed("Điều 1.", "", "Điều 2."))).status_code == 302
    one.refresh_from_db()
    assert one.text == "Điều 1.\nĐiều 2."
    assert one.versions.get().text == was


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [b"", b"MZ", b"%PDF-1.7\nstartxref\n0\n%%EOF\n", packed(Document())]
)
def test_what_has_no_text_is_refused_and_the_draft_stays(client, content):
    at = place()
    one = ready.draft(at)
    answer = bring(client, at.office, one, content)
    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.text == ready.TEXT
    assert not one.versions.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "<w:sdt><w:sdtContent>" * 60_000 + "</w:sdtContent></w:sdt>" * 60_000,
        "<w:p>" + "<w:r>" * 60_000 + "</w:r>" * 60_000 + "</w:p>",
        "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 200_000,
        "<w:p><w:r><w:t>" + "chữ " * 30_000 + "</w:t></w:r></w:p>",
    ],
)  # fmt: skip
def test_what_is_too_deep_or_too_long_is_refused_in_a_sentence(client, body):
    at = place()
    one = ready.draft(at)
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    content = docx_with([("word/document.xml", document)])
    assert bring(client, at.office, one, content).status_code == 422
    one.refresh_from_db()
    assert one.text == ready.TEXT


@pytest.mark.django_db
def test_tracked_changes_are_refused_in_a_sentence(client):
    at = place()
    one = ready.draft(at)
    document = typed("Điều 1.")
    change = f'<w:ins {W} w:id="1"><w:r><w:t>thêm</w:t></w:r></w:ins>'
    document.paragraphs[0]._p.append(parse_xml(change))
    answer = bring(client, at.office, one, packed(document))
    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.text == ready.TEXT


@pytest.mark.django_db
def test_the_text_of_another_who_wrote_meanwhile_is_not_replaced(client):
    at = place()
    one = ready.draft(at)
    actions.change_draft(actor=at.head, directive_uid=one.uid, title=one.title, text="Bản mới")
    answer = bring(client, at.office, one, packed(typed("Từ Word")), seen=one.version)
    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.text == "Bản mới"


# ── out ─────────────────────────────────────────────────────────────────────────────────────


def as_word(client, who, one):
    client.force_login(who)
    answer = client.get(reverse("directives:docx", args=[one.uid]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="van-ban-')
    return words(answer.content)


@pytest.mark.django_db
def test_an_issued_document_bears_number_day_text_and_signature(client):
    at = place()
    Unit.objects.filter(uid=at.ward.uid).update(locality="Xuân Hòa")
    one = ready.issued(at, number="05-HD/ĐU")
    heads, body = as_word(client, at.office, one)
    assert "Số 05-HD/ĐU" in heads
    assert "HƯỚNG DẪN" in body
    assert one.title.removeprefix("Hướng dẫn ") in body  # its kind stands above, once
    told = [line for line in body if line]
    for line in paragraphs(ready.TEXT)[:-1]:
        assert line in told
    assert "Bí thư".upper() in heads or "BÍ THƯ" in heads
    assert any("T/M" in line for line in heads)
    assert any(line.startswith("- Lưu") for line in heads)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(ready.actions.drafting.kinds.KINDS))
def test_every_kind_is_printed_as_a_draft_with_room_for_its_number(client, kind):
    at = place()
    month = clock.today() if "bulletin" in kind else None
    one = actions.start_draft(
        actor=at.office, unit_uid=at.ward.uid, kind=kind, title="Về việc thử {{ 7*7 }}",
        text="Một & <hai> {% raw %}\nBa", for_month=month,
    )  # fmt: skip
    heads, body = as_word(client, at.office, one)
    assert "DỰ THẢO" in heads
    assert "Về việc thử {{ 7*7 }}" in body
    assert "Một & <hai> {% raw %}" in body


@pytest.mark.django_db
def test_a_cell_s_own_regulation_is_signed_for_the_cell(client):
    at = place()
    one = ready.draft(at, "regulation", at.cell, at.secretary)
    heads, _body = as_word(client, at.secretary, one)
    assert "T/M CHI BỘ" in heads
    assert any("QC/CB" in line for line in heads)
    client.force_login(at.office)
    assert client.get(reverse("directives:docx", args=[one.uid])).status_code == 404


@pytest.mark.django_db
def test_a_paper_from_outside_is_printed_as_its_issuer_s(client):
    at = place()
    one = actions.start_draft(
        actor=at.office, unit_uid=at.ward.uid, kind="guidance", title="Về kê khai", text="Một.",
        outside_issuer="Ủy ban nhân dân phường",
    )  # fmt: skip
    heads, _body = as_word(client, at.office, one)
    assert "ỦY BAN NHÂN DÂN PHƯỜNG" in heads
    assert not any("T/M" in line for line in heads)
