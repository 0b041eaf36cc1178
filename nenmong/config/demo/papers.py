"""The files of the demo: small real ones, made as they are needed and put into the store."""

import struct
import zlib
from datetime import date
from functools import lru_cache
from io import BytesIO

from docx import Document

from nenmong.config.demo.packs import pack
from nenmong.core.files import examine
from nenmong.core.keeping import STORE, Kept

PAGE = (620, 877)  # points of a scanned page of A4
MARGIN, LINE = 60, 22
PAPER, INK = 250, 70  # how light they are, of 255
PNG = b"\x89PNG\r\n\x1a\n"


def bulletin(month: date) -> Kept:
    """Return the bulletin of a month as Word: what is made known, what the month leans on."""
    return _store(_bulletin(month), "docx")


@lru_cache(maxsize=16)
def _bulletin(month: date) -> bytes:
    season = pack("common")["seasons"][month.month]
    document = Document()
    document.add_heading(f"Bản tin sinh hoạt chi bộ tháng {month:%m/%Y}", level=1)
    for part in ("documents", "directions"):
        document.add_paragraph(season[part])
    document.add_paragraph("Bản dựng để chạy thử; không phải văn bản của cơ quan nào.")
    written = BytesIO()
    document.save(written)
    return examine(written.getvalue()).content


def scan(number: int) -> Kept:
    """Return a scanned page: lines of writing and two signatures, nothing to be read."""
    return _store(_scan(number), "png")


@lru_cache(maxsize=8)
def _scan(number: int) -> bytes:
    width, height = PAGE
    rows = [bytearray([PAPER]) * width for _ in range(height)]
    for at, top in enumerate(range(MARGIN, height - 3 * LINE * 3, LINE)):
        end = width - MARGIN - (at * 37 + number * 53) % 160
        for row in rows[top : top + 2]:
            row[MARGIN:end] = bytes([INK]) * (end - MARGIN)
    for left in (MARGIN + 30, width // 2 + 40):
        for x in range(120):
            y = height - 120 + (x * x // 9 + number * 7) % 41
            for row in rows[y : y + 3]:
                row[left + x] = INK
    return examine(_png(rows)).content


def _png(rows: list[bytearray]) -> bytes:
    """Return rows of grey points as a picture."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    size = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    points = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    return PNG + chunk(b"IHDR", size) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


def _store(content: bytes, kind: str) -> Kept:
    """Put what was examined when it was made into the store."""
    return Kept(STORE.keep(content), kind, len(content))
