"""Answers to opinions: brought before a cell, judged there."""

from datetime import date

from nenmong.core.actions import SYSTEM
from nenmong.core.ids import new_uid
from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings import actions
from nenmong.meetings.actions.answers_read import Brought
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory


def brought(unit):
    return Brought(unit.uid, new_uid(), "Trả lời: đèn ngõ 12", "Đã làm xong.", "UBND phường", True)


def bringing():
    unit, secretary, _scribe = journey.cell(4)
    return {"actor": SYSTEM, "brought": brought(unit)}, secretary


def judging():
    unit, secretary, _scribe = journey.cell(4)
    matter = actions.bring_answer(actor=SYSTEM, brought=brought(unit))
    meeting = journey.held(unit, secretary, date(2026, 11, 3))
    said = {"meeting_uid": meeting.uid, "matter_uid": matter.uid, "verdict": "solved"}
    return {"actor": secretary} | said, UserFactory.holding("member", unit)


CASES = {"bring_answer": Case(bringing, SAME), "judge_answer": Case(judging, SAME)}
