"""Cases of private calendar addresses."""

from nenmong.core.tests.contract import SAME, Case
from nenmong.meetings import actions
from nenmong.meetings.rules.feeds import new_token
from nenmong.org.tests.factories import UnitFactory, UserFactory


def making():
    member = UserFactory.holding("member", UnitFactory())
    return {"actor": member, "token": new_token()}, UserFactory()


def revoking():
    said, stranger = making()
    feed = actions.make_feed(**said)
    return {"actor": said["actor"], "feed_uid": feed.uid}, stranger


CASES = {"make_feed": Case(making, SAME), "revoke_feed": Case(revoking, SAME)}
