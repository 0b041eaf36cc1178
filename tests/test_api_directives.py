"""Each person at each door of the API of documents; each change once under its key."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import resolve

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.models import AuditEntry
from nenmong.directives import actions
from nenmong.directives.models import Directive
from nenmong.directives.tests import ready
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory
from nenmong.org.tests.programs import Program
from tests.api_directives import API_DIRECTIVES, READS

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """A ward with a document in every state; the province asks it to comment on a draft."""
    at = ready.place()
    with clock.at(ready.evening(clock.today() - timedelta(days=3))):
        earlier = ready.delivered(at, one=ready.issued(at, number="01-HD/ĐU"))
    sent = ready.delivered(at, one=ready.issued(at, number="02-HD/ĐU"))
    told = ready.delivered(at, one=ready.issued(at, number="03-HD/ĐU"), over_why="Việc gấp")
    discussed = actions.note_told(
        actor=SYSTEM, told=ready.told(at, told.deliveries.get(unit=at.cell), ["Ai ký?"])
    )
    comment = ready.commented(at)
    rows = {
        "cell": at.cell, "ward": at.ward, "draft": ready.draft(at),
        "described": ready.described(at), "regulation": ready.regulation(at),
        "submitted": ready.submitted(at), "issued": ready.issued(at, number="04-HD/ĐU"),
        "sent": sent.directive, "earlier": earlier.directive, "discussed": discussed,
        "comment": comment, "request": comment.request, "asked_about": comment.request.directive,
    }  # fmt: skip
    people = {
        name: getattr(at, name)
        for name in ("secretary", "member", "office", "head", "above", "leader")
    } | {"stranger": UserFactory.holding("secretary", UnitFactory(parent=WardFactory()))}
    return {name: row.uid for name, row in rows.items()} | {"people": people}


def ask(program, name, place, **said):
    method, _may, path, body, _sees = API_DIRECTIVES[name]
    return program.send(method, path.format(**place), body(place) if body else None, **said)


def test_the_addresses_are_the_routes(place):
    for method, _may, path, _body, _sees in API_DIRECTIVES.values():
        found = resolve("/api/v1" + path.format(**place))
        alike = re.sub(r"\{\w+\}", "*", path)
        names = {n for n, row in API_DIRECTIVES.items() if re.sub(r"\{\w+\}", "*", row[2]) == alike}
        assert f"{found.namespace}:{found.url_name}" in names, (method, path)


@pytest.mark.slow
def test_each_person_at_each_door(place):
    wrong = []
    for name, (_method, may, _path, _body, sees) in API_DIRECTIVES.items():
        for who, user in place["people"].items():
            before = transaction.savepoint()
            status = ask(Program(user), name, place).status_code
            transaction.savepoint_rollback(before)
            expected = {200, 201} if who in may else {403} if who in sees else {404}
            if status not in expected:
                wrong.append(f"{who} {name}: {status}, not {expected}")
    assert not wrong, "\n".join(wrong)


def test_each_change_is_made_once_under_its_key(place):
    for name, (method, may, path, _body, _sees) in API_DIRECTIVES.items():
        if method == "GET" or name in READS:
            continue
        who = next(one for one in ("secretary", "head", "leader") if one in may)
        program = Program(place["people"][who])
        before = transaction.savepoint()
        answer = ask(program, name, place, key="")
        assert (answer.status_code, answer.json()["code"]) == (400, "api.no_key"), name
        lines = AuditEntry.objects.count()
        first = ask(program, name, place, key=name)
        assert first.status_code in {200, 201}, (name, path, first.content)
        assert AuditEntry.objects.count() == lines + 1, name
        if method != "DELETE":
            again = ask(program, name, place, key=name)
            assert (again.status_code, again.json()) == (first.status_code, first.json()), name
        assert AuditEntry.objects.count() == lines + 1, name
        transaction.savepoint_rollback(before)


def test_a_draft_is_its_committee_s_own(place):
    for who, user in place["people"].items():
        rows = Program(user).get("/directives", limit=500).json()["items"]
        seen = {row["uid"] for row in rows}
        assert (place["draft"] in seen) == (who in {"office", "head"}), who
        assert (place["sent"] in seen) == (who != "stranger"), who
        assert (place["asked_about"] in seen) == (who in {"office", "head", "above", "leader"})


def test_the_library_is_searched_without_accents(place):
    program = Program(place["people"]["secretary"])
    found = program.get("/directives", text="ho ngheo ra soat").json()["items"]
    assert place["sent"] in {row["uid"] for row in found}
    assert program.get("/directives", text="khong co chu nay").json()["items"] == []
    kinds = program.get("/directives", kind="bulletin").json()["items"]
    assert kinds == []


def test_what_somebody_changed_meanwhile_is_refused(place):
    program = Program(place["people"]["office"])
    version = Directive.objects.get(uid=place["draft"]).version
    said = {"title": "A", "text": "B", "seen": version}
    path = f"/directives/{place['draft']}/text"
    assert program.send("PUT", path, said, key="1").status_code == 200
    answer = program.send("PUT", path, said | {"text": "C"}, key="2")
    assert answer.json()["code"] == "directives.changed_meanwhile"


def test_lists_cost_the_same_however_long(place, django_assert_max_num_queries):
    program = Program(place["people"]["office"])
    for path, most in (
        ("/directives", 4), (f"/directives/{place['sent']}", 8),
        (f"/directives/{place['sent']}/deliveries", 7),
        (f"/units/{place['cell']}/deliveries", 7),
        (f"/directives/{place['asked_about']}/comments", 7),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            assert program.get(path).status_code == 200
