"""What each kind of meeting and of business prints, read back from Word."""

import pytest

from nenmong.meetings.exports import Edition, minutes_docx, resolution_docx
from nenmong.meetings.tests.paper import (
    EARLY_2024,
    documents,
    everything,
    item,
    lines,
    names,
    read,
    record,
    vote,
)

HIDDEN = "Chuyện mật không ai được đọc"
BALLOT = {
    "way": "ballot", "issued": 28, "returned": 27, "spoiled": 1, "voters": 28,
    "rule": "meetings.vote.admission", "bar": "2/3",
}  # fmt: skip
COMMITTEE = {
    "uid": "0u00000000002", "name": "Đảng ủy phường Xuân Hòa", "above": "Đảng bộ tỉnh Phú Thọ",
    "locality": "Xuân Hòa",
}  # fmt: skip


def minutes(**parts):
    return lines(read(minutes_docx(record(**parts), names(), Edition.CELL_BOOK)))


def resolution(**parts):
    return lines(read(resolution_docx(record(**parts))))


@pytest.mark.parametrize(
    ("kind", "parts", "number", "abstract", "behalf", "last"),
    [
        ("thematic", {}, "Số 05-NQ/CB", "sinh hoạt chi bộ chuyên đề tháng 11 năm 2026",
         "T/M CHI BỘ", "- Lưu Chi bộ."),
        ("extraordinary", {}, "Số 05-NQ/CB", "họp chi bộ bất thường ngày 03 tháng 11 năm 2026",
         "T/M CHI BỘ", "- Lưu Chi bộ."),
        ("cell_committee", {}, "Số 05-NQ/CB", "họp chi ủy tháng 11 năm 2026", "T/M CHI ỦY",
         "- Lưu Chi bộ."),
        ("committee", {"unit": COMMITTEE}, "Số 05-NQ/ĐU", "họp cấp ủy tháng 11 năm 2026",
         "T/M ĐẢNG ỦY", "- Lưu Văn phòng cấp ủy."),
        ("committee", {"unit": COMMITTEE | {"name": "Tỉnh ủy Phú Thọ"}}, "Số 05-NQ/TU",
         "họp cấp ủy tháng 11 năm 2026", "T/M ĐẢNG ỦY", "- Lưu Văn phòng cấp ủy."),
        ("congress", {}, "Số 05-NQ/ĐH", "đại hội chi bộ ngày 03 tháng 11 năm 2026",
         "T/M ĐOÀN CHỦ TỊCH", "- Lưu Chi bộ."),
        ("congress", {"unit": COMMITTEE | {"name": "Đảng bộ phường Xuân Hòa"}}, "Số 05-NQ/ĐH",
         "đại hội đảng bộ ngày 03 tháng 11 năm 2026", "T/M ĐOÀN CHỦ TỊCH", "- Lưu Chi bộ."),
    ],
)  # fmt: skip
def test_heads_and_ends_by_kind(kind, parts, number, abstract, behalf, last):
    text = resolution(kind=kind, **parts)
    assert number in text
    assert text[text.index("NGHỊ QUYẾT") + 1] == abstract
    assert behalf in text
    assert last in text


def test_a_committee_is_not_called_a_cell():
    text = minutes(kind="committee", unit=COMMITTEE)
    assert "- Tổng số cấp ủy viên: 34 đồng chí." in text
    assert "III- NỘI DUNG, DIỄN BIẾN CUỘC HỌP" in text
    assert text[-1] or any(line.startswith("Cuộc họp kết thúc lúc") for line in text)
    assert any(line.startswith("Cấp ủy họp lúc") for line in resolution(
        kind="committee", unit=COMMITTEE
    ))  # fmt: skip


def test_a_secret_ballot_tells_its_papers_and_what_it_is_taken_of():
    asked = vote(25, 1, question="Kết nạp Trần Thị Mai", base=32) | BALLOT
    text = minutes(items=[item(1, "Kết nạp", votes=[asked], business="admission")])
    assert (
        "Biểu quyết: Kết nạp Trần Thị Mai. Kết quả: bỏ phiếu kín, phát ra 28 phiếu, thu về 27 "
        "phiếu, hợp lệ 26 phiếu, không hợp lệ 01 phiếu; 25/32 đồng chí tán thành, 01 đồng chí "
        "không tán thành (tính trên tổng số đảng viên chính thức của chi bộ, cần ít nhất 2/3); "
        "được thông qua." in text
    )


def test_a_committee_s_vote_says_of_whom_it_is_taken():
    taken = vote(20, base=34) | {"rule": "meetings.vote.committee", "way": "hands"}
    text = minutes(kind="committee", unit=COMMITTEE, resolution_vote=taken)
    assert (
        "- Nghị quyết: 20/34 đồng chí tán thành (tính trên tổng số cấp ủy viên); được thông qua."
        in text
    )


@pytest.mark.parametrize("edition", Edition)
def test_of_a_classified_item_there_is_only_its_number(edition):
    said = item(
        2, HIDDEN, business="classified", summary=HIDDEN, conclusion=HIDDEN, prompts=HIDDEN,
        presenter=HIDDEN, votes=[vote(question=HIDDEN)],
        speeches=[{"uid": "s9", "text": HIDDEN, "at": ""}],
        tasks=[{"uid": "t9", "title": HIDDEN, "owner": "", "due": None}],
    )  # fmt: skip
    told = record(items=[item(1, "Mở đầu"), said, item(3, "Kết thúc")])
    for file in (minutes_docx(told, names(), edition), resolution_docx(told)):
        assert HIDDEN not in everything(file)
    text = lines(read(minutes_docx(told, names(), edition)))
    assert "2. Nội dung mật, ghi ở sổ riêng." in text
    assert any(line.startswith("3. Kết thúc") for line in text)


@pytest.mark.parametrize(
    ("dues", "line"),
    [
        (
            {"members": 28, "amount": 1250000},
            "Đảng phí: 28 đồng chí đã đóng; số tiền 1.250.000 đồng.",
        ),
        ({"members": 28, "amount": None}, "Đảng phí: 28 đồng chí đã đóng."),
        ({"members": None, "amount": 5000}, "Đảng phí: số tiền 5.000 đồng."),
    ],
)  # fmt: skip
def test_party_dues_are_told(dues, line):
    assert line in minutes(items=[item(1, "Đảng phí", business="dues", dues=dues)])


def test_what_lies_around_a_meeting_is_told():
    text = minutes(
        subject="Vệ sinh môi trường", joint=["Chi bộ Tổ dân phố số 4"],
        documents=[{"title": "Kế hoạch 45-KH/ĐU"}, "Bản tin"],
        postponed=[
            {"was": "2026-11-02T19:30:00+07:00", "now": "2026-11-03T19:30:00+07:00",
             "reason": "mưa bão", "agreed_by": "Đảng ủy phường"}
        ],
    )  # fmt: skip
    assert "- Sinh hoạt chung với: Chi bộ Tổ dân phố số 4." in text
    assert "- Nội dung chính: Vệ sinh môi trường." in text
    assert "- Tài liệu của buổi họp: Kế hoạch 45-KH/ĐU; Bản tin." in text
    assert (
        "- Đã hoãn từ 19 giờ 30, ngày 02 tháng 11 năm 2026 sang 19 giờ 30, ngày 03 tháng 11 năm "
        "2026; lý do: mưa bão; người đồng ý: Đảng ủy phường." in text
    )


def test_a_correction_stands_beneath_the_signatures():
    note = {"written_at": "2026-11-10T08:00:00+07:00", "text": "Có mặt 29", "by_name": "Lê Thị Mai"}
    text = minutes(notes=[note])
    line = "Đính chính ngày 10 tháng 11 năm 2026: Có mặt 29. (Người ghi: Lê Thị Mai.)"
    assert text.index(line) > text.index("CHỦ TRÌ")


def test_prompts_and_presenter_stand_under_their_item():
    text = minutes(items=[item(1, "Ngõ 8", presenter="Lê Thị Mai", prompts="Vì sao?\nAi làm?")])
    assert "Gợi ý thảo luận: Vì sao? Ai làm?" in text
    assert "Người trình bày: Lê Thị Mai." in text


def test_an_older_record_prints_as_before():
    told = record(**EARLY_2024)
    for key in ("postponed", "notes", "subject"):
        assert key not in told
    assert documents("old")["minutes"]
