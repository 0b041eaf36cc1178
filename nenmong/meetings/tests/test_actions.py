"""Every action on meetings, by the promises all actions make."""

from datetime import date

import pytest

from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.tests.contract import DONE, MORE, PROMISES, SAME, Case, check
from nenmong.core.tests.tables import changed, snapshot
from nenmong.meetings import actions
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import Meeting
from nenmong.meetings.tests import cases, journey
from nenmong.meetings.tests.ready import here, on_item, on_meeting
from nenmong.org.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db
OCTOBER, LATER = date(2026, 10, 3), date(2026, 12, 1)


def planning():
    unit, secretary, _scribe = journey.cell(4)
    said = {"unit_uid": unit.uid, "month": date(2026, 10, 15)}
    return {"actor": secretary} | said, UserFactory.holding("member", unit)


def proposing():
    unit, secretary, _scribe = journey.cell(4)
    said = {"unit_uid": unit.uid, "title": "Hiến đất mở ngõ 8"}
    return {"actor": secretary} | said, UserFactory.holding("member", unit)


def with_matter(**said):
    def ready():
        unit, meeting, secretary, member = here("planned")
        matter = actions.propose_topic(actor=secretary, unit_uid=unit.uid, title="Ngõ 8")
        given = {"actor": secretary, "meeting_uid": meeting.uid, "matter_uid": matter.uid}
        if said:
            actions.take_matter(**given)
        return given | said, member

    return ready


def dropping():
    _unit, meeting, secretary, member = here("planned")
    return {"actor": secretary, "item_uid": meeting.items.first().uid}, member


def calling_the_roll():
    _unit, meeting, secretary, member = here("opened")
    called = {meeting.attendances.last().member_uid: Called("excused", "Ốm")}
    return {"actor": secretary, "meeting_uid": meeting.uid, "called": called}, member


def refreshing():
    unit, meeting, secretary, member = here("opened")
    MemberFactory.of(unit)
    return {"actor": secretary, "meeting_uid": meeting.uid}, member


def naming_officers():
    _unit, meeting, secretary, member = here("opened")
    uid = meeting.attendances.exclude(member_uid=meeting.chair_uid).first().member_uid
    said = {"meeting_uid": meeting.uid, "chair_uid": uid, "secretary_uid": uid}
    return {"actor": secretary} | said, member


def voting():
    _unit, meeting, secretary, member = here("opened")
    tally = {"agreed": meeting.official_present, "against": 0, "other": 0}
    said = {"meeting_uid": meeting.uid, "about": "resolution"}
    return {"actor": secretary} | said | tally, member


def speaking():
    _unit, meeting, secretary, member = here("opened")
    said = {"item_uid": meeting.items.first().uid, "text": "Tôi nhất trí."}
    speaker = meeting.attendances.first().member_uid
    return {"actor": secretary, "member_uid": speaker} | said, member


def mending(**said):
    def ready():
        given, member = speaking()
        line = actions.add_speech(**given)
        return {"actor": given["actor"], "kind": "speech", "line_uid": line.uid} | said, member

    return ready


def assigning():
    given, member = on_item("opened", title="Dỡ mái vẩy", owner="Chi ủy", due_on=LATER)()
    return given, member


def removing_a_task():
    given, member = assigning()
    task = actions.assign_task(**given)
    return {"actor": given["actor"], "task_uid": task.uid}, member


def reporting():
    unit, secretary, _scribe = journey.cell(4)
    journey.sealed(unit, secretary)
    meeting = journey.planned(unit, secretary, date(2026, 11, 3))
    said = {"task_uid": meeting.reports.get().task_uid, "state": "done", "result": "Xong"}
    given = {"actor": secretary, "meeting_uid": meeting.uid} | said
    return given, UserFactory.holding("member", unit)


def recounting():
    unit, meeting, _secretary, _member = here("held")
    Meeting.objects.filter(uid=meeting.uid).update(present=99)
    return {"actor": SYSTEM}, UserFactory.holding("office", unit.parent)


CASES = {
    "plan_meeting": Case(planning, SAME),
    "set_time": Case(
        on_meeting("planned", starts_at=journey.evening(OCTOBER, 30), place="Nhà văn hóa"),
        SAME,
    ),
    "add_item": Case(on_meeting("planned", title="Ngõ 8", minutes=10), MORE),
    "change_item": Case(on_item("planned", title="Ngõ 8", minutes=10), SAME),
    "move_item": Case(on_item("planned", by=-1), MORE),
    "drop_item": Case(dropping, ""),  # it is there no longer
    "propose_topic": Case(proposing, MORE),
    "take_matter": Case(with_matter(), SAME),
    "carry_over": Case(with_matter(reason="Chờ phường trả lời"), SAME),
    "open_meeting": Case(on_meeting("planned"), SAME),
    "name_officers": Case(naming_officers, SAME),
    "record_roll": Case(calling_the_roll, SAME),
    "refresh_roll": Case(refreshing, SAME),
    "go_to_item": Case(on_item("opened"), SAME),
    "set_hours": Case(on_meeting("held", opened_at=journey.evening(OCTOBER, 5)), SAME),
    "write_text": Case(on_meeting("opened", field="directions", was="", text="Mới"), SAME),
    "record_vote": Case(voting, SAME),
    "add_speech": Case(speaking, MORE),
    "note_opinion": Case(on_item("opened", text="Ngõ 8 lầy lội."), MORE),
    "change_line": Case(mending(text="Tôi có ý kiến.", guest="Khách"), SAME),
    "remove_line": Case(mending(), ""),
    "assign_task": Case(assigning, MORE),
    "remove_task": Case(removing_a_task, ""),
    "report_task": Case(reporting, SAME),
    "close_meeting": Case(on_meeting("opened"), SAME),
    "resume_meeting": Case(on_meeting("held"), SAME),
    "take_back_opening": Case(on_meeting("opened"), SAME),
    "seal_minutes": Case(on_meeting("held"), SAME),
    "file_documents": Case(on_meeting("sealed", how="here"), SAME),
    "open_names_sheet": Case(on_meeting("sealed"), MORE, keeps_answer=False),
    "rebuild_counts": Case(recounting, DONE),
    **cases.all_of_them(),
}


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("name", CASES)
def test_every_action_keeps_its_promises(name, promise, monkeypatch):
    check(promise, getattr(actions, name), CASES[name], monkeypatch)


def test_no_action_is_left_out():
    assert set(actions.__all__) == set(CASES)
    assert all(getattr(actions, name).is_action for name in actions.__all__)


# ── in the right state only ─────────────────────────────────────────────────────────────────

STATES = ["planned", "opened", "held", "sealed"]
# What is said beside the meeting or its first item, and the states in which it may be.
ALLOWED = {
    "set_time": ({"starts_at": journey.evening(LATER), "place": "x"}, ["planned"]),
    "postpone_meeting": (
        {"starts_at": journey.evening(LATER), "reason": "x", "agreed_by": "x"}, ["planned"],
    ),
    "cancel_meeting": ({"reason": "x", "agreed_by": "x"}, ["planned"]),
    "reinstate_meeting": ({}, ["planned"]),
    "move_item": ({"by": 1}, ["planned"]),
    "drop_item": ({}, ["planned"]),
    "add_item": ({"title": "x", "minutes": 1}, ["planned", "opened"]),
    "change_item": ({"title": "x", "minutes": 1}, ["planned", "opened"]),
    "take_matter": ({"matter_uid": ""}, ["planned", "opened"]),
    "open_meeting": ({}, ["planned", "opened"]),
    "go_to_item": ({}, ["opened"]),
    "record_roll": ({"called": {}}, ["opened", "held"]),
    "refresh_roll": ({}, ["opened", "held"]),
    "name_officers": ({"chair_uid": "", "secretary_uid": ""}, ["opened", "held"]),
    "add_speech": ({"text": "x", "guest": "x"}, ["opened", "held"]),
    "note_opinion": ({"text": "x"}, ["opened", "held"]),
    "assign_task": ({"title": "x", "owner": "x", "due_on": LATER}, ["opened", "held"]),
    "record_vote": (
        {"about": "minutes", "agreed": 0, "against": 0, "other": 0}, ["opened", "held"],
    ),
    "close_meeting": ({}, ["opened", "held"]),
    "resume_meeting": ({}, ["opened", "held"]),
    "take_back_opening": ({}, ["planned", "opened"]),
    "set_hours": ({"opened_at": journey.evening(OCTOBER)}, ["opened", "held"]),
    "write_text": ({"field": "guests", "was": "", "text": "x"}, ["planned", "opened", "held"]),
    "carry_over": ({"reason": "x"}, ["planned", "opened", "held"]),
    "open_names_sheet": ({}, ["sealed"]),
    "number_notice": ({}, ["planned"]),
    "record_notice": ({"to": "members", "way": "chat"}, ["planned"]),
    "mail_notices": ({"to": "members", "site": ""}, ["planned"]),
    "note_answer": ({"member_uid": "", "answer": "coming"}, ["planned"]),
}  # fmt: skip
ON_ITEMS = {
    "move_item", "drop_item", "change_item", "go_to_item", "add_speech", "note_opinion",
    "assign_task",
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_what_is_refused_in_which_state(state):
    _unit, meeting, secretary, member = here(state)
    item = meeting.items.first()
    before = snapshot()
    for name, (said, states) in ALLOWED.items():
        if state not in states:
            on = {"item_uid": item.uid} if name in ON_ITEMS else {"meeting_uid": meeting.uid}
            with pytest.raises(DomainError, match=r"^meetings\.(sealed|not_open|already_open)$"):
                getattr(actions, name)(actor=secretary, **on, **said)
            # Who may not is told only that: rights are asked before the state is looked at.
            with pytest.raises(NotAllowed, match=r"^access\.denied$"):
                getattr(actions, name)(actor=member, **on, **said)
    assert changed(before) == set()
