"""Every route of the API of meetings, who may use it, and what is sent there.

Rows are like those of `api_doors`; where two rights open a door, both are named. What is sent is
taken by the secretary of the cell furnished in `test_api_meetings`.
"""

from datetime import date

from nenmong.meetings.tests import journey
from tests.api_doors import HELD

SOON, LATER = "2026-12-03T19:30:00+07:00", "2026-12-06T19:30:00+07:00"
EITHER = ("meetings.prepare", "meetings.enter")
U, M, I = "/units/{unit}", "/meetings/{held}", "/items/{item}"  # noqa: E741
P, S = "/meetings/{planned}", "/meetings/{sealed}"


def _roll(place):
    return {"called": {place["absent"]: {"status": "unexcused", "reason": ""}}}


def _tally(place):
    return {"agreed": place["voters"]}


def _question(place):
    return {"question": "Có dỡ không?", "agreed": place["voters"]}


def _ballot(place):
    n = place["voters"]
    return _question(place) | {"issued": n, "returned": n}


def _officers(place):
    return {"chair": place["chair"], "secretary": place["chair"]}


def _whole(place):
    opened = journey.evening(date(2026, 11, 3)).isoformat()
    closed = journey.evening(date(2026, 11, 3), 100).isoformat()
    return {
        "opened_at": opened, "closed_at": closed, "place": "Nhà văn hóa",
        "items": [{"step": "opening"}, {"title": "Ngõ 8", "speeches": [
            {"text": "Nhất trí.", "member": place["chair"]},
        ]}],
    }  # fmt: skip


def _older(place):
    opened = journey.evening(date(2026, 9, 3)).isoformat()
    return _whole(place) | {
        "opened_at": opened, "closed_at": journey.evening(date(2026, 9, 3), 90).isoformat(),
    }  # fmt: skip


def _of(**said):
    return lambda _place: said


# name → (method, permission, address, what is sent)
API_MEETINGS = {
    "api:list_meetings": ("GET", "meetings.view", f"{U}/meetings", None),
    "api:show_month": ("GET", "meetings.view", f"{U}/month", None),
    "api:show_meeting": ("GET", "meetings.view", M, None),
    "api:show_agenda": ("GET", "meetings.agenda", f"{M}/agenda", None),
    "api:show_work": ("GET", "meetings.work", f"{M}/work", None),
    "api:show_roll": ("GET", "meetings.work", f"{M}/roll", None),
    "api:show_record": ("GET", "meetings.view", f"{S}/record", None),
    "api:show_names": ("GET", "meetings.names", f"{S}/names", None),
    "api:show_facts": ("GET", "meetings.view", f"{S}/facts", None),
    "api:verify_seal": ("GET", "meetings.view", f"{S}/seal", None),
    "api:show_book": ("GET", "meetings.view", f"{U}/books/2026", None),
    "api:plan_meeting": ("POST", "meetings.prepare", f"{U}/meetings", _of(month="2027-01-01")),
    "api:propose_topic": ("POST", "meetings.prepare", f"{U}/matters", _of(title="Ngõ 8")),
    "api:list_matters": ("GET", "meetings.work", f"{U}/matters", None),
    "api:set_time": ("PUT", "meetings.prepare", f"{P}/time", _of(starts_at=SOON, place="Nhà A")),
    "api:set_thematic": ("PUT", "meetings.prepare", f"{P}/thematic", _of(subject="Ngõ 8")),
    "api:postpone_meeting": (
        "POST", "meetings.prepare", f"{P}/postpone",
        _of(starts_at=LATER, reason="Bão", agreed_by="Đảng ủy"),
    ),
    "api:cancel_meeting": (
        "POST", "meetings.prepare", f"{P}/cancel", _of(reason="Bão", agreed_by="Đảng ủy"),
    ),
    "api:reinstate_meeting": (
        "POST", "meetings.prepare", "/meetings/{cancelled}/reinstate", _of(),
    ),
    "api:add_item": ("POST", "meetings.prepare", f"{P}/items", _of(title="Ngõ 8", minutes=10)),
    "api:change_item": (
        "PUT", "meetings.prepare", "/items/{planned_item}", _of(title="Ngõ 9", minutes=5),
    ),
    "api:move_item": ("POST", "meetings.prepare", "/items/{planned_item}/move", _of(by=1)),
    "api:drop_item": ("DELETE", "meetings.prepare", "/items/{planned_item}", None),
    "api:take_matter": (
        "POST", "meetings.prepare", f"{P}/matters", lambda p: {"matter": p["matter"].uid},
    ),
    "api:carry_over": (
        "POST", "meetings.work", f"{M}/carried",
        lambda p: {"item": p["item"].uid, "reason": "Hết giờ"},
    ),
    "api:report_task": (
        "PUT", "meetings.work", f"{M}/reports",
        lambda p: {"task": p["reported"], "state": "doing", "result": "Đang làm"},
    ),
    "api:list_notices": ("GET", "meetings.prepare", f"{P}/notices", None),
    "api:record_notice": (
        "POST", "meetings.prepare", f"{P}/notices", _of(to="members", way="print"),
    ),
    "api:mail_notices": ("POST", "meetings.prepare", f"{P}/mails", _of(to="members")),
    "api:list_answers": ("GET", "meetings.prepare", f"{P}/answers", None),
    "api:answer_invitation": ("PUT", "meetings.agenda", f"{P}/answer", _of(answer="coming")),
    "api:note_answer": (
        "PUT", "meetings.prepare", f"{P}/answers",
        lambda p: {"member": p["absent"], "answer": "absent", "reason": "Ốm"},
    ),
    "api:list_rights": ("GET", "meetings.prepare", f"{M}/rights", None),
    "api:give_right": (
        "POST", "meetings.prepare", f"{M}/rights",
        lambda p: {"role": "helper", "username": p["helper"].username},
    ),
    "api:end_right": ("POST", "meetings.prepare", f"{M}/rights/{{right}}/end", _of()),
    "api:list_parts": ("GET", "meetings.prepare", "/meetings/{joint}/parts", None),
    "api:ask_to_join": (
        "POST", "meetings.prepare", "/meetings/{joint}/parts", lambda p: {"unit": p["third"].uid},
    ),
    "api:accept_joint": ("POST", "meetings.prepare", "/parts/{invited}/accept", _of()),
    "api:decline_joint": ("POST", "meetings.prepare", "/parts/{invited}/decline", _of()),
    "api:withdraw_joint": ("POST", "meetings.prepare", "/parts/{asked}/withdraw", _of()),
    "api:leave_joint": ("POST", "meetings.prepare", "/meetings/{part}/leave", _of()),
    "api:take_common_texts": ("POST", "meetings.work", "/meetings/{part}/common", _of()),
    "api:open_meeting": ("POST", "meetings.work", f"{P}/open", _of()),
    "api:take_back_opening": ("POST", "meetings.work", "/meetings/{open}/unopen", _of()),
    "api:record_roll": ("PUT", "meetings.work", f"{M}/roll", _roll),
    "api:refresh_roll": ("POST", "meetings.work", f"{M}/roll", _of()),
    "api:go_to_item": ("POST", "meetings.work", "/items/{open_item}/take-up", _of()),
    "api:write_item": (
        "PUT", "meetings.work", f"{I}/texts/conclusion", _of(was="", text="Dỡ trước 15/12."),
    ),
    "api:write_text": (
        "PUT", "meetings.work", f"{M}/texts/directions", _of(was="", text="Dỡ trước 15/12."),
    ),
    "api:add_speech": (
        "POST", "meetings.work", f"{I}/speeches", _of(text="Nhất trí.", guest="Bà Lan"),
    ),
    "api:note_opinion": ("POST", "meetings.work", f"{I}/opinions", _of(text="Đề nghị.")),
    "api:change_line": (
        "PUT", "meetings.work", "/lines/speech/{speech}", _of(text="Khác.", guest="Bà Lan"),
    ),
    "api:remove_line": ("DELETE", "meetings.work", "/lines/speech/{speech}", None),
    "api:record_vote": ("PUT", "meetings.work", f"{I}/votes", _question),
    "api:record_ballot": ("PUT", "meetings.work", f"{I}/ballots", _ballot),
    "api:record_dues": (
        "PUT", "meetings.work", "/items/{dues}/dues", _of(members=3, amount=450_000),
    ),
    "api:assign_task": (
        "POST", "meetings.work", f"{I}/tasks",
        _of(title="Vận động", owner="Chi ủy", due_on="2026-12-20"),
    ),
    "api:remove_task": ("DELETE", "meetings.work", "/tasks/{task}", None),
    "api:renew_task": (
        "POST", "meetings.work", f"{M}/renewed",
        lambda p: {"task": p["reported"], "due_on": "2026-12-25"},
    ),
    "api:record_closing_vote": ("PUT", "meetings.work", f"{M}/votes/minutes", _tally),
    "api:name_officers": ("PUT", "meetings.work", f"{M}/officers", _officers),
    "api:set_hours": (
        "PUT", "meetings.work", f"{M}/hours",
        _of(opened_at="2026-11-03T19:20:00+07:00", closed_at="2026-11-03T21:00:00+07:00"),
    ),
    "api:take_over_draft": ("POST", "meetings.work", f"{M}/draft", _of()),
    "api:close_meeting": ("POST", "meetings.work", "/meetings/{open}/close", _of()),
    "api:resume_meeting": ("POST", "meetings.work", f"{M}/resume", _of()),
    "api:seal_minutes": ("POST", "meetings.seal", f"{M}/seal", _of()),
    "api:file_documents": ("POST", "meetings.file", f"{S}/file", _of(how="here")),
    "api:write_note": ("POST", "meetings.seal", f"{S}/notes", _of(text="Sáu hộ, không phải năm.")),
    "api:set_last_number": ("PUT", "meetings.seal", f"{U}/numbers", _of(kind="BB", last=40)),
    "api:show_entered": ("GET", "meetings.work", f"{M}/entered", None),
    "api:enter_meeting": ("PUT", "meetings.work", "/meetings/{typed}/entered", _whole),
    "api:send_meeting": ("POST", EITHER, f"{U}/meetings/entered", _older),
    "api:start_paper": ("POST", "meetings.enter", f"{P}/paper", _of()),
    "api:plan_paper": ("POST", "meetings.enter", f"{U}/meetings/paper", _of(month="2026-08-03")),
    "api:list_documents": ("GET", "meetings.agenda", f"{M}/documents", None),
    "api:add_document": ("POST", "meetings.prepare", f"{M}/documents", _of()),
    "api:attach_scan": ("POST", "meetings.file", f"{S}/scans", _of()),
    "api:remove_document": ("DELETE", "meetings.prepare", "/documents/{document}", None),
    "api:document_file": ("GET", "meetings.agenda", "/documents/{document}/file", None),
    "api:minutes_file": ("GET", "meetings.names", f"{S}/minutes/so-chi-bo", None),
    "api:resolution_file": ("GET", "meetings.view", f"{S}/resolution", None),
    "api:notice_file": ("GET", "meetings.agenda", f"{P}/notice", None),
    "api:form_file": ("GET", "meetings.work", f"{P}/form", None),
    "api:package_file": ("GET", "meetings.file", f"{S}/package/so-lieu", None),
    "api:calendar_file": ("GET", "meetings.view", f"{P}/calendar", None),
    "api:book_file": ("GET", "meetings.names", f"{U}/books/2026/so-chi-bo", None),
    "api:year_plan_file": ("GET", "meetings.agenda", f"{U}/plans/2026/file", None),
    "api:list_tasks": ("GET", "meetings.agenda", f"{U}/tasks", None),
    "api:show_task": ("GET", "meetings.agenda", "/tasks/{task}", None),
    "api:note_progress": ("POST", "meetings.own_tasks", "/tasks/{task}/progress", _of(text="Dỡ")),
    "api:declare_done": ("POST", "meetings.own_tasks", "/tasks/{task}/done", _of(words="Xong")),
    "api:take_back_declaration": ("POST", "meetings.own_tasks", "/tasks/{task}/undone", _of()),
    "api:show_year_plan": ("GET", "meetings.view", f"{U}/plans/2026", None),
    "api:plan_topic": (
        "POST", "meetings.prepare", f"{U}/topics", _of(month="2026-12-01", title="Học Bác"),
    ),
    "api:change_topic": (
        "PUT", "meetings.prepare", "/topics/{topic}", _of(month="2026-12-01", title="Học Bác"),
    ),
    "api:drop_topic": ("DELETE", "meetings.prepare", "/topics/{topic}", None),
    "api:report_year_plan": ("POST", "meetings.prepare", f"{U}/plans/2026/report", _of()),
    "api:show_feed": ("GET", HELD, "/feed", None),
    "api:make_feed": ("POST", "meetings.view", "/feed", _of()),
    "api:revoke_feed": ("DELETE", HELD, "/feed", None),
}  # fmt: skip
# The second address of a door that asks for another right.
MORE = {
    "api:minutes_file": ("GET", "meetings.view", f"{S}/minutes/gui-cap-tren", None),
    "api:book_file": ("GET", "meetings.view", f"{U}/books/2026/gui-cap-tren", None),
    "api:show_agenda": ("GET", "meetings.view", f"{S}/agenda", None),
    "api:list_documents": ("GET", "meetings.view", f"{S}/documents", None),
    "api:show_record": ("GET", "meetings.work", f"{M}/record", None),
    "api:show_facts": ("GET", "meetings.work", f"{M}/facts", None),
}
FILES = {"api:add_document", "api:attach_scan"}  # sent as a form with a file
