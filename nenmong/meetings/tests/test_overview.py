"""Looking over meetings: states, the list and its filters, the calendar, the workbook, a course."""

import io
import zlib
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from nenmong.core import clock, ids
from nenmong.meetings import actions
from nenmong.meetings.models import Meeting, Postponement
from nenmong.meetings.queries import overview as queries
from nenmong.meetings.queries.overview import Filters
from nenmong.meetings.rules import overview as rules
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory

pytestmark = pytest.mark.django_db
TODAY = journey.evening(date(2026, 11, 24))
MONTHS = st.dates(date(1931, 1, 1), date(2129, 12, 31)).map(lambda day: day.replace(day=1))


@pytest.fixture(autouse=True)
def _day():
    with clock.at(TODAY):
        yield


def put(unit, day, kind="regular", status="planned", moved=False, **fields):
    """A meeting as a row, without its agenda."""
    starts = journey.evening(day)
    begun = status in {"open", "held", "sealed"}
    sealed = {"sealed_at": starts, "minutes_number": 1} if status == "sealed" else {}
    held = {"held_on": day, "opened_at": starts, "closed_at": starts + timedelta(minutes=95)}
    meeting = Meeting.objects.create(
        bucket=unit.bucket, unit=unit, grassroots=unit.parent or unit, kind=kind, status=status,
        month=day.replace(day=1), starts_at=starts, fixed_day=day,
        **(held if begun else {}), **sealed, **fields,
    )  # fmt: skip
    if moved:
        Postponement.objects.create(
            bucket=meeting.bucket, meeting=meeting, was_at=starts - timedelta(days=2),
            now_at=starts, reason="Bão", agreed_by="Chi ủy", noted_at=clock.now(),
        )  # fmt: skip
    return meeting


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def every(ward):
    """A ward with a meeting in each state; returns (office, meetings by state)."""
    made = {
        "planned": ("planned", date(2026, 12, 3), {}),
        "postponed": ("planned", date(2026, 12, 5), {"moved": True}),
        "late": ("planned", date(2026, 11, 3), {"moved": True}),
        "open": ("open", date(2026, 11, 24), {}),
        "held": ("held", date(2026, 11, 4), {}),
        "sealed": ("sealed", date(2026, 11, 5), {"present": 27, "due": 30}),
        "filed": ("sealed", date(2026, 10, 3), {"filed_at": TODAY}),
        "cancelled": ("cancelled", date(2026, 9, 3), {}),
    }
    rows = {
        name: put(UnitFactory(parent=ward), day, status=status, **more)
        for name, (status, day, more) in made.items()
    }
    return UserFactory.holding("office", ward), rows


# ── rules ───────────────────────────────────────────────────────────────────────────────────


@given(
    status=st.sampled_from(Meeting.Status.values), away=st.integers(-40, 40),
    moved=st.booleans(), filed=st.booleans(),
)  # fmt: skip
def test_every_meeting_stands_in_one_known_state(status, away, moved, filed):
    today = date(2026, 11, 24)
    state = rules.state(
        status=status, day=today + timedelta(days=away), today=today, moved=moved, filed=filed
    )
    assert state in rules.STATES
    assert (state == "late") == (status == "planned" and away < 0)


@given(month=MONTHS)
def test_weeks_hold_each_day_of_the_month_once(month):
    days = [day for week in rules.weeks(month) for day in week]
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in rules.weeks(month))
    assert len(set(days)) == len(days)
    ours = [day for day in days if (day.year, day.month) == (month.year, month.month)]
    assert ours[0] == month
    assert (ours[-1] + timedelta(days=1)).day == 1


@given(month=MONTHS, count=st.integers(0, 40))
def test_months_are_counted_back_and_between(month, count):
    first = rules.months_back(month, count)
    assert len(rules.months_between(first, month)) == count + 1


# ── the list ────────────────────────────────────────────────────────────────────────────────


def test_a_state_is_the_same_in_the_list_and_in_its_filter(every, ward):
    office, made = every
    for state in rules.STATES:
        (row,) = queries.listed(office, ward, Filters(state=state)).rows
        assert (row.uid, row.state) == (made[state].uid, state)


@pytest.mark.parametrize("text", ["nha van hoa", "NHÀ VĂN HOÁ", "văn hóa"])
def test_a_place_is_found_however_it_is_written(ward, text):
    office = UserFactory.holding("office", ward)
    cell = UnitFactory(parent=ward)
    put(cell, date(2026, 11, 3), place="Nhà văn hóa tổ 5")
    put(cell, date(2026, 12, 3), place="Trường học")
    assert len(queries.listed(office, ward, Filters(text=text)).rows) == 1
    assert queries.listed(office, ward, Filters(text="không đâu")).rows == []
    assert len(queries.listed(office, ward, Filters(text="   ")).rows) == 2


def test_what_a_meeting_is_about_is_the_cell_s_own_until_it_is_sealed(ward):
    """The office neither reads the subject before, nor finds the meeting by it."""
    cell = UnitFactory(parent=ward)
    put(cell, date(2026, 12, 9), "extraordinary", subject="Xét việc riêng")
    put(cell, date(2026, 10, 9), "thematic", "sealed", subject="Việc riêng đã xong")
    office, member = UserFactory.holding("office", ward), UserFactory.holding("member", cell)
    assert len(queries.listed(member, cell, Filters(text="viec rieng")).rows) == 2
    (found,) = queries.listed(office, ward, Filters(text="viec rieng")).rows
    assert found.subject == "Việc riêng đã xong"
    assert {row.subject for row in queries.listed(office, ward, Filters()).rows} == {
        "", "Việc riêng đã xong",
    }  # fmt: skip


def test_a_committee_s_own_meetings_are_for_who_may_read_them(ward):
    cell = UnitFactory(parent=ward)
    put(cell, date(2026, 11, 2), "cell_committee")
    put(ward, date(2026, 11, 9), "committee")
    office, visitor = (UserFactory.holding(role, ward) for role in ("office", "visitor"))
    assert len(queries.listed(office, ward, Filters()).rows) == 2
    assert queries.listed(visitor, ward, Filters()).rows == []
    assert queries.listed(UserFactory.holding("member", cell), cell, Filters()).rows == []
    (own,) = queries.listed(office, ward, Filters(own=True)).rows
    assert own.kind == "committee"


def test_nobody_sees_the_meetings_of_another_ward(every):
    stranger = UserFactory.holding("office", WardFactory())
    other = every[1]["held"].unit.parent
    assert queries.listed(stranger, other, Filters()).rows == []


def test_the_page_keeps_its_filters_in_the_address(client, every, ward):
    office, made = every
    client.force_login(office)
    url = reverse("meetings:meetings", args=[ward.uid])
    page = client.get(url).content.decode()
    assert page.count('<th scope="row">') == 8
    page = client.get(url + "?trang-thai=held&loai=regular&tu-thang=2026-11").content.decode()
    assert made["held"].uid in page
    assert page.count('<th scope="row">') == 1
    assert '<option value="held" selected>' in page
    assert "cac-buoi.xlsx?duoi=&amp;loai=regular&amp;trang-thai=held" in page
    under = made["late"].unit
    page = client.get(f"{url}?duoi={under.uid}").content.decode()
    assert page.count('<th scope="row">') == 1
    assert "nm-empty" in client.get(url + "?tu-thang=2027-01").content.decode()


def test_months_are_read_as_people_write_them(client, every, ward):
    client.force_login(every[0])
    url = reverse("meetings:meetings", args=[ward.uid])
    for written in ("2026-12", "12/2026", "3/12/2026"):
        page = client.get(url, {"tu-thang": written}).content.decode()
        assert page.count('<th scope="row">') == 2, written
    assert client.get(url, {"tu-thang": "hôm qua"}).status_code == 422


def test_a_long_list_has_pages(client, ward, django_assert_max_num_queries):
    office, cell = UserFactory.holding("office", ward), UnitFactory(parent=ward)
    for number in range(103):
        put(cell, date(2026, 11, 3), "thematic", place=f"Nơi {number:03}")
    client.force_login(office)
    url = reverse("meetings:meetings", args=[ward.uid])
    first, second = (client.get(url + more).content.decode() for more in ("", "?tu=100"))
    assert first.count('<th scope="row">') == 100
    assert second.count('<th scope="row">') == 3
    assert "103 / 103" in second or "103" in second
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


# ── the workbook ────────────────────────────────────────────────────────────────────────────


def test_the_workbook_holds_what_is_shown_as_what_it_is(client, every, ward):
    office, made = every
    evil = '=HYPERLINK("http://x","y")'
    Meeting.objects.filter(uid=made["sealed"].uid).update(place=evil)
    client.force_login(office)
    url = reverse("meetings:meetings_xlsx", args=[ward.uid])
    answer = client.get(url + "?trang-thai=sealed")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    title, heads, row = book.get_sheet_by_index(0).to_python()
    assert ward.name in title[0]
    assert len(heads) == 10
    assert row[0] == made["sealed"].unit.name
    assert row[1] == date(2026, 11, 1)
    assert row[2] == datetime(2026, 11, 5, 19, 30)  # noqa: DTZ001 -- as the wall shows it
    assert row[5] == evil
    assert row[7:9] == [27.0, 30.0]
    assert b"<f>" not in answer.content
    whole = CalamineWorkbook.from_filelike(io.BytesIO(client.get(url).content))
    assert len(whole.get_sheet_by_index(0).to_python()) == 2 + 8


# ── the calendar ────────────────────────────────────────────────────────────────────────────


def test_a_meeting_lies_on_the_day_it_is_held(client, ward):
    cell, office = UnitFactory(parent=ward), UserFactory.holding("office", ward)
    put(cell, date(2026, 11, 30), moved=True, kind="thematic")
    late = put(cell, date(2026, 10, 31))
    Meeting.objects.filter(uid=late.uid).update(  # of October, put off into November
        starts_at=journey.evening(date(2026, 11, 1))
    )
    client.force_login(office)
    rows = queries.of_month(office, ward, date(2026, 11, 1), Filters()).rows
    assert [row.day for row in rows] == [date(2026, 11, 1), date(2026, 11, 30)]
    url = reverse("meetings:month", args=[ward.uid])
    page = client.get(url + "?thang=2026-11-01").content.decode()
    assert page.count("/buoi/") == 2
    assert client.get(url + "?thang=2026-11-01&trang-thai=late").content.decode().count("/buoi/")


@pytest.mark.parametrize(
    ("name", "begins", "year"),
    [
        ("meetings", "</form>", []),
        ("month", "</form>", []),
        ("year_plans_below", "<tbody>", [2026]),
    ],
)
def test_cells_of_two_communes_are_told_apart(client, name, begins, year):
    district = UnitFactory(kind="district_committee", name="Thành ủy Phúc Yên", parent=None)
    ward = WardFactory(parent=district)
    cell = UnitFactory(parent=ward, name="Chi bộ Công an phường")
    put(cell, date(2026, 11, 20))
    for unit, told in ((district, True), (ward, False)):
        client.force_login(UserFactory.holding("office", unit))
        page = client.get(reverse(f"meetings:{name}", args=[unit.uid, *year])).content.decode()
        listed = page[page.index(begins) : page.index("<footer")]
        assert cell.name in listed
        assert (ward.name in listed) is told


def test_a_month_with_more_than_fits_says_so(client, ward, monkeypatch):
    monkeypatch.setattr(queries, "MOST_IN_A_MONTH", 3)
    cell, office = UnitFactory(parent=ward), UserFactory.holding("office", ward)
    for _ in range(5):
        put(cell, date(2026, 11, 3), "thematic")
    client.force_login(office)
    page = client.get(reverse("meetings:month", args=[ward.uid])).content.decode()
    assert page.count("/buoi/") == 3
    assert "nm-soon" in page


# ── the months of a unit ────────────────────────────────────────────────────────────────────


def test_a_cell_s_home_shows_two_years_month_by_month(client, ward):
    cell = UnitFactory(parent=ward)
    member = UserFactory.holding("member", cell)
    old = put(cell, date(2025, 3, 3), status="sealed")
    put(cell, date(2026, 10, 3), status="cancelled")
    other = put(cell, date(2026, 10, 20), "thematic", "sealed", subject="Học Bác")
    course = queries.course(member, cell)
    assert [(year, len(boxes)) for year, boxes in course.years] == [
        (2026, 11),
        (2025, 12),
        (2024, 1),
    ]
    assert [row.uid for row in course.others] == [other.uid]
    client.force_login(member)
    page = client.get(reverse("home:unit", args=[cell.uid])).content.decode()
    assert f"/buoi/{old.uid}/" in page
    assert "Học Bác" in page
    assert "lap-buoi" not in page


def test_a_month_planned_ahead_has_its_box(ward):
    unit, secretary, _scribe = journey.cell(3, parent=ward)
    actions.plan_meeting(actor=secretary, unit_uid=unit.uid, month=date(2027, 2, 1))
    boxes = queries.course(secretary, unit).years[0][1]
    assert [(box.month.month, bool(box.row)) for box in boxes] == [(1, False), (2, True)]


def test_an_empty_unit_says_what_fills_it(client, ward):
    cell = UnitFactory(parent=ward)
    client.force_login(UserFactory.holding("member", cell))
    for url in ("home:unit", "meetings:meetings", "meetings:month"):
        page = client.get(reverse(url, args=[cell.uid])).content.decode()
        assert "nm-empty" in page


# ── what it costs ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def ninety(ward):
    """A committee of 90 cells: most have met, some are late, postponed, cancelled, or new."""
    ids.ensure_lease()
    states = [("sealed", False), ("held", False), ("planned", True), ("cancelled", False)]
    for number in range(90):
        cell = UnitFactory(parent=ward)
        if number % 9:
            status, moved = states[number % 4]
            put(cell, date(2026, 11, 1 + number % 28), status=status, moved=moved)
        elif number % 2:
            put(cell, date(2026, 9, 3), status="sealed")
    put(ward, date(2026, 11, 12), "committee")
    return UserFactory.holding("office", ward)


# Beyond session and user, four, the person's roles among them.
@pytest.mark.parametrize(
    ("name", "query", "most_kib"),
    [
        ("home:my_work", "", 16), ("home:unit", "?thang=2026-11-01", 16),
        ("meetings:meetings", "", 16), ("meetings:meetings", "?trang-thai=late&loai=regular", 8),
        ("meetings:month", "?thang=2026-11-01", 16),
    ],
)  # fmt: skip
def test_a_committee_of_ninety_cells_reads_a_page_in_four_queries(
    client, ward, ninety, django_assert_max_num_queries, name, query, most_kib
):
    client.force_login(ninety)
    url = reverse(name, args=[] if name == "home:my_work" else [ward.uid]) + query
    # My work asks besides for which single meetings one was let in.
    # On My work one more of the meetings, two of the desk of opinions, three of documents.
    with django_assert_max_num_queries(2 + 4 + 6 * (name == "home:my_work")):
        answer = client.get(url)
    assert answer.status_code == 200
    assert len(zlib.compress(answer.content)) <= most_kib * 1024


def test_a_cell_s_home_costs_the_same_for_one_month_and_for_many(
    client, ward, django_assert_max_num_queries
):
    cell = UnitFactory(parent=ward)
    client.force_login(UserFactory.holding("member", cell))
    url = reverse("home:unit", args=[cell.uid])
    for months in (range(1, 2), range(2, 11)):
        for month in months:
            put(cell, date(2026, month, 3), status="sealed")
        with django_assert_max_num_queries(11):
            client.get(url)
