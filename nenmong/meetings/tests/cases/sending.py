"""Case of a meeting sent whole, that nobody had planned."""

from datetime import date, timedelta

from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings.rules.paper import Entered, EnteredItem, Line, NewTask, Standing, Tally
from nenmong.meetings.tests import journey
from nenmong.org import queries as org
from nenmong.org.tests.factories import UserFactory

DAY = date(2026, 10, 3)


def whole(unit, day=DAY, **said):
    """A meeting as an old client sends it: items by their step, no uid of ours but the members'."""
    roll = org.roll(unit.uid, day)
    posts = org.posts(unit.uid, day)
    chair, scribe = org.holder(posts, "secretary"), org.holder(posts, "scribe")
    absent = next(e.member_uid for e in roll if e.member_uid not in {chair, scribe})
    voters = len(roll) - 1
    about = EnteredItem(
        title="Làm ngõ 8", minutes=30, summary="Bí thư nêu kế hoạch.",
        conclusion="Dỡ xong trước 15/11.", speeches=(Line("Hai hộ neo đơn phải giúp.", scribe),),
        opinions=(Line("Đề nghị phường báo ngày khởi công."),),
        votes=(Tally(voters, question="Có dỡ không?"),),
        tasks=(NewTask("Vận động sáu hộ", day + timedelta(days=20), owner="Chi ủy"),),
    )  # fmt: skip
    steps = ("opening", "review", "criticism", "closing")
    said = {
        "opened_at": journey.evening(day), "closed_at": journey.evening(day, 100),
        "place": "Nhà văn hóa", "chair_uid": chair, "secretary_uid": scribe,
        "roll": {absent: Standing("excused", "Nằm viện")},
        "items": (*(EnteredItem(step=step) for step in steps), about),
        "resolution": Tally(voters), "minutes": Tally(voters),
    } | said  # fmt: skip
    return Entered(**said)


def sending():
    unit, secretary, _scribe = journey.cell(4)
    member = UserFactory.holding("member", unit)
    said = {"unit_uid": unit.uid, "entered": whole(unit)}
    return {"actor": secretary} | said, member


CASES = {"send_meeting": Case(sending, SAME)}
