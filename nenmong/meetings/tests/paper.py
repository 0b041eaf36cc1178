"""A meeting as data for the Word tests, and how its documents are read back."""

import io
import re
import zipfile
from functools import lru_cache

import docx
from docx.oxml.ns import qn

from nenmong.meetings.exports import Edition, minutes_docx, resolution_docx

SAID = 'Rãnh ngõ 12 & ngõ 8 sâu < 10 cm, "quá nông".'
LINK = "a1b2c3d4e5f60718" * 4
NAMED = (
    "Hoàng Thị Yến", "Phùng Đức Anh", "Bùi Quang Khải", "Ngô Thị Thủy", "Đặng Văn Tư",
    "Lý Văn Sơn", "Trần Văn Nghĩa", "Vũ Thị Hạnh", "Dương Thị Hòa",
)  # fmt: skip
REASONS = ("điều trị tại bệnh viện", "đi công tác xa", "bận đón cháu")


def vote(agree=28, against=0, other=0, base=28, passed=True, **question):
    return {
        "for": agree, "against": against, "other": other, "base": base, "passed": passed, **question
    }  # fmt: skip


def item(number, title, **parts):
    return {
        "uid": f"i{number}", "number": number, "step": "discussion", "title": title,
        "planned_minutes": 15, "started_at": None, "ended_at": None, "summary": "", "speeches": [],
        "opinions": [], "votes": [], "conclusion": "", "tasks": [],
    } | parts  # fmt: skip


def record(**parts):
    return {
        "format": 1, "uid": "0abc000000001", "kind": "regular", "month": "2026-11-01",
        "unit": {
            "uid": "0u00000000001", "name": "Chi bộ Tổ dân phố số 3",
            "above": "Đảng bộ phường Xuân Hòa", "locality": "Xuân Hòa",
        },
        "opened_at": "2026-11-03T19:30:00+07:00", "closed_at": "2026-11-03T21:05:00+07:00",
        "place": "Nhà văn hóa tổ dân phố số 3",
        "guests": "Đồng chí Phạm Thị Lan, Đảng ủy viên phường",
        "chair": {"name": "Nguyễn Văn Hùng", "post": "Bí thư"},
        "minutes_secretary": {"name": "Lê Thị Mai", "post": ""},
        "numbers": {"minutes": 11, "resolution": 5},
        "counts": {
            "total": 34, "official": 32, "probationary": 2, "temporary": 1, "exempt": 1,
            "special_duty": 1, "due": 31, "present": 28, "excused": 2, "unexcused": 1, "late": 1,
        },
        "items": [
            item(
                1, "Kết quả nghị quyết tháng 10", summary="Chi ủy báo cáo.\nChi bộ xem bảng.",
                started_at="2026-11-03T19:35:00+07:00", ended_at="2026-11-03T20:00:00+07:00",
                speeches=[
                    {"uid": "s1", "text": SAID, "at": ""},
                    {"uid": "s2", "text": "Thu gom rác tốt hơn.", "at": ""},
                ],
                opinions=[{"uid": "o1", "text": "Đề nghị phường lắp đèn ngõ 12."}],
                conclusion="Tiếp tục nạo vét trong tháng 11.",
                tasks=[
                    {"uid": "t1", "title": "Nạo vét rãnh ngõ 12", "owner": "Đỗ Minh Quân",
                     "due": "2026-11-20"},
                    {"uid": "t2", "title": "Vận động hộ dân phân loại rác", "owner": "Chi ủy",
                     "due": None},
                ],
            ),
            item(
                2, "Xét công nhận đảng viên chính thức",
                votes=[vote(27, 1, question="Công nhận đồng chí Tạ Thị Thu")],
                tasks=[
                    {"uid": "t3", "title": "Hoàn thiện hồ sơ", "owner": "Đỗ Minh Quân",
                     "due": "2026-12-10"},
                ],
            ),
        ],
        "reviewed": [
            {"task": "k1", "title": "Lập tổ tự quản", "owner": "Chi ủy", "due": "2026-10-25",
             "state_at_start": "doing", "state": "done", "result": "Tổ có 7 thành viên"},
            {"task": "k2", "title": "Lắp đèn ngõ 12", "owner": "Đỗ Minh Quân", "due": None,
             "state_at_start": "open", "state": "not_done", "result": ""},
        ],
        "carried": [{"title": "Kế hoạch 45-KH/ĐU", "reason": "Chưa nhận tài liệu", "times": 2}],
        "directions": "Giữ vững an ninh trật tự.\nPhát huy tổ tự quản.",
        "resolution_vote": vote(), "minutes_vote": vote(27, 0, 1), "link": LINK,
    } | parts  # fmt: skip


def names(**parts):
    return {
        "format": 1, "meeting": "0abc000000001",
        "absent": [
            {"name": "Hoàng Thị Yến", "status": "excused", "reason": "điều trị tại bệnh viện"},
            {"name": "Phùng Đức Anh", "status": "excused", "reason": "đi công tác xa"},
            {"name": "Bùi Quang Khải", "status": "unexcused", "reason": ""},
        ],
        "late": [{"name": "Ngô Thị Thủy", "reason": "bận đón cháu"}],
        "exempt": [{"name": "Đặng Văn Tư"}], "special_duty": [{"name": "Lý Văn Sơn"}],
        "speakers": {"s1": "Trần Văn Nghĩa", "s2": "Vũ Thị Hạnh"},
        "opinions": {"o1": "Dương Thị Hòa"},
    } | parts  # fmt: skip


BARE = {
    "guests": "", "items": [], "reviewed": [], "carried": [], "directions": "",
    "resolution_vote": None, "minutes_vote": None, "link": None,
    "numbers": {"minutes": None, "resolution": None},
    "counts": {
        "total": 12, "official": 12, "probationary": 0, "temporary": 0, "exempt": 0,
        "special_duty": 0, "due": 12, "present": 12, "excused": 0, "unexcused": 0, "late": 0,
    },
}  # fmt: skip
EARLY_2024 = {
    "month": "2024-02-01", "opened_at": "2024-02-03T19:30:00+07:00",
    "closed_at": "2024-02-03T21:00:00+07:00",
}  # fmt: skip


def read(file):
    return docx.Document(io.BytesIO(file))


def lines(document):
    """Return the paragraphs of a Word file from top to bottom, tables included."""
    paragraphs = document.element.body.iter(qn("w:p"))
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs]


def rows(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def everything(file):
    """Return all text of all parts of the file, and without tags: a name may lie in two runs."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        raw = " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return raw + re.sub(r"<[^>]+>", "", raw)


def names_of_nobody():
    return names(absent=[], late=[], exempt=[], special_duty=[], speakers={}, opinions={})


@lru_cache
def book_file():
    """The minutes for the cell's own book; made once, as they are only read."""
    return minutes_docx(record(), names(), Edition.CELL_BOOK)


@lru_cache
def documents(which):
    """Both documents by name: `new` of 2026, `old` of 2024, `bare` with all that can be empty."""
    parts, sheet = {
        "new": ({}, names()),
        "old": (EARLY_2024 | {"numbers": {"minutes": 2, "resolution": 2}}, names()),
        "bare": (BARE, names_of_nobody()),
    }[which]
    return {
        "minutes": read(minutes_docx(record(**parts), sheet, Edition.CELL_BOOK)),
        "resolution": read(resolution_docx(record(**parts))),
    }
