"""Notice, form, minute book, plan of a year: through their doors, read back from Word."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.models import AuditEntry
from nenmong.meetings import queries
from nenmong.meetings.models import AgendaItem, CorrectionNote, Meeting, PlannedTopic, YearPlan
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.paper import everything, lines, read
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return journey.cell(6)


def got(client, user, name, *args):
    client.force_login(user)
    answer = client.get(reverse(f"meetings:{name}", args=args))
    assert answer.status_code == 200, answer.content[:300]
    assert answer["Cache-Control"] == "private, no-store"
    return answer.content


def test_a_notice_says_when_where_and_what(client, cell):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary)
    AgendaItem.objects.filter(uid=meeting.items.last().uid).update(
        prompts="Việc gì chưa xong?", presenter="Đồng chí Bí thư"
    )
    AgendaItem.objects.filter(uid=meeting.items.first().uid).update(business="classified")
    text = lines(read(got(client, secretary, "notice_docx", meeting.uid)))
    assert text[text.index("THÔNG BÁO") + 1] == "sinh hoạt chi bộ thường kỳ tháng 10 năm 2026"
    assert any("-TB/CB" in line for line in text)
    assert "- Việc gì chưa xong?" in text
    assert "(1) Nội dung mật, thông báo riêng." in text
    assert "- Chủ trì: Đồng chí Nguyễn Văn Hùng, Bí thư." in text


def test_a_form_has_the_roll_and_its_parts_in_the_order_of_typing_in(client, cell):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary)
    document = read(got(client, secretary, "form_docx", meeting.uid))
    text = lines(document)
    parts = [
        "I- ĐIỂM DANH", "II- NỘI DUNG", "III- BIỂU QUYẾT", "IV- NHIỆM VỤ GIAO TẠI BUỔI HỌP",
        "V- PHƯƠNG HƯỚNG, GIỜ HỌP", "THƯ KÝ",
    ]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    roll = [row.cells[1].text for row in document.tables[1].rows][1:]
    assert len(roll) == 6
    assert "Nguyễn Văn Hùng" in roll


def test_a_form_of_sixty_and_of_a_meeting_under_way(client):
    unit, secretary, _scribe = journey.cell(60)
    meeting = journey.opened(unit, secretary)
    document = read(got(client, secretary, "form_docx", meeting.uid))
    assert len(document.tables[1].rows) == 61


def test_a_book_with_names_is_opened_once_and_written_down(client, cell):
    unit, secretary, _scribe = cell
    first = journey.sealed(unit, secretary, date(2026, 9, 3))
    second = journey.sealed(unit, secretary, date(2026, 10, 3))
    spoke = second.names.first().name
    book = got(client, secretary, "book_docx", unit.uid, 2026, "so-chi-bo")
    text = lines(read(book))
    assert text.count("BIÊN BẢN") == 2
    assert text.index("sinh hoạt chi bộ thường kỳ tháng 9 năm 2026") < text.index(
        "sinh hoạt chi bộ thường kỳ tháng 10 năm 2026"
    )
    assert f"Đồng chí {spoke}: " in everything(book)
    assert sum(line.startswith("Mã chốt biên bản: ") for line in text) == 2
    entry = AuditEntry.objects.get(verb="meetings.book_opened")
    assert entry.subject_uid == unit.uid
    assert entry.detail == {"year": 2026, "meetings": [first.uid, second.uid]}
    assert not AuditEntry.objects.filter(verb="meetings.names_opened").exists()


def test_the_book_that_goes_up_names_nobody(client, cell):
    unit, secretary, _scribe = cell
    meeting = journey.sealed(unit, secretary)
    spoke = meeting.names.first().name
    office = UserFactory.holding("office", unit.parent)
    book = everything(got(client, office, "book_docx", unit.uid, 2026, "gui-cap-tren"))
    assert f"Đồng chí {spoke}: " not in book
    assert "Đi công trình xa" not in book
    assert "không ghi họ tên người phát biểu" in book
    assert not AuditEntry.objects.filter(verb="meetings.book_opened").exists()


def test_a_correction_stands_in_minutes_and_book(client, cell):
    unit, secretary, _scribe = cell
    meeting = journey.sealed(unit, secretary)
    CorrectionNote.objects.create(
        bucket=meeting.bucket, meeting=meeting, text="Có mặt 5 đồng chí", written_at=clock.now(),
        by_uid=secretary.uid, by_name="Nguyễn Văn Hùng", link="x",
    )  # fmt: skip
    line = "Có mặt 5 đồng chí. (Người ghi: Nguyễn Văn Hùng.)"
    for name, args in (
        ("minutes_docx", (meeting.uid, "gui-cap-tren")),
        ("book_docx", (unit.uid, 2026, "gui-cap-tren")),
    ):
        text = lines(read(got(client, secretary, name, *args)))
        assert [one for one in text if one.startswith("Đính chính ") and one.endswith(line)]


def test_a_year_without_minutes_has_an_empty_book(client, cell):
    unit, secretary, _scribe = cell
    text = lines(read(got(client, secretary, "book_docx", unit.uid, 2025, "so-chi-bo")))
    assert "Trong năm chưa có biên bản nào được chốt." in text


def test_a_book_takes_few_queries_however_long_the_year(cell, django_assert_num_queries):
    unit, secretary, _scribe = cell
    for month in (8, 9, 10):
        journey.sealed(unit, secretary, date(2026, month, 3))
    list(Meeting.objects.visible_to(secretary))  # their posts are read once a request
    with django_assert_num_queries(3):
        assert len(queries.books.without_names(secretary, unit.uid, 2026)) == 3


def test_a_plan_of_a_year_goes_up_once_it_is_reported(client, cell):
    unit, secretary, _scribe = cell
    plan = YearPlan.objects.create(
        bucket=unit.bucket, unit=unit, year=2027, note="Mỗi quý một chuyên đề.",
        changed_at=clock.now(),
    )  # fmt: skip
    PlannedTopic.objects.create(
        bucket=unit.bucket, plan=plan, month=date(2027, 3, 1), title="Vệ sinh môi trường"
    )
    document = read(got(client, secretary, "year_plan_docx", unit.uid, 2027))
    assert [cell.text for cell in document.tables[1].rows[1].cells] == [
        "1", "tháng 3/2027", "Vệ sinh môi trường", "",
    ]  # fmt: skip
    assert any("-KH/CB" in line for line in lines(document))
    office = UserFactory.holding("office", unit.parent)
    client.force_login(office)
    url = reverse("meetings:year_plan_docx", args=[unit.uid, 2027])
    assert client.get(url).status_code == 403
    YearPlan.objects.filter(uid=plan.uid).update(reported_at=clock.now())
    assert client.get(url).status_code == 200
    assert client.get(url.replace("2027", "2026")).status_code not in {200, 403, 404}
    assert client.get(url.replace("2027", "1")).status_code == 404
