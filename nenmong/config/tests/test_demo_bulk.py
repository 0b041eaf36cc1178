"""Older months are written in bulk: the same rows as by the actions, but ids, times and audit."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from nenmong.accounts.models import User
from nenmong.config.demo import build as building
from nenmong.config.demo import joint, shelf, telling
from nenmong.config.demo.build import build
from nenmong.config.demo.bulk import InBulk
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.habits import Temper
from nenmong.config.demo.hands import ByActions
from nenmong.config.demo.story import Story
from nenmong.config.demo.trail import trail
from nenmong.config.demo.writing import ORDER, Rows, write, write_sums
from nenmong.config.management.commands import demo
from nenmong.core import clock, ids
from nenmong.core.actions import SYSTEM
from nenmong.core.fields import UidField
from nenmong.core.models import AuditEntry
from nenmong.meetings import queries
from nenmong.meetings.models import (
    AgendaItem,
    GivenRight,
    Meeting,
    MeetingMonth,
    SealedRecord,
    Vote,
)
from nenmong.meetings.models.month import SUMS
from nenmong.opinions.actions import recounting
from nenmong.opinions.models import OpinionMonth
from nenmong.opinions.models.month import SUMS as OPINION_SUMS

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


def told(choices=FIVE):
    build(choices, password=WORD)
    found = everything()
    assert queries.verify.verify().findings == []
    assert list(queries.recount.differences()) == []
    return found


def one_hand(monkeypatch, hand):
    """Tell all by one hand: past, recent months and the meeting being prepared."""

    def past(ward, choices, rows):
        ids.ensure_lease()
        stories = [
            Story(cell, choices, start, InBulk(cell.unit, rows) if hand is InBulk else hand())
            for cell, start in zip(ward, building._starts(ward), strict=True)
        ]
        joint.tell(stories, recent=False)
        joint.tell(stories, recent=True)
        for story in stories:
            story.hand.finish()
        return []

    monkeypatch.setattr(building, "past", past)
    monkeypatch.setattr(shelf, "papers", lambda _choices: [])  # `test_demo_directives` has them


def both_ways(monkeypatch, choices=FIVE):
    before = transaction.savepoint()
    one_hand(monkeypatch, InBulk)
    in_bulk = told(choices)
    transaction.savepoint_rollback(before)
    one_hand(monkeypatch, ByActions)
    by_hand = told(choices)
    for name, rows in by_hand.items():
        assert in_bulk[name] == rows, name


def test_a_cell_told_both_ways_leaves_the_same(monkeypatch):
    both_ways(monkeypatch)
    assert Meeting.objects.count() >= 5
    kinds = set(Meeting.objects.values_list("kind", flat=True))
    assert kinds == {"regular", "regular_thematic", "cell_committee", "extraordinary"}


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
    both_ways(monkeypatch)
    assert Meeting.objects.filter(status=Meeting.Status.HELD).exists()
    assert Meeting.objects.filter(postponements__isnull=False).exists()


def with_said(monkeypatch, **said):
    """Say something more of the first cell."""
    plan = building.plan

    def more(choices):
        tree = plan(choices)
        tree.cells[0].said = {**tree.cells[0].said, **said}
        return tree

    monkeypatch.setattr(building, "plan", more)


@pytest.mark.parametrize("typist", ["helper", "cell"])
def test_a_cell_on_paper_told_both_ways_leaves_the_same(monkeypatch, typist):
    choices = replace(FIVE, only=("Chi bộ Xóm Đồi",))
    with_said(monkeypatch, paper=typist, untyped=typist == "helper")
    both_ways(monkeypatch, choices)
    typed = Meeting.objects.filter(entry=Meeting.Entry.PAPER)
    assert typed.sealed().count() >= 4
    assert all(typed.values_list("typed_by", flat=True)) is (typist == "helper")
    held = GivenRight.objects.filter(ended_at=None, role="helper")
    assert held.count() == (typist == "helper")


def test_cells_that_sit_together_told_both_ways_leave_the_same(monkeypatch):
    names = ("Chi bộ Tổ dân phố số 3", "Chi bộ Tổ dân phố số 4", CELL)
    both_ways(monkeypatch, replace(FIVE, only=names))
    host, *guests = Meeting.objects.filter(kind="thematic").order_by("uid")
    assert [one.joint_uid for one in guests] == [host.uid] * 2
    assert all(one.status == Meeting.Status.SEALED for one in (host, *guests))
    texts = {one.items.get(step="discussion").conclusion for one in (host, *guests)}
    assert len(texts) == 1
    assert queries.joint.names(guests[0]) == [host.unit.name, guests[1].unit.name]


def test_an_admission_dues_and_a_cancelled_month_told_both_ways_leave_the_same(monkeypatch):
    with_said(
        monkeypatch, admits=2, dues=True, carries=False, events=[{"what": "cancelled", "ago": 3}]
    )
    both_ways(monkeypatch)
    vote = Vote.objects.get(way=Vote.Way.BALLOT)
    assert vote.rule == "meetings.vote.admission"
    assert vote.passed
    assert AgendaItem.objects.filter(business="dues", dues_members__gt=0).exists()
    (cancelled,) = Meeting.objects.filter(status=Meeting.Status.CANCELLED)
    assert cancelled.postponements.get().now_at is None


def test_cells_elsewhere_are_told_to_their_last_month():
    """In this process: another would not see what a test has written."""
    choices = Choices(date(2026, 7, 10), chosen=True, months=5)
    tree = building.plan(choices)
    tree.cells = [cell for cell in tree.cells if not cell.in_ward][:4]
    building.add_desks(tree)
    with clock.at(clock.at_hour(choices.day, building.DAWN)):
        building.found_units(actor=SYSTEM, tree=tree)
        building.enter_members(actor=SYSTEM, tree=tree, choices=choices, password=WORD)
        building.open_desks(actor=SYSTEM, tree=tree, choices=choices)
    packed = telling.told(tree.cells, choices)
    write(packed)
    write_sums(MeetingMonth, SUMS, packed.months, packed.paths)
    assert queries.verify.verify().findings == []
    write_sums(OpinionMonth, OPINION_SUMS, packed.opinions, packed.paths)
    assert list(queries.recount.differences()) == []
    assert recounting.differences() == []
    units = {meeting.unit.uid for meeting in Meeting.objects.exclude(held_on=None)}
    assert units == {cell.unit.uid for cell in tree.cells}
    assert all(Meeting.objects.sealed().values_list("sealed_by", flat=True))
    secretaries = [user for user in User.objects.all() if user.username.startswith("secretary-")]
    assert len(secretaries) == len(units)
    assert not any(user.has_usable_password() for user in secretaries)
    found = trail(choices.day)
    assert found.in_bulk >= len(units)
    assert (found.by_actions, found.faults) == (0, [])
    Vote.objects.all().delete()
    assert len(trail(choices.day).faults) == found.in_bulk


def test_sealed_in_bulk_reads_like_any_other():
    build(FIVE, password=WORD)
    first = SealedRecord.objects.order_by("position").first()
    record = queries.verify.record_in(first)
    assert record["unit"]["name"] == CELL
    assert len(record["items"]) >= 4
    assert Rows().shelves == {}


def test_the_last_two_months_have_their_trail_and_what_has_none_is_named():
    build(FIVE, password=WORD)
    found = trail(FIVE.day)
    assert (found.by_actions, found.in_bulk, found.faults) == (4, 0, [])
    uid = Meeting.objects.sealed().regular().order_by("-month").first().uid
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
    assert "4" in capsys.readouterr().out
    AuditEntry.objects.filter(verb="meetings.closed").delete()
    with pytest.raises(CommandError, match="4"):
        call_command("demo", check=True)
