"""Answers of the demo come before meetings told in bulk as before those told by the actions."""

from dataclasses import replace

import pytest
from django.db import transaction

from nenmong.config.demo import build as building
from nenmong.config.demo import course, joint, rounds, voices
from nenmong.config.demo.bulk import InBulk
from nenmong.config.demo.hands import ByActions
from nenmong.config.demo.packs import pack
from nenmong.config.demo.story import Story
from nenmong.core import ids
from nenmong.meetings.models import AnswerRead, Matter, Meeting
from nenmong.opinions.actions.recounting import differences
from nenmong.opinions.models import Answer, Opinion, OpinionMonth

from .test_demo_bulk import FIVE, everything, left, told

pytestmark = pytest.mark.django_db
NAMES = ("Chi bộ Tổ dân phố số 5", "Chi bộ Cơ quan Đảng ủy phường")


@pytest.fixture(autouse=True)
def _same_for_both(monkeypatch):
    """Leave out what only one of the two ways does: what nobody signs in for, what chance sifts."""
    rules = {**pack("cells"), "rules": []}
    monkeypatch.setattr(building, "pack", lambda name: rules if name == "cells" else pack(name))
    for module, name, value in (
        (course, "UPWARD", 0), (course, "REOPENED", 0), (rounds, "STUCK", 0),
        (voices, "NOTED", (1, 1)), (voices, "BETWEEN", (0, 0)), (voices, "LOT_HAS_ISSUE", -1),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, value)


def one_way(monkeypatch, *, bulk):
    def past(ward, choices, rows):
        ids.ensure_lease()
        stories = [
            Story(cell, choices, start, InBulk(cell.unit, rows) if bulk else ByActions())
            for cell, start in zip(ward, building._starts(ward), strict=True)
        ]
        said = voices.begin(stories, ward=False) if bulk else []
        for story in stories:
            story.rounds = story.rounds or rounds.rounds_of(story)
        joint.tell(stories, recent=False)
        joint.tell(stories, recent=True)
        voices.finish(said) if bulk else rounds.finish(stories)
        for story in stories:
            story.hand.finish()
        return []

    monkeypatch.setattr(building, "past", past)
    told(replace(FIVE, only=NAMES))
    assert differences() == []
    Answer.objects.update(number=None)  # numbered one by one by the actions, by day in bulk
    return everything() | {"OpinionMonth": left(OpinionMonth)}


def test_answers_told_both_ways_leave_the_same(monkeypatch):
    before = transaction.savepoint()
    in_bulk = one_way(monkeypatch, bulk=True)
    told_in = set(Answer.objects.exclude(told_on=None).values_list("told_in_uid", flat=True))
    assert None not in told_in
    read = AnswerRead.objects.all()
    answers = set(Answer.objects.values_list("uid", flat=True))
    assert set(read.values_list("source_uid", flat=True)) <= answers
    assert told_in <= set(read.values_list("meeting_id", flat=True))
    assert Meeting.objects.filter(uid__in=told_in).count() == len(told_in)
    assert read.filter(verdict="solved").exists()
    assert Opinion.objects.filter(verdict="solved", state="closed").exists()
    discharged = Matter.objects.filter(kind="answer", state="discharged")
    assert set(discharged.values_list("meeting_uid", flat=True)) == told_in
    transaction.savepoint_rollback(before)
    by_actions = one_way(monkeypatch, bulk=False)
    for name, rows in by_actions.items():
        assert in_bulk[name] == rows, name
