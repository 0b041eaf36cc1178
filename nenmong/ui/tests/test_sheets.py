"""Workbooks and CSV files: what is read, what is refused and how fast, what is written."""

import io
import time
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core.errors import DomainError
from nenmong.ui.sheets import read, write_csv, write_xlsx
from nenmong.ui.sheets.escaping import escaped, unescaped

HEAD = ["Mã", "Họ và tên", "Điện thoại"]
ROWS = [["007", "Nguyễn Thị Ái", "+84912345678"], ["=1+1", "Lê Đức", "0912"]]
READ = [tuple(HEAD), *map(tuple, ROWS)]


def cells(content, name):
    return [row.cells for row in read(content, name)]


def changed(content, part, text):
    """The same workbook with one part replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, text)
    return out.getvalue()


def test_what_is_written_is_read_again():
    assert cells(write_xlsx(HEAD, ROWS), "a.xlsx") == READ
    assert cells(write_csv(HEAD, ROWS), "a.csv") == READ


def test_no_cell_of_an_export_is_a_formula():
    lines = write_csv(HEAD, ROWS).decode("utf-8-sig").splitlines()
    assert lines[1:] == ["007,Nguyễn Thị Ái,'+84912345678", "'=1+1,Lê Đức,0912"]
    with zipfile.ZipFile(io.BytesIO(write_xlsx(HEAD, ROWS))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@given(st.text())
def test_an_apostrophe_comes_off_as_it_went_on(text):
    assert unescaped(escaped(text)) == text


def test_accents_delimiters_blanks_and_row_numbers():
    text = unicodedata.normalize("NFD", "Mã;Họ và tên;;\n\n007;Đỗ  Thị Ái;;\n")
    rows = read(text.encode(), "a.csv")
    assert [(row.number, row.cells) for row in rows] == [
        (1, ("Mã", "Họ và tên")), (3, ("007", "Đỗ Thị Ái")),
    ]  # fmt: skip
    assert cells("Mã\tTên\n1\tA\n".encode("utf-16"), "a.csv") == [("Mã", "Tên"), ("1", "A")]


BOOK = write_xlsx(HEAD, ROWS)
FAR = (
    b'<worksheet><sheetData><row r="1"><c r="A1"/><c r="XFD1048576"/></row></sheetData></worksheet>'
)
ROUND_ABOUT = (
    b'<worksheet><sheetData><row r="1"><c r="&#88;FD1048576"/></row></sheetData></worksheet>'
)
BOMB = changed(BOOK, "xl/bomb.xml", b"0" * (301 * 1024 * 1024))
REFUSED = {
    "200 MB": (b"PK" + bytes(200 * 1024 * 1024), "a.xlsx", "sheets.too_large"),
    "cut off": (BOOK[: len(BOOK) // 2], "a.xlsx", "sheets.damaged"),
    "empty": (b"", "a.xlsx", "sheets.damaged"),
    "a byte flipped": (BOOK[:400] + b"\x00\x01\x02" + BOOK[403:], "a.xlsx", "sheets.damaged"),
    "broken inside": (changed(BOOK, "xl/workbook.xml", b"<wor"), "a.xlsx", "sheets.damaged"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "a.xlsx", "sheets.password",
    ),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "sheets.old_format"),
    "macro by name": (BOOK, "a.xlsm", "sheets.macros"),
    "macro inside": (changed(BOOK, "xl/vbaProject.bin", b"x"), "a.xlsx", "sheets.macros"),
    "bomb": (BOMB, "a.xlsx", "sheets.too_large"),
    "far corner": (changed(BOOK, "xl/worksheets/sheet1.xml", FAR), "a.xlsx", "sheets.too_large"),
    "in disguise": (
        changed(BOOK, "xl/worksheets/sheet1.xml", ROUND_ABOUT), "a.xlsx", "sheets.damaged"
    ),
    "cells without a place": (
        changed(BOOK, "xl/worksheets/sheet1.xml", b"<worksheet>" + b"<c/>" * 4_100_000),
        "a.xlsx", "sheets.too_large",
    ),
    "nothing but commas": (b"," * 4_000_001, "a.csv", "sheets.too_large"),
    "another archive": (changed(b"PK\x05\x06" + bytes(18), "a.txt", b"x"), "a.xlsx", "not_a_sheet"),
    "a picture": (b"\x89PNG", "a.xlsx", "sheets.not_a_sheet"),
    "a pdf": (b"%PDF-1.7", "a.pdf", "sheets.not_a_sheet"),
    "binary csv": (b"a\x00b", "a.csv", "sheets.not_a_sheet"),
    "latin csv": (b"M\xe3", "a.csv", "sheets.not_utf8"),
    "too many rows": (b"1\n" * 300_001, "a.csv", "sheets.too_large"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_safely_is_refused_at_once(what):
    content, name, code = REFUSED[what]
    began = time.monotonic()
    with pytest.raises(DomainError) as refused:
        read(content, name)
    assert code in refused.value.code
    assert time.monotonic() - began < 20  # beside other work; alone it is far below one
