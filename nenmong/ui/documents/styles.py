"""Puts a layout's measures on a Word file: its pages, and the styles templates are written in.

Staff edit wording, order and emphasis in Word; paper, margins, type and spacing come from the
layout of the day, so that one template serves every layout.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from nenmong.ui.documents.layouts import Layout


class Style(StrEnum):
    """The named styles of our templates, as staff see them in Word. A comma would split a name."""

    UPPER = "NM Cấp trên"
    ISSUER = "NM Cơ quan ban hành"
    STAR = "NM Dấu sao"
    NUMBER = "NM Số ký hiệu"
    PARTY = "NM Đảng Cộng sản Việt Nam"
    PARTY_RULE = "NM Kẻ dưới tiêu đề"
    PLACE_DATE = "NM Địa danh ngày tháng"
    TYPE = "NM Tên loại"
    ABSTRACT = "NM Trích yếu"
    ABSTRACT_RULE = "NM Kẻ dưới trích yếu"
    HEADING = "NM Đề mục"
    SUBHEADING = "NM Tiểu mục"
    BODY = "NM Thân bài"
    TABLE_HEAD = "NM Đầu bảng"
    TABLE = "NM Ô bảng"
    ON_BEHALF = "NM Thay mặt"
    POST = "NM Chức vụ người ký"
    SIGNER = "NM Người ký"
    RECIPIENTS_TITLE = "NM Nơi nhận"
    RECIPIENTS = "NM Dòng nơi nhận"
    PAGE_NUMBER = "NM Số trang"
    FOOT = "NM Chân trang"


@dataclass(frozen=True, slots=True)
class Measure:
    """What the layout says of one style: which size, and whether it is spaced like the body."""

    size: str
    body: bool = False
    rule: Literal["party", "abstract"] | None = None


MEASURES = {
    Style.UPPER: Measure("upper"),
    Style.ISSUER: Measure("issuer"),
    Style.STAR: Measure("number"),
    Style.NUMBER: Measure("number"),
    Style.PARTY: Measure("party"),
    Style.PARTY_RULE: Measure("foot", rule="party"),
    Style.PLACE_DATE: Measure("place_date"),
    Style.TYPE: Measure("type"),
    Style.ABSTRACT: Measure("abstract"),
    Style.ABSTRACT_RULE: Measure("foot", rule="abstract"),
    Style.HEADING: Measure("body", body=True),
    Style.SUBHEADING: Measure("body", body=True),
    Style.BODY: Measure("body", body=True),
    Style.TABLE_HEAD: Measure("table"),
    Style.TABLE: Measure("table"),
    Style.ON_BEHALF: Measure("signature"),
    Style.POST: Measure("signature"),
    Style.SIGNER: Measure("signature"),
    Style.RECIPIENTS_TITLE: Measure("recipients_title"),
    Style.RECIPIENTS: Measure("recipients"),
    Style.PAGE_NUMBER: Measure("page_number"),
    Style.FOOT: Measure("foot"),
}


def apply(document: Document, layout: Layout) -> None:
    """Give `document` the paper, margins, type and spacing of `layout`.

    A style that staff have removed is passed over; text they formatted by hand stays as it is.
    """
    margins = layout.margins_mm
    for section in document.sections:
        section.page_width, section.page_height = (Mm(side) for side in layout.paper_mm)
        section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
        section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
        section.header_distance = Mm(layout.page_number_top_mm)
    for properties in document.styles.element.iterfind(f".//{qn('w:docDefaults')}//{qn('w:rPr')}"):
        _set_font(properties, layout.font)
    by_name = {style.name: style for style in document.styles}
    normal = by_name.get("Normal")
    if isinstance(normal, ParagraphStyle):
        _set_type(normal, layout.font, layout.sizes_pt["body"])
    for name, measure in MEASURES.items():
        style = by_name.get(name)
        if isinstance(style, ParagraphStyle):
            _set_type(style, layout.font, layout.sizes_pt[measure.size])
            _set_spacing(style, measure, layout)


def _set_spacing(style: ParagraphStyle, measure: Measure, layout: Layout) -> None:
    spacing = style.paragraph_format
    if measure.body:
        spacing.first_line_indent = Mm(layout.first_line_mm)
        spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        spacing.line_spacing = Pt(layout.line_pt)
        spacing.space_after = Pt(layout.after_pt)
    elif measure.rule:
        margins = layout.margins_mm
        width, rule = {
            "party": (layout.columns_mm[1], layout.party_rule_mm),
            "abstract": (
                layout.paper_mm[0] - margins.left - margins.right,
                layout.abstract_rule_mm,
            ),
        }[measure.rule]
        # The rule is the upper border of an empty paragraph, drawn in to the length of the rule.
        spacing.left_indent = spacing.right_indent = Mm(max(width - rule, 0) / 2)


def _set_type(style: ParagraphStyle, font: str, size_pt: float) -> None:
    properties = style.element.get_or_add_rPr()
    _set_font(properties, font)
    style.font.size = Pt(size_pt)
    complex_size = properties.find(qn("w:szCs"))
    if complex_size is None:
        complex_size = OxmlElement("w:szCs")
        properties.find(qn("w:sz")).addnext(complex_size)
    complex_size.set(qn("w:val"), str(round(size_pt * 2)))


def _set_font(properties: BaseOxmlElement, font: str) -> None:
    """Name `font` for every script; a theme's font would win over it, so that goes."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)  # the schema wants it before size and the rest
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
