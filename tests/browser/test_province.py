"""A new installation: its keeper founds a province and takes its units in from Excel."""

import io

import pytest
import xlsxwriter
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from nenmong.accounts.models import User
from nenmong.org.models import Administrator, Unit
from nenmong.org.tests.factories import LONG_AGO

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADS = ["STT", "Tên đơn vị", "Mã", "Cấp", "Trực thuộc", "Mã tổ chức đảng (14 số)"]
UNITS = [
    ["1", "Đảng ủy xã Lâm Thao", "LT", "Đảng ủy xã", "25", "12345678901234"],
    ["2", "Đảng ủy phường Nông Trang", "NT", "Đảng ủy phường", "25", ""],
    ["3", "Chi bộ thôn Hạ", "LT1", "chi bộ", "LT", "123"],  # a code that is no code
    ["4", "Chi bộ thôn Thượng", "LT2", "chi hội", "LT", ""],  # a kind that is none
    ["5", "Chi bộ khu 5", "NT5", "chi bộ", "XX", ""],  # under a unit that is not there
]


def workbook(path, rows):
    """Write a list as an office has it: a title above, the headings below it."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write(0, 1, "DANH SÁCH CÁC ĐƠN VỊ")
    for number, row in enumerate([HEADS, *rows], start=2):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def names():
    return set(Unit.objects.filter(parent__isnull=False).values_list("name", flat=True))


def test_a_province_is_founded_and_its_units_taken_in_with_three_faults_mended(person, tmp_path):
    keeper = User.objects.create_user("quantri", full_name="Trần Thị Thái")
    Administrator.objects.create(user=keeper, first_day=LONG_AGO)
    desk = person(keeper, wide=True)
    page = desk.page
    desk.press("nav a:has-text('Quản trị')")
    desk.well_made()
    page.fill("#o-root-name", "Tỉnh ủy Phú Thọ")
    page.fill("[name=organization_name]", "Đảng bộ tỉnh Phú Thọ")
    page.fill("[name=code]", "25")
    page.fill("[name=day]", "01/7/2025")
    desk.press("button:has-text('Lập đơn vị này')")
    page.check("[name=what][value=units]")
    page.set_input_files("[type=file]", workbook(tmp_path / "don-vi.xlsx", UNITS))
    desk.press("main form[enctype] button[type=submit]")
    desk.well_made()
    faults = page.locator("main table tbody tr")
    expect(faults).to_have_count(3)
    assert names() == set()
    # What is wrong comes back as a workbook; the good rows are taken in knowingly.
    with page.expect_download() as sent:
        page.click("a:has-text('Các dòng sai')")
    bad = sent.value.path().read_bytes()
    desk.press("button:has-text('chỉ')")
    assert names() == {"Đảng ủy xã Lâm Thao", "Đảng ủy phường Nông Trang"}
    rows = CalamineWorkbook.from_filelike(io.BytesIO(bad)).get_sheet_by_index(0).to_python()
    mended = [[str(cell) for cell in row[:6]] for row in rows if str(row[1]).startswith("Chi bộ")]
    assert len(mended) == 3
    mended[0][5], mended[1][3], mended[2][4] = "", "chi bộ", "NT"
    page.check("[name=what][value=units]")
    page.set_input_files("[type=file]", workbook(tmp_path / "sua.xlsx", mended))
    desk.press("main form[enctype] button[type=submit]")
    expect(page.locator("main table")).to_have_count(0)
    desk.press("main form button[type=submit]")
    assert len(names()) == 5
    cell = Unit.objects.get(code="NT5")
    assert cell.parent.name == "Đảng ủy phường Nông Trang"
    desk.open(f"/don-vi/{cell.parent_id}/")
    desk.well_made()
