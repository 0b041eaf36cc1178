"""Ways in: an old secretary with a sheet of codes; an officer of the district with a phone."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import expect

from nenmong.accounts.models import CodeSheet
from nenmong.org.models import Administrator, Member, Post
from nenmong.org.tests.factories import (
    LONG_AGO,
    MemberFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
)
from nenmong.rulebook.models import UnitRule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cell():
    ward = WardFactory(name="Đảng ủy phường Xuân Hòa")
    return UnitFactory(parent=ward, name="Chi bộ Tổ dân phố số 3")


def test_an_office_gives_an_old_secretary_a_sheet_and_she_signs_in(person, cell):
    who = MemberFactory.of(cell, full_name="Phạm Thị Lụa", birth_year=1951)
    Post.objects.create(
        bucket=who.bucket, member=who, unit=cell, role="secretary", title="Bí thư",
        first_day=LONG_AGO,
    )  # fmt: skip
    office = person(UserFactory.holding("office", cell.parent), wide=True)
    office.open(f"/dang-vien/{who.uid}/")
    office.well_made()
    office.press("button:has-text('Mở tài khoản')")
    office.well_made()
    office.press("button:has-text('In tờ mã đăng nhập')")
    office.well_made()
    expect(office.page.locator("[data-nm-print]")).to_be_visible()
    name = office.page.locator("#cach-vao ~ ol strong, section:has(#cach-vao) strong").first
    username = name.inner_text()
    codes = re.findall(r"\d{3} \d{3} \d{3}", office.page.locator("main").inner_text())
    assert len(codes) == 10
    # She, at a phone of her own.
    secretary = person()
    secretary.open("/dang-nhap/")
    secretary.well_made()
    for code, kept in ((codes[0], True), (codes[1], False)):
        secretary.open("/dang-nhap/")
        secretary.page.fill("[name=login]", username)
        secretary.page.fill("[name=password]", code)
        if kept:
            secretary.page.check("[name=remember]")
        secretary.press("main form[action='/dang-nhap/'] button[type=submit]")
        expect(secretary.page.locator("main")).to_contain_text("đồng chí Lụa")
        expect(secretary.page.locator(".nm-notice.done")).to_contain_text("tờ mã còn")
        secretary.well_made()
        cookies = {one["name"]: one for one in secretary.page.context.cookies()}
        assert (cookies["sessionid"]["expires"] > 0) is kept
        secretary.open("/dang-xuat/")
        secretary.press("button:has-text('Đăng xuất')")
    # A code that was used opens nothing; she is told in one sentence.
    secretary.open("/dang-nhap/")
    secretary.page.fill("[name=login]", username)
    secretary.page.fill("[name=password]", codes[0])
    secretary.press("main form[action='/dang-nhap/'] button[type=submit]")
    expect(secretary.page.locator("[role=alert]").first).to_contain_text("chưa đúng")
    assert CodeSheet.objects.get().left == 8


def test_an_officer_of_the_district_ties_a_phone(person, settings):
    settings.SECOND_FACTOR = True
    district = UnitFactory(kind="district_committee", name="Thành ủy Phúc Yên", parent=None)
    user = UserFactory.holding("office", district)
    officer = person()
    user.set_password("mat-khau-thu")
    user.save()
    officer.open("/dang-nhap/")
    officer.page.fill("[name=login]", user.username)
    officer.page.fill("[name=password]", "mat-khau-thu")
    officer.press("main form[action='/dang-nhap/'] button[type=submit]")
    officer.well_made()  # asked for the password once more
    officer.page.fill("[name=password]", "mat-khau-thu")
    officer.press("main button[type=submit]")
    officer.well_made()
    secret = re.search(r"\b[A-Z2-7]{32}\b", officer.page.locator("main").inner_text())[0]
    counter = list(yield_hotp_counters_from_time())[1]
    officer.page.fill("[name=code]", format_hotp_value(hotp_value(secret, counter)))
    officer.press("main button[type=submit]")
    officer.well_made()
    assert len(re.findall(r"\d{4} \d{4}", officer.page.locator("main").inner_text())) == 10
    officer.press("a:has-text('Tôi đã giữ lại')")
    officer.open("/viec-cua-toi/")
    expect(officer.page.locator("main")).to_contain_text("đồng chí")
    officer.open("/bao-mat/")
    officer.well_made()


def test_a_committee_sets_a_rule_and_its_cell_quotes_it(person, cell):
    office = person(UserFactory.holding("office", cell.parent))
    office.open(f"/don-vi/{cell.parent_id}/quy-dinh/")
    office.well_made()
    page = office.page
    page.select_option("[name=rule]", label="Nộp hồ sơ, sau mấy ngày")
    page.fill("[name=value]", "hai")
    page.fill("[name=document]", "Quyết định số 12-QĐ/ĐU, ngày 20/11/2026")
    office.press("button:has-text('Xem áp dụng cho ai')")
    expect(page.locator(".nm-notice.late:not(.nm-waits)")).to_contain_text("số nguyên từ 1 đến 14")
    expect(page.locator("[name=value]")).to_have_value("hai")
    office.faults.clear()
    page.fill("[name=value]", "3")
    office.press("button:has-text('Xem áp dụng cho ai')")
    expect(page.locator("main")).to_contain_text(cell.name)
    office.well_made()
    office.press("button:has-text('Đặt quy định này')")
    assert UnitRule.objects.get().value == 3
    office.open(f"/don-vi/{cell.uid}/quy-dinh/?ngay=31/12/2026")
    expect(page.locator("main")).to_contain_text("nộp trong 3 ngày")
    office.well_made()


def test_the_keeper_of_the_installation_finds_accounts_and_names_another(person, cell):
    keeper = UserFactory.holding("administrator", cell)
    desk = person(keeper, wide=True)
    desk.press("nav a:has-text('Quản trị')")
    desk.well_made()
    desk.page.click("summary:has-text('Chỉ định thêm người quản trị')")
    desk.page.fill("[name=username]", "lanpt")
    desk.page.fill("[name=full_name]", "Phạm Thị Lan")
    desk.press("button:has-text('Chỉ định người này')")
    assert Administrator.objects.count() == 2
    desk.page.fill("[name=q]", "lan")
    desk.press("button:has-text('Tìm')")
    desk.well_made()
    desk.page.click("summary:has-text('Cấp lại quyền đăng nhập')")
    desk.press("button:has-text('Hủy cách đăng nhập cũ')")
    expect(desk.page.locator("main")).to_contain_text("lanpt")
    desk.well_made()
    desk.open("/quan-tri/loai-chi-bo/")
    desk.well_made()


def test_groups_and_openings_are_well_made(person, cell):
    MemberFactory.of(cell, full_name="Đỗ Văn Đạt")
    head = person(UserFactory.holding("head", cell.parent))
    reader = UserFactory()
    head.open(f"/don-vi/{cell.uid}/to-dang/")
    head.page.fill("[name=name]", "Tổ đảng số 1")
    head.press("button:has-text('Lập tổ')")
    head.page.click("summary:has-text('Đưa đảng viên vào tổ này')")
    head.page.select_option("[name=member]", label="Đỗ Văn Đạt")
    head.press("button:has-text('Đưa vào tổ')")
    head.well_made()
    head.open(f"/don-vi/{cell.uid}/phu-trach/")
    head.page.click("summary:has-text('Mở hồ sơ cho một người xem')")
    head.page.fill("[name=username]", reader.username)
    head.page.fill("[name=reason]", "Xem lại hồ sơ theo đơn thư")
    head.press("button:has-text('Mở hồ sơ')")
    head.well_made()
    expect(head.page.locator("main")).to_contain_text("Xem lại hồ sơ theo đơn thư")
    head.press("button:has-text('Đóng ngay')")
    assert Member.objects.filter(full_name="Đỗ Văn Đạt").exists()
