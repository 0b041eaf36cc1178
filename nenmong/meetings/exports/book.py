"""The minute book of a year: a cover, its contents by month, and the minutes of every meeting."""

import io
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
from django.utils import translation
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from nenmong.core import clock
from nenmong.meetings.exports.minutes import Names, minutes_docx
from nenmong.meetings.exports.printing import Record, cleaned, heads, kind_of, moment, printed
from nenmong.meetings.rules import seal as seals
from nenmong.meetings.rules.documents import Document, Edition
from nenmong.ui import formats
from nenmong.ui.documents import Layout, Style, layout_on


@translation.override("vi")
def book_docx(
    meetings: Sequence[tuple[Record, Names | None]],
    *,
    unit: Record,
    year: int,
    edition: Edition,
    template: Path | None = None,
) -> bytes:
    """Return the minutes of a year as one Word file.

    Each meeting's wording is that of its own minutes; paper and type are those of the year's last
    day, since one file has one set of styles.

    Args:
        meetings: record and names sheet of each, in the order they were held.
        unit: whose book it is, by its name of today, as in a record.
        year: of the meetings.
        edition: with the names, or as it goes to the committee above.
        template: of the cover, one on trial.

    Raises:
        DomainError: as `minutes_docx`.
    """
    layout = layout_on(date(year, 12, 31))
    unit = cleaned(unit)
    context = heads(
        Document.BOOK, unit, layout, on=date(year, 12, 31), kind="regular", number=None
    ) | {
        "abstract": f"{unit['name']}, " + layout.abstracts["book"].format(date=year, month=""),
        "month": "", "year": year, "edition": edition.value,
        "meetings": [_line(record, layout, n) for n, (record, _) in enumerate(meetings, 1)],
    }  # fmt: skip
    at = clock.local(datetime.fromisoformat(f"{year}-12-31T12:00:00+07:00"))
    book = docx.Document(
        io.BytesIO(printed(Document.BOOK, context, layout, on=at, template=template))
    )
    _fill_page_numbers(book)
    for number, (record, names) in enumerate(meetings, start=1):
        file = io.BytesIO(minutes_docx(record, names, edition))
        _append(book, docx.Document(file), _bookmark(number))
        _closing(book, record)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _line(record: Record, layout: Layout, number: int) -> dict[str, Any]:
    opened, month = moment(record["opened_at"]), date.fromisoformat(record["month"])
    return {
        "month": formats.month_year(month),
        "day": formats.day(opened.date()),
        "kind": layout.abstract(kind_of(record), month=month, day=opened.date()),
        "number": record["numbers"]["minutes"] or "",
        "bookmark": _bookmark(number),
    }


def _bookmark(number: int) -> str:
    return f"bien_ban_{number}"


def _fill_page_numbers(book: Word) -> None:
    """Make of each bookmark's name in the contents a field that Word fills with its page."""
    for table in book.tables:
        for paragraph in (p for row in table.rows for cell in row.cells for p in cell.paragraphs):
            name = paragraph.text.strip()
            if not name.startswith("bien_ban_"):
                continue
            for run in paragraph.runs:
                run.text = ""
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), f"PAGEREF {name}")
            field.set(qn("w:dirty"), "true")
            paragraph._p.append(field)


def _append(book: Word, minutes: Word, bookmark: str) -> None:
    """Add the text of one meeting's minutes on a new page, with all it refers to."""
    _take_styles(book, minutes)
    end = book.element.body.sectPr
    _new_page(book, bookmark, end)
    renamed: dict[str, str] = {}
    for element in minutes.element.body:
        if element.tag == qn("w:sectPr"):
            continue
        copied = deepcopy(element)
        _take_pictures(book, minutes, copied, renamed)
        end.addprevious(copied)


def _new_page(book: Word, bookmark: str, end: BaseOxmlElement) -> None:
    paragraph: Paragraph = book.add_paragraph(style=Style.FOOT)
    paragraph.paragraph_format.page_break_before = True
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), bookmark.rpartition("_")[2])
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), bookmark)
        paragraph._p.append(mark)
    end.addprevious(paragraph._p)


def _take_styles(book: Word, minutes: Word) -> None:
    known = {style.style_id for style in book.styles}
    for style in minutes.styles:
        if style.style_id not in known:
            book.styles.element.append(deepcopy(style.element))


def _take_pictures(
    book: Word, minutes: Word, element: BaseOxmlElement, renamed: dict[str, str]
) -> None:
    """Bring along what a paragraph refers to by a key of its own file: pictures, links."""
    for one in element.iter():
        for name in map(qn, ("r:embed", "r:id", "r:link")):
            key = one.get(name)
            relation = minutes.part.rels.get(key) if key else None
            if relation is None:
                continue
            if key not in renamed:
                target = relation._target if relation.is_external else relation.target_part
                renamed[key] = (
                    book.part.relate_to(target, relation.reltype, is_external=True)
                    if relation.is_external
                    else book.part.relate_to(target, relation.reltype)
                )
            one.set(name, renamed[key])


def _closing(book: Word, record: Record) -> None:
    """Write the code of the seal below the minutes: one file has one foot for all of them."""
    if link := record.get("link"):
        book.add_paragraph(f"Mã chốt biên bản: {seals.short(link)}", style=Style.FOOT)
