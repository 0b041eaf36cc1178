"""What minutes and resolution tell of a meeting, read back from Word."""

import re
from datetime import date

import pytest

from nenmong.core.errors import DomainError
from nenmong.meetings.exports import Edition, minutes_docx, reporting_month, resolution_docx
from nenmong.meetings.tests.paper import documents, item, lines, names, read, record, rows, vote


@pytest.fixture(scope="module")
def book():
    return documents("new")["minutes"]


@pytest.fixture(scope="module")
def resolution():
    return documents("new")["resolution"]


@pytest.fixture(scope="module")
def bare():
    return documents("bare")


def test_minutes_tell_the_meeting_in_order(book):
    told = [
        "BIÊN BẢN",
        "I- THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN",
        "- Thời gian: Bắt đầu lúc 19 giờ 30, ngày 03 tháng 11 năm 2026; "
        "kết thúc lúc 21 giờ 05 cùng ngày.",
        "- Địa điểm: Nhà văn hóa tổ dân phố số 3.",
        "- Chủ trì: Đồng chí Nguyễn Văn Hùng, Bí thư.",
        "- Thư ký: Đồng chí Lê Thị Mai.",
        "- Đại biểu cấp trên, khách mời: Đồng chí Phạm Thị Lan, Đảng ủy viên phường.",
        "- Tổng số đảng viên của chi bộ: 34 đồng chí; trong đó chính thức: 32, dự bị: 02, "
        "sinh hoạt tạm thời: 01.",
        "- Thuộc diện phải dự: 31 đồng chí; được miễn công tác và sinh hoạt đảng: 01 đồng chí; "
        "làm nhiệm vụ đặc biệt: 01 đồng chí.",
        "- Có mặt: 28 đồng chí, đạt 90,3%; trong đó đến muộn: 01 đồng chí.",
        "II- KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT KỲ TRƯỚC",
        "III- NỘI DUNG, DIỄN BIẾN BUỔI SINH HOẠT",
        "1. Kết quả nghị quyết tháng 10 (19 giờ 35 – 20 giờ)",
        "Chi ủy báo cáo.",
        "Chi bộ xem bảng.",
        "Kết luận: Tiếp tục nạo vét trong tháng 11.",
        "- Nạo vét rãnh ngõ 12 (người thực hiện: Đỗ Minh Quân; thời hạn: 20/11/2026).",
        "- Vận động hộ dân phân loại rác (người thực hiện: Chi ủy).",
        "2. Xét công nhận đảng viên chính thức",
        "Biểu quyết: Công nhận đồng chí Tạ Thị Thu. Kết quả: 27/28 đồng chí tán thành, "
        "01 đồng chí không tán thành; được thông qua.",
        "IV- VIỆC CHUYỂN SANG KỲ SINH HOẠT SAU",
        "- Kế hoạch 45-KH/ĐU (đã chuyển 02 lần). Lý do: Chưa nhận tài liệu.",
        "V- BIỂU QUYẾT THÔNG QUA",
        "- Nghị quyết: 28/28 đồng chí tán thành; được thông qua.",
        "- Biên bản: 27/28 đồng chí tán thành, 01 đồng chí có ý kiến khác; được thông qua.",
        "Buổi sinh hoạt kết thúc lúc 21 giờ 05 cùng ngày; biên bản đã được đọc lại và biểu quyết "
        "tại buổi sinh hoạt.",
    ]
    text = lines(book)
    places = [text.index(line) for line in told]
    assert places == sorted(places)


@pytest.mark.parametrize("which", ["minutes", "resolution"])
def test_the_last_resolution_is_a_table(book, resolution, which):
    table = {"minutes": book, "resolution": resolution}[which].tables[1]
    assert table.style.name == "Table Grid"
    assert rows(table) == [
        ["TT", "Nhiệm vụ", "Người thực hiện", "Tình trạng đầu kỳ", "Kết quả"],
        ["1", "Lập tổ tự quản (thời hạn: 25/10/2026)", "Chi ủy", "Đang thực hiện",
         "Đã hoàn thành: Tổ có 7 thành viên"],
        ["2", "Lắp đèn ngõ 12", "Đỗ Minh Quân", "Chưa thực hiện", "Không thực hiện được"],
    ]  # fmt: skip


def test_a_resolution_tells_review_directions_and_assignment(resolution):
    told = [
        "NGHỊ QUYẾT",
        "Chi bộ họp lúc 19 giờ 30, ngày 03 tháng 11 năm 2026, tại Nhà văn hóa tổ dân phố số 3; "
        "thời gian sinh hoạt 95 phút; chủ trì: đồng chí Nguyễn Văn Hùng, Bí thư.",
        "I- KIỂM ĐIỂM VIỆC THỰC HIỆN NGHỊ QUYẾT KỲ TRƯỚC",
        "II- PHƯƠNG HƯỚNG, NHIỆM VỤ",
        "Giữ vững an ninh trật tự.",
        "Phát huy tổ tự quản.",
        "1. Kết quả nghị quyết tháng 10",
        "Tiếp tục nạo vét trong tháng 11.",
        "- Nạo vét rãnh ngõ 12 (người thực hiện: Đỗ Minh Quân; thời hạn: 20/11/2026; "
        "báo cáo tại kỳ sinh hoạt tháng 12/2026).",
        "III- PHÂN CÔNG THỰC HIỆN",
        "Kết quả biểu quyết: 28/28 đồng chí tán thành. Nghị quyết được chi bộ thông qua; các "
        "đồng chí đảng viên căn cứ nhiệm vụ được phân công tổ chức thực hiện và báo cáo kết quả "
        "đúng kỳ.",
    ]
    text = lines(resolution)
    places = [text.index(line) for line in told]
    assert places == sorted(places)
    assert not any("Có ý kiến" in line or "Thu gom rác" in line for line in text)


def test_the_assignment_gathers_what_is_one_persons(resolution):
    assert rows(resolution.tables[2]) == [
        ["TT", "Người thực hiện", "Nhiệm vụ", "Thời hạn", "Kỳ báo cáo"],
        ["1", "Đỗ Minh Quân", "Nạo vét rãnh ngõ 12", "20/11/2026", "tháng 12/2026"],
        ["2", "Đỗ Minh Quân", "Hoàn thiện hồ sơ", "10/12/2026", "tháng 01/2027"],
        ["3", "Chi ủy", "Vận động hộ dân phân loại rác", "", "tháng 12/2026"],
    ]


@pytest.mark.parametrize(
    ("month", "due", "reported"),
    [
        ("2026-11-01", None, date(2026, 12, 1)),
        ("2026-11-01", "2026-11-20", date(2026, 12, 1)),
        ("2026-11-01", "2026-12-03", date(2026, 12, 1)),  # due on the day the cell meets
        ("2026-11-01", "2026-12-04", date(2027, 1, 1)),
        ("2026-12-01", "2026-12-05", date(2027, 1, 1)),
        ("2026-11-01", "2026-10-01", date(2026, 12, 1)),  # overdue already
    ],
)
def test_a_task_is_reported_at_the_first_meeting_after_it_is_due(month, due, reported):
    assert reporting_month(record(month=month), due) == reported


@pytest.mark.parametrize("which", ["minutes", "resolution"])
def test_what_is_empty_leaves_no_trace(bare, which):
    text = lines(bare[which])
    assert not any(re.search(r"None|\{|\}|\[\]|\( *\)|  |[:;,] *\.", line) for line in text)
    lead_ins = {line for line in text if line.endswith(":")}
    assert lead_ins <= {"Sau khi thảo luận, chi bộ thống nhất ra nghị quyết như sau:", "Nơi nhận:"}
    assert sum(line == "" for line in text) <= 8  # rules, air and the end of the file
    headings = [line for line in text if re.match(r"[IVX]+- ", line)]
    for heading in headings:
        following = text[text.index(heading) + 1]
        assert following
        assert following not in headings


def test_an_empty_meeting_reads_naturally(bare):
    minutes, resolution = lines(bare["minutes"]), lines(bare["resolution"])
    assert "- Vắng mặt: không." in minutes
    assert "- Thuộc diện phải dự: 12 đồng chí." in minutes
    assert not any(line.startswith("II- ") for line in minutes)
    assert "Không có nhiệm vụ của kỳ trước phải kiểm điểm tại kỳ sinh hoạt này." in resolution
    assert "Dự thảo nghị quyết, chi bộ chưa biểu quyết." in resolution


def test_parts_are_numbered_without_a_gap():
    text = lines(read(minutes_docx(record(reviewed=[], carried=[]), names(), Edition.CELL_BOOK)))
    parts = [line.split("-")[0] for line in text if re.match(r"[IVX]+- ", line)]
    assert parts == ["I", "II", "III"]


LOST = {
    "resolution_vote": vote(10, 18, passed=False),
    "numbers": {"minutes": 11, "resolution": None},
}


def test_a_draft_of_a_resolution_not_passed_says_so():
    text = lines(read(resolution_docx(record(**LOST, link=None))))
    assert (
        "Kết quả biểu quyết: 10/28 đồng chí tán thành, 18 đồng chí không tán thành. "
        "Nghị quyết không được chi bộ thông qua." in text
    )
    assert "Sau khi thảo luận, chi bộ không thông qua dự thảo nghị quyết sau:" in text
    assert not any("thống nhất" in line for line in text)


def test_once_sealed_there_is_no_resolution_that_was_not_passed():
    with pytest.raises(DomainError, match=r"documents\.no_resolution"):
        resolution_docx(record(**LOST))


@pytest.mark.parametrize("edition", Edition)
def test_minutes_tell_that_the_resolution_was_not_passed(edition):
    assert (
        "- Nghị quyết: 10/28 đồng chí tán thành, 18 đồng chí không tán thành; "
        "không được thông qua." in lines(read(minutes_docx(record(**LOST), names(), edition)))
    )


GUESTS_OF_THEIR_OWN = "được miễn sinh hoạt đến dự"


def test_exempt_members_who_came_explain_the_votes():
    counts = record()["counts"] | {"exempt": 2, "exempt_present": 1}
    sheet = names(exempt=[{"name": "Đặng Văn Tư", "came": True}, {"name": "Lê Thị Sáu"}])
    told = record(counts=counts, resolution_vote=vote(29, base=29))
    text = lines(read(minutes_docx(told, sheet, Edition.CELL_BOOK)))
    assert text.index("- Đảng viên được miễn sinh hoạt đến dự: 01 đồng chí.") == 1 + text.index(
        "- Có mặt: 28 đồng chí, đạt 90,3%; trong đó đến muộn: 01 đồng chí."
    )
    assert (
        "- Được miễn công tác và sinh hoạt đảng: đồng chí Đặng Văn Tư (đến dự), "
        "đồng chí Lê Thị Sáu." in text
    )
    (count,) = (line for line in lines(read(resolution_docx(told))) if GUESTS_OF_THEIR_OWN in line)
    assert count.endswith("; đảng viên được miễn sinh hoạt đến dự: 01 đồng chí.")


@pytest.mark.parametrize("counts", [{}, {"exempt_present": 0}])
@pytest.mark.parametrize("printed", [
    resolution_docx, lambda told: minutes_docx(told, names(), Edition.CELL_BOOK),
])  # fmt: skip
def test_without_them_nothing_is_said(printed, counts):
    text = lines(read(printed(record(counts=record()["counts"] | counts))))
    assert not any(GUESTS_OF_THEIR_OWN in line or "(đến dự)" in line for line in text)


@pytest.mark.parametrize(
    ("closed", "parts", "title"),
    [
        (True, {}, "1. Việc khác (chưa bàn)"),
        (True, {"conclusion": "Để lại"}, "1. Việc khác"),
        (True, {"started_at": "2026-11-03T20:00:00+07:00"}, "1. Việc khác (20 giờ)"),
        (False, {}, "1. Việc khác"),
    ],
)
def test_an_item_never_discussed_says_so(closed, parts, title):
    told = record(items=[item(1, "Việc khác", **parts)])
    told |= {} if closed else {"closed_at": None}
    assert title in lines(read(minutes_docx(told, names(), Edition.CELL_BOOK)))


def test_a_meeting_past_midnight_names_the_day_it_ended():
    late = record(closed_at="2026-11-04T00:10:00+07:00")
    text = " ".join(lines(read(minutes_docx(late, names(), Edition.CELL_BOOK))))
    assert "kết thúc lúc 0 giờ 10 ngày 04 tháng 11 năm 2026." in text


def test_a_meeting_still_open_has_no_end():
    text = lines(read(minutes_docx(record(closed_at=None), names(), Edition.CELL_BOOK)))
    assert "- Thời gian: Bắt đầu lúc 19 giờ 30, ngày 03 tháng 11 năm 2026." in text
    assert resolution_docx(record(closed_at=None))
