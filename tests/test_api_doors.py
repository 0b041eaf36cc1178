"""Each role at each door of the API: answered as at the pages, to whoever brings a token."""

import pytest
from django.db import transaction
from django.urls import resolve

from nenmong.config.roles import ROLES
from nenmong.core.models import Answer, AuditEntry
from nenmong.org.models import Following, Post
from nenmong.org.tests.factories import (
    LONG_AGO,
    MemberFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
)
from nenmong.org.tests.programs import Program
from tests.api_doors import API, HELD, NOWHERE, OPEN

pytestmark = pytest.mark.django_db
OTHER = dict.fromkeys(("first_day", "last_day", "from_day"), "2026-11-27") | {"birth_year": 1981}


def furnished():
    """A cell with a member, a post and a following; a cell beside it; who may follow it."""
    ward = WardFactory()
    cell, beside = UnitFactory(parent=ward), UnitFactory(parent=ward)
    member = MemberFactory.of(cell)
    here = {"bucket": cell.bucket, "unit": cell, "first_day": LONG_AGO}
    post = Post.objects.create(member=member, role="scribe", title="", **here)
    following = Following.objects.create(member=member, tier="superior", **here)
    above = UserFactory.holding("office", ward).members.get()
    return {
        "ward": ward, "unit": cell, "beside": beside, "member": member, "post": post,
        "following": following, "above": above,
    }  # fmt: skip


def ask(program, name, place):
    method, _permission, address, body = API[name]
    named = {word: row.uid for word, row in place.items()}
    return program.send(method, address.format(**named), body(place) if body else None)


def test_the_addresses_are_the_routes():
    place = dict.fromkeys(("unit", "member", "post", "following"), "0" * 13)
    for name, (_method, _permission, address, _body) in API.items():
        found = resolve("/api/v1" + address.format(**place))
        # Two doors at one address are told apart by their method.
        assert f"{found.namespace}:{found.url_name}" in {name, _first_at(address)}


def _first_at(address):
    return next(name for name, row in API.items() if row[2] == address)


def told_otherwise(places, role):
    at_cell = role not in ROLES or role == "reader" or ROLES[role].reach == "own"
    own = places["own"]
    unit = own["unit"] if at_cell and role != "desk" else own["ward"]
    user = UserFactory.holding(role, unit) if role in ROLES else UserFactory()
    may = ROLES[role].may if role in ROLES else frozenset()
    program = Program(user)
    for name, (_method, permission, address, _body) in API.items():
        for where, place in places.items():
            # Each finds the place as it was furnished: what one changed is taken back.
            before = transaction.savepoint()
            status = ask(program, name, place).status_code
            transaction.savepoint_rollback(before)
            out_of_sight = (
                where == "elsewhere" and role != "administrator"
            ) or "org.view_unit" not in may
            if address == "/units" and permission != HELD:
                # Founded under a ward, which those of its cells do not see.
                out_of_sight = out_of_sight or unit != own["ward"]
            elif role == "desk":  # of the committee, not of its cells
                out_of_sight = True
            if role == "administrator":
                out_of_sight = False
            if permission in {OPEN, HELD}:
                expected = {200}
            elif permission == NOWHERE or out_of_sight:
                expected = {404}
            elif permission not in may:
                expected = {403}
            else:
                expected = {200, 201}
            if status not in expected:
                yield f"{role} {where} {name}: {status}, not {expected}"


@pytest.mark.slow
def test_each_role_at_each_door_of_the_api():
    places = {"own": furnished(), "elsewhere": furnished()}
    wrong = [line for role in ["nobody", *sorted(ROLES)] for line in told_otherwise(places, role)]
    assert not wrong, "\n".join(wrong)


def test_nobody_comes_in_without_a_token(client):
    place = furnished()
    strangers = [
        Program(),
        Program(Authorization="Bearer nenmong_00000000_" + "0" * 32),
        Program(Authorization="Basic bmd1b2k6YmkgbWF0"),
        Program(Authorization="Bearer"),
    ]
    signed_in = Program()  # a session is for pages
    signed_in.client.force_login(UserFactory.holding("head", place["ward"]))
    for program in [*strangers, signed_in]:
        for name, (_method, permission, _address, _body) in API.items():
            answer = ask(program, name, place)
            expected = {OPEN: 200, NOWHERE: 404}.get(permission, 401)
            assert answer.status_code == expected, name
            if expected == 401:
                assert answer["WWW-Authenticate"] == "Bearer"
                assert answer.json()["code"] == "api.no_token"
    assert not Answer.objects.exists()
    assert not AuditEntry.objects.exists()


def test_each_change_needs_a_key():
    place = furnished()
    program = Program(UserFactory.holding("head", place["ward"]))
    for name, (method, _permission, address, body) in API.items():
        if method == "GET":
            continue
        named = {word: row.uid for word, row in place.items()}
        for key in ("x" * 81, "two words", "é"):
            answer = program.send(method, address.format(**named), body(place), key=key)
            assert (answer.status_code, answer.json()["code"]) == (400, "api.no_key"), name
        answer = program.send(method, address.format(**named), body(place), key="")
        assert (answer.status_code, answer.json()["code"]) == (400, "api.no_key"), name
    assert not AuditEntry.objects.exists()


def test_each_change_is_made_once_under_its_key():
    place = furnished()
    program = Program(UserFactory.holding("head", place["ward"]))
    for name, (method, _permission, address, body) in API.items():
        if method == "GET":
            continue
        before = transaction.savepoint()
        url = address.format(**{word: row.uid for word, row in place.items()})
        first = program.send(method, url, body(place), key=name)
        assert first.status_code in {200, 201}, (name, first.content)
        lines = AuditEntry.objects.count()
        again = program.send(method, url, body(place), key=name)
        assert (again.status_code, again.json()) == (first.status_code, first.json())
        assert AuditEntry.objects.count() == lines == 1
        other = {word: OTHER.get(word, value) for word, value in body(place).items()}
        answer = program.send(method, url, other, key=name)
        assert (answer.status_code, answer.json()["code"]) == (409, "core.key_reused"), name
        transaction.savepoint_rollback(before)
