"""Whole ways of documents: killed on the way, sent twice, passed on, over quota, in any order."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DjangoTestCase

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.directives import actions
from nenmong.directives.actions import sending as out
from nenmong.directives.actions.recounting import differences
from nenmong.directives.models import CellLoad, Delivery, Directive, DirectiveMonth, Sending
from nenmong.directives.queries.targets import To, load_of
from nenmong.directives.queries.waiting import of_batch
from nenmong.directives.rules.load import Load
from nenmong.directives.tests import ready
from nenmong.directives.tests.ready import evening
from nenmong.org.tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return ready.place()


def deliver(sending):
    while actions.deliver_batch(actor=SYSTEM, sending_uid=sending.uid).state == "going":
        pass


def reached(directive):
    return sorted(Delivery.objects.filter(directive=directive).values_list("unit_id", flat=True))


def test_killed_on_the_way_it_goes_on_where_it_stopped(at, monkeypatch):
    cells = [at.cell, at.other, *(UnitFactory(parent=at.ward) for _ in range(5))]
    monkeypatch.setattr(out, "BATCH", 2)
    sending = ready.sent(at)
    actions.deliver_batch(actor=SYSTEM, sending_uid=sending.uid)
    record = out.audit.record
    monkeypatch.setattr(out.audit, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.deliver_batch(actor=SYSTEM, sending_uid=sending.uid)
    assert len(reached(sending.directive)) == 2
    monkeypatch.setattr(out.audit, "record", record)
    deliver(sending)
    sending.refresh_from_db()
    assert reached(sending.directive) == sorted(cell.uid for cell in cells)
    assert (sending.state, sending.done, sending.batches) == ("sent", 7, 4)
    assert CellLoad.objects.filter(documents=1, pages=3, minutes=15).count() == len(cells)
    assert DirectiveMonth.objects.get().delivered == len(cells)
    assert differences() == []


def test_sent_twice_each_cell_has_it_once(at):
    one = ready.issued(at)
    first = ready.sent(at, one=one, to=To(picked=(at.cell.uid,)))
    deliver(first)
    deliver(ready.sent(at, one=one))
    assert len(reached(one)) == 2
    assert CellLoad.objects.filter(documents=1).count() == 2
    assert differences() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_workers_at_one_sending(together):
    at = ready.place()
    sending = ready.sent(at)

    def one():
        return actions.deliver_batch(actor=SYSTEM, sending_uid=sending.uid).done

    def count():
        return reached(sending.directive), differences()

    assert together(one, one) == [2, 2]
    [(units, differ)] = together(count)
    assert (len(units), differ) == (2, [])


def test_the_province_sends_and_the_ward_adds_its_words(at):
    one = actions.start_draft(
        actor=at.above, unit_uid=at.province.uid, kind="bulletin", title="Bản tin tháng 12",
        text="Tin tỉnh", for_month=date(2026, 12, 1),
    )  # fmt: skip
    actions.describe(actor=at.above, directive_uid=one.uid, about=ready.ABOUT)
    actions.issue(actor=at.leader, directive_uid=one.uid, issued=ready.numbered(""))
    to = To(level="grassroots", pass_on=True)
    said = {"directive_uid": one.uid, "month": ready.month()}
    down = actions.send(actor=at.above, unit_uid=at.province.uid, to=to, words="Lời tỉnh", **said)
    deliver(down)
    assert of_batch(down.uid, 0) == []  # it comes before no meeting of the ward
    assert not CellLoad.objects.exists()
    sending = actions.send(
        actor=at.office, unit_uid=at.ward.uid, to=To(), words="Lời phường", **said
    )
    deliver(sending)
    assert sending.parent == down
    assert Delivery.objects.get(unit=at.ward).state == "passed_on"
    texts = [row["text"].splitlines() for row in of_batch(sending.uid, 0)]
    assert [text[:3] for text in texts] == [["Lời phường", "Lời tỉnh", ready.GIST]] * 2
    assert sum("Tổ dân phố ký xác nhận." in text for text in texts) == 1
    assert differences() == []


def test_who_was_not_asked_passes_nothing_on(at):
    other = ready.place()
    one = ready.issued(at)
    with pytest.raises(DomainError, match=r"directives\.not_here"):
        actions.send(
            actor=other.office, directive_uid=one.uid, unit_uid=other.ward.uid, to=To(),
            month=ready.month(),
        )  # fmt: skip


def fill(at, documents=5):
    """Send so much that one more is over the quota of five documents."""
    short = replace(ready.ABOUT, minutes=5)
    for number in range(documents):
        deliver(ready.sent(at, one=ready.issued(at, short, f"{number + 10}-HD/ĐU")))


def test_over_quota_needs_the_head_and_a_reason_that_cells_read(at):
    fill(at)
    rows, quota = load_of(at.ward, To(), ready.month(), Load(1, 3, 15, 0))
    assert quota.documents == 5
    assert sorted((row.cell_kind, row.over, row.typical.documents) for row in rows) == [
        ("public_service", 1, 6), ("residential_group", 1, 6),
    ]  # fmt: skip
    assert {measure for row in rows for measure in row.tightest} == {"documents"}
    one = ready.issued(at, number="99-HD/ĐU")
    said = {
        "directive_uid": one.uid, "unit_uid": at.ward.uid, "to": To(), "month": ready.month(),
    }  # fmt: skip
    for actor, why in ((at.office, "Bão số 9"), (at.head, ""), (at.head, "  ")):
        with pytest.raises(DomainError, match=r"directives\.over_quota"):
            actions.send(actor=actor, over_why=why, **said)
    sending = actions.send(actor=at.head, over_why="Bão số 9", **said)
    deliver(sending)
    assert all("Bão số 9" in row["text"] for row in of_batch(sending.uid, 0))


def test_withdrawn_on_its_way_it_stops(at, monkeypatch):
    monkeypatch.setattr(out, "BATCH", 1)
    sending = ready.sent(at)
    actions.deliver_batch(actor=SYSTEM, sending_uid=sending.uid)
    actions.withdraw(actor=at.head, directive_uid=sending.directive_id, reason="Trùng")
    deliver(sending)
    actions.settle_batch(actor=SYSTEM, sending_uid=sending.uid, batch=0)
    assert Sending.objects.get().state == "withdrawn"
    assert [row.state for row in Delivery.objects.all()] == ["withdrawn"]
    assert CellLoad.objects.get().documents == 0
    assert differences() == []


def test_the_queries_of_a_batch_do_not_grow(at, django_assert_max_num_queries):
    for _ in range(20):
        UnitFactory(parent=at.ward)
    sending = ready.sent(at)
    with django_assert_max_num_queries(21):
        actions.deliver_batch(actor=SYSTEM, sending_uid=sending.uid)
    with django_assert_max_num_queries(4):
        assert len(of_batch(sending.uid, 0)) == 22


# ── any order at all ────────────────────────────────────────────────────────────────────────

STEPS = ["issue", "send", "batch", "settle", "told", "carried", "withdraw", "prolong", "days"]


class Anything(DjangoTestCase):
    """Random moves: after each the counts are right, and no cell has a document twice."""

    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_counts_are_right_whatever_happens(self, data):
        at, day = ready.place(), date(2026, 3, 2)
        for _ in range(data.draw(st.integers(1, 20))):
            step = data.draw(st.sampled_from(STEPS))
            if step == "days":
                day += timedelta(days=data.draw(st.integers(1, 40)))
                continue
            with clock.at(evening(day)), suppress(DomainError, NotAllowed):
                self._do(step, at, data)
            assert differences() == []
            self._holds()

    def _do(self, step, at, data):
        if step == "issue":
            ready.issued(at, number=f"{Directive.objects.count() + 1}-HD/ĐU")
            return
        documents = list(Directive.objects.order_by("uid"))
        if not documents:
            return
        one = data.draw(st.sampled_from(documents))
        said = {"actor": at.head, "directive_uid": one.uid}
        sendings = list(Sending.objects.filter(directive=one).order_by("uid"))
        match step:
            case "send":
                picked = data.draw(st.sampled_from([(), (at.cell.uid,), (at.other.uid,)]))
                actions.send(
                    **said, unit_uid=at.ward.uid, to=To(picked=picked), month=clock.today(),
                    over_why="Việc gấp",
                )  # fmt: skip
            case "withdraw":
                actions.withdraw(**said, reason="Trùng")
            case "prolong":
                actions.prolong(**said, due_on=clock.today() + timedelta(days=300))
            case "told" | "carried":
                told = ready.Told(
                    at.cell.uid, one.uid, data.draw(st.sampled_from([at.cell.uid, at.ward.uid])),
                    clock.today(), speakers=3, carried_why="Hết giờ" if step == "carried" else "",
                    unclear=[ready.Unclear(one.uid, "Ai ký?")],
                )  # fmt: skip
                actions.note_told(actor=SYSTEM, told=told)
            case "batch" | "settle" if sendings:
                sending = data.draw(st.sampled_from(sendings))
                if step == "batch":
                    actions.deliver_batch(actor=SYSTEM, sending_uid=sending.uid)
                else:
                    actions.settle_batch(actor=SYSTEM, sending_uid=sending.uid, batch=0)

    def _holds(self):
        rows = list(Delivery.objects.values_list("unit_id", "directive_id"))
        assert len(rows) == len(set(rows))
        for row in Delivery.objects.all():
            assert (row.state == "discussed") == (row.told_on is not None)
            assert (row.state == "withdrawn") == (row.ended_on is not None)
