"""Cases of a meeting several cells sit in together."""

from datetime import date, timedelta

from nenmong.core.tests.contract import DONE, SAME, Case
from nenmong.meetings import actions
from nenmong.meetings.models import AgendaItem, Meeting
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory

DAY = date(2026, 12, 20)


def two_cells():
    """A cell that hosts a thematic meeting, and one beside it with its secretary."""
    unit, secretary, _scribe = journey.cell(4)
    beside, other, _scribe = journey.cell(4, parent=unit.parent)
    host = actions.plan_meeting(
        actor=secretary, unit_uid=unit.uid, kind="thematic", subject="Chuyển đổi số",
        starts_at=journey.evening(DAY),
    )  # fmt: skip
    place = {"meeting_uid": host.uid, "starts_at": host.starts_at, "place": "Nhà văn hóa"}
    host = actions.set_time(actor=secretary, **place)
    return host, secretary, beside, other


def asked():
    host, secretary, beside, other = two_cells()
    part = actions.ask_to_join(actor=secretary, meeting_uid=host.uid, unit_uid=beside.uid)
    return host, secretary, part, other


def asking():
    host, secretary, beside, _other = two_cells()
    given = {"actor": secretary, "meeting_uid": host.uid, "unit_uid": beside.uid}
    return given, UserFactory.holding("member", host.unit)


def answering():
    _host, _secretary, part, other = asked()
    return {"actor": other, "part_uid": part.uid}, UserFactory.holding("member", part.unit)


def withdrawing():
    host, secretary, part, other = asked()
    actions.accept_joint(actor=other, part_uid=part.uid)
    given = {"actor": secretary, "part_uid": part.uid}
    return given, UserFactory.holding("member", host.unit)


def leaving():
    _host, _secretary, part, other = asked()
    meeting = actions.accept_joint(actor=other, part_uid=part.uid)
    given = {"actor": other, "meeting_uid": meeting.uid}
    return given, UserFactory.holding("member", part.unit)


def following():
    given, member = leaving()
    host = Meeting.objects.get(joint_uid=None)
    Meeting.objects.filter(uid=host.uid).update(starts_at=host.starts_at + timedelta(hours=1))
    return given, member


def taking():
    given, member = leaving()
    actions.open_meeting(**given)
    host = Meeting.objects.get(joint_uid=None)
    AgendaItem.objects.filter(meeting=host.uid).update(summary="Đã bàn")
    return given, member


CASES = {
    "ask_to_join": Case(asking, SAME),
    "accept_joint": Case(answering, SAME),
    "decline_joint": Case(answering, SAME),
    "withdraw_joint": Case(withdrawing, ""),
    "leave_joint": Case(leaving, SAME),
    "follow_host": Case(following, SAME),
    "take_common_texts": Case(taking, DONE),
}
