"""Cases of telling a meeting and of the answers to it."""

from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.ready import here, on_meeting
from nenmong.org.tests.factories import MemberFactory, UserFactory


def mailing():
    unit, meeting, secretary, member = here("planned")
    MemberFactory.of(unit, email="ai@example.vn")
    said = {"meeting_uid": meeting.uid, "to": "members", "site": "https://example.vn"}
    return {"actor": secretary} | said, member


def mailed():
    _unit, meeting, secretary, member = here("planned")
    said = {"meeting_uid": meeting.uid, "member_uid": member.members.get().uid}
    return {"actor": secretary} | said, member


def answering():
    unit, secretary, _scribe = journey.cell(4)
    meeting = journey.planned(unit, secretary)
    member = UserFactory.holding("member", unit)
    said = {"meeting_uid": meeting.uid, "answer": "absent", "reason": "Ốm"}
    return {"actor": member} | said, UserFactory.holding("office", unit.parent)


def noting():
    _unit, meeting, secretary, member = here("planned")
    said = {"meeting_uid": meeting.uid, "member_uid": member.members.get().uid}
    return {"actor": secretary, "answer": "coming"} | said, member


CASES = {
    "record_notice": Case(on_meeting("planned", to="members", way="chat"), SAME),
    "mail_notices": Case(mailing, SAME),
    "record_mailed": Case(mailed, SAME),
    "answer_invitation": Case(answering, SAME),
    "note_answer": Case(noting, SAME),
}
