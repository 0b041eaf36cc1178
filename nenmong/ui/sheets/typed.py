"""A table as a workbook whose days are days and whose numbers are numbers, and no formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

WIDTHS = {int: 10, date: 12, datetime: 17}
WIDEST = 60
FORMATS = {date: "dd/mm/yyyy", datetime: "dd/mm/yyyy hh:mm", int: "0"}
Cell = str | int | date | datetime | None


def write_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook of one sheet: `title` above, the headings, a row each; None is empty.

    What was typed by people is written as text whatever it begins with. Moments are written as the
    clock on the wall shows them; give them without a zone.
    """
    import xlsxwriter  # noqa: PLC0415 -- 2 MB of each process, seldom used

    out = io.BytesIO()
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    held = list(rows)
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        formats = {kind: book.add_format({"num_format": form}) for kind, form in FORMATS.items()}
        sheet = book.add_worksheet()
        sheet.freeze_panes(2, 0)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, _width(heading, [row[column] for row in held]))
        sheet.write_string(0, 0, title, bold)
        for column, heading in enumerate(headings):
            sheet.write_string(1, column, heading, bold)
        for number, row in enumerate(held, start=2):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, formats, text)
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: Any, text: Any) -> None:
    match cell:
        case None | "":
            return
        case datetime():  # before `date`: every moment is a day too
            sheet.write_datetime(row, column, cell, formats[datetime])
        case date():
            sheet.write_datetime(row, column, cell, formats[date])
        case int():
            sheet.write_number(row, column, cell, formats[int])
        case _:
            sheet.write_string(row, column, cell, text)


def _width(heading: str, cells: Sequence[Cell]) -> int:
    kinds = {type(cell) for cell in cells if cell is not None}
    fixed = max((WIDTHS.get(kind, 0) for kind in kinds), default=0)
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return min(max(len(heading) + 2, fixed, longest + 1), WIDEST)
