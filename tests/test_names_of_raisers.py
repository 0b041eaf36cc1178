"""Who raised an opinion: sought in all that is answered, written, sent and kept, for every role.

A bird raises at the page and through the API; another is noted in the minutes. The name stands in
the row of who raised it and on the names sheet of the meeting, and is told to who keeps the names.
"""

import json
import logging

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from nenmong.config.roles import ROLES
from nenmong.core.models import Answer as Given
from nenmong.core.models import AuditEntry
from nenmong.opinions import actions
from nenmong.opinions.models import DeskField, Opinion, Raiser
from nenmong.opinions.tests import ready
from nenmong.org.models import Membership
from nenmong.org.tests.factories import UnitFactory, UserFactory
from nenmong.org.tests.programs import Program
from tests.api_opinions import API_OPINIONS
from tests.test_doors import DOORS, MORE, OPEN, address
from tests.test_names_stay import CANARIES, all_of, place, told

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
assert place  # the fixture: a cell with a meeting in which a bird spoke

BIRD = "Chim Sơn Ca Núi"
BIRDS = (BIRD, *CANARIES[:2])
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n"
WORDS = "Cống ngõ 5 hay ngập, nước tràn vào nhà."
# Pages that say who belongs to the cell, not who raised what there.
OF_THE_ROLL = ("org:", "org_import:", "plans:", "rulebook:")
# Tables that hold people, or the names sheet that a cell keeps.
KEEP_NAMES = {
    "accounts.user", "org.member", "org.membership", "opinions.raiser", "meetings.nameentry",
    "meetings.speech", "meetings.notedopinion", "meetings.attendance",
}  # fmt: skip
ROLES_ASKED = sorted(ROLES.keys() - {"secretary", "deputy", "scribe", "keeper"})


@pytest.fixture
def nest(place, client):
    """The cell with what the birds raised: with the cell, on a desk, being answered, answered."""
    unit = place["unit"]
    bird = UserFactory.holding("member", unit, full_name=BIRD)
    at = ready.Place(
        cell=unit, ward=unit.parent,
        desk=UnitFactory(kind="authority", parent=unit.parent, name="Văn phòng Ủy ban nhân dân"),
        secretary=UserFactory.holding("secretary", unit), member=bird,
        office=UserFactory.holding("office", unit.parent),
        head=UserFactory.holding("head", unit.parent), clerk=None,
    )  # fmt: skip
    at.clerk = UserFactory.holding("desk", at.desk)
    DeskField.objects.create(unit=at.desk, field="works")
    client.force_login(bird)
    asked = {"kind": "proposal", "do": "raise"}
    url = reverse("opinions:raise", args=[unit.uid])
    answer = client.post(url, asked | {"text": WORDS})
    assert answer.status_code in {200, 302}, answer.content.decode()[:300]
    program = Program(bird)
    uids = {"noted": Opinion.objects.get(text=WORDS).uid}
    for name in ("here", "mine", "asked", "to_be_answered", "ended_soon", "part"):
        text = f"{WORDS} Đã {len(uids)} lần."
        raised = program.post(f"/units/{unit.uid}/opinions", {"text": text, "kind": "proposal"})
        assert raised.status_code == 201
        uids[name] = raised.json()["uid"]
        _onward(at, uids[name], name)
    program.post(f"/units/{unit.uid}/opinions/elsewhere", {"sort": "denunciation"})
    sent = program.client.post(  # a picture the bird brings itself
        f"/api/v1/opinions/{uids['noted']}/files", {"file": SimpleUploadedFile("Ngõ 5.pdf", PDF)}
    )
    assert sent.status_code == 201
    client.logout()
    actions.save_answer(actor=at.clerk, opinion_uid=uids["mine"], draft=ready.DONE)
    given = actions.answer(actor=at.clerk, opinion_uid=uids["to_be_answered"], draft=ready.DONE)
    told_one = actions.answer(actor=at.clerk, opinion_uid=uids["ended_soon"], draft=ready.CANNOT)
    ready.judged(told_one)
    issue = actions.join(
        actor=at.clerk, desk_uid=at.desk.uid, opinion_uids=[uids["here"], uids["part"]],
        title="Cống ngõ 5",
    )  # fmt: skip
    names = uids | {
        "cell": unit.uid, "ward": at.ward.uid, "desk": at.desk.uid, "other_desk": at.ward.uid,
        "ended": uids["ended_soon"], "given": given.uid, "to_sign": told_one.uid,
        "issue": issue.uid, "here_too": uids["part"], "drafted": uids["mine"],
        "cell_file": sent.json()["uid"],
    }  # fmt: skip
    return {"at": at, "bird": bird, "names": names, "issue": issue, "answer": given}


def _onward(at, uid, name):
    """Bring what was raised through the API to its desk, as far as its name says."""
    actions.sort(actor=at.secretary, opinion_uid=uid, kind="proposal", field="works")
    actions.send(actor=at.secretary, opinion_uid=uid, looked=True)
    actions.forward(actor=at.office, opinion_uid=uid, desk_uid=at.desk.uid, reason="Hạ tầng")
    if name not in {"here", "part"}:
        actions.accept(actor=at.clerk, opinion_uid=uid)
    if name == "asked":
        actions.ask(actor=at.clerk, opinion_uid=uid, question="Từ khi nào?")


def somebody(role, at):
    if role == "desk":
        return at.clerk
    reach = ROLES[role].reach
    return UserFactory.holding(role, at.cell if reach == "own" else at.ward)


def seen_in(words):
    return [bird for bird in BIRDS if bird in words]


@pytest.mark.parametrize("role", ROLES_ASKED)
def test_no_answer_of_the_api_and_no_file_names_who_raised_it(caplog, nest, role):
    caplog.set_level(logging.DEBUG)
    program = Program(somebody(role, nest["at"]))
    leaks = []
    for name, (method, _may, path, body, _sees) in API_OPINIONS.items():
        for uid in {nest["names"][key] for key in ("noted", "here", "mine", "ended")}:
            place = nest["names"] | dict.fromkeys(("noted", "here", "mine"), uid)
            for verb, said in (("GET", None), (method, body and body(place))):
                words = all_of(program.send(verb, path.format(**place), said))
                leaks += [f"{verb} {name}: {bird}" for bird in seen_in(words)]
    assert not leaks
    assert not seen_in(caplog.text)


@pytest.mark.parametrize("role", ["member", "office", "head", "visitor", "desk", "board"])
def test_no_page_and_no_file_names_who_raised_it(client, caplog, place, nest, role):
    caplog.set_level(logging.DEBUG)
    client.force_login(somebody(role, nest["at"]))
    leaks, seen = [], 0
    for name, (method, permission, what) in [*DOORS.items(), *MORE.items()]:
        if permission == OPEN or name.startswith(OF_THE_ROLL):
            continue
        furnished = [place]
        if name.startswith("opinions:"):
            furnished += [
                place | {"opinion": Opinion(uid=nest["names"][key]), "answer": nest["answer"],
                         "issue": nest["issue"]}
                for key in ("noted", "here", "mine", "ended")
            ]  # fmt: skip
            furnished += [place | {"unit": nest["at"].ward}, place | {"unit": nest["at"].desk}]
        for url in {address(name, what, one) for one in furnished}:
            for verb in {"GET", method}:
                answer = client.generic(verb, url)
                seen += answer.status_code == 200
                leaks += [f"{verb} {name}: {bird}" for bird in seen_in(told(answer))]
    assert not leaks
    assert seen > 5
    assert not seen_in(caplog.text)


def test_nothing_that_is_kept_or_sent_names_who_raised_it(nest):
    """Every table but those of people and of the names sheet; mails, jobs, audit, answers given."""
    member = nest["bird"].members.get()
    raised = Raiser.objects.get(opinion=nest["names"]["noted"])
    assert (raised.name, raised.member_uid) == (BIRD, member.uid)
    leaks = []
    for model in apps.get_models():
        if model._meta.label_lower in KEEP_NAMES or not model._meta.managed:
            continue
        for row in model._default_manager.values():
            if model._meta.label_lower == "meetings.sealedrecord":
                del row["names"]  # the names sheet of sealed minutes
            words = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, default=str)
            leaks += [f"{model._meta.label}: {words}" for _bird in seen_in(words)]
            # Nor by an id, where it stands beside an opinion.
            if model._meta.app_label in {"opinions", "django_tasks_db"}:
                ids = {member.uid, nest["bird"].uid}
                leaks += [f"{model._meta.label}: {uid}" for uid in ids if uid in words]
    assert not leaks
    assert not AuditEntry.objects.filter(actor_uid=nest["bird"].uid).exists()
    assert not Given.objects.filter(actor_uid=nest["bird"].uid).exists()
    assert not [one for one in mail.outbox if seen_in(f"{one.subject} {one.body} {one.to}")]


def test_who_keeps_the_names_is_told_and_that_is_written_down(client, nest):
    at, uid = nest["at"], nest["names"]["noted"]
    url = reverse("opinions:names", args=[uid])
    client.force_login(at.secretary)
    assert BIRD in client.get(url).content.decode()
    assert Program(at.secretary).get(f"/opinions/{uid}/names").json() == {"name": BIRD}
    opened = AuditEntry.objects.filter(verb="opinions.names_opened", subject_uid=uid)
    assert {one.actor_uid for one in opened} == {at.secretary.uid}
    assert opened.count() == 2
    for who, status in ((nest["bird"], 403), (at.office, 404), (at.clerk, 404)):
        assert Program(who).get(f"/opinions/{uid}/names").status_code == status
    other = UserFactory.holding("secretary", UnitFactory(parent=at.ward))
    client.force_login(other)
    assert client.get(url).status_code == 404


def test_a_name_in_the_words_is_told_to_the_cell_alone(nest):
    """What would give somebody away is shown to the secretary who sends it, and to no one else."""
    at = nest["at"]
    opinion = actions.raise_opinion(
        actor=nest["bird"], unit_uid=at.cell.uid, text=f"Nhà {BIRD} bị ngập mỗi khi mưa to."
    )
    answer = Program(at.secretary).post(f"/opinions/{opinion.uid}/send", {})
    assert answer.json()["code"] == "opinions.gives_away"
    for who in (at.office, at.head, at.clerk):
        assert Program(who).post(f"/opinions/{opinion.uid}/send", {}).status_code == 404
    assert Membership.objects.filter(unit=at.cell, member__full_name=BIRD).exists()
