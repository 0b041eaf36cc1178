"""Who spoke, who was absent and why: sought in every answer of every door, for who may not know."""

import html
import io
import json
import logging
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.meetings import actions
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import MemberFactory, UserFactory
from nenmong.org.tests.programs import Program
from tests.api_meetings import API_MEETINGS
from tests.api_meetings import MORE as API_MORE
from tests.test_doors import (
    DOORS,
    MORE,
    OPEN,
    address,
    draft_parts,
    joint_parts,
    opinion_parts,
    sent_file,
    signed_answer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CANARIES = ("Chim Hoàng Yến", "Chim Vàng Anh", "bận hót ngoài vườn")


@pytest.fixture
def place():
    """A cell with a sealed and a held meeting: one bird spoke at both, the other was absent."""
    unit, secretary, _scribe = journey.cell(6)
    speaker, absent = (MemberFactory.of(unit, full_name=name) for name in CANARIES[:2])
    found = {"unit": unit}
    for state, day in (("sealed", date(2026, 10, 3)), ("held", date(2026, 11, 3))):
        meeting = journey.opened(unit, secretary, day)
        called = {absent.uid: Called("excused", CANARIES[2])}
        actions.record_roll(actor=secretary, meeting_uid=meeting.uid, called=called)
        for item in meeting.items.all():
            actions.go_to_item(actor=secretary, item_uid=item.uid)
        said = {"actor": secretary, "item_uid": item.uid, "member_uid": speaker.uid}
        speech = actions.add_speech(text="Ngõ 8 có sáu hộ.", key=f"s-{state}", **said)
        actions.note_opinion(text="Đề nghị báo ngày khởi công.", key=f"o-{state}", **said)
        task = actions.assign_task(
            actor=secretary, item_uid=item.uid, title="Dỡ mái vẩy", owner="Chi ủy",
            due_on=date(2026, 12, 20),
        )  # fmt: skip
        for report in meeting.reports.all():
            actions.report_task(
                actor=secretary, meeting_uid=meeting.uid, task_uid=report.task_uid, state="done",
                result="",
            )  # fmt: skip
        meeting.refresh_from_db()
        for about in ("resolution", "minutes"):
            actions.record_vote(
                actor=secretary, meeting_uid=meeting.uid, about=about, against=0, other=0,
                agreed=meeting.official_present,
            )  # fmt: skip
        with clock.at(meeting.opened_at + timedelta(minutes=100)):
            meeting = actions.close_meeting(actor=secretary, meeting_uid=meeting.uid)
        document = journey.document(meeting, secretary)
        if state == "sealed":
            meeting = actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
            found["scan"] = journey.scan(meeting, secretary)
        found["document"] = document
        if state == "held":
            found["right"] = actions.give_right(
                actor=secretary, meeting_uid=meeting.uid, role="helper",
                username=UserFactory().username,
            )  # fmt: skip
        found |= {state: meeting, "item": item, "speech": speech, "task": task}
    topic = actions.plan_topic(
        actor=secretary, unit_uid=unit.uid, month=date(2026, 12, 1), title="Chuyển đổi số"
    )
    asked, invited = joint_parts(unit)
    opinion, issue = opinion_parts(unit, secretary, speaker.uid)
    found |= {"opinion": opinion, "issue": issue, "answer": signed_answer(opinion)}
    found["opinion file"] = sent_file(opinion)
    found |= draft_parts(unit)
    return found | {"topic": topic, "asked": asked, "invited": invited}


def told(answer):
    """Return all that an answer says: head, page without marks, every part of a Word file."""
    body = answer.content
    texts = [str(answer.headers)]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            texts += parts.namelist()
            texts += [parts.read(part).decode("utf-8", "replace") for part in parts.namelist()]
    else:
        texts.append(body.decode())
    return html.unescape(" ".join(re.sub(r"<[^>]*>", "", text) + text for text in texts))


def all_of(answer):
    """Return all that an answer of the API says, JSON and files alike."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    texts = [str(answer.headers), body.decode("utf-8", "replace")]
    if "json" in answer.headers.get("Content-Type", ""):
        texts.append(json.dumps(json.loads(body), ensure_ascii=False))
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            texts += parts.namelist()
            texts += [parts.read(part).decode("utf-8", "replace") for part in parts.namelist()]
    return " ".join(texts)


@pytest.mark.parametrize("role", ["member", "office", "head", "visitor"])
def test_no_answer_of_the_api_names_who_spoke_or_was_absent(caplog, place, role):
    caplog.set_level(logging.DEBUG)
    user = UserFactory.holding(role, place["unit"] if role == "member" else place["unit"].parent)
    program = Program(user)
    swapped = place | {"sealed": place["held"], "held": place["sealed"]}
    leaks, seen = [], 0
    for name, (method, _permission, path, body) in [*API_MEETINGS.items(), *API_MORE.items()]:
        for here in (place, swapped):
            named = {word: getattr(row, "uid", row) for word, row in here.items()}
            named = dict.fromkeys(re.findall(r"{(\w+)}", path), named["held"]) | named
            for verb, said in (("GET", None), (method, body and {})):
                answer = program.send(verb, path.format(**named), said)
                seen += answer.status_code == 200
                words = all_of(answer)
                leaks += [f"{verb} {name}: {bird}" for bird in CANARIES if bird in words]
    assert not leaks
    assert seen > 20
    assert not [bird for bird in CANARIES if bird in caplog.text]


@pytest.mark.parametrize("role", ["member", "office", "head"])
def test_no_answer_names_who_spoke_or_was_absent(client, caplog, place, role):
    caplog.set_level(logging.DEBUG)
    user = UserFactory.holding(role, place["unit"] if role == "member" else place["unit"].parent)
    client.force_login(user)
    swapped = place | {"sealed": place["held"], "held": place["sealed"]}
    leaks, seen = [], 0
    for name, (method, permission, what) in [*DOORS.items(), *MORE.items()]:
        if permission == OPEN:
            continue
        if name.startswith(("org:", "org_import:", "plans:", "rulebook:")):
            continue  # they say who belongs to the cell, not who spoke there or was absent
        for url in {address(name, what, place), address(name, what, swapped)}:
            for verb in ("GET", method):
                for headers in ({}, {"HX-Request": "true"}):
                    answer = client.generic(verb, url, headers=headers)
                    seen += answer.status_code == 200
                    words = told(answer)
                    leaks += [f"{verb} {name}: {bird}" for bird in CANARIES if bird in words]
    assert not leaks
    assert seen > 5  # it did look at something
    assert not [bird for bird in CANARIES if bird in caplog.text]


def test_pages_with_names_are_kept_by_nobody(client, place):
    client.force_login(UserFactory.holding("scribe", place["unit"]))
    sealed = place["sealed"].uid
    for url in (
        reverse("meetings:names", args=[sealed]),
        reverse("meetings:minutes_docx", args=[sealed, "so-chi-bo"]),
        reverse("meetings:book_docx", args=[place["unit"].uid, 2026, "so-chi-bo"]),
    ):
        assert client.get(url)["Cache-Control"] == "private, no-store"
    for name in ("item", "line", "roll"):
        url = address(f"meetings:{name}", DOORS[f"meetings:{name}"][2], place)
        assert client.get(url)["Cache-Control"] == "private, no-cache"
