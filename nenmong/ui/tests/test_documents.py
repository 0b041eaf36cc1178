"""Layouts by the day, and Word templates that staff may get wrong."""

import io
import shutil
import unicodedata
import zipfile
from datetime import UTC, date, datetime

import docx
import pytest
import yaml
from django.conf import settings
from docx.oxml.ns import qn

from nenmong.core.errors import DomainError
from nenmong.ui.documents import (
    PARAGRAPH,
    About,
    Style,
    layout_on,
    read_layouts,
    render,
)
from nenmong.ui.documents.layouts import SIZES
from nenmong.ui.documents.styles import MEASURES

PUBLISHED = settings.PACKS / "layouts"
ABOUT = About(title="Biên bản", author="Chi bộ 3", on=datetime(2026, 11, 3, 14, tzinfo=UTC))


@pytest.fixture(scope="module")
def layouts():
    return {layout.code: layout for layout in read_layouts(PUBLISHED)}


# ── the layout of the day ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2017, 5, 3), "36-hd-2018"),  # before the first one's day, the first
        (date(2018, 4, 3), "36-hd-2018"),
        (date(2024, 2, 5), "36-hd-2018"),
        (date(2025, 12, 31), "36-hd-2018"),
        (date(2026, 1, 1), "05-hd-2026"),
        (date(2031, 7, 3), "05-hd-2026"),
    ],
)
def test_a_day_has_the_layout_of_its_time(day, code):
    assert layout_on(day).code == code


def test_it_is_read_once():
    assert layout_on(date(2026, 1, 1)) is layout_on(date(2026, 11, 3))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 3), "ngày 03 tháng 02 năm 2026"),
        (date(2026, 5, 3), "ngày 03 tháng 5 năm 2026"),
        (date(2026, 11, 12), "ngày 12 tháng 11 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2024, 3, 9), "ngày 09 tháng 3 năm 2024"),
    ],
)
def test_a_zero_stands_where_a_figure_could_be_added(day, written):
    layout = layout_on(day)
    assert layout.full_date(day) == written
    assert layout.place_date("Xuân Hòa", day) == f"Xuân Hòa, {written}"


@pytest.mark.parametrize(
    ("number", "document", "line"),
    [
        (5, "resolution", "Số 05-NQ/CB"),
        (11, "minutes", "Số 11-BB/CB"),
        (127, "resolution", "Số 127-NQ/CB"),
    ],
)
def test_a_number_has_two_digits_and_no_colon(number, document, line):
    assert layout_on(date(2026, 11, 3)).number_line(number, document) == line


def test_without_a_number_there_is_room_to_write_one():
    line = layout_on(date(2026, 11, 3)).number_line(None, "minutes")
    assert line == "Số " + "\N{NO-BREAK SPACE}" * 6 + "-BB/CB"


@pytest.mark.parametrize(
    ("organization", "committee"),
    [
        ("Đảng bộ phường Xuân Hòa", "Đảng ủy phường Xuân Hòa"),
        ("Đảng bộ tỉnh Phú Thọ", "Tỉnh ủy Phú Thọ"),
        ("Đảng bộ huyện Lập Thạch", "Huyện ủy Lập Thạch"),
        ("Chi bộ cơ sở Trạm Y tế", "Chi bộ cơ sở Trạm Y tế"),
    ],
)
def test_an_organization_is_told_by_its_committee(organization, committee):
    layout = layout_on(date(2024, 2, 5))
    assert layout.committee_of(organization) == committee
    assert layout.recipient_lines(organization)[0] == f"- {committee} (để báo cáo),"


def test_recipients_end_with_the_cells_own_file(layouts):
    for layout in layouts.values():
        assert layout.recipient_lines("Đảng bộ xã Tam Dương")[-1] == "- Lưu Chi bộ."
        assert "{" not in "".join(layout.recipient_lines(""))  # a unit with none above


def test_the_two_layouts_differ_where_the_guidance_does(layouts):
    old, new = layouts["36-hd-2018"], layouts["05-hd-2026"]
    assert (old.end_mark, new.end_mark) == ("./.", ".")
    assert (old.sizes_pt["party"], new.sizes_pt["party"]) == (15, 14)
    assert new.margins_mm == (20, 20, 30, 15)
    assert (new.first_line_mm, new.line_pt) == (10, 18)
    assert new.behalf("regular") == "T/M CHI BỘ"
    assert new.behalf("cell_committee") == "T/M CHI ỦY"


def test_what_no_primary_text_was_seen_for_says_where_it_comes_from(layouts):
    assert "effective_from" in layouts["05-hd-2026"].secondary
    assert "margins_mm" in layouts["36-hd-2018"].secondary
    assert all(source for layout in layouts.values() for source in layout.secondary.values())


def test_unknown_kinds_and_states_are_named(layouts):
    layout = layouts["05-hd-2026"]
    with pytest.raises(DomainError) as refused:
        layout.abstract("picnic", month=date(2026, 11, 1), day=date(2026, 11, 3))
    assert "wording.abstracts.picnic" in str(refused.value.message)
    with pytest.raises(DomainError) as refused:
        layout.state("asleep")
    assert refused.value.code == "documents.layout_broken"


# ── a layout file that cannot be used ───────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path):
    for path in PUBLISHED.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def change(folder, place, value, name="05-hd-2026.yaml"):
    """Set the value at a dotted place of one file; `...` takes it out."""
    content = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    *outer, last = place.split(".")
    inner = content
    for key in outer:
        inner = inner[key]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "value", "named"),
    [
        ("body.line_pt", ..., "body.line_pt"),
        ("body.line_pt", "eighteen", "body.line_pt"),
        ("body.line_pt", -1, "body.line_pt"),
        ("body.line_pt", True, "body.line_pt"),
        ("margins_mm", {"top": 20, "left": 30, "right": 15}, "margins_mm.bottom"),
        ("end_mark", "", "end_mark"),
        ("effective_from", "soon", "effective_from"),
        ("number.pattern", "Số {figure}", "number.pattern"),
        ("number.pattern", "Số {number.real}", "number.pattern"),
        ("number.pattern", "Số {number", "number.pattern"),
        ("recipients.lines", ["{everyone}"], "recipients.lines"),
        ("recipients.lines", "{committee}", "recipients.lines"),
        ("wording.states", [], "wording.states"),
        ("wording.abstracts.regular", "{year}", "wording.abstracts.regular"),
        ("font", {"value": "Arial", "secondary": True}, "font.source"),
        ("effective_to", date(2025, 1, 1), "effective_to"),  # ends before it begins
        ("effective_to", date(2030, 1, 1), "effective_to"),  # the last must have no end
        ("sizes_pt", 14, "sizes_pt.party"),
    ],
)
def test_a_broken_layout_names_file_and_value(folder, place, value, named):
    change(folder, place, value)
    with pytest.raises(DomainError) as refused:
        read_layouts(folder)
    assert refused.value.code == "documents.layout_broken"
    assert "05-hd-2026.yaml" in str(refused.value.message)
    assert named in str(refused.value.message)


@pytest.mark.parametrize("ends", [None, date(2025, 12, 30), date(2026, 1, 1)])
def test_layouts_leave_no_gap_and_do_not_overlap(folder, ends):
    change(folder, "effective_to", ends, name="36-hd-2018.yaml")
    with pytest.raises(DomainError, match=r"documents\.layout_broken"):
        read_layouts(folder)


@pytest.mark.parametrize("content", [b"a: [1", b"a: \xff", b"\x00", b"- 1"])
def test_a_file_that_is_not_yaml_is_named(tmp_path, content):
    (tmp_path / "new.yaml").write_bytes(content)
    with pytest.raises(DomainError) as refused:
        read_layouts(tmp_path)
    assert "new.yaml" in str(refused.value.message)


def test_no_layout_at_all_is_an_error(tmp_path):
    with pytest.raises(DomainError, match=r"documents\.layout_broken"):
        read_layouts(tmp_path)


# ── filling a template ──────────────────────────────────────────────────────────────────────


@pytest.fixture
def template(tmp_path):
    """Make a template of the paragraphs given, in our body style."""

    def make(*paragraphs, header=""):
        document = docx.Document()
        document.styles.add_style(Style.BODY, 1)
        for text in paragraphs:
            document.add_paragraph(text, style=Style.BODY)
        document.sections[0].header.paragraphs[0].text = header
        path = tmp_path / "bien-ban.docx"
        document.save(path)
        return path

    return make


def filled(path, on=date(2026, 11, 3), **context):
    return docx.Document(io.BytesIO(render(path, context, layout=layout_on(on), about=ABOUT)))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_signs_of_xml_and_quotes_survive(template):
    said = """Cao độ < 10 cm & rãnh > 2 m, "ngõ 12" 'cũ' {{ x }}"""
    document = filled(template("{{ said }}", header="{{ said }}"), said=said)
    assert texts(document) == [said]
    assert document.sections[0].header.paragraphs[0].text == said


def test_lines_become_paragraphs_of_the_same_style(template):
    document = filled(template("- {{ said }}"), said=PARAGRAPH.join(["Một", "Hai"]))
    assert texts(document) == ["- Một", "Hai"]
    assert [paragraph.style.name for paragraph in document.paragraphs] == [Style.BODY] * 2


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0"), (2, "02"), (9, "09"), (10, "10"), (120, "120")]
)
def test_counts_have_two_digits(template, count, written):
    assert texts(filled(template("{{ n|two_digits }}"), n=count)) == [written]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("Đồng ý", "Đồng ý."), ("Đồng ý.", "Đồng ý."), ("Đồng ý?", "Đồng ý?"), ("", "")],
)
def test_a_sentence_ends_once(template, text, sentence):
    assert texts(filled(template("{{ x|sentence }}"), x=text)) == [sentence]


@pytest.mark.parametrize(
    ("tag", "code", "named"),
    [
        ("{{ chu_toa }}", "documents.template_field", "chu_toa"),
        ("{{ chair.namee }}", "documents.template_field", "namee"),
        ("{% if chari %}x{% endif %}", "documents.template_field", "chari"),
        ("{{ ''.__class__.__mro__ }}", "documents.template_unsafe", "bien-ban.docx"),
        ("{{ chair.__init__.__globals__ }}", "documents.template_unsafe", "bien-ban.docx"),
        ("{{ chair.name|nofilter }}", "documents.template_broken", "nofilter"),
        ("{% if chair %}", "documents.template_broken", "endif"),
        ("{{ 1 / 0 }}", "documents.template_broken", "bien-ban.docx"),
        ("{{ chair.name + 1 }}", "documents.template_broken", "bien-ban.docx"),
        ("{% include 'x' %}", "documents.template_broken", "bien-ban.docx"),
    ],
)
@pytest.mark.parametrize("where", ["text", "header"])
def test_a_wrong_template_is_refused_by_name(template, where, tag, code, named):
    path = template(tag) if where == "text" else template("x", header=tag)
    with pytest.raises(DomainError) as refused:
        filled(path, chair={"name": "Nguyễn Văn Hùng"})
    assert refused.value.code == code
    assert named in str(refused.value.message)
    assert "bien-ban.docx" in str(refused.value.message)


def test_a_tag_that_tears_the_file_apart_loses_no_text_silently(template):
    path = template("{% if chair %}Một", "{%p endif %}", "Hai")
    with pytest.raises(DomainError) as refused:
        filled(path, chair=False)
    assert refused.value.code == "documents.template_broken"


def test_a_property_of_the_file_may_be_a_wrong_field_too(template):
    path = template("x")
    document = docx.Document(path)
    document.core_properties.title = "{{ nothing }}"
    document.save(path)
    with pytest.raises(DomainError, match=r"documents\.template_field"):
        filled(path)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut short", None])
def test_a_file_that_is_not_word_is_refused(tmp_path, content):
    path = tmp_path / "bien-ban.docx"
    if content is not None:  # None: there is no file
        path.write_bytes(content)
    with pytest.raises(DomainError) as refused:
        filled(path)
    assert refused.value.code == "documents.not_word"
    assert "bien-ban.docx" in str(refused.value.message)


@pytest.mark.parametrize("kind", ["zip", "xlsx"])
def test_another_kind_of_zip_is_refused(tmp_path, template, kind):
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(template("x")) as source, zipfile.ZipFile(path, "w") as target:
        if kind == "zip":
            target.writestr("a.txt", "a")
        else:
            sheet = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            word = (
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            )
            for name in source.namelist():
                target.writestr(name, source.read(name).replace(word, sheet))
    with pytest.raises(DomainError, match=r"documents\.not_word"):
        filled(path)


# ── measures ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("on", [date(2024, 2, 5), date(2026, 11, 3)])
def test_the_layout_decides_paper_and_type(template, on):
    document = filled(template("x"), on=on)
    section, style = document.sections[0], document.styles[Style.BODY]
    assert [round(x.mm, 1) for x in (section.page_width, section.page_height)] == [210, 297]
    assert [
        round(margin.mm, 1)
        for margin in (
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ] == [20, 20, 30, 15]
    assert style.font.size.pt == layout_on(on).sizes_pt["body"]
    assert round(style.paragraph_format.first_line_indent.mm, 1) == 10
    assert style.paragraph_format.line_spacing.pt == 18


def test_the_font_holds_for_every_script_and_no_theme_wins_over_it(template):
    document = filled(template("x"))
    for style in (document.styles["Normal"], document.styles[Style.BODY]):
        fonts = style.element.rPr.find(qn("w:rFonts"))
        assert fonts.attrib == {
            qn(f"w:{script}"): "Times New Roman" for script in ("ascii", "hAnsi", "eastAsia", "cs")
        }
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    assert set(defaults.attrib.values()) == {"Times New Roman"}
    assert document.styles[Style.BODY].element.rPr.find(qn("w:szCs")).get(qn("w:val")) == "28"


def test_a_style_that_staff_removed_is_passed_over(template):
    path = template("x")
    document = docx.Document(path)
    document.styles[Style.BODY].delete()
    document.save(path)
    assert texts(filled(path)) == ["x"]


def test_every_style_has_a_size_that_layouts_give():
    assert set(MEASURES) == set(Style)
    assert {measure.size for measure in MEASURES.values()} == set(SIZES)


def test_the_file_tells_of_the_document_not_of_who_edited_the_template(template):
    path = template("x")
    document = docx.Document(path)
    document.core_properties.last_modified_by = "văn thư"
    document.core_properties.comments = "sửa lần 3"
    document.save(path)
    about = filled(path).core_properties
    assert (about.title, about.author) == ("Biên bản", "Chi bộ 3")
    assert (about.last_modified_by, about.comments, about.revision) == ("", "", 1)
    assert about.created.replace(tzinfo=UTC) == ABOUT.on


def test_the_layouts_are_written_in_nfc():
    for path in PUBLISHED.glob("*.yaml"):
        assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
