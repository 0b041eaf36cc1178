"""Reading meetings through the API: lists and their filters, one meeting by right, names, files."""

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nenmong.core.models import AuditEntry
from nenmong.meetings import actions
from nenmong.meetings.models import Meeting
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.cases.paper import typed
from nenmong.meetings.tests.test_documents import PDF
from nenmong.org.tests.factories import UnitFactory, UserFactory
from nenmong.org.tests.programs import Program

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 3)


@pytest.fixture
def cell():
    return journey.cell(5)


def told(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def code(answer, status=422):
    assert answer["Content-Type"] == "application/problem+json"
    return told(answer, status)["code"]


def pages(program, path, **asked):
    found, after = [], {}
    while True:
        page = told(program.get(path, limit=2, **asked, **after))
        assert len(page["items"]) <= 2
        found += page["items"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


# ── lists ───────────────────────────────────────────────────────────────────────────────────


def test_meetings_are_listed_by_unit_month_kind_state_and_words(cell):
    unit, secretary, _scribe = cell
    beside = UnitFactory(parent=unit.parent)
    other = UserFactory.holding("secretary", beside)
    made = {
        "sealed": journey.sealed(unit, secretary), "planned": journey.planned(unit, secretary,
        NOVEMBER), "beside": journey.planned(beside, other, NOVEMBER),
    }  # fmt: skip
    Meeting.objects.filter(uid=made["beside"].uid).update(place="Hội trường xã")
    office = Program(UserFactory.holding("office", unit.parent))
    path = f"/units/{unit.parent_id}/meetings"

    def named(**asked):
        uids = [row["uid"] for row in pages(office, path, **asked)]
        assert uids == sorted(uids)
        return {name for name, one in made.items() if one.uid in uids}

    assert named() == {"sealed", "planned", "beside"}
    assert named(state="sealed") == {"sealed"}
    assert named(kind="thematic") == set()
    assert named(first="2026-11-15") == {"planned", "beside"}
    assert named(last="2026-10-01") == {"sealed"}
    assert named(text="hoi truong") == {"beside"}
    assert named(own="true") == set()
    own = f"/units/{unit.uid}/meetings"
    assert {row["uid"] for row in pages(office, own)} == {made["sealed"].uid, made["planned"].uid}
    row = told(office.get(own, state="sealed"))["items"][0]
    assert (row["present"], row["due"], row["state"]) == (4, 5, "sealed")
    assert told(office.get(own, state="late"))["items"][0]["present"] is None
    assert told(Program(secretary).get(own))["items"]
    assert code(Program(other).get(own), 404) == "api.not_found"
    for wrong in ({"state": "lost"}, {"kind": "ball"}, {"first": "11/2026"}, {"limit": "9999"}):
        assert code(office.get(path, **wrong)) == "api.misfit"


def test_the_days_of_a_month(cell):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary, NOVEMBER)
    program = Program(secretary)
    path = f"/units/{unit.uid}/month"
    shown = told(program.get(path, day="2026-11-20"))
    assert [row["uid"] for row in shown["items"]] == [meeting.uid]
    assert shown["more"] is False
    assert told(program.get(path, day="2026-10-20"))["items"] == []
    assert code(program.get(path, day="9999-99-99")) == "api.misfit"


def test_lists_cost_the_same_however_long(cell, django_assert_max_num_queries):
    unit, secretary, _scribe = cell
    program = Program(UserFactory.holding("office", unit.parent))
    secret = Program(secretary)
    for number in range(12):
        below = UnitFactory(parent=unit.parent)
        who = UserFactory.holding("secretary", below)
        journey.planned(below, who, date(2026, 11, 3))
        if number % 2:
            journey.planned(below, who, date(2026, 12, 3))
    journey.sealed(unit, secretary)
    with django_assert_max_num_queries(7):
        assert len(told(program.get(f"/units/{unit.parent_id}/meetings"))["items"]) == 19
    with django_assert_max_num_queries(7):
        assert (
            len(told(program.get(f"/units/{unit.parent_id}/month", day="2026-11-01"))["items"])
            == 12
        )
    with django_assert_max_num_queries(7):
        assert len(told(secret.get(f"/units/{unit.uid}/tasks"))["items"]) == 1
    with django_assert_max_num_queries(8):
        assert len(told(secret.get(f"/units/{unit.uid}/books/2026"))) == 1


# ── one meeting ─────────────────────────────────────────────────────────────────────────────


def test_each_is_told_what_they_may_know(cell):
    unit, secretary, _scribe = cell
    held = journey.held(unit, secretary)
    Meeting.objects.filter(uid=held.uid).update(subject="Việc riêng", directions="Dỡ xong")
    programs = {
        role: Program(UserFactory.holding(role, unit.parent if role == "office" else unit))
        for role in ("office", "member", "scribe")
    }
    path = f"/meetings/{held.uid}"
    seen = {role: told(program.get(path)) for role, program in programs.items()}
    assert {role: one["subject"] for role, one in seen.items()} == {
        "office": "",
        "member": "Việc riêng",
        "scribe": "Việc riêng",
    }
    assert [bool(seen[role]["work"]) for role in programs] == [False, False, True]
    assert [bool(seen[role]["counts"]) for role in programs] == [False, False, True]
    assert seen["scribe"]["work"]["directions"] == "Dỡ xong"
    statuses = {
        part: [programs[role].get(f"{path}/{part}").status_code for role in programs]
        for part in ("agenda", "work", "roll", "record", "facts", "entered", "names", "documents")
    }
    assert statuses == {
        "agenda": [403, 200, 200], "work": [403, 403, 200], "roll": [403, 403, 200],
        "record": [403, 403, 200], "facts": [403, 403, 200], "entered": [403, 403, 200],
        "names": [403, 403, 404], "documents": [403, 200, 200],
    }  # fmt: skip


def test_once_sealed_names_come_from_the_names_sheet_only(cell):
    unit, secretary, _scribe = cell
    meeting = typed(unit, secretary)
    office = Program(UserFactory.holding("office", unit.parent))
    program, path = Program(secretary), f"/meetings/{meeting.uid}"
    absent = meeting.attendances.get(status="excused").member_uid
    called = {"called": {absent: {"status": "excused", "reason": "Nằm viện"}}}
    assert "Nằm viện" in str(told(program.send("PUT", f"{path}/roll", called, key="r")))
    told(program.post(f"{path}/seal", {}))
    for part in ("roll", "work", "entered"):  # the office typed nothing here, but might have
        for one in (program, office):
            assert code(one.get(f"{path}/{part}")) == "meetings.read_the_record"
    assert code(program.send("PUT", f"{path}/roll", called, key="r")) == "meetings.read_the_record"
    before = AuditEntry.objects.count()
    sheet = told(program.get(f"{path}/names"))
    assert sheet["absent"] == [
        {"name": meeting.attendances.get(status="excused").name, "status": "excused",
         "reason": "Nằm viện"}
    ]  # fmt: skip
    assert len(sheet["speakers"]) == 1
    assert AuditEntry.objects.count() == before + 1
    assert code(office.get(f"{path}/names"), 403) == "access.denied"
    record = told(office.get(f"{path}/record"))
    assert record["sealed"] is True
    assert "Nằm viện" not in str(record)
    facts = {fact["name"]: fact for fact in told(office.get(f"{path}/facts"))}
    assert facts["duration_minutes"]["value"] == 100


def test_a_committee_s_own_minutes_are_not_in_every_member_s_book(cell):
    unit, secretary, _scribe = cell
    meeting = journey.sealed(unit, secretary)
    member = Program(UserFactory.holding("member", unit))
    path = f"/units/{unit.uid}/books/2026"
    assert len(told(member.get(path))) == 1
    Meeting.objects.filter(uid=meeting.uid).update(kind="cell_committee")
    assert told(member.get(path)) == []
    assert len(told(Program(secretary).get(path))) == 1
    assert code(member.get(f"/units/{unit.uid}/books/1999"), 404) == "api.not_found"


def test_what_was_changed_after_the_seal_is_named(cell):
    unit, secretary, _scribe = cell
    meeting = journey.sealed(unit, secretary)
    program, path = Program(secretary), f"/meetings/{meeting.uid}/seal"
    assert told(program.get(path))["faults"] == []
    meeting.items.filter(step="discussion").update(conclusion="Khác")
    (fault,) = told(program.get(path))["faults"]
    assert fault


# ── texts, files, what is gone ──────────────────────────────────────────────────────────────


def test_two_who_write_one_text_are_told(cell):
    unit, secretary, _scribe = cell
    meeting = journey.held(unit, secretary)
    program = Program(secretary)
    path = f"/meetings/{meeting.uid}/texts/directions"
    assert (
        told(program.send("PUT", path, {"was": "", "text": "Một"}))["work"]["directions"] == "Một"
    )
    answer = program.send("PUT", path, {"was": "", "text": "Hai"})
    assert code(answer, 409) == "core.both_edited"
    assert answer.json()["theirs"] == "Một"
    other = f"/meetings/{meeting.uid}/texts/status"
    assert code(program.send("PUT", other, {"was": "", "text": "x"}), 404) == "api.not_found"


def test_a_file_is_sent_kept_read_and_taken_off(cell):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary, NOVEMBER)
    program = Program(secretary)
    url = f"/api/v1/meetings/{meeting.uid}/documents"

    def send(content, key, name="bao_cao.pdf"):
        file = SimpleUploadedFile(name, content)
        return program.client.post(url, {"file": file}, headers={"Idempotency-Key": key})

    made = told(send(PDF, "a"), 201)
    assert (made["title"], made["kind"], made["size"]) == ("bao cao", "pdf", len(PDF))
    assert made["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert told(send(PDF, "b"), 201)["uid"] == made["uid"]
    assert [row["uid"] for row in told(program.get(f"/meetings/{meeting.uid}/documents"))] == [
        made["uid"]
    ]
    assert code(send(b"<html>", "c")) == "files.refused"
    nothing = program.client.post(url, {}, headers={"Idempotency-Key": "d"})
    assert code(nothing) == "files.none"
    file = program.get(f"/documents/{made['uid']}/file")
    assert (file.content, file["Content-Type"]) == (PDF, "application/pdf")
    assert "attachment" in file["Content-Disposition"]
    gone = told(program.send("DELETE", f"/documents/{made['uid']}", key="e"))
    assert gone == told(program.send("DELETE", f"/documents/{made['uid']}", key="e"))
    assert code(program.send("DELETE", f"/documents/{made['uid']}"), 404) == "api.not_found"


def test_only_who_may_sends_a_file_at_all(cell):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary, NOVEMBER)
    member = Program(UserFactory.holding("member", unit))
    url = f"/api/v1/meetings/{meeting.uid}/documents"
    file = SimpleUploadedFile("a.pdf", b"%PDF" + b"0" * 3_000_000)
    answer = member.client.post(url, {"file": file}, headers={"Idempotency-Key": "a"})
    assert code(answer, 403) == "access.denied"


def test_a_calendar_address_is_the_same_under_its_key_and_new_under_another(cell):
    _unit, secretary, _scribe = cell
    program = Program(secretary)
    first = told(program.post("/feed", {}, key="a"), 201)
    assert told(program.post("/feed", {}, key="a"), 201)["address"] == first["address"]
    path = first["address"].split("/", 3)[3]
    assert program.client.get(f"/{path}").status_code == 200
    second = told(program.post("/feed", {}, key="b"), 201)
    assert second["address"] != first["address"]
    assert program.client.get(f"/{path}").status_code == 404
    assert told(program.get("/feed"))["address"] is None
    told(program.send("DELETE", "/feed"))
    assert told(program.get("/feed"))["made_at"] is None


def test_a_seal_by_a_helper_is_answered_alike_when_repeated(cell):
    unit, secretary, _scribe = cell
    meeting = journey.held(unit, secretary)
    user = UserFactory()
    actions.give_right(
        actor=secretary, meeting_uid=meeting.uid, role="helper", username=user.username
    )
    helper, path = Program(user), f"/meetings/{meeting.uid}/seal"
    assert code(helper.post(path, {})) == "meetings.no_proof"
    assert code(helper.post(path, {"code": "x" * 60})) == "api.misfit"
    for report in meeting.reports.all():
        actions.report_task(
            actor=secretary, meeting_uid=meeting.uid, task_uid=report.task_uid, state="done",
            result="",
        )  # fmt: skip
    first = told(Program(secretary).post(path, {}, key="s"))
    assert first["status"] == "sealed"
    assert code(helper.post(path, {}), 404) == "api.not_found"
