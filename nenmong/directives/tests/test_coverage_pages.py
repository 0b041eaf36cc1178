"""Where a document was discussed and where not; regulations in force; bulletins that are due."""

from datetime import date, timedelta

import pytest

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.directives import actions
from nenmong.directives.actions.issuing import About
from nenmong.directives.models import Delivery, Directive
from nenmong.directives.queries import bulletins, coverage, regulations
from nenmong.directives.tests import ready
from nenmong.directives.tests.browsing import page, post, to, vars_of
from nenmong.directives.tests.ready import place
from nenmong.org.tests.factories import UnitFactory
from nenmong.ui.sheets import read

pytestmark = pytest.mark.django_db
HEAVY = About(gist="Nặng", asked="discuss", pages=60, minutes=15)


@pytest.fixture
def at():
    return place()


# ── coverage ────────────────────────────────────────────────────────────────────────────────


def test_coverage_says_where_it_was_discussed_and_what_was_unclear(client, at):
    row = ready.delivery(at)
    told = ready.told(at, row, unclear=["Ai lập danh sách?"], speakers=4)
    actions.note_told(actor=SYSTEM, told=told)
    said = page(client, at.office, "coverage", row.directive_id)
    assert "1 / 2" in said
    assert "Ai lập danh sách?" in said
    found = coverage.covered(at.office, row.directive)
    assert (found.discussed, found.total, found.open_points) == (1, 2, 1)
    assert [one.state for one in found.rows] == ["waiting", "unanswered"]


def test_coverage_says_why_not_yet(client, at):
    row = ready.delivery(at)
    carried = ready.told(at, row, carried_why="Hết giờ")
    actions.note_told(actor=SYSTEM, told=carried)
    said = page(client, at.office, "coverage", row.directive_id)
    assert "Hết giờ" in said
    state = "?trang-thai=waiting"
    assert "Hết giờ" not in page(client, at.office, "coverage", row.directive_id, query=state)


def test_cells_of_who_has_not_passed_it_on_stand_as_not_delivered(client, at):
    one = ready.passed_down(at)
    found = coverage.covered(at.above, one)
    assert sorted(row.state for row in found.rows) == [
        "not_delivered", "not_delivered", "to_pass_on",
    ]  # fmt: skip
    assert (found.discussed, found.total) == (0, 2)
    assert found.areas[0].not_delivered == 2
    assert at.cell.name in page(client, at.above, "coverage", one.uid)


def test_withdrawn_is_not_held_against_anybody(at):
    one = ready.delivered(at).directive
    actions.withdraw(actor=at.head, directive_uid=one.uid, reason="Sai")
    for sending in one.sendings.all():
        actions.settle_batch(actor=SYSTEM, sending_uid=sending.uid, batch=0)
    one.refresh_from_db()
    found = coverage.covered(at.office, one)
    assert (found.total, found.counts) == (0, {"withdrawn": 2})


def test_only_those_missing_are_reminded_and_it_says_how_many(client, at):
    row = ready.delivery(at)
    actions.note_told(actor=SYSTEM, told=ready.told(at, row))
    Delivery.objects.update(came_on=clock.today() - timedelta(days=3))
    where = ("remind", at.ward.uid, row.directive_id)
    post(client, at.office, *where)
    assert Delivery.objects.filter(reminded_on=clock.today()).count() == 1
    said = page(client, at.office, "coverage", row.directive_id)
    assert ": 1 đơn vị." in said
    post(client, at.office, *where)
    assert Delivery.objects.filter(reminded_on=clock.today()).count() == 1


def test_who_did_not_send_it_reminds_nobody(client, at):
    one = ready.delivered(at).directive
    post(client, at.above, "remind", at.province.uid, one.uid, status=403)
    post(client, at.member, "remind", at.cell.uid, one.uid, status=403)


def test_a_cell_does_not_look_over_others(client, at):
    one = ready.delivered(at).directive
    page(client, at.secretary, "coverage", one.uid, status=403)


def test_coverage_as_a_workbook_is_what_is_shown(client, at):
    one = ready.delivered(at).directive
    client.force_login(at.office)
    rows = [
        vars_of(row) for row in read(client.get(to("coverage_xlsx", one.uid)).content, "a.xlsx")
    ]
    assert any(at.cell.name in row.values() for row in rows)


def test_coverage_costs_the_same_for_few_and_for_many(client, at, django_assert_max_num_queries):
    for _number in range(8):
        UnitFactory(parent=at.ward)
    one = ready.delivered(at).directive
    client.force_login(at.office)
    with django_assert_max_num_queries(16):
        client.get(to("coverage", one.uid))


# ── regulations and bulletins ───────────────────────────────────────────────────────────────


def regulation(unit, **said):
    today = clock.today()
    return Directive.objects.create(
        issuer=unit, kind="regulation", state="issued", title="Quy chế làm việc", number="01-QC",
        made_on=today, issued_on=today, valid_from=today, **said,
    )  # fmt: skip


def test_each_unit_stands_with_its_regulation_or_with_none(client, at):
    today = clock.today()
    regulation(at.cell, review_on=today - timedelta(days=1))
    regulation(at.ward, review_on=today + timedelta(days=400))
    said = page(client, at.office, "regulations", at.ward.uid)
    assert said.count("01-QC") == 2
    rows = regulations.rows_of(at.office, at.ward, today)
    assert [row.state for row in rows] == ["stands", "due", "none"]
    said = page(client, at.office, "regulations", at.ward.uid, query="?trang-thai=none")
    assert "01-QC" not in said


def test_what_is_due_for_review_is_found_for_units(at, django_assert_num_queries):
    today = clock.today()
    due = regulation(at.cell, review_on=today)
    regulation(at.other, review_on=today + timedelta(days=1))
    with django_assert_num_queries(1):
        found = regulations.due_for_review([at.cell.uid, at.other.uid], today)
    assert found == [due]


def test_bulletins_that_are_expected_say_issued_or_late(at):
    today = clock.today()  # 24/11/2026: that of December was due on the 15th
    expected = bulletins.expected_of(at.province, today)
    assert {(row.kind, row.late) for row in expected if row.due_on < today} == {
        ("bulletin", True), ("thematic_bulletin", True),
    }  # fmt: skip
    december = next(row for row in expected if row.for_month == date(2026, 12, 1))
    assert (december.due_on, december.issued_on) == (date(2026, 11, 15), None)
    Directive.objects.create(
        issuer=at.province, kind="bulletin", state="issued", title="Bản tin",
        for_month="2026-12-01",
        made_on=today, issued_on=date(2026, 11, 14), valid_from=today,
    )  # fmt: skip
    found = bulletins.expected_of(at.province, today)
    assert not next(row for row in found if row.for_month == date(2026, 12, 1)).late
