"""Older months are written in bulk: the same rows as by the actions, but ids, times and audit."""

from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from nenmong.config.demo import build as building
from nenmong.config.demo.build import build
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.hands import ByActions
from nenmong.config.demo.trail import trail
from nenmong.config.demo.writing import ORDER, Rows
from nenmong.config.management.commands import demo
from nenmong.core.fields import UidField
from nenmong.core.models import AuditEntry
from nenmong.meetings import queries
from nenmong.meetings.models import Meeting, MeetingMonth, SealedRecord

pytestmark = pytest.mark.django_db
CELL, WORD = "Chi bộ Tổ dân phố số 5", "sen-sen-sen"
FIVE = Choices(date(2026, 7, 10), chosen=True, months=5, only=(CELL,))
LEFT_OUT = {"record", "record_hash", "names", "names_hash", "names_salt", "previous", "link"}


def left(model):
    """Return what a table holds, each id as the place it stands at, without moments."""
    columns = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, UidField) and field.name not in LEFT_OUT and not field.is_relation
    ]
    rows = model.objects.order_by("pk").values_list(*(field.name for field in columns))
    kept = [tuple("" if isinstance(value, datetime) else value for value in row) for row in rows]
    return sorted(kept, key=repr)


def everything():
    return {model.__name__: left(model) for model in (*ORDER, MeetingMonth)}


def told():
    build(FIVE, password=WORD)
    found = everything()
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []
    return found


def test_a_cell_told_both_ways_leaves_the_same(monkeypatch):
    before = transaction.savepoint()
    in_bulk = told()
    transaction.savepoint_rollback(before)

    def by_actions(cell, choices, start, rows):
        story = building.Story(cell, choices, start, ByActions())
        story.tell_past()
        return story

    monkeypatch.setattr(building, "past", by_actions)
    by_hand = told()
    assert Meeting.objects.count() >= 5
    for name, rows in by_hand.items():
        assert in_bulk[name] == rows, name


def test_sealed_in_bulk_reads_like_any_other():
    build(FIVE, password=WORD)
    first = SealedRecord.objects.order_by("position").first()
    record = queries.verify.record_in(first)
    assert record["unit"]["name"] == CELL
    assert len(record["items"]) >= 6
    assert Rows().shelves == {}


def test_the_last_two_months_have_their_trail_and_what_has_none_is_named():
    build(FIVE, password=WORD)
    found = trail(FIVE.day)
    assert (found.meetings, found.faults) == (2, [])
    uid = Meeting.objects.sealed().order_by("-month").first().uid
    AuditEntry.objects.filter(subject_uid=uid, verb="meetings.opened").delete()
    (fault,) = trail(FIVE.day).faults
    assert CELL in fault
    assert "meetings.opened" in fault
    assert trail(date(2020, 1, 1)).meetings == 0


def test_the_command_says_so(capsys, tmp_path, settings, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setattr(demo.Command, "built", lambda *_: FIVE)
    build(FIVE, password=WORD)
    call_command("demo", check=True)
    assert "2" in capsys.readouterr().out
    AuditEntry.objects.filter(verb="meetings.closed").delete()
    with pytest.raises(CommandError, match="2"):
        call_command("demo", check=True)
