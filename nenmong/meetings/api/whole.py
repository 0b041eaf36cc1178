"""A whole meeting in one request: roll, items, votes, tasks. One transaction, one answer."""

from typing import Any

from nenmong.accounts.requests import ApiRequest
from nenmong.core.audit import Actor
from nenmong.meetings import access, actions, doors, queries
from nenmong.meetings.api import sent, told
from nenmong.meetings.api.entered import EnteredIn, EnteredOut, SentIn, SentOut
from nenmong.meetings.api.entered import told as entered_told
from nenmong.meetings.api.shapes import MeetingOut
from nenmong.meetings.api.theme import Theme
from nenmong.meetings.models import Meeting
from nenmong.meetings.rules.paper import fingerprint
from nenmong.org import doors as org
from nenmong.ui.api import Key, Uid

theme = Theme("a whole meeting")


def _entered(meeting: Meeting) -> dict[str, Any]:
    entered = queries.paper.typed_of(meeting)
    return entered_told(entered, fingerprint(entered))


def _answer(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    sealed = meeting.status == Meeting.Status.SEALED  # it was sent before; names are shut by now
    entered = None if sealed else _entered(meeting)
    return {"meeting": told.meeting(actor, meeting), "entered": entered}


@theme.get("/meetings/{uid:uid}/entered", response=EnteredOut, operation_id="meetings_show_entered")
def show_entered(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """A whole meeting in the form in which it is sent, with who said what; for who works on it."""
    return _entered(doors.in_work_for(request.auth, uid))


@theme.put("/meetings/{uid:uid}/entered", response=SentOut, operation_id="meetings_enter_meeting")
def enter_meeting(request: ApiRequest, uid: Uid, key: Key, said: EnteredIn) -> dict[str, Any]:
    """Enter a meeting that was held, all in one; it then waits for the seal.

    All of it is written, or none. What does not fit is told at once, each with its place: in
    `errors`, `field` is `items.0.votes.1`, `roll.0sayr2ddc0000`, `closed_at`. What was entered
    before is replaced, and the same again changes nothing.
    """
    actor = request.auth
    doors.meeting_for(actor, uid, "meetings.work")
    row = actions.enter_meeting(
        actor=actor, key=key, meeting_uid=uid, entered=said.entered(), draft=said.draft,
        seen=said.seen,
    )  # fmt: skip
    return _answer(actor, row)


@theme.post(
    "/units/{uid:uid}/meetings/entered", response=SentOut, operation_id="meetings_send_meeting"
)
def send_meeting(request: ApiRequest, uid: Uid, key: Key, said: SentIn) -> dict[str, Any]:
    """Enter a meeting whose id you do not know, by its unit, its day and its kind.

    Where it is not planned it is laid out first, in the same transaction. What is begun already is
    replaced only with the `seen` of what you read. Items are named by their `step`, or by a title.
    """
    actor = request.auth
    unit = org.unit_for(actor, uid, "meetings.view")
    row = actions.send_meeting(
        actor=actor, key=key, unit_uid=unit.uid, entered=said.entered(),
        kind=said.kind.value if said.kind else "", month=said.month, subject=said.subject,
        draft=said.draft, seen=said.seen,
    )  # fmt: skip
    return _answer(actor, doors.meeting_for(actor, row.uid, "meetings.work"))


# ── for a cell below, that holds its meetings on paper ──────────────────────────────────────


@theme.post(
    "/units/{uid:uid}/meetings/paper", response=MeetingOut, operation_id="meetings_plan_paper"
)
def plan_paper(request: ApiRequest, uid: Uid, key: Key, said: sent.MonthIn) -> dict[str, Any]:
    """Lay out a month's regular meeting of a cell below, to enter what came on paper."""
    actor = request.auth
    unit = org.unit_for(actor, uid, access.ENTER)
    row = actions.plan_paper_meeting(
        actor=actor, key=key, unit_uid=unit.uid, month=said.month.replace(day=1)
    )
    return told.meeting(actor, row)


@theme.post("/meetings/{uid:uid}/paper", response=MeetingOut, operation_id="meetings_start_paper")
def start_paper(request: ApiRequest, uid: Uid, key: Key, said: sent.NothingIn) -> dict[str, Any]:
    """Open a planned meeting of a cell below for entering what came on paper."""
    actor = request.auth
    doors.meeting_for(actor, uid, access.ENTER)
    return told.meeting(actor, actions.start_paper(actor=actor, key=key, meeting_uid=uid))
