"""Make the starting Word templates of minutes and resolution, the same bytes at each run.

Run once: `python scripts/word_templates.py [FOLDER]`. Afterwards staff edit the `.docx` in Word
(docs/word.md); this stays to show how they began, and to begin again. Wording stands here, measures
do not: those come from packs/layouts at printing.
"""

import io
import re
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a script, before anything is installed

from word_wording import (  # noqa: E402
    BOOK,
    BY_HAND,
    FORM,
    MINUTES,
    NOTES,
    NOTICE,
    PIECES,
    RESOLUTION,
    SEAL,
    SENT_UP,
    TABLES,
    YEAR_PLAN,
)

from nenmong.ui.documents.styles import Style  # noqa: E402

FOLDER = ROOT / "nenmong" / "meetings" / "word"
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)
HEADS_MM, HALVES_MM = (72, 93), (80, 85)
TEXT_MM, HAND_MM = 165, 9
CENTER, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY
# Alignment, bold, italic, points before, kept with the next paragraph.
LOOKS = {
    Style.UPPER: (CENTER, False, False, 0, False),
    Style.ISSUER: (CENTER, True, False, 0, False),
    Style.STAR: (CENTER, False, False, 0, False),
    Style.NUMBER: (CENTER, False, False, 0, False),
    Style.PARTY: (CENTER, True, False, 0, False),
    Style.PARTY_RULE: (CENTER, False, False, 1, False),
    Style.PLACE_DATE: (CENTER, False, True, 2, False),
    Style.TYPE: (CENTER, True, False, 18, True),
    Style.ABSTRACT: (CENTER, True, False, 0, True),
    Style.ABSTRACT_RULE: (CENTER, False, False, 4, False),
    Style.HEADING: (JUSTIFY, True, False, 6, True),
    Style.SUBHEADING: (JUSTIFY, True, False, 0, True),
    Style.BODY: (JUSTIFY, False, False, 0, False),
    Style.TABLE_HEAD: (CENTER, True, False, 2, True),
    Style.TABLE: (LEFT, False, False, 2, False),
    Style.ON_BEHALF: (CENTER, True, False, 0, True),
    Style.POST: (CENTER, False, False, 0, True),
    Style.SIGNER: (CENTER, True, False, 64, False),
    Style.RECIPIENTS_TITLE: (LEFT, False, False, 0, True),
    Style.RECIPIENTS: (LEFT, False, False, 0, False),
    Style.PAGE_NUMBER: (CENTER, False, False, 0, False),
    Style.FOOT: (LEFT, False, True, 0, False),
}


def minutes() -> Document:
    """Return the template of the minutes, both editions."""
    document = _begun()
    _write(document, MINUTES)
    left, right = _halves(document)
    _text(left, "THƯ KÝ", Style.ON_BEHALF)
    _text(left, "{{ secretary.name }}", Style.SIGNER)
    _text(right, "CHỦ TRÌ", Style.ON_BEHALF)
    _text(right, "{{ chair.name }}", Style.SIGNER)
    _air(document)
    _write(document, NOTES)
    return _finished(document, SEAL + SENT_UP)


def resolution() -> Document:
    """Return the template of the month's resolution."""
    document = _begun()
    _write(document, RESOLUTION)
    _signed(document, "chair")
    return _finished(document, SEAL)


def notice() -> Document:
    """Return the template of a meeting's notice."""
    document = _begun()
    _write(document, NOTICE)
    _signed(document, "chair")
    return _finished(document)


def form() -> Document:
    """Return the template of the form to take notes on by hand."""
    document = _begun(numbered=False)
    _write(document, FORM)
    left, right = _halves(document)
    for cell, post in ((left, "THƯ KÝ"), (right, "CHỦ TRÌ")):
        _text(cell, post, Style.ON_BEHALF)
        _text(cell, "(Ký, ghi rõ họ tên)", Style.POST)
        _text(cell, "", Style.SIGNER)
    return _finished(document)


def year_plan() -> Document:
    """Return the template of a cell's plan of a year."""
    document = _begun()
    _write(document, YEAR_PLAN)
    _signed(document, "signer")
    return _finished(document)


def book() -> Document:
    """Return the template of a minute book's cover and contents."""
    document = _begun(numbered=False)
    _write(document, BOOK)
    return _finished(document)


def _signed(document: Document, signer: str) -> None:
    left, right = _halves(document)
    _text(left, "{{ recipients_title }}", Style.RECIPIENTS_TITLE)
    _around(left, "for line in recipients", "{{ line }}", Style.RECIPIENTS)
    _text(right, "{{ on_behalf }}", Style.ON_BEHALF)
    _around(right, f"if {signer}.post", f"{{{{ {signer}.post|upper }}}}", Style.POST)
    _text(right, f"{{{{ {signer}.name }}}}", Style.SIGNER)


# ── pieces ──────────────────────────────────────────────────────────────────────────────────


def _write(document: Document, wording: str) -> None:
    """Add the paragraphs and tables of `wording`, whose notation is told above `MINUTES`."""
    for name, text in PIECES.items():
        wording = wording.replace(name, text)
    for line in wording.splitlines():
        condition, bar, text = line.partition(" | ")
        if line.startswith("@"):
            _table(document, *TABLES[line[1:]], by_hand=line[1:] in BY_HAND)
        elif bar and condition.startswith(("if ", "for ")):
            _around(document, condition, text)
        else:
            _text(document, line)


def _around(where: Document | _Cell, condition: str, text: str, style: Style = Style.BODY) -> None:
    _text(where, f"{{%p {condition} %}}", style)
    _text(where, text, style)
    _text(where, f"{{%p end{condition.split(maxsplit=1)[0]} %}}", style)


def _text(where: Document | _Cell, text: str, style: Style = Style.BODY) -> None:
    marks = re.fullmatch(r"(##? )?(& )?(?:_([^_]+)_)?(.*)", text)
    heading, keep, italic, plain = marks.groups() if marks else ("", "", "", text)
    style = {"# ": Style.HEADING, "## ": Style.SUBHEADING}.get(heading or "", style)
    paragraph = where.add_paragraph(style=style)
    paragraph.paragraph_format.keep_with_next = bool(keep) or None
    if italic:
        paragraph.add_run(italic).italic = True
    if plain.endswith("~"):  # a dotted line to the right edge, to write on
        edge = Mm(TEXT_MM)
        paragraph.paragraph_format.first_line_indent = Mm(0)
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            edge, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        paragraph.paragraph_format.line_spacing = Pt(24)
        paragraph.paragraph_format.space_after = Pt(0)
        plain = plain.removesuffix("~") + "\t"
    if plain:
        paragraph.add_run(plain)


def _table(
    document: Document,
    loop: str,
    columns: Sequence[tuple[float, str, str, bool]],
    *,
    by_hand: bool = False,
) -> None:
    """Add a table with borders: a head repeated on each page, and one row per turn of the loop."""
    table = _plain_table(document, [width for width, *_ in columns], rows=4)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER  # else its border stands out of the text
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    head, opening, body, closing = table.rows
    if by_hand:
        body.height, body.height_rule = Mm(HAND_MM), WD_ROW_HEIGHT_RULE.AT_LEAST
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for index, (_, title, field, centred) in enumerate(columns):
        _restyled(head.cells[index].paragraphs[0], Style.TABLE_HEAD).add_run(title)
        paragraph = _restyled(body.cells[index].paragraphs[0], Style.TABLE)
        paragraph.add_run(field)
        if centred:
            paragraph.alignment = CENTER
    opening.cells[0].paragraphs[0].add_run(f"{{%tr for {loop} %}}")
    closing.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    _air(document)


def _halves(document: Document) -> tuple[_Cell, _Cell]:
    """Add the signatures' place: two columns without borders, never parted by a page's end."""
    air = _air(document)
    air.paragraph_format.keep_with_next = True
    table = _plain_table(document, HALVES_MM, rows=1)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return _emptied(table.rows[0].cells[0]), _emptied(table.rows[0].cells[1])


def _air(document: Document) -> Paragraph:
    paragraph = document.add_paragraph(style=Style.FOOT)
    paragraph.paragraph_format.line_spacing = Pt(6)
    return paragraph


def _plain_table(document: Document, widths_mm: Sequence[float], *, rows: int) -> Table:
    table: Table = document.add_table(rows=rows, cols=len(widths_mm))
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _emptied(cell: _Cell) -> _Cell:
    cell._tc.remove(cell.paragraphs[0]._p)  # each cell gets its own paragraphs at once
    return cell


def _begun(*, numbered: bool = True) -> Document:
    """Return a document with our styles alone, its heads, its type and abstract."""
    document = docx.Document()
    _make_styles(document)
    table = _plain_table(document, HEADS_MM, rows=1)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(  # where the schema wants it
        parse_xml(f'<w:tblCellMar xmlns:w="{WORD_NAMESPACE}">{margins}</w:tblCellMar>')
    )
    left, right = (_emptied(cell) for cell in table.rows[0].cells)
    _around(left, "if upper", "{{ upper }}", Style.UPPER)
    _text(left, "{{ issuer }}", Style.ISSUER)
    _text(left, "{{ star }}", Style.STAR)
    if numbered:
        _text(left, "{{ number_line }}", Style.NUMBER)
    _text(right, "{{ party }}", Style.PARTY)
    right.add_paragraph(style=Style.PARTY_RULE)
    if numbered:
        _text(right, "{{ place_date }}", Style.PLACE_DATE)
    _text(document, "{{ type }}", Style.TYPE)
    _text(document, "{{ abstract }}", Style.ABSTRACT)
    document.add_paragraph(style=Style.ABSTRACT_RULE)
    return document


def _make_styles(document: Document) -> None:
    kept = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid"}
    for style in list(document.styles):
        if style.name not in kept:
            style.delete()
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(0), 1.0
    for name, (alignment, bold, italic, before, keep) in LOOKS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        style.font.bold, style.font.italic = bold or None, italic or None
        look = style.paragraph_format
        look.alignment, look.space_before, look.space_after = alignment, Pt(before), Pt(0)
        look.keep_with_next, look.widow_control = keep or None, True
    document.styles[Style.RECIPIENTS_TITLE].font.underline = True
    for name, after in ((Style.TABLE_HEAD, 2), (Style.TABLE, 2), (Style.ABSTRACT_RULE, 6)):
        document.styles[name].paragraph_format.space_after = Pt(after)
    for name in (Style.PARTY_RULE, Style.ABSTRACT_RULE):
        style = document.styles[name]
        style.paragraph_format.line_spacing = Pt(2)
        style.element.get_or_add_pPr().insert_element_before(
            _top_border(), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
        )


def _top_border() -> BaseOxmlElement:
    return parse_xml(
        f'<w:pBdr xmlns:w="{WORD_NAMESPACE}">'
        '<w:top w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>'
    )


def _finished(document: Document, foot: str = "") -> Document:
    """Add foot and page numbers, and what Word should know of the file."""
    last = document.add_paragraph()  # Word wants one after a table; it must not make a new page
    last.paragraph_format.line_spacing = Pt(1)
    section = document.sections[0]
    section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    for footer in (section.footer, section.first_page_footer):
        _restyled(footer.paragraphs[0], Style.FOOT).add_run(foot)
    _restyled(section.first_page_header.paragraphs[0], Style.PAGE_NUMBER)
    number = _restyled(section.header.paragraphs[0], Style.PAGE_NUMBER)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)
    for properties in document.styles.element.iterfind(f".//{qn('w:docDefaults')}//{qn('w:lang')}"):
        for name in ("val", "eastAsia"):
            properties.set(qn(f"w:{name}"), "vi-VN")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens the file in "compatibility mode"
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.attrib.clear()
        language.set(qn("w:val"), "vi-VN")
    about = document.core_properties
    about.author = about.title = about.comments = ""
    about.created = about.modified = MADE_ON
    return document


def _restyled(paragraph: Paragraph, style: Style) -> Paragraph:
    paragraph.style = style
    return paragraph


def packed(document: Document) -> bytes:
    """Return the file without what changes from run to run, nor the library's own picture."""
    for key, relation in list(document.part.package.rels.items()):
        if "thumbnail" in relation.reltype:
            del document.part.package.rels[key]
    plain = io.BytesIO()
    document.save(plain)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, MADE_ON.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


TEMPLATES = {
    "bien-ban": minutes, "nghi-quyet": resolution, "thong-bao": notice, "phieu-ghi": form,
    "ke-hoach-nam": year_plan, "so-bien-ban": book,
}  # fmt: skip

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for stem, template in TEMPLATES.items():
        path = folder / f"{stem}.docx"
        path.write_bytes(packed(template()))
        print(path)
