"""Gói Sổ tay: what a sealed meeting left, in one ZIP, for those who must hand it in elsewhere too.

What is written here is always Vietnamese, like the documents themselves.
"""

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import IO, Any

from django.http import Http404
from django.utils import translation
from docx import Document as WordDocument
from docx.shared import Pt

from nenmong.core import clock
from nenmong.core.keeping import STORE
from nenmong.core.rules import clean
from nenmong.meetings import exports
from nenmong.meetings.models import Attendance
from nenmong.ui import formats, sheets

Record = Mapping[str, Any]
IN_MEMORY = 1 << 20
COUNTED = {
    "total": "Tổng số đảng viên", "official": "Đảng viên chính thức",
    "probationary": "Đảng viên dự bị", "exempt": "Được miễn sinh hoạt",
    "due": "Phải có mặt", "present": "Có mặt", "excused": "Vắng có lý do",
    "unexcused": "Vắng không lý do", "late": "Đến muộn",
}  # fmt: skip


class Edition(StrEnum):
    """With the names of the roll, or with its numbers only."""

    NAMES = "diem-danh"
    NUMBERS = "so-lieu"


@dataclass(frozen=True)
class File:
    """A document as it goes into the package."""

    name: str
    title: str
    sort: str
    sha256: str


def edition_of(word: str) -> Edition:
    """Return the edition of an address.

    Raises:
        Http404: there is no such edition.
    """
    try:
        return Edition(word)
    except ValueError as error:
        raise Http404 from error


def file_name(record: Record) -> str:
    """Return a name for the download, in ASCII."""
    minutes = exports.file_name(record, exports.Document.MINUTES)
    return minutes.replace(exports.Document.MINUTES.value, "goi-so-tay", 1).replace(".docx", ".zip")


@translation.override("vi")
def packed(
    record: Record, documents: Sequence[File], roll: Sequence[Attendance] | None
) -> IO[bytes]:
    """Return the package, from its start; whoever reads it closes it.

    Args:
        record: the sealed record.
        documents: those of the meeting and the signed scans.
        roll: who was there, for those who may know; else None.
    """
    out: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    contents: list[list[str]] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:

        def put(name: str, words: str, content: bytes | None = None) -> None:
            if content is not None:
                package.writestr(name, content)
            contents.append([str(len(contents) + 1), name, words])

        put("1-chuong-trinh.docx", "Chương trình", agenda_docx(record))
        minutes = exports.minutes_docx(record, None, exports.Edition.SENT_UP)
        put("2-bien-ban.docx", "Biên bản gửi cấp trên", minutes)
        if record["numbers"]["resolution"] is not None:
            put("3-nghi-quyet.docx", "Nghị quyết", exports.resolution_docx(record))
        words = "Điểm danh" if roll is not None else "Điểm danh (chỉ số liệu)"
        put("4-diem-danh.xlsx", words, attendance_xlsx(record, roll))
        for name, document in _named(documents):
            path = STORE.path(document.sha256)
            if path.exists():
                package.write(path, name, zipfile.ZIP_STORED)
                put(name, document.title)
            else:
                put("(thiếu tệp)", document.title)
        sheet = sheets.write_xlsx(["Số", "Tệp", "Nội dung"], contents)
        package.writestr("0-muc-luc.xlsx", sheet)
    out.seek(0)
    return out


def _named(documents: Sequence[File]) -> Iterator[tuple[str, File]]:
    """Give each document its own name, also where two bear the same title."""
    for number, document in enumerate(documents, start=1):
        folder = "ban-ky" if document.sort == "scan" else "tai-lieu"
        yield f"5-{folder}/{number:02d}-{document.name}", document


def agenda_docx(record: Record) -> bytes:
    """Return the agenda of a meeting as Word."""
    opened = clock.local(datetime.fromisoformat(record["opened_at"]))
    page = WordDocument()
    page.styles["Normal"].font.name = "Times New Roman"
    page.styles["Normal"].font.size = Pt(14)
    unit = clean(record["unit"]["name"])
    page.add_paragraph().add_run(unit.upper()).bold = True
    month = formats.month_name(date.fromisoformat(record["month"]))
    page.add_paragraph().add_run(f"CHƯƠNG TRÌNH SINH HOẠT, {month}").bold = True
    when = f"{formats.spoken_time(opened)}, ngày {formats.day(opened.date())}"
    place = clean(record["place"])
    page.add_paragraph(f"Thời gian: {when}." + (f" Địa điểm: {place}." if place else ""))
    for item in record["items"]:
        minutes = formats.minutes(item["planned_minutes"])
        page.add_paragraph(f"{item['number']}. {clean(item['title'])} ({minutes})")
    page.core_properties.author = unit
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def attendance_xlsx(record: Record, roll: Sequence[Attendance] | None) -> bytes:
    """Return the roll as a workbook: who was there, or where `roll` is None only how many.

    Reasons of absence stay in the cell's own book.
    """
    if roll is None:
        counts = record["counts"]
        rows = [[words, str(counts[name])] for name, words in COUNTED.items() if name in counts]
        return sheets.write_xlsx(["Số liệu", "Số người"], rows)
    people = [
        [str(number), row.name, str(row.get_status_display())]
        for number, row in enumerate(roll, start=1)
    ]
    return sheets.write_xlsx(["Số", "Họ và tên", "Điểm danh"], people)
