"""What is looked at in a workbook before anything reads it: its size, its parts, its corners."""

import io
import re
import zipfile
import zlib
from typing import IO

from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError

MOST_BYTES = 30 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 300_000
MOST_CELLS = 4_000_000
CHUNK = 1 << 20
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# A cell or row says where it stands: r="BC12". What is written round about is not what Excel does.
_PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,3})(\d{1,10})\s*["']""")
_DISGUISED = re.compile(rb"""\br\s*=\s*["'][^"'<>]{0,200}&""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")  # some do not say where they stand
_OVERLAP = 256


def too_large() -> DomainError:
    return DomainError(
        "sheets.too_large",
        _(
            "The file is too large: at most %(mb)s MB and %(rows)s rows. "
            "Split it into several files."
        )
        % {"mb": MOST_BYTES // 1024 // 1024, "rows": MOST_ROWS},
    )


def damaged() -> DomainError:
    return DomainError(
        "sheets.damaged",
        _("The file is damaged or cut off. Open it in Excel, save it anew, and try again."),
    )


def not_a_sheet() -> DomainError:
    return DomainError(
        "sheets.not_a_sheet",
        _("This is neither an Excel workbook (.xlsx) nor a CSV file. Choose another file."),
    )


def macros() -> DomainError:
    return DomainError(
        "sheets.macros",
        _("The workbook carries macros. Save it as .xlsx without macros, and try again."),
    )


def not_utf8() -> DomainError:
    return DomainError(
        "sheets.not_utf8",
        _("The text of this file cannot be read. Save it in Excel as CSV UTF-8, and try again."),
    )


def refuse_compound(content: bytes) -> DomainError:
    """Return why a file of the old compound format is not read."""
    if ENCRYPTED in content:
        return DomainError(
            "sheets.password",
            _("The file is protected by a password. Save it without one, and try again."),
        )
    return DomainError(
        "sheets.old_format",
        _("The file has an old format. Save it in Excel as .xlsx, and try again."),
    )


def inspect(content: bytes) -> None:
    """Refuse a workbook that is too large unpacked, damaged, carries macros or is none.

    Every part is unpacked once, piece by piece: the sizes that the file itself names may lie.

    Raises:
        DomainError: `sheets.too_large`, `sheets.damaged`, `sheets.macros`, `sheets.not_a_sheet`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _inspect(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise damaged() from error
    except (RuntimeError, ValueError) as error:  # parts encrypted one by one
        raise damaged() from error


def _inspect(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise too_large()
    if any(name.endswith("vbaproject.bin") for name in names):
        raise macros()
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise not_a_sheet()
    for part in parts:
        with archive.open(part) as stream:
            _measure(stream, is_sheet="worksheets/" in part.filename.lower())


def _measure(stream: IO[bytes], *, is_sheet: bool) -> None:
    """Unpack one part to its end; of a sheet also find the farthest corner it speaks of."""
    kept, rows, columns, cells = b"", 0, 0, 0
    while piece := stream.read(CHUNK):
        if not is_sheet:
            continue
        if b"\x00" in piece:  # UTF-16, which Excel does not write
            raise damaged()
        text = kept + piece
        if _DISGUISED.search(text):
            raise damaged()
        for letters, digits in set(_PLACE.findall(text)):
            rows = max(rows, int(digits))
            columns = max(columns, _column(letters))
        cells += len(_CELL.findall(piece))
        if rows > MOST_ROWS or max(cells, rows * columns) > MOST_CELLS:
            raise too_large()
        kept = text[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
