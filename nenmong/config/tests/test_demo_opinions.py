"""Opinions of the demo: told in bulk as by the actions, and sound when all is built."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from nenmong.accounts.models import User
from nenmong.config.demo import build as building
from nenmong.config.demo import course as courses
from nenmong.config.demo.build import build
from nenmong.config.demo.bulk.opinions import OpinionsInBulk, play
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.course import Course, Step, field_of, place_of
from nenmong.config.demo.packs import pack, topics
from nenmong.config.demo.rounds import Real
from nenmong.config.demo.trail import trail
from nenmong.config.demo.writing import ORDER, Rows, number_letters, write, write_sums
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.ids import new_uid
from nenmong.core.models import AuditEntry
from nenmong.meetings import queries as meetings
from nenmong.meetings.models import AnswerRead, Matter
from nenmong.opinions import actions
from nenmong.opinions.actions.judging import Told
from nenmong.opinions.actions.raising import Noted
from nenmong.opinions.actions.recounting import differences
from nenmong.opinions.models import (
    Answer,
    DeskStay,
    Issue,
    Opinion,
    OpinionMonth,
    OpinionMove,
)
from nenmong.opinions.models.month import SUMS
from nenmong.opinions.rules.answers import missing
from nenmong.opinions.rules.fields import BUILT_IN
from nenmong.org import queries as org
from nenmong.org.models import Unit

from .test_demo_bulk import left

pytestmark = pytest.mark.django_db
DAY, WORD = date(2026, 7, 10), "sen-sen-sen"
WARD = ("Chi bộ Tổ dân phố số 3", "Chi bộ Tổ dân phố số 4", "Chi bộ Cơ quan Đảng ủy phường")
EMPTY = Choices(DAY, chosen=True, months=0, only=WARD)
TABLES = (Opinion, DeskStay, OpinionMove, Answer, OpinionMonth)
TEXTS = tuple(
    text for kind in ("residential_group", "village") for one in topics(kind)
    for text in one.opinions
)  # fmt: skip
BEGINS = date(2025, 9, 3)
EVENINGS = [BEGINS + timedelta(days=30 * n) for n in range(1, 9)]


class ByTheActions:
    """Does the same steps by the actions."""

    def __init__(self, unit, place):
        self.unit, self.place = unit, place
        self.users = {
            "cell": User.objects.get(username="bithu"),
            place.committee.unit.uid: User.objects.get(username="danguy"),
            place.desks[0].unit.uid: User.objects.get(username="vanphong_ubnd"),
        }

    def do(self, real, step):
        one = real.opinion
        actor = {"cell": self.users["cell"], "desk": self.users.get(one.desk_id)}.get(
            step.whose, SYSTEM
        )
        with clock.at(step.moment(one.version)):
            if step.what == "judge":
                told = Told("", step.on, **step.said)
                told = replace(told, meeting_uid=one.unit_id)
                actions.judge(actor=actor, answer_uid=one.answer_uid, told=told)
            else:
                getattr(actions, step.what)(actor=actor, opinion_uid=one.uid, **step.said)

    def nudge(self, real, on):
        with clock.at(clock.at_hour(on, building.DAWN)):
            actions.nudge(actor=SYSTEM, opinion_uid=real.uid)


def noted(unit, text):
    return Noted(new_uid(), unit.uid, unit.uid, BEGINS, "Việc khác", text)


@pytest.fixture
def place_and_cell(monkeypatch):
    rules = {**pack("cells"), "rules": []}
    monkeypatch.setattr(building, "pack", lambda name: rules if name == "cells" else pack(name))
    # Above the ward nobody signs in: nothing is passed up by the actions.
    monkeypatch.setattr(courses, "UPWARD", 0)
    build(EMPTY, password=WORD)
    unit = Unit.objects.get(name=WARD[0])
    return place_of(unit.parent), unit


@pytest.mark.parametrize("seed", range(3))
def test_opinions_told_both_ways_leave_the_same(place_and_cell, seed):
    place, unit = place_and_cell
    course, until = Course(unit, place, seed, EVENINGS), date(2026, 6, 1)
    texts = TEXTS[seed * 9 : seed * 9 + 9]
    by_hand = ByTheActions(unit, place)
    for text in texts:
        with clock.at(Step(BEGINS, "", "").moment(0)):
            one = actions.open_noted(actor=SYSTEM, noted=noted(unit, text))
        play(by_hand, Real(one.uid), course, until)
    Answer.objects.update(number=None)  # numbered cell by cell by the actions, by day in bulk
    told = {model.__name__: left(model) for model in TABLES}
    assert differences() == []
    for model in (OpinionMove, DeskStay, Answer, Opinion, OpinionMonth):
        model.objects.all().delete()

    rows = Rows()
    hand = OpinionsInBulk(unit, org.grassroots_of(unit), place, rows)
    for text in texts:
        lies = hand.open(text, "meeting", BEGINS, item="Việc khác")
        play(hand, lies, course, until)
        rows.put(*lies.all())
    packed = rows.packed()
    write(packed)
    write_sums(OpinionMonth, SUMS, packed.opinions, packed.paths)
    for model in TABLES:
        assert left(model) == told[model.__name__], model.__name__
    assert differences() == []
    number_letters()
    numbers = Answer.objects.exclude(number=None).values_list("desk", "signed_on__year", "number")
    assert max(Counter(numbers).values()) == 1


def sound():
    """Check what holds of all opinions, whoever told them."""
    assert differences() == []
    stays = Counter(DeskStay.objects.filter(left_on=None).values_list("opinion_id", flat=True))
    assert set(stays.values()) <= {1}
    assert set(stays) == set(Opinion.objects.open().values_list("uid", flat=True))
    closed = Opinion.objects.filter(state="closed")
    assert all(
        Answer.objects.get(uid=uid).told_on for uid in closed.values_list("answer_uid", flat=True)
    )
    for stay in DeskStay.objects.select_related("opinion"):
        assert stay.left_on is None or stay.arrived_on <= stay.left_on <= DAY
    for opinion in Opinion.objects.open():
        assert opinion.stays.get(left_on=None).desk_id == opinion.desk_id
    waiting = Opinion.objects.filter(state="answered").values_list("answer_uid", flat=True)
    brought = Matter.objects.filter(kind="answer", state__in=("waiting", "on_agenda"))
    assert set(waiting) <= set(brought.values_list("source_uid", flat=True))
    numbers = Answer.objects.exclude(number=None).values_list("desk", "signed_on__year", "number")
    assert max(Counter(numbers).values()) == 1
    assert not OpinionMove.objects.filter(on__gte=DAY).exists()
    assert meetings.verify.verify().findings == []


def test_a_built_demo_is_sound_and_its_secretary_finds_what_became_of_what_was_said():
    build(replace(EMPTY, months=6), password=WORD)
    sound()
    mine = Opinion.objects.filter(unit__name=WARD[0])
    assert mine.filter(state="at_cell").exists()
    assert mine.filter(state__in=("waiting", "accepted")).exists()
    assert mine.filter(state="answered").exists()
    assert mine.filter(state="closed", verdict="solved").exists()
    assert mine.filter(returned__gt=0).exists()
    assert AnswerRead.objects.exclude(verdict="").exists()
    assert Answer.objects.filter(signed_by=User.objects.get(username="bithudanguy")).exists()
    assert Issue.objects.exists()
    assert DBTaskResult.objects.count() < 30
    desk = Unit.objects.get(kind="authority", posts__member__user__username="vanphong_ubnd")
    assert Opinion.objects.on_desk(desk.uid).open().filter(due_on__lt=DAY).exists()
    found = trail(DAY)
    assert found.faults == []
    assert found.opinions > 3
    sure_things_are_there(mine)
    AuditEntry.objects.filter(verb="opinions.accept").delete()
    assert "opinions.accept" in trail(DAY).faults[0]


def sure_things_are_there(mine):
    """Of the cell shown, by the actions, whatever chance said: each has its line in the audit."""
    since = clock.at_hour(DAY - timedelta(days=61), building.DAWN)
    done = AuditEntry.objects.filter(at__gt=since, subject_uid__in=[one.uid for one in mine])
    verbs = set(done.values_list("verb", flat=True))
    sure = {f"opinions.{name}" for name in ("withdraw", "ask", "come_due", "reopen", "await")}
    assert sure <= verbs
    for username in ("phong_tnmt", "so_yte"):
        user = User.objects.get(username=username)
        desk = Unit.objects.get(posts__member__user=user)
        assert mine.filter(desk=desk, state="accepted").exists()
        assert done.filter(verb="opinions.accept", actor_uid=user.uid).exists()
    OpinionMove.objects.filter(what="come_due").delete()
    assert "come_due" in trail(DAY).faults[-1]


def test_every_text_has_a_field_and_every_answer_can_be_signed():
    said = pack("opinions")
    codes = {field.code for field in BUILT_IN}
    assert {*said["words"], *said["answers"]} <= codes
    assert {one["field"] for one in (*said["between"], *said["issues"])} <= codes
    assert {field_of(text) for text in TEXTS} > {"works", "security", "environment", "culture"}


def test_drafts_say_what_one_has_to(place_and_cell):
    place, unit = place_and_cell
    course = Course(unit, place, 1)
    for field in pack("opinions")["answers"]:
        for number in range(40):
            one = Opinion(field=field, kind="proposal", desk=place.desks[0].unit, text="x")
            rng = courses.chance(1, field, number)
            assert missing(course.draft(one, DAY, rng), DAY) == []


def test_all_of_it_is_written_in_bulk():
    assert set(TABLES) - {OpinionMonth} <= set(ORDER)
