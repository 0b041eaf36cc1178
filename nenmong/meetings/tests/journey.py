"""A whole meeting by its actions, as short as the rules allow; tests bend it where they need."""

from datetime import UTC, date, datetime, timedelta

from nenmong.core import clock
from nenmong.core.keeping import STORE, Kept
from nenmong.meetings import actions
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import Meeting
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory
from nenmong.rulebook import queries as rulebook


def cell(members=6, **fields):
    """A cell with a secretary, a scribe and some members; returns (unit, secretary, scribe)."""
    unit = UnitFactory(**fields)
    secretary = UserFactory.holding("secretary", unit, "Bí thư", full_name="Nguyễn Văn Hùng")
    scribe = UserFactory.holding("scribe", unit, full_name="Lê Thị Nhung")
    for _ in range(members - 2):
        MemberFactory.of(unit)
    return unit, secretary, scribe


def evening(day, minutes=0):
    return datetime(day.year, day.month, day.day, 12, 30, tzinfo=UTC) + timedelta(minutes=minutes)


def planned(unit, secretary, day=date(2026, 10, 3)):
    with clock.at(evening(day - timedelta(days=3))):
        return actions.plan_meeting(actor=secretary, unit_uid=unit.uid, month=day.replace(day=1))


def opened(unit, secretary, day=date(2026, 10, 3)):
    meeting = planned(unit, secretary, day)
    Meeting.objects.filter(uid=meeting.uid, place="").update(place="Nhà văn hóa tổ dân phố")
    with clock.at(evening(day)):
        return actions.open_meeting(actor=secretary, meeting_uid=meeting.uid)


def held(unit, secretary, day=date(2026, 10, 3), task="Vận động sáu hộ dỡ mái vẩy", say=True):
    """A meeting closed after 100 minutes, both votes passed; one task, one speech, one opinion."""
    meeting = opened(unit, secretary, day)
    items = list(meeting.items.all())
    roll = list(meeting.attendances.filter(status="present"))
    speaker = next(r for r in roll if r.member_uid != meeting.chair_uid)
    with clock.at(evening(day, 10)):
        actions.record_roll(
            actor=secretary, meeting_uid=meeting.uid,
            called={roll[-1].member_uid: Called("excused", "Đi công trình xa")},
        )  # fmt: skip
    for number, item in enumerate(items[1:], start=1):
        with clock.at(evening(day, 15 * number)):
            actions.go_to_item(actor=secretary, item_uid=item.uid)
    discussion = next(item for item in items if item.step == "discussion")
    with clock.at(evening(day, 60)):
        if say:
            actions.add_speech(
                actor=secretary, item_uid=discussion.uid, member_uid=speaker.member_uid,
                text="Ngõ 8 có 6 hộ mái vẩy, hai hộ neo đơn phải giúp tháo.",
            )  # fmt: skip
            actions.note_opinion(
                actor=secretary, item_uid=discussion.uid, member_uid=speaker.member_uid,
                text="Đề nghị phường báo ngày khởi công ngõ 8.",
            )  # fmt: skip
        if task:
            actions.assign_task(
                actor=secretary, item_uid=discussion.uid, title=task, owner="Chi ủy",
                due_on=day + timedelta(days=20),
            )  # fmt: skip
    meeting = Meeting.objects.get(uid=meeting.uid)
    with clock.at(evening(day, 95)):
        for about in ("resolution", "minutes"):
            actions.record_vote(
                actor=secretary, meeting_uid=meeting.uid, about=about,
                agreed=meeting.official_present, against=0, other=0,
            )  # fmt: skip
    with clock.at(evening(day, 100)):
        return actions.close_meeting(actor=secretary, meeting_uid=meeting.uid)


def sealed(unit, secretary, day=date(2026, 10, 3), **options):
    return seal(held(unit, secretary, day, **options), secretary)


def seal(meeting, secretary):
    """Every earlier task found done, then sealed."""
    day = meeting.held_on
    for report in meeting.reports.all():
        actions.report_task(
            actor=secretary, meeting_uid=meeting.uid, task_uid=report.task_uid, state="done",
            result="Đã dỡ xong",
        )  # fmt: skip
    with clock.at(evening(day, 105)):
        return actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)


def rules_of(meeting):
    """The rules a meeting is read by."""
    return rulebook.book(meeting.unit_id, meeting.held_on or meeting.fixed_day)


def document(meeting, secretary, title="Báo cáo tháng", content=b"%PDF-1.7 trang 1"):
    """A document added to a meeting; what is in the file is not looked at here."""
    kept = Kept(STORE.keep(content), "pdf", len(content))
    return actions.add_document(
        actor=secretary, meeting_uid=meeting.uid, title=title, file=kept
    )  # fmt: skip


def scan(meeting, secretary, title="Trang 1", content=b"%PDF-1.7 trang da ky"):
    """A signed page attached to a sealed meeting."""
    kept = Kept(STORE.keep(content), "pdf", len(content))
    return actions.attach_scan(actor=secretary, meeting_uid=meeting.uid, title=title, file=kept)
