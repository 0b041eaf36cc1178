"""A workbook or CSV file as rows of text; what cannot be read safely is refused in a sentence."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from python_calamine import CalamineWorkbook

from nenmong.core.rules import clean
from nenmong.ui.sheets import archive
from nenmong.ui.sheets.escaping import unescaped

MACROS = (".xlsm", ".xltm", ".xlsb")
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Row:
    """One row of a file: its number as Excel shows it, and its cells as clean text."""

    number: int
    cells: tuple[str, ...]


def read(content: bytes, name: str) -> list[Row]:
    """Return the rows of the first sheet that are not blank, without blanks at their ends.

    Raises:
        DomainError: `sheets.too_large`, `sheets.damaged`, `sheets.macros`, `sheets.password`,
            `sheets.old_format`, `sheets.not_a_sheet`.
    """
    lower = name.lower()
    if len(content) > archive.MOST_BYTES:
        raise archive.too_large()
    if content.startswith(archive.OLD_EXCEL):
        raise archive.refuse_compound(content)
    if content.startswith(b"PK") or lower.endswith((".xlsx", *MACROS)):
        if lower.endswith(MACROS):
            raise archive.macros()
        return _kept(_workbook(content))
    if not lower.endswith((".csv", ".txt")):
        raise archive.not_a_sheet()
    return _kept(_csv(content))


def _kept(rows: Iterable[Iterable[Any]]) -> list[Row]:
    kept: list[Row] = []
    seen = 0
    for number, cells in enumerate(rows, 1):
        texts = [_text(cell) for cell in cells]
        seen += len(texts)
        if number > archive.MOST_ROWS or seen > archive.MOST_CELLS:
            raise archive.too_large()
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            kept.append(Row(number, tuple(texts)))
    return kept


def _text(value: Any) -> str:
    """Return a cell as text: whole numbers without a point, days as ISO writes them."""
    if isinstance(value, str):
        return unescaped(clean(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return clean(str(value))


def _workbook(content: bytes) -> Iterator[list[Any]]:
    if not content.startswith(b"PK"):
        raise archive.damaged() if not content else archive.not_a_sheet()
    archive.inspect(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        # From the first row on, blank ones too: numbers must be those that Excel shows.
        blank = sheet.start[0] if sheet.start else 0
        rows = sheet.to_python(skip_empty_area=True)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic inside the reader is no Exception
        raise archive.damaged() from error
    yield from ([] for _number in range(blank))
    yield from rows


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise archive.not_utf8() from error
    if "\x00" in text:
        raise archive.not_a_sheet()
    head = "\n".join(islice((line for line in text.splitlines() if line.strip()), 5))
    delimiter = max(DELIMITERS, key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise archive.damaged() from error
