"""Meetings brought to a state, for the promises that every action makes."""

from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory


def here(state, **said):
    """Come to a meeting in this state; give who may, and a member of the cell, who may not."""
    unit, secretary, _scribe = journey.cell(4)
    meeting = getattr(journey, state)(unit, secretary, **said)
    return unit, meeting, secretary, UserFactory.holding("member", unit)


def on_meeting(state, **said):
    def ready():
        _unit, meeting, secretary, member = here(state)
        return {"actor": secretary, "meeting_uid": meeting.uid} | said, member

    return ready


def on_item(state, step="discussion", **said):
    def ready():
        _unit, meeting, secretary, member = here(state)
        item = meeting.items.get(step=step)
        return {"actor": secretary, "item_uid": item.uid} | said, member

    return ready
