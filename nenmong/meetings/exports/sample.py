"""Made-up meetings to try a template on: nobody who is in them exists.

Who keeps the installation sees no record, so what they look at is this.
"""

from pathlib import Path
from typing import Any

from nenmong.meetings.exports.book import book_docx
from nenmong.meetings.exports.forms import form_docx, notice_docx, year_plan_docx
from nenmong.meetings.exports.minutes import minutes_docx, resolution_docx
from nenmong.meetings.rules.documents import Document, Edition

UNIT = {
    "uid": "0000000000000", "name": "Chi bộ Tổ dân phố số 3", "above": "Đảng bộ phường Mẫu",
    "locality": "Phường Mẫu",
}  # fmt: skip
CHAIR = {"name": "Nguyễn Văn Mẫu", "post": "Bí thư"}
_HANDS = {
    "question": "", "for": 27, "against": 0, "other": 1, "base": 28, "passed": True, "way": "hands",
    "issued": None, "returned": None, "spoiled": None, "voters": 28,
    "rule": "meetings.vote.majority", "bar": "1/2",
}  # fmt: skip
_BALLOT = _HANDS | {
    "question": "Kết nạp quần chúng Trần Thị Mẫu", "for": 26, "against": 1, "other": 0, "base": 32,
    "way": "ballot", "issued": 28, "returned": 28, "spoiled": 1, "rule": "meetings.vote.admission",
    "bar": "2/3",
}  # fmt: skip
_ITEM: dict[str, Any] = {
    "step": "discussion", "planned_minutes": 20, "business": "", "presenter": "", "prompts": "",
    "dues": None, "started_at": None, "ended_at": None, "summary": "", "conclusion": "",
    "speeches": [], "opinions": [], "votes": [], "tasks": [], "answer": None,
}  # fmt: skip
RECORD: dict[str, Any] = {
    "format": 2, "uid": "0000000000001", "kind": "regular_thematic", "month": "2026-11-01",
    "subject": "Giữ gìn vệ sinh môi trường khu dân cư", "unit": UNIT,
    "opened_at": "2026-11-04T19:30:00+07:00", "closed_at": "2026-11-04T21:40:00+07:00",
    "held_on": "2026-11-04", "place": "Nhà văn hóa tổ dân phố số 3",
    "guests": "Đồng chí Lê Thị Mẫu, Đảng ủy viên phường",
    "chair": CHAIR, "minutes_secretary": {"name": "Phạm Thị Mẫu", "post": ""},
    "numbers": {"minutes": 11, "resolution": 5},
    "counts": {
        "total": 34, "official": 32, "probationary": 2, "temporary": 1, "exempt": 1,
        "exempt_present": 0, "special_duty": 1, "due": 31, "present": 28, "excused": 2,
        "unexcused": 1, "late": 1,
    },
    "postponed": [
        {"was": "2026-11-03T19:30:00+07:00", "now": "2026-11-04T19:30:00+07:00",
         "reason": "trùng cuộc họp của phường", "agreed_by": "Đảng ủy phường Mẫu"}
    ],
    "joint": ["Chi bộ Tổ dân phố số 4"], "documents": ["Kế hoạch 45-KH/ĐU", "Bản tin tháng 11"],
    "items": [
        _ITEM | {
            "uid": "i1", "number": 1, "title": "Kết quả thực hiện nghị quyết tháng 10",
            "started_at": "2026-11-04T19:35:00+07:00", "ended_at": "2026-11-04T20:00:00+07:00",
            "presenter": "Nguyễn Văn Mẫu", "prompts": "Việc nào chưa xong?\nVướng ở đâu?",
            "summary": "Chi ủy báo cáo kết quả thực hiện nghị quyết tháng 10.",
            "speeches": [{"uid": "s1", "text": "Rãnh thoát nước ngõ 12 còn nông.", "at": ""}],
            "opinions": [{"uid": "o1", "text": "Đề nghị phường lắp đèn ngõ 12."}],
            "conclusion": "Tiếp tục nạo vét rãnh ngõ 12 trong tháng 11.",
            "tasks": [
                {"uid": "t1", "title": "Nạo vét rãnh ngõ 12", "owner": "Đỗ Văn Mẫu",
                 "due": "2026-11-20"}
            ],
        },
        _ITEM | {
            "uid": "i2", "number": 2, "title": "Thu, nộp đảng phí", "business": "dues",
            "dues": {"members": 28, "amount": 1250000},
        },
        _ITEM | {
            "uid": "i3", "number": 3, "title": "Xét kết nạp đảng viên", "business": "admission",
            "votes": [_BALLOT],
        },
        _ITEM | {"uid": "i4", "number": 4, "title": "Mật", "business": "classified"},
        _ITEM | {
            "uid": "i5", "number": 5, "title": "Trả lời ý kiến: Đề nghị phường lắp đèn ngõ 12",
            "discussed": True, "answer": {
                "uid": "a1", "sender": "Văn phòng Ủy ban nhân dân phường Mẫu", "asks": True,
                "text": "Đã làm xong. Đã lắp 6 đèn ngõ 12.\nXong ngày: 20/10/2026",
                "verdict": "partly", "solved": 10, "partly": 18, "not_solved": 0,
                "reason": "Còn hai đèn cuối ngõ chưa sáng",
            },
        },
    ],
    "reviewed": [
        {"task": "k1", "title": "Lập tổ tự quản vệ sinh", "owner": "Chi ủy", "due": "2026-10-25",
         "state_at_start": "doing", "state": "done", "result": "Tổ có 7 thành viên", "times": 2}
    ],
    "carried": [{"title": "Kế hoạch 46-KH/ĐU", "reason": "Chưa nhận tài liệu", "times": 1}],
    "directions": "Giữ vững an ninh trật tự; hoàn thành các khoản thu năm 2026.",
    "resolution_vote": _HANDS, "minutes_vote": _HANDS,
    "notes": [
        {"written_at": "2026-11-10T08:00:00+07:00", "by_name": "Phạm Thị Mẫu",
         "text": "Số tiền đảng phí đúng là 1.260.000 đồng."}
    ],
    "link": "0123456789abcdef" * 4,
}  # fmt: skip
NAMES: dict[str, Any] = {
    "format": 2, "meeting": RECORD["uid"],
    "absent": [
        {"name": "Hoàng Thị Mẫu", "status": "excused", "reason": "điều trị tại bệnh viện"},
        {"name": "Bùi Văn Mẫu", "status": "unexcused", "reason": ""},
    ],
    "late": [{"name": "Ngô Thị Mẫu", "reason": "bận đón cháu"}],
    "exempt": [{"name": "Đặng Văn Mẫu"}], "special_duty": [{"name": "Lý Văn Mẫu"}],
    "speakers": {"s1": "Trần Văn Mẫu"}, "opinions": {"o1": "Dương Thị Mẫu"},
}  # fmt: skip
COMING: dict[str, Any] = {
    **{key: RECORD[key] for key in (
        "uid", "kind", "subject", "month", "unit", "place", "guests", "chair", "joint", "documents",
        "reviewed",
    )},
    "on": "2026-10-28", "starts_at": RECORD["opened_at"],
    "items": [
        {"number": item["number"], "title": item["title"], "business": item["business"],
         "presenter": item["presenter"], "prompts": item["prompts"],
         "minutes": item["planned_minutes"], "answer": item["answer"]}
        for item in RECORD["items"]
    ],
    "people": [
        {"name": name, "membership": "probationary" if number == 1 else "official"}
        for number, name in enumerate(
            ("Bùi Văn Mẫu", "Dương Thị Mẫu", "Đỗ Văn Mẫu", "Nguyễn Văn Mẫu", "Phạm Thị Mẫu")
        )
    ],
}  # fmt: skip
PLAN: dict[str, Any] = {
    "year": 2027, "unit": UNIT, "on": "2026-12-20", "signer": CHAIR,
    "note": "Mỗi quý ít nhất một chuyên đề.",
    "topics": [
        {"month": "2027-03-01", "title": "Học tập và làm theo gương Bác trong khu dân cư",
         "presenter": "Nguyễn Văn Mẫu"},
        {"month": "2027-06-01", "title": "Giữ gìn vệ sinh môi trường", "presenter": ""},
    ],
}  # fmt: skip


def sample_docx(document: Document, template: Path | None = None) -> bytes:
    """Return a document of a made-up meeting; `template`: one on trial.

    Raises:
        DomainError: the layout or the Word template cannot be used; it says which and why.
    """
    match document:
        case Document.MINUTES:
            return minutes_docx(RECORD, NAMES, Edition.CELL_BOOK, template=template)
        case Document.RESOLUTION:
            return resolution_docx(RECORD, template=template)
        case Document.NOTICE:
            return notice_docx(COMING, template=template)
        case Document.FORM:
            return form_docx(COMING, template=template)
        case Document.YEAR_PLAN:
            return year_plan_docx(PLAN, template=template)
        case Document.BOOK:
            return book_docx(
                [(RECORD, NAMES)], unit=UNIT, year=2026, edition=Edition.CELL_BOOK,
                template=template,
            )  # fmt: skip
