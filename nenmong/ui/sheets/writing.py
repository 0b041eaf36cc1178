"""Rows of text as a workbook or CSV file, in which no cell is a formula or a link."""

import csv
import io
from collections.abc import Collection, Iterable, Sequence

from nenmong.ui.sheets.escaping import escaped

WIDTH = 18


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file in UTF-8 that Excel opens with its accents right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([escaped(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    marked: Collection[tuple[int, int]] = (),
) -> bytes:
    """Return a workbook of text cells; `marked` are (row, column) from 0 whose cell is coloured."""
    import xlsxwriter  # noqa: PLC0415 -- 2 MB of each process, seldom used

    out = io.BytesIO()
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"num_format": "@", "bold": True})
        wrong = book.add_format({"num_format": "@", "bg_color": "#FFD9D4"})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(headings) - 1, 0), WIDTH, text)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                style = wrong if (number, column) in marked else text
                if cell:
                    sheet.write_string(number + 1, column, cell, style)
                elif style is wrong:
                    sheet.write_blank(number + 1, column, None, style)
    return out.getvalue()
