"""Word templates that staff may get wrong, filled and measured by the layout of the day."""

import io
import zipfile
from datetime import UTC, date, datetime

import docx
import pytest
from docx.oxml.ns import qn

from nenmong.core.errors import DomainError
from nenmong.ui.documents import PARAGRAPH, About, Style, layout_on, render
from nenmong.ui.documents.layouts import SIZES
from nenmong.ui.documents.styles import MEASURES

ABOUT = About(title="Biên bản", author="Chi bộ 3", on=datetime(2026, 11, 3, 14, tzinfo=UTC))


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
