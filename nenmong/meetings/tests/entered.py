"""Entering a meeting that was held on paper, as tests do it."""

from nenmong.meetings import actions


def enter(secretary, meeting, entered, **said):
    return actions.enter_meeting(actor=secretary, meeting_uid=meeting.uid, entered=entered, **said)
