"""What a program is told when something goes wrong: RFC 9457, in the language it asks for."""

import pytest
from django.db import OperationalError

from nenmong.accounts.models import ApiToken
from nenmong.core import clock
from nenmong.org.queries import reach
from nenmong.org.tests.factories import UnitFactory, UserFactory
from nenmong.org.tests.programs import Program

pytestmark = pytest.mark.django_db
PARTS = {"type", "title", "status", "detail", "code"}
DAY = "2026-10-03"


@pytest.fixture
def cell():
    return UnitFactory()


@pytest.fixture
def office(cell):
    return Program(UserFactory.holding("office", cell.parent))


def problem(answer, status, code):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert "no-store" in answer["Cache-Control"]
    said = answer.json()
    assert said.keys() - {"errors"} == PARTS
    assert (said["status"], said["code"]) == (status, code)
    assert said["title"]
    assert said["detail"]
    return said


def test_each_failure_is_a_problem(office, cell):
    unit = f"/units/{cell.uid}"
    said = {"full_name": "Lê Ái", "status": "official", "first_day": DAY}
    problem(office.get("/nothing"), 404, "api.not_found")
    problem(office.get("/units/1"), 404, "api.not_found")
    problem(office.get("/units/" + "z" * 13), 404, "api.not_found")
    problem(office.get("/units/" + "0" * 13), 404, "api.not_found")
    problem(office.client.get("/api/v2/units"), 404, "api.not_found")
    answer = office.send("DELETE", unit)
    problem(answer, 405, "api.no_such_method")
    assert answer["Allow"] == "GET"
    for body in ("{", "", "[" * 5000, "nul", b"\xff", '{"a": ' + "9" * 5000 + "}"):
        answer = office.post(f"{unit}/members", body)
        assert answer.status_code in {400, 422}, body
        problem(answer, answer.status_code, answer.json()["code"])
    problem(office.post(f"{unit}/members", "[]"), 422, "api.misfit")
    problem(office.post(f"{unit}/members", '"' + "x" * 2_200_000 + '"'), 413, "api.too_large")
    problem(
        office.client.get("/api/v1/units", headers={"Host": "a.example"}), 400, "api.unreadable"
    )
    ward = f"/units/{cell.parent_id}/members"
    problem(office.post(ward, said), 422, "org.not_a_cell")
    secretary = Program(UserFactory.holding("secretary", cell))
    problem(secretary.post(f"{unit}/members", said), 403, "access.denied")


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [(RuntimeError("Lê Ái"), 500, "api.fault"), (OperationalError("Lê Ái"), 503, "api.unreached")],
)
def test_a_fault_of_ours_tells_nothing_of_itself(office, monkeypatch, fault, status, code):
    def fail(*_args):
        raise fault

    monkeypatch.setattr(reach, "units_in_reach", fail)
    answer = office.get("/units")
    problem(answer, status, code)
    assert "Lê Ái" not in answer.content.decode()


def test_what_does_not_fit_is_named_and_not_repeated(office, cell):
    said = {"full_name": ["0912345678"], "statu": "x", "first_day": 20261003, "birth_year": "1980"}
    answer = office.post(f"/units/{cell.uid}/members", said)
    errors = problem(answer, 422, "api.misfit")["errors"]
    assert {(one["in"], one["field"], one["code"]) for one in errors} == {
        ("body", "full_name", "string_type"), ("body", "status", "missing"),
        ("body", "first_day", "day"), ("body", "birth_year", "int_type"),
        ("body", "statu", "extra_forbidden"),
    }  # fmt: skip
    assert "0912345678" not in answer.content.decode()


@pytest.mark.parametrize("day", ["3/10/2026", "2026-02-30", "0226-01-01", "2026-10-03T00:00", 0])
def test_a_day_is_written_in_one_way(office, cell, day):
    answer = office.get(f"/units/{cell.uid}/members", day=day)
    (error,) = problem(answer, 422, "api.misfit")["errors"]
    assert (error["field"], error["code"]) == ("day", "day")


@pytest.mark.parametrize(
    ("asked", "language"),
    [(None, "vi"), ("fr", "vi"), ("en", "en"), ("en-GB,en;q=0.9", "en"), ("vi, en;q=0.5", "vi")],
)
def test_sentences_are_in_the_language_asked_for(office, cell, asked, language):
    headers = {"Accept-Language": asked} if asked else {}
    said = {"full_name": " ", "status": "official", "first_day": DAY}
    answer = office.post(f"/units/{cell.uid}/members", said, **headers)
    sentence = problem(answer, 422, "org.no_name")["detail"]
    assert sentence.startswith({"vi": "Đảng viên", "en": "The member"}[language])
    assert "Accept-Language" in answer["Vary"]


def test_a_token_taken_back_or_of_a_closed_account_opens_nothing(cell):
    user = UserFactory.holding("office", cell.parent)
    first, second = Program(user), Program(user)
    assert first.get("/units").status_code == 200
    token = ApiToken.objects.order_by("uid").first()
    token.revoked_at = clock.now()
    token.save()
    problem(first.get("/units"), 401, "api.no_token")
    assert second.get("/units").status_code == 200
    user.is_active = False
    user.save()
    problem(second.get("/units"), 401, "api.no_token")
