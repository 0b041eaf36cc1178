"""What is measured: a ward of cells, one of them with 30 members and three full meetings.

The meetings are made by the actions of the house, so they hold what a real one does. What the floor
shows is copied from the same rows.
"""

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from benchmarks import copying, seed_opinions
from nenmong.core import clock
from nenmong.meetings import actions
from nenmong.meetings.models import AgendaItem, Meeting, MeetingMonth
from nenmong.meetings.tests import journey
from nenmong.org.models import Unit
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory

MANY = 20_000  # opinions that one is compared with
MEMBERS = 30
CELLS = 100
CROWD = 100  # members of the largest cell
FIRST_DAYS = (date(2026, 8, 3), date(2026, 9, 3), date(2026, 10, 3))
PAPER_DAY = date(2026, 7, 3)
FIRST_MADE = 1931  # long past: a month is planned at most a year ahead
MADE_YEARS = 60

SPEECHES = (
    "Ngõ 8 có 6 hộ mái vẩy, hai hộ neo đơn phải giúp tháo trước mùa mưa.",
    "Đề nghị chi ủy phân công từng đảng viên phụ trách nhóm hộ gia đình cụ thể.",
    "Tổ dân phố đã họp hai lần; còn bốn hộ chưa đồng ý vì chưa rõ mức hỗ trợ.",
    "Quỹ khuyến học năm nay đạt 42 triệu đồng, cao hơn năm trước 5 triệu.",
    "Cần nhắc lại lịch trực của tổ tự quản, tuần trước có hai đêm không có người.",
    "Việc phân loại rác ở dãy B làm tốt, nên mời các dãy khác đến xem.",
    "Chi đoàn xin nhận phần sơn lại bảng tin và dọn sân nhà văn hóa.",
    "Đồng ý với dự thảo; đề nghị ghi rõ ai làm và ngày xong.",
    "Hai cụ mới ốm dậy, chi bộ nên cử người đến thăm trong tuần này.",
    "Bà con hỏi nhiều về giá nước mới, cần có người giải thích tại buổi họp tổ.",
    "Camera ở ngõ 5 hỏng đã ba tuần, đề nghị báo công an phường.",
    "Xin ý kiến về việc đổi giờ họp chi bộ sang 19 giờ trong mùa đông.",
)
OPINIONS = (
    "Đề nghị phường báo ngày khởi công ngõ 8 để các hộ chuẩn bị.",
    "Đề nghị phường sửa nắp cống trước số nhà 27, đã hỏng từ tháng 7.",
    "Đề nghị công an phường trả lời về camera ngõ 5.",
    "Đề nghị cấp trên gửi tài liệu trước buổi sinh hoạt ít nhất hai ngày.",
)
TASKS = (
    "Vận động sáu hộ dỡ mái vẩy ở ngõ 8",
    "Lập danh sách hộ cần giúp đỡ trước Tết",
    "Tổ chức một buổi tổng vệ sinh có đủ các dãy nhà",
)
SUMMARY = (
    "Đồng chí bí thư trình bày tình hình tháng qua: các chỉ tiêu cơ bản đạt, còn hai việc chậm.\n"
    "Nguyên nhân chủ yếu là thời tiết và việc phối hợp giữa các tổ chưa đều."
)
CONCLUSION = "Chi bộ thống nhất nội dung đã nêu; giao chi ủy theo dõi và báo cáo tại kỳ sau."


@dataclass
class Seed:
    """What a run needs to know of the rows: uids, who is signed in, the floor's rows."""

    secretary: str  # session keys
    office: str
    crowd_secretary: str  # of a cell with 100 members
    crowd: str  # that cell
    cell: str
    ward: str
    month: str
    record: str  # a sealed meeting
    roll: str  # an open one
    item: str  # of the open one, with most speeches
    raiser: str  # session keys: the secretary of the cell whose opinion is read, the office above
    router: str
    opinions: seed_opinions.Opinions
    paper: str = ""  # a planned one of July that was held on paper
    paper_items: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)  # on the open one's roll
    floor: dict[str, Any] = field(default_factory=dict)  # what the floor's addresses are made of
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def seed(cells: int = CELLS, many: int = MANY) -> Seed:
    """Write everything into an empty, migrated database. An id must be leased already."""
    ward = WardFactory()
    unit, secretary, _scribe = journey.cell(MEMBERS, parent=ward)
    first, second, third = FIRST_DAYS
    _finish(_full(unit, secretary, first), secretary, first)
    sealed = _finish(_full(unit, secretary, second), secretary, second)
    under_way = _full(unit, secretary, third)
    others = [UnitFactory(parent=ward) for _ in range(cells - 1)]
    Meeting.objects.bulk_create(_of_month(n, cell, ward) for n, cell in enumerate(others))
    MeetingMonth.objects.bulk_create(
        MeetingMonth(bucket=ward.bucket, unit=ward, path=ward.path, month=month)
        for month in made_months()
    )
    copy = copying.Copy()
    opinions, there = seed_opinions.seed(copy, cells, many)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # else the planner's guesses change in the middle of a run
    crowd, crowd_secretary, _other = journey.cell(CROWD)
    discussion = under_way.items.get(step="discussion")
    on_paper = journey.planned(unit, secretary, PAPER_DAY)
    made = Seed(
        secretary=_signed_in(secretary),
        office=_signed_in(UserFactory.holding("office", ward)),
        crowd_secretary=_signed_in(crowd_secretary), crowd=crowd.uid,
        cell=unit.uid, ward=ward.uid, month=third.replace(day=1).isoformat(),
        record=sealed.uid, roll=under_way.uid, item=discussion.uid,
        raiser=_signed_in(there.secretary), router=_signed_in(there.office), opinions=opinions,
        paper=on_paper.uid, paper_items=list(on_paper.items.values_list("uid", flat=True)),
        members=list(under_way.attendances.values_list("member_uid", flat=True)),
    )  # fmt: skip
    made.floor = copying.copied(copy, ward, [sealed, under_way], third.replace(day=1), crowd)
    made.floor |= opinions.floor
    made.rows = copy.rows
    return made


def made_months() -> list[date]:
    """Return the months new meetings are planned in.

    Their sums exist: that is so for all cells of a ward but the first one to plan a month.
    """
    years = range(FIRST_MADE, FIRST_MADE + MADE_YEARS)
    return [date(year, month, 1) for year in years for month in range(1, 13)]


def _signed_in(user: Any) -> str:
    client = Client()
    client.force_login(user)
    key: str = client.cookies[settings.SESSION_COOKIE_NAME].value
    return key


def _full(unit: Unit, secretary: Any, day: date) -> Meeting:
    """A meeting with 30 on its roll, 12 speeches, 4 opinions, 3 tasks, texts at each item."""
    opened = journey.opened(unit, secretary, day)
    items = list(opened.items.all())
    speakers = [row.member_uid for row in opened.attendances.exclude(member_uid=opened.chair_uid)]
    said = iter(enumerate(SPEECHES))
    for number, item in enumerate(items):
        with clock.at(journey.evening(day, 12 * number + 2)):
            if number:
                actions.go_to_item(actor=secretary, item_uid=item.uid)
            for name, text in (("summary", SUMMARY), ("conclusion", CONCLUSION)):
                actions.write_text(
                    actor=secretary, meeting_uid=opened.uid, item_uid=item.uid, field=name, was="",
                    text=text,
                )  # fmt: skip
            for _ in range({"documents": 2, "discussion": 8, "criticism": 2}.get(item.step, 0)):
                at, text = next(said)
                actions.add_speech(
                    actor=secretary, item_uid=item.uid, text=text, member_uid=speakers[at]
                )
            if item.step == "discussion":
                _decide(item, secretary, speakers, day)
    for report in opened.reports.all():
        actions.report_task(
            actor=secretary, meeting_uid=opened.uid, task_uid=report.task_uid, state="done",
            result="Đã làm xong, có biên bản kèm theo.",
        )  # fmt: skip
    return Meeting.objects.select_related("unit").get(uid=opened.uid)


def _decide(item: AgendaItem, secretary: Any, speakers: list[str], day: date) -> None:
    for at, text in enumerate(OPINIONS):
        actions.note_opinion(actor=secretary, item_uid=item.uid, text=text, member_uid=speakers[at])
    for text in TASKS:
        actions.assign_task(
            actor=secretary, item_uid=item.uid, title=text, owner="Chi ủy",
            due_on=day + timedelta(days=20),
        )  # fmt: skip
    _vote(item.meeting_id, secretary, "item", question=OPINIONS[-1], item_uid=item.uid)


def _vote(meeting_uid: str, secretary: Any, about: str, **more: str) -> None:
    base = Meeting.objects.get(uid=meeting_uid).official_present
    actions.record_vote(
        actor=secretary, meeting_uid=meeting_uid, about=about, agreed=base, against=0, other=0,
        **more,
    )  # fmt: skip


def _finish(meeting: Meeting, secretary: Any, day: date) -> Meeting:
    with clock.at(journey.evening(day, 95)):
        for about in ("resolution", "minutes"):
            _vote(meeting.uid, secretary, about)
        actions.close_meeting(actor=secretary, meeting_uid=meeting.uid)
        return actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)


def _of_month(number: int, cell: Unit, ward: Unit) -> Meeting:
    """A meeting of the month in the office's list: most are sealed, some are not so far yet."""
    day = FIRST_DAYS[-1]
    starts = journey.evening(day)
    status = {7: "held", 9: "planned"}.get(number % 10, "sealed")
    planned = status == "planned"
    return Meeting(
        bucket=cell.bucket, unit=cell, grassroots=ward, kind="regular", month=day.replace(day=1),
        status=status, starts_at=starts, fixed_day=day, place="Nhà văn hóa",
        held_on=None if planned else day, opened_at=None if planned else starts,
        closed_at=None if planned else starts + timedelta(minutes=95),
        sealed_at=starts + timedelta(minutes=99) if status == "sealed" else None,
        minutes_number=10 if status == "sealed" else None,
        total=30, due=30, present=0 if planned else 27, excused=0 if planned else 3, tasks=3,
    )  # fmt: skip
