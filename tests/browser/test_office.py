"""An office at its desk: units reorganised and taken back, a faulty list mended, members kept."""

import re

import pytest
from playwright.sync_api import expect

from nenmong.org.models import Member, Unit
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory, WardFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = """Họ và tên,Chi bộ,Năm sinh,Diện sinh hoạt,Ghi chú
Lê Thị Ân,A1,1960,Đảng viên chính thức
Trần Văn Đạt,A1,một chín sáu mươi,Đảng viên chính thức
Đỗ Bình,A9,1971,Đảng viên chính thức
Bùi Dung,A1,1980,đang nghỉ mát
"""
MENDED = (
    LIST.replace("một chín sáu mươi", "1960").replace("A9", "A1").replace("đang nghỉ mát", "dự bị")
)


@pytest.fixture
def ward():
    ward = WardFactory(name="Đảng ủy phường Xuân Hòa")
    for number in (1, 2, 3):
        cell = UnitFactory(parent=ward, name=f"Chi bộ {number}", code=f"A{number}")
        MemberFactory.of(cell)
    return ward


def names():
    return sorted(unit.name for unit in Unit.objects.cells().filter(last_day=None))


def test_a_reorganisation_is_planned_tried_done_and_undone(person, ward):
    office = person(UserFactory.holding("office", ward), wide=True)
    page = office.page
    office.open(f"/don-vi/{ward.uid}/")
    office.press("a:has-text('Sắp xếp đơn vị')")
    office.well_made()
    page.check("text=Chi bộ 1")
    page.check("text=Chi bộ 2")
    page.fill("[name=new_name]", "Chi bộ chung")
    office.press("button:has-text('Xem phương án sẽ làm gì')")  # the plan has no name yet
    expect(page.locator(".nm-notice.late:not(.nm-waits)")).to_be_visible()
    expect(page.locator("[name=new_name]")).to_have_value("Chi bộ chung")
    office.faults.clear()  # the browser notes the refusal that was just seen
    page.fill("[name=name]", "hop-nhat")
    office.press("button:has-text('Xem phương án sẽ làm gì')")
    expect(page.locator(".nm-lines").first).to_contain_text("Chi bộ chung")
    office.well_made()
    assert names() == ["Chi bộ 1", "Chi bộ 2", "Chi bộ 3"]
    office.press("button:has-text('Thực hiện phương án')")
    assert names() == ["Chi bộ 3", "Chi bộ chung"]
    office.well_made()
    office.press("button:has-text('Rút lại toàn bộ')")
    expect(page.locator("#da-co ~ ul")).to_contain_text("đã rút lại")
    assert names() == ["Chi bộ 1", "Chi bộ 2", "Chi bộ 3"]


def test_a_list_with_three_faults_is_mended_and_taken_in(person, ward, tmp_path):
    office = person(UserFactory.holding("office", ward), wide=True)
    page = office.page
    before = Member.objects.count()
    for text, faults in ((LIST, True), (MENDED, False)):
        file = tmp_path / "danh-sach.csv"
        file.write_text(text, encoding="utf-8")
        office.open(f"/don-vi/{ward.uid}/nhap/")
        office.well_made()
        page.set_input_files("[type=file]", file)
        office.press("main button[type=submit]")
        office.well_made()
        body = page.locator("main").inner_text()
        assert ("đang nghỉ mát" in body) is faults
        assert "Ghi chú" in body  # said to be a column that is not read
        assert Member.objects.count() == before
    office.press("main button[type=submit]")
    assert Member.objects.count() == before + 4


def test_pages_of_members_posts_and_the_past_are_well_made(person, ward):
    office = person(UserFactory.holding("head", ward))
    cell = Unit.objects.get(name="Chi bộ 1")
    for path in ("dang-vien/", "phu-trach/", "ho-so-don-vi/"):
        office.open(f"/don-vi/{cell.uid}/{path}")
        office.well_made()
    office.open(f"/don-vi/{ward.uid}/phu-trach/")
    office.well_made()
    office.open("/tim/?q=chi bo")
    office.well_made()
    office.press("a:has-text('Chi bộ 2')")
    expect(office.page).to_have_url(re.compile("/don-vi/"))
    office.press("a:has-text('Đảng viên')")
    office.press("main .nm-lines a")
    office.well_made()
    office.page.fill("[name=full_name]", "Lê Ái")
    office.press("button:has-text('Lưu')")
    assert Member.objects.filter(full_name="Lê Ái").exists()
