"""Minutes and resolution as Word, read back: who is named where, and how they are laid out."""

import copy
import re
import unicodedata
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from nenmong.core.errors import DomainError
from nenmong.meetings.exports import (
    Document,
    Edition,
    file_name,
    minutes_docx,
    resolution_docx,
    template_path,
)
from nenmong.meetings.rules import seal as seals
from nenmong.meetings.tests.paper import (
    LINK,
    NAMED,
    REASONS,
    SAID,
    book_file,
    documents,
    everything,
    item,
    lines,
    names,
    read,
    record,
)
from nenmong.ui.documents import Style


@pytest.fixture(scope="module")
def book():
    return documents("new")["minutes"]


@pytest.fixture(scope="module")
def resolution():
    return documents("new")["resolution"]


@pytest.fixture(scope="module")
def old():
    return documents("old")


@pytest.fixture(scope="module")
def bare():
    return documents("bare")


@pytest.fixture(scope="module")
def sent_file():
    return minutes_docx(record(), names(), Edition.SENT_UP)


# ── who is named where ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("told", [*NAMED, *REASONS])
def test_the_cells_book_has_the_name_and_the_copy_sent_up_has_not(sent_file, told):
    assert told in everything(book_file())
    assert told not in everything(sent_file)


@pytest.mark.parametrize(
    "line",
    [
        f"- Đồng chí Trần Văn Nghĩa: {SAID}",
        "- Đồng chí Vũ Thị Hạnh: Thu gom rác tốt hơn.",
        "- Đồng chí Dương Thị Hòa: Đề nghị phường lắp đèn ngõ 12.",
        "+ Đồng chí Hoàng Thị Yến, vắng có lý do: điều trị tại bệnh viện.",
        "+ Đồng chí Bùi Quang Khải, vắng không có lý do.",
        "+ Đồng chí Ngô Thị Thủy, đến muộn: bận đón cháu.",
        "- Được miễn công tác và sinh hoạt đảng: đồng chí Đặng Văn Tư.",
    ],
)  # fmt: skip
def test_the_cells_book_says_who(book, line):
    assert line in lines(book)


def test_the_copy_sent_up_says_what_and_how_many(sent_file):
    sent = lines(read(sent_file))
    assert "- Có ý kiến: Thu gom rác tốt hơn." in sent
    assert "- Có ý kiến: Đề nghị phường lắp đèn ngõ 12." in sent
    assert "- Vắng mặt: 03 đồng chí (có lý do: 02; không có lý do: 01)." in sent
    assert "Bản gửi cấp trên" in read(sent_file).sections[0].footer.paragraphs[0].text


def test_the_copy_sent_up_never_reads_the_sheet():
    assert minutes_docx(record(), None, Edition.SENT_UP)
    unreadable = {"meeting": "0abc000000001"}  # any other key would fail
    assert minutes_docx(record(), unreadable, Edition.SENT_UP)


def test_an_erased_sheet_is_told():
    text = lines(read(minutes_docx(record(), None, Edition.CELL_BOOK)))
    assert any(line.startswith("(Sổ tên của buổi sinh hoạt không còn được lưu") for line in text)
    assert "- Có ý kiến: Thu gom rác tốt hơn." in text


def test_an_opinion_nobody_is_known_for_has_no_name():
    text = lines(read(minutes_docx(record(), names(opinions={}), Edition.CELL_BOOK)))
    assert "- Có ý kiến: Đề nghị phường lắp đèn ngõ 12." in text


def test_a_guest_typed_with_comrade_is_not_called_so_twice():
    sheet = names(speakers={"s1": "đồng chí  Phạm Thị Lan", "s2": "Vũ Thị Hạnh"})
    text = " ".join(lines(read(minutes_docx(record(), sheet, Edition.CELL_BOOK))))
    assert "- Đồng chí Phạm Thị Lan: Rãnh" in text


def test_the_sheet_of_another_meeting_is_never_printed():
    with pytest.raises(ValueError, match="names sheet"):
        minutes_docx(record(), names(meeting="0zzz000000009"), Edition.CELL_BOOK)


def test_nothing_given_is_changed():
    given, sheet = record(), names()
    before = copy.deepcopy((given, sheet))
    minutes_docx(given, sheet, Edition.CELL_BOOK)
    assert (given, sheet) == before


# ── heads, numbers, ends ────────────────────────────────────────────────────────────────────


def heads(document):
    left, right = document.tables[0].rows[0].cells
    return [[p.text for p in cell.paragraphs if p.text] for cell in (left, right)]


def test_heads_of_2026(book, resolution):
    right = ["ĐẢNG CỘNG SẢN VIỆT NAM", "Xuân Hòa, ngày 03 tháng 11 năm 2026"]
    left = ["ĐẢNG BỘ PHƯỜNG XUÂN HÒA", "CHI BỘ TỔ DÂN PHỐ SỐ 3", "*"]
    assert heads(book) == [[*left, "Số 11-BB/CB"], right]
    assert heads(resolution) == [[*left, "Số 05-NQ/CB"], right]


def test_heads_of_2024(old):
    assert heads(old["minutes"])[1][1] == "Xuân Hòa, ngày 03 tháng 02 năm 2024"
    assert heads(old["resolution"])[0][-1] == "Số 02-NQ/CB"


@pytest.mark.parametrize(
    ("opened", "written"),
    [
        ("2026-02-03T19:30:00+07:00", "ngày 03 tháng 02 năm 2026"),
        ("2026-05-03T19:30:00+07:00", "ngày 03 tháng 5 năm 2026"),
        ("2026-11-12T19:30:00+07:00", "ngày 12 tháng 11 năm 2026"),
        ("2026-11-03T18:30:00+00:00", "ngày 04 tháng 11 năm 2026"),  # past midnight here
    ],
)
def test_the_day_is_that_of_the_place(opened, written):
    document = read(resolution_docx(record(opened_at=opened, closed_at=opened)))
    assert heads(document)[1][1] == f"Xuân Hòa, {written}"


@pytest.mark.parametrize(
    ("kind", "abstract"),
    [
        ("regular", "sinh hoạt chi bộ thường kỳ tháng 11 năm 2026"),
        ("thematic", "sinh hoạt chi bộ chuyên đề tháng 11 năm 2026"),
        ("regular_thematic", "sinh hoạt chi bộ thường kỳ và chuyên đề tháng 11 năm 2026"),
        ("extraordinary", "họp chi bộ bất thường ngày 03 tháng 11 năm 2026"),
    ],
)
def test_type_and_abstract(kind, abstract):
    text = lines(read(resolution_docx(record(kind=kind))))
    assert text[text.index("NGHỊ QUYẾT") + 1] == abstract


@pytest.mark.parametrize("which", ["minutes", "resolution"])
def test_the_end_mark_is_that_of_the_layout(book, resolution, old, which):
    new = {"minutes": book, "resolution": resolution}[which]
    last = {"minutes": "tại buổi sinh hoạt", "resolution": "đúng kỳ"}[which]
    assert any(line.endswith(f"{last}.") for line in lines(new))
    assert any(line.endswith(f"{last}./.") for line in lines(old[which]))


def test_who_signs_minutes(book):
    left, right = book.tables[-1].rows[0].cells
    assert left.text.split("\n") == ["THƯ KÝ", "Lê Thị Mai"]
    assert right.text.split("\n") == ["CHỦ TRÌ", "Nguyễn Văn Hùng"]


def test_who_signs_a_resolution_and_who_gets_it(resolution):
    left, right = resolution.tables[-1].rows[0].cells
    assert right.text.split("\n") == ["T/M CHI BỘ", "BÍ THƯ", "Nguyễn Văn Hùng"]
    assert left.text.split("\n") == [
        "Nơi nhận:",
        "- Đảng ủy phường Xuân Hòa (để báo cáo),",
        "- Đồng chí cấp ủy viên theo dõi chi bộ,",
        "- Đảng viên trong chi bộ (để thực hiện),",
        "- Lưu Chi bộ.",
    ]
    assert resolution.styles[Style.RECIPIENTS_TITLE].font.underline
    assert resolution.styles[Style.SIGNER].font.bold


def test_a_chair_without_a_post_signs_without_one():
    chair = {"name": "Nguyễn Văn Hùng", "post": ""}
    right = read(resolution_docx(record(chair=chair))).tables[-1].rows[0].cells[1]
    assert right.text.split("\n") == ["T/M CHI BỘ", "Nguyễn Văn Hùng"]


@pytest.mark.parametrize("footer", ["footer", "first_page_footer"])
def test_the_seal_code_stands_at_the_foot_as_on_the_screen(book, resolution, bare, footer):
    for document in (book, resolution):
        foot = getattr(document.sections[0], footer).paragraphs[0].text
        assert (
            foot == f"Mã chốt biên bản: {seals.short(LINK)}" == "Mã chốt biên bản: A1B2-C3D4-E5F6"
        )
    draft = getattr(bare["minutes"].sections[0], footer).paragraphs[0].text
    assert draft == "Bản thảo, chưa chốt"


# ── type, text, weight ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("style", "new", "before"),
    [
        (Style.PARTY, 14, 15), (Style.BODY, 14, 14), (Style.TYPE, 16, 16), (Style.ABSTRACT, 14, 15),
        (Style.TABLE, 13, 13), (Style.RECIPIENTS, 12, 12),
    ],
)  # fmt: skip
def test_sizes_are_those_of_the_day(resolution, old, style, new, before):
    assert resolution.styles[style].font.size.pt == new
    assert old["resolution"].styles[style].font.size.pt == before


@pytest.mark.parametrize("which", ["book", "resolution"])
def test_paper_and_font(request, which):
    document = request.getfixturevalue(which)
    section = document.sections[0]
    sides = ("top_margin", "bottom_margin", "left_margin", "right_margin")
    assert [round(getattr(section, side).mm) for side in sides] == [20, 20, 30, 15]
    for style in document.styles:
        if style.name.startswith("NM "):
            fonts = style.element.rPr.find(qn("w:rFonts"))
            assert set(fonts.attrib.values()) == {"Times New Roman"}
            assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:cs")) == "Times New Roman"


def test_the_rule_below_the_party_is_as_long_as_its_text(resolution, old):
    for document, length in ((resolution, 68), (old["resolution"], 73)):
        indents = document.styles[Style.PARTY_RULE].paragraph_format
        assert round(93 - indents.left_indent.mm - indents.right_indent.mm) == length


def test_signatures_stay_together_with_the_end_of_the_text(book):
    ending = [p for p in book.paragraphs if p.text.startswith("Buổi sinh hoạt kết thúc")][-1]
    assert ending.paragraph_format.keep_with_next
    assert book.tables[-1].rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_text_comes_back_in_nfc_and_without_control_characters():
    torn = unicodedata.normalize("NFD", "Đề nghị  sửa\x0b đường\u200b ngõ 12\r\n\r\nvà ngõ 8\x00")
    changed = record(directions=torn, place=torn)
    text = lines(read(resolution_docx(changed)))
    assert all(unicodedata.is_normalized("NFC", line) for line in text)
    assert text[text.index("II- PHƯƠNG HƯỚNG, NHIỆM VỤ") + 1 :][:2] == [
        "Đề nghị sửa đường ngõ 12", "và ngõ 8",
    ]  # fmt: skip


def test_text_that_looks_like_a_field_is_only_text():
    text = lines(read(resolution_docx(record(directions="{{ chair }} {% if %} </w:t> &amp;"))))
    assert "{{ chair }} {% if %} </w:t> &amp;" in text


def test_sixty_members_and_two_hundred_speeches():
    said = [{"uid": f"s{n}", "text": f"Ý kiến số {n} về ngõ {n}.", "at": ""} for n in range(200)]
    items = [
        item(n + 1, f"Nội dung {n + 1}", speeches=said[n * 20 : n * 20 + 20]) for n in range(10)
    ]
    absent = [{"name": f"Lê Văn {n}", "status": "excused", "reason": "ốm"} for n in range(60)]
    sheet = names(absent=absent, speakers={f"s{n}": f"Phạm Văn {n % 60}" for n in range(200)})
    text = lines(read(minutes_docx(record(items=items), sheet, Edition.CELL_BOOK)))
    assert sum(line.startswith("- Đồng chí Phạm Văn") for line in text) == 200
    assert sum(line.startswith("+ Đồng chí Lê Văn") for line in text) == 60


# ── the file and its template ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("parts", "document", "edition", "name"),
    [
        ({}, Document.MINUTES, Edition.CELL_BOOK, "bien-ban-2026-11-chi-bo-to-dan-pho-so-3.docx"),
        ({}, Document.MINUTES, Edition.SENT_UP,
         "bien-ban-2026-11-chi-bo-to-dan-pho-so-3-gui-cap-tren.docx"),
        ({}, Document.RESOLUTION, None, "nghi-quyet-2026-11-chi-bo-to-dan-pho-so-3.docx"),
        ({"kind": "thematic"}, Document.MINUTES, Edition.CELL_BOOK,
         "bien-ban-2026-11-03-chi-bo-to-dan-pho-so-3.docx"),
        ({"unit": {"name": "../Đảng ủy «Số 1» / ĐH"}}, Document.MINUTES, Edition.CELL_BOOK,
         "bien-ban-2026-11-dang-uy-so-1-dh.docx"),
    ],
)  # fmt: skip
def test_a_download_has_a_plain_name(parts, document, edition, name):
    assert file_name(record(**parts), document, edition) == name


def test_the_file_says_what_it_is(book):
    about = book.core_properties
    assert about.title == (
        "BIÊN BẢN sinh hoạt chi bộ thường kỳ tháng 11 năm 2026, Chi bộ Tổ dân phố số 3"
    )
    assert about.author == "Chi bộ Tổ dân phố số 3"


def test_an_installation_may_have_its_own_template(settings, tmp_path):
    settings.HOME = tmp_path
    ours = template_path(Document.RESOLUTION)
    own = tmp_path / "word" / ours.name
    own.parent.mkdir()
    changed = docx.Document(ours)
    changed.add_paragraph("Mẫu của Đảng ủy phường, {{ unit.locality }}")
    changed.save(own)
    assert lines(read(resolution_docx(record())))[-1] == "Mẫu của Đảng ủy phường, Xuân Hòa"


@pytest.mark.parametrize(
    ("tag", "code", "named"),
    [
        ("{{ chair.nmae }}", "documents.template_field", "nmae"),
        ("{{ ''.__class__.__mro__ }}", "documents.template_unsafe", "nghi-quyet.docx"),
    ],
)
def test_a_wrong_template_is_refused_by_name(settings, tmp_path, tag, code, named):
    settings.HOME = tmp_path
    changed = docx.Document(template_path(Document.RESOLUTION))
    changed.add_paragraph(tag)
    (tmp_path / "word").mkdir()
    changed.save(tmp_path / "word" / "nghi-quyet.docx")
    with pytest.raises(DomainError) as refused:
        resolution_docx(record())
    assert refused.value.code == code
    assert named in str(refused.value.message)


def test_a_template_that_is_no_word_file_is_refused(settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "word").mkdir()
    (tmp_path / "word" / "nghi-quyet.docx").write_bytes(b"not a Word file")
    with pytest.raises(DomainError, match=r"documents\.not_word"):
        resolution_docx(record())


@pytest.mark.parametrize("document", Document)
def test_the_guide_names_every_field_of_the_templates(document):
    guide = (Path(__file__).parents[3] / "docs" / "word.md").read_text(encoding="utf-8")
    told = "\n".join(lines(docx.Document(template_path(document))))
    fields = set(re.findall(r"{{ ([a-z_]+(?:\.[a-z_]+)?)", told))
    loops = {"one", "item", "task", "vote", "line", "loop"}
    missing = {f for f in fields if f.split(".")[0] not in loops and f"`{f}`" not in guide}
    assert not missing
