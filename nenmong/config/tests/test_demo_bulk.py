"""Older months are written in bulk: the same rows as by the actions, but ids, times and audit."""

from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from nenmong.accounts.models import User
from nenmong.config.demo import build as building
from nenmong.config.demo import telling
from nenmong.config.demo.build import build
from nenmong.config.demo.bulk import InBulk
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.habits import Temper
from nenmong.config.demo.hands import ByActions
from nenmong.config.demo.trail import trail
from nenmong.config.demo.writing import ORDER, Rows, write, write_months
from nenmong.config.management.commands import demo
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
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


def one_hand(monkeypatch, hand):
    """Tell all by one hand: past, recent months and the meeting being prepared."""

    def past(cell, choices, start, rows):
        chosen = InBulk(cell.unit, rows) if hand is InBulk else hand()
        story = building.Story(cell, choices, start, chosen)
        story.tell_past()
        story.tell_recent()
        if hand is InBulk:
            chosen.finish()
        story.tell_recent = lambda: None
        return story

    monkeypatch.setattr(building, "past", past)


def test_a_cell_told_both_ways_leaves_the_same(monkeypatch):
    before = transaction.savepoint()
    one_hand(monkeypatch, InBulk)
    in_bulk = told()
    transaction.savepoint_rollback(before)
    one_hand(monkeypatch, ByActions)
    by_hand = told()
    assert Meeting.objects.count() >= 5
    assert Meeting.objects.filter(kind="regular_thematic").exists()
    for name, rows in by_hand.items():
        assert in_bulk[name] == rows, name


WEAK = Temper(
    away=4, unexcused=0.4, talk=0.4, done=0.5, pace=0.6, missed=0.2, postponed=0.5, unsealed=0.7,
    unfiled=0.5, thematic=0.5,
)  # fmt: skip


def test_a_weak_cell_elsewhere_told_both_ways_leaves_the_same(monkeypatch):
    """And its minutes that were never sealed leave their matters where they stood."""
    plan = building.plan

    def weak(choices):
        tree = plan(choices)
        tree.cells[0].temper = WEAK
        return tree

    monkeypatch.setattr(building, "plan", weak)
    before = transaction.savepoint()
    one_hand(monkeypatch, InBulk)
    in_bulk = told()
    transaction.savepoint_rollback(before)
    one_hand(monkeypatch, ByActions)
    by_hand = told()
    assert Meeting.objects.filter(status=Meeting.Status.HELD).exists()
    assert by_hand == in_bulk


def test_cells_elsewhere_are_told_to_their_last_month():
    """In this process: another would not see what a test has written."""
    choices = Choices(date(2026, 7, 10), chosen=True, months=5)
    tree = building.plan(choices)
    tree.cells = [cell for cell in tree.cells if not cell.in_ward][:4]
    with clock.at(clock.at_hour(choices.day, building.DAWN)):
        building.found_units(actor=SYSTEM, tree=tree)
        building.enter_members(actor=SYSTEM, tree=tree, choices=choices, password=WORD)
    packed = telling.told(tree.cells, choices)
    write(packed)
    write_months(packed.months, packed.paths)
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []
    units = {meeting.unit.uid for meeting in Meeting.objects.exclude(held_on=None)}
    assert units == {cell.unit.uid for cell in tree.cells}
    assert all(Meeting.objects.sealed().values_list("sealed_by", flat=True))
    secretaries = [user for user in User.objects.all() if user.username.startswith("secretary-")]
    assert len(secretaries) == len(units)
    assert not any(user.has_usable_password() for user in secretaries)


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
