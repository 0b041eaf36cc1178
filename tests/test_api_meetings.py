"""Each role at each door of the API of meetings; each change once under its key."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import resolve

from nenmong.accounts.models import User
from nenmong.config.roles import ROLES
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.models import AuditEntry
from nenmong.meetings import actions
from nenmong.meetings.models import Meeting, Task
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.test_documents import PDF
from nenmong.org.models import Member
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory
from nenmong.org.tests.programs import Program
from tests.api_doors import HELD
from tests.api_meetings import API_MEETINGS, FILES, MORE
from tests.test_doors import furnished

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# What a secretary does at another place than where the rights are asked: there it would be refused.
HERE = {
    name: path.format(task="{sealed_task}")
    for name, path in (
        ("api:note_progress", "/tasks/{task}/progress"), ("api:declare_done", "/tasks/{task}/done"),
        ("api:take_back_declaration", "/tasks/{task}/undone"),
    )
}  # fmt: skip


def _reported(state):
    def report(place, secretary):
        said = {"actor": secretary, "meeting_uid": place["held"].uid, "result": "Chưa đủ người"}
        actions.report_task(task_uid=place["reported"], state=state, **said)

    return report


def _with_mail(place, _secretary):
    Member.objects.filter(uid=place["absent"]).update(email="a@example.vn")


def _begun(place, secretary):
    with clock.at(journey.evening(date(2026, 12, 21))):
        actions.open_meeting(actor=secretary, meeting_uid=place["part"].uid)


# What must have been done before the secretary's request can succeed.
FIRST = {
    "api:seal_minutes": _reported("done"), "api:renew_task": _reported("not_done"),
    "api:mail_notices": _with_mail, "api:take_common_texts": _begun,
}  # fmt: skip


def at(meeting, **said):
    Meeting.objects.filter(uid=meeting.uid).update(**said)


def place_of(ward):
    """A cell with a meeting in every state, and all that lies around them."""
    place = furnished(UnitFactory(parent=ward))
    unit, held = place["unit"], place["held"]
    secretary = User.objects.get(members__posts__unit=unit, members__posts__role="secretary")
    said = {"actor": secretary, "unit_uid": unit.uid}
    plan = {"kind": "extraordinary", "subject": "Bão"}
    planned = actions.plan_meeting(**said, month=date(2026, 12, 1))
    at(planned, place="Nhà văn hóa")
    cancelled = actions.plan_meeting(**said, month=date(2027, 2, 1))
    actions.cancel_meeting(
        actor=secretary, meeting_uid=cancelled.uid, reason="Bão", agreed_by="Đảng ủy"
    )
    opened = actions.plan_meeting(**said, **plan, starts_at=journey.evening(date(2026, 11, 20)))
    at(opened, place="Nhà văn hóa")
    with clock.at(journey.evening(date(2026, 11, 20))):
        opened = actions.open_meeting(actor=secretary, meeting_uid=opened.uid)
    typed = actions.plan_meeting(**said, **plan, starts_at=journey.evening(date(2026, 11, 3)))
    dues = actions.add_item(
        actor=secretary, meeting_uid=opened.uid, title="Đảng phí", minutes=5, business="dues"
    )
    at(held, draft_resolution="Dỡ mái vẩy", directions="")
    part = actions.accept_joint(actor=secretary, part_uid=_joint(ward, unit).uid)
    held.refresh_from_db()
    third = UnitFactory(parent=ward)
    return place | {
        "secretary": secretary, "planned": planned, "planned_item": planned.items.first(),
        "cancelled": cancelled, "open": opened, "open_item": opened.items.last(),
        "typed": typed, "dues": dues, "part": part, "joint": place["asked"].meeting,
        "third": third, "helper": UserFactory(),
        "absent": held.attendances.get(status="excused").member_uid,
        "chair": held.chair_uid, "voters": held.official_present,
        "reported": held.reports.get().task_uid,
        "matter": actions.propose_topic(**said, title="Ngõ 12"),
        "sealed_task": Task.objects.get(meeting=place["sealed"].uid),
    }  # fmt: skip


def _joint(ward, unit):
    host = actions.plan_meeting(
        actor=SYSTEM, unit_uid=UnitFactory(parent=ward).uid, kind="thematic",
        subject="Học Bác", starts_at=journey.evening(date(2026, 12, 21)),
    )  # fmt: skip
    return actions.ask_to_join(actor=SYSTEM, meeting_uid=host.uid, unit_uid=unit.uid)


@pytest.fixture
def places():
    ward = WardFactory()
    return {"ward": ward, "own": place_of(ward), "elsewhere": place_of(WardFactory())}


def address(path, place):
    return path.format(**{word: getattr(row, "uid", row) for word, row in place.items()})


def ask(program, name, row, place, key=None):
    method, _permission, path, body = row
    if name in FILES:
        headers = {"Idempotency-Key": key or "a-file"} if key != "" else {}
        file = SimpleUploadedFile("bao_cao.pdf", PDF)
        url = f"/api/v1{address(path, place)}"
        return program.client.post(url, {"file": file}, headers=headers)
    answer = program.send(method, address(path, place), body(place) if body else None, key=key)
    if answer.streaming:  # a file is let go when it was read to its end
        list(answer)
    return answer


def allowed(permission, may):
    asked = permission if isinstance(permission, tuple) else (permission,)
    return any(one in may for one in asked)


# At other cells all are told alike; each door is tried by one of a cell, above one, and neither.
ELSEWHERE = {"nobody", "secretary", "office", "administrator"}


def told_otherwise(places, role):
    held_above = role in ROLES and (ROLES[role].reach == "below" or role == "desk")
    unit = places["ward"] if held_above and role != "reader" else places["own"]["unit"]
    user = UserFactory.holding(role, unit) if role in ROLES else UserFactory()
    may = ROLES[role].may if role in ROLES else frozenset()
    program = Program(user)
    for name, row in [*API_MEETINGS.items(), *MORE.items()]:
        permission, path = row[1], row[2]
        sight = "org.view_unit" if path.startswith("/units") else "meetings.view"
        for where in ("own", "elsewhere") if role in ELSEWHERE else ("own",):
            before = transaction.savepoint()
            status = ask(program, name, row, places[where]).status_code
            transaction.savepoint_rollback(before)
            outside = where == "elsewhere" and role != "administrator"
            if permission == HELD:
                fits = status == 200
            elif path == "/feed":
                fits = status == (201 if permission in may else 403)
            elif outside or sight not in may or role == "desk":
                fits = status == 404
            elif not allowed(permission, may):
                fits = status == 403
            elif row[0] == "GET":
                fits = status == 200
            else:
                fits = status not in {400, 401, 403, 404} and status < 500
            if not fits:
                yield f"{role} {where} {name}: {status}"


def test_each_role_at_each_door(places):
    roles = ["nobody", *sorted(ROLES)]
    wrong = [line for role in roles for line in told_otherwise(places, role)]
    assert not wrong, "\n".join(wrong)


def test_the_addresses_are_the_routes():
    for name, (method, _permission, path, _body) in API_MEETINGS.items():
        found = resolve("/api/v1" + re.sub(r"\{\w+\}", "0" * 13, path))
        assert found.namespace == "api"
        alike = re.sub(r"\{\w+\}", "*", path)
        names = {n for n, row in API_MEETINGS.items() if re.sub(r"\{\w+\}", "*", row[2]) == alike}
        assert f"api:{found.url_name}" in names, (name, method)


def test_what_the_secretary_or_the_office_does_is_done_once(places, settings):
    """Each door answers who may; the same under the same key is answered alike, and done once."""
    settings.MAILS = True
    place = places["own"]
    secretary = Program(place["secretary"])
    office = Program(UserFactory.holding("office", places["ward"]))
    wrong = []
    for name, known in [*API_MEETINGS.items(), *MORE.items()]:
        method, permission, path, body = known
        row = (method, permission, HERE.get(name, path), body)
        program = office if permission == "meetings.enter" else secretary
        before = transaction.savepoint()
        if name in FIRST:
            FIRST[name](place, place["secretary"])
        seen = AuditEntry.objects.count()
        first = ask(program, name, row, place, key="k")
        lines = AuditEntry.objects.count() - seen
        if first.status_code not in {200, 201}:
            wrong.append(f"{name}: {first.status_code} {first.content.decode()[:300]}")
        elif method != "GET":
            again = ask(program, name, row, place, key="k")
            alike = (again.status_code, again.json()) == (first.status_code, first.json())
            if not alike or AuditEntry.objects.count() - seen != lines or lines > 1:
                wrong.append(f"{name} again: {again.status_code}, {lines} lines")
        transaction.savepoint_rollback(before)
    assert not wrong, "\n".join(wrong)


def test_each_change_needs_a_key(places):
    program = Program(places["own"]["secretary"])
    before = AuditEntry.objects.count()
    for name, row in API_MEETINGS.items():
        if row[0] != "GET":
            answer = ask(program, name, row, places["own"], key="")
            assert (answer.status_code, answer.json()["code"]) == (400, "api.no_key"), name
    assert AuditEntry.objects.count() == before


def test_nobody_comes_in_without_a_token(places):
    for name, row in API_MEETINGS.items():
        assert ask(Program(), name, row, places["own"]).status_code == 401, name


BAD = [
    None, [], {}, True, -1, 10**40, 1.5, "", "x" * 30_000, "\x00\u202e\x1b[31m", "0" * 13,
    "0sawbsbt80000", "2026-02-30", "9999-12-31T23:59:59+14:00", "{{ 7*7 }}", "đ" * 400,
]  # fmt: skip


def test_no_field_of_any_door_takes_the_server_down(places):
    """Wrong types, far too long, marks that are no letters: each is answered in words."""
    place = places["own"]
    programs = {
        "meetings.enter": Program(UserFactory.holding("office", places["ward"])),
        "": Program(place["secretary"]),
    }
    wrong = []
    for name, row in API_MEETINGS.items():
        method, permission, path, body = row
        if method == "GET" or name in FILES or not body:
            continue
        program = programs.get(permission, programs[""])
        said = body(place)
        for field in [*said, "unheard_of"]:
            for value in BAD:
                before = transaction.savepoint()
                answer = program.send(method, address(path, place), said | {field: value})
                fits = answer.status_code in {200, 201, 403, 404, 409, 422}
                if answer.status_code >= 400:
                    fits = fits and bool(answer.json()["detail"])
                transaction.savepoint_rollback(before)
                if not fits:
                    wrong.append(f"{name} {field}={value!r:.30}: {answer.status_code}")
        for whole in ("", "[]", "null", "{", '{"a": ' + "[" * 3000):
            answer = program.send(method, address(path, place), whole)
            if answer.status_code not in {400, 422}:
                wrong.append(f"{name} {whole:.10}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_no_question_of_a_list_takes_the_server_down(places):
    place = places["own"]
    program = Program(place["secretary"])
    asked = ("kind", "state", "text", "own", "first", "last", "after", "limit", "day", "owner")
    wrong = []
    for path in (f"/units/{place['unit'].uid}/{part}" for part in ("meetings", "month", "tasks")):
        for word in asked:
            for value in ("", "x" * 5000, "\x00", "-1", "9" * 40, "2026-13-01", "%ff", "true"):
                status = program.get(path, **{word: value}).status_code
                if status not in {200, 422}:
                    wrong.append(f"{path} {word}={value:.20}: {status}")
    for year in ("0", "1999", "99999999999999999999"):
        for part in ("books", "plans"):
            status = program.get(f"/units/{place['unit'].uid}/{part}/{year}").status_code
            if status != 404:
                wrong.append(f"{part} {year}: {status}")
    assert not wrong, "\n".join(wrong)
