"""Cases of a meeting entered from paper, and of who is let in to it."""

from datetime import date, timedelta

from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings import actions
from nenmong.meetings.models import Meeting
from nenmong.meetings.rules.paper import (
    Entered,
    EnteredItem,
    Line,
    NewTask,
    Standing,
    Tally,
)
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.ready import here
from nenmong.org import queries as org
from nenmong.org.tests.factories import UserFactory

DAY = date(2026, 10, 3)


def paper(meeting, day=DAY, **said):
    """What a paper form of a whole meeting holds: one absent, one speech, one task, both votes."""
    roll = org.roll(meeting.unit_id, day)
    posts = org.posts(meeting.unit_id, day)
    chair, scribe = org.holder(posts, "secretary"), org.holder(posts, "scribe")
    absent = next(e.member_uid for e in roll if e.member_uid not in {chair, scribe})
    voters = len(roll) - 1
    items = []
    for item in meeting.items.all():
        parts = {}
        if item.step == "discussion":
            parts = {
                "summary": "Bí thư nêu kế hoạch.", "conclusion": "Dỡ xong trước 15/11.",
                "speeches": (Line("Hai hộ neo đơn phải giúp tháo.", scribe),),
                "opinions": (Line("Đề nghị phường báo ngày khởi công.", scribe),),
                "votes": (Tally(voters, question="Có dỡ không?"),),
                "tasks": (NewTask("Vận động sáu hộ", day + timedelta(days=20), owner="Chi ủy"),),
            }  # fmt: skip
        items.append(EnteredItem(uid=item.uid, **parts))
    whole = {
        "opened_at": journey.evening(day), "closed_at": journey.evening(day, 100),
        "place": "Nhà văn hóa", "chair_uid": chair, "secretary_uid": scribe,
        "roll": {absent: Standing("excused", "Nằm viện")}, "items": tuple(items),
        "resolution": Tally(voters), "minutes": Tally(voters),
    }  # fmt: skip
    return Entered(**whole | said)


def entering():
    _unit, meeting, secretary, member = here("planned")
    return {"actor": secretary, "meeting_uid": meeting.uid, "entered": paper(meeting)}, member


def starting():
    unit, meeting, _secretary, member = here("planned")
    office = UserFactory.holding("office", unit.parent)
    return {"actor": office, "meeting_uid": meeting.uid}, member


def planning():
    unit, secretary, _scribe = journey.cell(4)
    office = UserFactory.holding("office", unit.parent)
    return {"actor": office, "unit_uid": unit.uid, "month": date(2026, 9, 1)}, secretary


def giving():
    _unit, meeting, secretary, member = here("planned")
    helper = UserFactory()
    said = {"meeting_uid": meeting.uid, "role": "helper", "username": helper.username}
    return {"actor": secretary} | said, member


def ending():
    given, member = giving()
    right = actions.give_right(**given)
    return {
        "actor": given["actor"], "meeting_uid": given["meeting_uid"], "right_uid": right.uid
    }, member  # fmt: skip


def typed(unit, secretary, day=DAY, **said):
    """A meeting planned and entered from paper, held."""
    meeting = journey.planned(unit, secretary, day)
    Meeting.objects.filter(uid=meeting.uid).update(place="Nhà văn hóa")
    entered = paper(meeting, day, **said)
    return actions.enter_meeting(actor=secretary, meeting_uid=meeting.uid, entered=entered)


CASES = {
    "enter_meeting": Case(entering, SAME),
    "start_paper": Case(starting, SAME),
    "plan_paper_meeting": Case(planning, SAME),
    "give_right": Case(giving, SAME),
    "end_right": Case(ending, SAME),
}
