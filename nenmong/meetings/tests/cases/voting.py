"""Cases of secret ballots."""

from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings.actions.voting import Ballots
from nenmong.meetings.tests.ready import here


def by_ballot():
    _unit, meeting, secretary, member = here("opened")
    item = meeting.items.get(step="discussion")
    base = meeting.official_present
    said = {"item_uid": item.uid, "question": "Giới thiệu nhân sự"}
    said["ballots"] = Ballots(issued=base, returned=base, spoiled=0, agreed=base, against=0)
    return {"actor": secretary, "meeting_uid": meeting.uid} | said, member


CASES = {"record_ballot": Case(by_ballot, SAME)}
