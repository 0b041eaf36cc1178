"""Each person at each door of the API of opinions; each change once under its key."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import resolve

from nenmong.core.keeping import STORE, Kept
from nenmong.core.models import Answer as Given
from nenmong.core.models import AuditEntry
from nenmong.opinions import actions
from nenmong.opinions.models import Opinion, Raiser
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory
from nenmong.org.tests.programs import Program
from tests.api_opinions import ALL, API_OPINIONS, FILES, GONE, KEYLESS

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n"


@pytest.fixture
def place(settings, tmp_path):
    """A cell, its ward and a desk, with an opinion in every state."""
    settings.HOME = tmp_path
    at = ready.place()
    ready.head_signs(at)
    other = UnitFactory(parent=at.ward, name="Văn phòng Đảng ủy")
    type(other).objects.filter(uid=other.uid).update(kind="authority")
    actions.set_desk_fields(actor=at.office, unit_uid=other.uid, days={"policy": None})
    texts = iter(f"{ready.TEXT} Lần {number}" for number in range(1, 99))
    to_sign = ready.answered(at, text=next(texts))
    given = ready.answered(at, text=next(texts))
    actions.sign_answer(actor=at.head, answer_uid=given.uid)
    told = ready.answered(at, text=next(texts))
    actions.sign_answer(actor=at.head, answer_uid=told.uid)
    ended = ready.judged(told).opinion_id
    parts = [ready.on_desk(at, text=next(texts)) for _ in range(2)]
    issue = actions.join(
        actor=at.clerk, desk_uid=at.desk.uid, opinion_uids=[one.uid for one in parts], title="Đèn"
    )
    asked = ready.accepted(at, text=next(texts))
    actions.ask(actor=at.clerk, opinion_uid=asked.uid, question="Ngõ 12 nào?")
    drafted = ready.accepted(at, text=next(texts))
    actions.save_answer(actor=at.clerk, opinion_uid=drafted.uid, draft=ready.DONE)
    noted = ready.raised(at, next(texts))
    shown = Kept(STORE.keep(PDF + b"\n"), "pdf", len(PDF) + 1)
    file = actions.attach_file(
        actor=at.secretary, opinion_uid=noted.uid, title="Ảnh đèn", file=shown
    )
    people = {
        name: getattr(at, name) for name in ("secretary", "member", "office", "head", "clerk")
    } | {
        "stranger": UserFactory.holding("secretary", UnitFactory(parent=WardFactory())),
        "board": UserFactory.holding("board", at.ward.parent),
    }  # fmt: skip
    rows = {
        "cell": at.cell, "ward": at.ward, "desk": at.desk, "other_desk": other,
        "noted": noted, "drafted": drafted, "cell_file": file, "up": ready.sent(at, next(texts)),
        "here": ready.on_desk(at, next(texts)), "here_too": ready.on_desk(at, next(texts)),
        "mine": ready.accepted(at, next(texts)), "asked": asked, "to_sign": to_sign,
        "given": given, "issue": issue, "part": parts[0],
    }  # fmt: skip
    return {name: row.uid for name, row in rows.items()} | {"ended": ended, "people": people}


def told(answer):
    """Return all that an answer says: its head, JSON, each part of a Word file or workbook."""
    if answer.content[:2] != b"PK":
        return str(answer.headers) + answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        texts = [parts.read(part).decode("utf-8", "replace") for part in parts.namelist()]
    return str(answer.headers) + " ".join(texts)


def ask(program, name, place, **said):
    method, _may, path, body, _sees = API_OPINIONS[name]
    if name in FILES:
        headers = {"Idempotency-Key": said.get("key") or "a-file"} if said.get("key") != "" else {}
        url = f"/api/v1{path.format(**place)}"
        return program.client.post(url, {"file": SimpleUploadedFile("a.pdf", PDF)}, headers=headers)
    return program.send(method, path.format(**place), body(place) if body else None, **said)


def test_the_addresses_are_the_routes(place):
    for method, _may, path, _body, _sees in API_OPINIONS.values():
        found = resolve("/api/v1" + path.format(**place))
        alike = re.sub(r"\{\w+\}", "*", path)
        names = {n for n, row in API_OPINIONS.items() if re.sub(r"\{\w+\}", "*", row[2]) == alike}
        assert f"{found.namespace}:{found.url_name}" in names, (method, path)


@pytest.mark.slow
def test_each_person_at_each_door(place):
    programs = {who: Program(user) for who, user in place["people"].items()}
    wrong = []
    for name, (_method, may, _path, _body, sees) in API_OPINIONS.items():
        for who, program in programs.items():
            before = transaction.savepoint()
            status = ask(program, name, place).status_code
            transaction.savepoint_rollback(before)
            if who == "board" and "board" not in may | sees:
                continue  # of the province: sees all, and routes it
            expected = {200, 201} if who in may else {403} if who in sees else {404}
            if status not in expected:
                wrong.append(f"{who} {name}: {status}, not {expected}")
    assert not wrong, "\n".join(wrong)


def test_each_change_is_made_once_under_its_key(place):
    for name, (method, may, path, _body, _sees) in API_OPINIONS.items():
        if method == "GET":
            continue
        who = next(one for one in ("secretary", "clerk", "head", "board") if one in may)
        program = Program(place["people"][who])
        before = transaction.savepoint()
        if name not in KEYLESS:
            answer = ask(program, name, place, key="")
            assert (answer.status_code, answer.json()["code"]) == (400, "api.no_key"), name
        lines = AuditEntry.objects.count()
        first = ask(program, name, place, key=name)
        assert first.status_code in {200, 201}, (name, path, first.content)
        assert AuditEntry.objects.count() == lines + 1, name
        if name not in GONE:
            again = ask(program, name, place, key=name)
            assert (again.status_code, again.json()) == (first.status_code, first.json()), name
            assert AuditEntry.objects.count() == lines + 1, name
        transaction.savepoint_rollback(before)


def test_what_was_raised_names_nobody_anywhere_but_in_its_row(place):
    member = place["people"]["member"]
    answer = ask(Program(member), "api:raise_opinion", place, key="tôi-nêu".encode().hex())
    raised = Opinion.objects.get(uid=answer.json()["uid"])
    assert Raiser.objects.get(opinion=raised).member_uid == member.members.get().uid
    assert not Given.objects.filter(actor_uid=member.uid).exists()
    assert not AuditEntry.objects.filter(actor_uid=member.uid).exists()
    assert answer.json().keys() == {"uid", "state", "desk", "due_on", "version"}


def test_what_somebody_moved_meanwhile_is_refused(place):
    program = Program(place["people"]["secretary"])
    version = program.get(f"/opinions/{place['noted']}").json()["version"]
    said = {"text": "Sáu đèn ngõ 12 hỏng từ tháng 5.", "seen": version}
    path = f"/opinions/{place['noted']}/text"
    assert program.send("PUT", path, said).status_code == 200
    answer = program.send("PUT", path, said | {"text": "Bảy đèn ngõ 12 hỏng."})
    assert answer.json()["code"] == "opinions.changed_meanwhile"
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_a_refused_move_says_what_is_possible(place):
    answer = Program(place["people"]["secretary"]).post(f"/opinions/{place['mine']}/keep", {})
    assert answer.json()["code"] == "opinions.not_possible"


def test_one_opinion_is_told_with_its_way(place):
    secretary, clerk = (Program(place["people"][who]) for who in ("secretary", "clerk"))
    told = secretary.get(f"/opinions/{place['ended']}").json()
    assert [one["verdict"] for one in told["answers"]] == ["solved"]
    assert told["answers"][0]["number"] == 2
    assert [move["what"] for move in told["moves"]][-2:] == ["answer", "solved"]
    assert told["may"] == ["reopen"]
    assert told["stages"][0]["desk"] is None
    told = clerk.get(f"/opinions/{place['mine']}").json()
    assert set(told["may"]) == {"forward", "return", "ask", "answer"}
    kept = ask(clerk, "api:save_answer", place).json()
    assert clerk.get(f"/opinions/{place['mine']}").json()["draft"]["uid"] == kept["uid"]
    assert secretary.get(f"/opinions/{place['mine']}").json()["draft"] is None


def test_a_list_is_read_page_by_page_under_its_filters(place):
    program = Program(place["people"]["office"])
    seen, after = [], None
    while True:
        asked = {"limit": 3} | ({"after": after} if after else {})
        page = program.get(f"/units/{place['ward']}/opinions", **asked).json()
        seen += [one["uid"] for one in page["items"]]
        if not (after := page["next"]):
            break
    beyond = Opinion.objects.exclude(uid=place["noted"])  # it has not left its cell
    assert seen == sorted(beyond.values_list("uid", flat=True))
    for asked, count in (
        ({"state": "at_cell"}, 0), ({"state": "ended"}, 1), ({"text": "den ngo"}, 11),
        ({"field": "land"}, 0), ({"first": "2027-01-01"}, 0), ({"kind": "proposal"}, 11),
    ):  # fmt: skip
        found = program.get(f"/units/{place['ward']}/opinions", **asked).json()["items"]
        assert len(found) == count, asked
    answer = program.get(f"/units/{place['ward']}/opinions", state="gone")
    assert answer.status_code == 422


def test_a_small_cell_is_not_named_beyond_itself(place):
    cell = type(place["people"]["member"].members.get().memberships.get().unit).objects.get(
        uid=place["cell"]
    )
    for who in ("office", "head", "clerk"):
        program = Program(place["people"][who])
        for name, (method, _may, path, _body, _sees) in API_OPINIONS.items():
            if method == "GET":
                said = told(program.get(path.format(**place)))
                assert cell.name not in said, (who, name)
                assert cell.uid not in said, (who, name)
        refused = program.get(f"/units/{cell.uid}/opinions")
        assert refused.status_code == (404 if who == "clerk" else 403)


def test_doors_cost_the_same_however_much_there_is(place, django_assert_max_num_queries):
    program = Program(place["people"]["office"])
    for path, most in (
        (f"/units/{place['ward']}/opinions", 9), (f"/opinions/{place['ended']}", 14),
        (f"/units/{place['desk']}/inbox", 10), ("/register", 8), ("/issues", 8),
        (f"/issues/{place['issue']}", 12), (f"/opinions/{place['here']}/alike", 13),
        ("/fields", 5),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            assert program.get(path).status_code == 200, path


HOSTILE = (
    "", "x" * 50_000, "\x00", "\u202e", "[]", "{}", '{"text": null}', '{"seen": -1}', "1e999",
    '{"text": "\\u0000\\ud800"}', '{"opinions": []}', '{"kind": "?"}', '{"seen": true}',
    '{"text": "=cmd()", "unknown": 1}', '{"days": {"works": 0}}', '{"day": "9999-99-99"}',
)  # fmt: skip


@pytest.mark.slow
def test_hostile_input_is_refused_in_words_and_faults_nowhere(place):
    for name, (method, may, path, body, _sees) in API_OPINIONS.items():
        who = next(one for one in ("secretary", "clerk", "head", "board", "office") if one in may)
        program = Program(place["people"][who])
        said = body(place) if body else {}
        long = {
            word: "ngõ " * 15_000 if isinstance(one, str) else one for word, one in said.items()
        }
        control = {word: f"\x00\x07{one}\x1b" if isinstance(one, str) else one
                   for word, one in said.items()}  # fmt: skip
        for sent in (*HOSTILE, long, control):
            before = transaction.savepoint()
            answer = program.send(method, path.format(**place), sent)
            assert answer.status_code < 500, (name, sent if isinstance(sent, str) else "long")
            transaction.savepoint_rollback(before)
        assert program.send(method, path.replace("{", "0{").format(**place)).status_code in {
            404, 405, 200 if "{" not in path else 404, 400, 422, 201, 409,
        }, name  # fmt: skip


def test_all_know_the_people(place):
    assert place["people"].keys() >= ALL
