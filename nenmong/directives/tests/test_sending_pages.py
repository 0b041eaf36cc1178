"""The pages of documents on their way: library, one document, sending, coverage, regulations."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.directives import actions
from nenmong.directives.actions.issuing import About, Issued
from nenmong.directives.models import Delivery, Directive, Sending
from nenmong.directives.queries import bulletins, coverage, regulations
from nenmong.directives.queries.targets import To
from nenmong.directives.tests import ready
from nenmong.directives.tests.ready import place
from nenmong.org.tests.factories import UnitFactory
from nenmong.ui.sheets import read

pytestmark = pytest.mark.django_db
HEAVY = About(gist="Nặng", asked="discuss", pages=60, minutes=15)


@pytest.fixture
def at():
    return place()


def to(name, *uids, query=""):
    return reverse(f"directives:{name}", args=uids) + query


def page(client, who, name, *uids, query="", status=200):
    client.force_login(who)
    answer = client.get(to(name, *uids, query=query))
    assert answer.status_code == status
    return answer.content.decode()


def post(client, who, name, *uids, status=302, headers=None, **said):
    client.force_login(who)
    answer = client.post(to(name, *uids), said, headers=headers or {})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def deliver(sending):
    while actions.deliver_batch(actor=SYSTEM, sending_uid=sending.uid).state == "going":
        pass


def passed_down(at):
    """The province's document at the ward, to be passed on."""
    one = actions.start_draft(
        actor=at.above, unit_uid=at.province.uid, kind="guidance", title=ready.TITLE,
        text=ready.TEXT,
    )  # fmt: skip
    actions.describe(actor=at.above, directive_uid=one.uid, about=ready.ABOUT)
    today = clock.today()
    one = actions.issue(
        actor=at.leader, directive_uid=one.uid,
        issued=Issued(number="12-HD/TU", issued_on=today, valid_from=today),
    )  # fmt: skip
    sending = actions.send(
        actor=at.leader, directive_uid=one.uid, unit_uid=at.province.uid,
        to=To("grassroots", pass_on=True), month=ready.month(),
    )  # fmt: skip
    deliver(sending)
    return one


# ── the library ─────────────────────────────────────────────────────────────────────────────


def test_an_empty_library_says_what_fills_it(client, at):
    assert "nm-empty" in page(client, at.office, "library")


def test_the_library_is_searched_without_accents_and_every_word_must_occur(client, at):
    ready.issued(at)
    found = page(client, at.office, "library", query="?chua=HO+ngheo")
    assert "<mark>hộ</mark>" in found
    assert "<mark>nghèo</mark>" in found
    assert "05-HD" not in page(client, at.office, "library", query="?chua=ho+giàu")


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("loai=guidance", True), ("loai=plan", False), ("trang-thai=in_force", True),
        ("trang-thai=withdrawn", False), ("nam=2026", True), ("nam=2025", False),
        ("hieu-luc=30/12/2026", True), ("hieu-luc=1/1/2026", False), ("hieu-luc=x", True),
        ("noi-ban-hanh=zzz", True), ("noi-ban-hanh={ward}", True), ("noi-ban-hanh={cell}", False),
    ],
)  # fmt: skip
def test_the_library_is_narrowed_by_its_address(client, at, query, there):
    ready.issued(at)
    query = query.format(ward=at.ward.uid, cell=at.cell.uid)
    assert ("05-HD" in page(client, at.office, "library", query=f"?{query}")) is there


def test_the_library_holds_what_one_may_see_and_no_drafts(client, at):
    ready.draft(at)
    one = ready.delivered(at, to=To(picked=(at.cell.uid,))).directive
    assert page(client, at.office, "library").count(f"/van-ban/{one.uid}/") == 1
    assert one.uid in page(client, at.member, "library")
    beside = UnitFactory(parent=at.ward)
    other = ready.UserFactory.holding("secretary", beside)
    assert one.uid not in page(client, other, "library")


def test_the_library_as_a_workbook_is_what_is_shown(client, at):
    ready.issued(at)
    client.force_login(at.office)
    rows = list(read(client.get(to("library_xlsx")).content, "a.xlsx"))
    assert any("05-HD/ĐU" in row.values() for row in map(vars_of, rows))
    content = client.get(to("library_xlsx", query="?loai=plan")).content
    assert not any("05-HD/ĐU" in row.values() for row in map(vars_of, read(content, "a.xlsx")))


def vars_of(row):
    return dict(enumerate(getattr(row, "cells", row)))


def test_the_library_costs_the_same_for_few_and_for_many(client, at, django_assert_max_num_queries):
    for number in range(6):
        ready.issued(at, number=f"{number + 10}-HD/ĐU")
    client.force_login(at.office)
    with django_assert_max_num_queries(12):
        client.get(to("library", query="?chua=ho"))


# ── one document ────────────────────────────────────────────────────────────────────────────


def test_a_document_says_what_is_next(client, at):
    one = ready.issued(at)
    said = page(client, at.office, "document", one.uid)
    assert to("send", at.ward.uid, one.uid) in said
    assert ready.GIST in said
    deliver(ready.sent(at, one=one))
    assert to("coverage", one.uid) in page(client, at.office, "document", one.uid)


def test_a_draft_leads_to_where_it_is_worked_on(client, at):
    one = ready.draft(at)
    client.force_login(at.office)
    assert client.get(to("document", one.uid))["Location"] == to("draft", one.uid)
    request = ready.asked(at)
    found = client.get(to("document", request.directive_id))["Location"]
    assert found == to("to_comment", request.uid)


def test_a_committee_is_shown_that_it_passes_on_with_own_words(client, at):
    one = passed_down(at)
    way = to("send", at.ward.uid, one.uid)
    said = page(client, at.office, "document", one.uid)
    assert way in said
    assert at.ward.name in said
    assert way in page(client, at.office, "desk", at.ward.uid)
    assert way not in page(client, at.secretary, "library")


def test_while_a_sending_is_on_its_way_the_page_says_so(client, at):
    sending = ready.sent(at)
    said = page(client, at.office, "document", sending.directive_id)
    assert "hx-get" in said
    client.force_login(at.office)
    piece = client.get(to("document", sending.directive_id), headers={"HX-Request": "true"})
    assert "<html" not in piece.content.decode()
    deliver(sending)
    piece = client.get(to("document", sending.directive_id), headers={"HX-Request": "true"})
    assert "hx-get" not in piece.content.decode()


def test_it_is_withdrawn_with_a_reason(client, at):
    one = ready.delivered(at).directive
    post(client, at.head, "withdraw", one.uid, status=422, reason=" ")
    post(client, at.head, "withdraw", one.uid, reason="Đã có văn bản mới")
    one.refresh_from_db()
    assert (one.state, one.ended_why) == ("withdrawn", "Đã có văn bản mới")
    assert "Đã có văn bản mới" in page(client, at.office, "document", one.uid)
    post(client, at.office, "withdraw", one.uid, status=403, reason="x")


def test_it_is_prolonged(client, at):
    one = ready.issued(at)
    said = post(client, at.head, "prolong", one.uid, status=422, due_on="31/2/2027")
    assert "31/2/2027" in said
    post(client, at.head, "prolong", one.uid, status=422, due_on="1/1/2026")
    post(client, at.head, "prolong", one.uid, due_on="20/1/2027")
    one.refresh_from_db()
    assert one.due_on == date(2027, 1, 20)


def test_a_review_is_noted(client, at):
    one = ready.issued(at)
    today = clock.today()
    post(client, at.head, "review", one.uid, status=422, reviewed_on="", review_on="")
    post(
        client, at.head, "review", one.uid, reviewed_on=today.isoformat(),
        review_on=(today + timedelta(days=300)).isoformat(),
    )  # fmt: skip
    one.refresh_from_db()
    assert one.reviewed_on == today


def test_replaced_and_replacing_lead_to_each_other(client, at):
    old = ready.issued(at)
    new = ready.issued(at, number="06-HD/ĐU", replaces=[old.uid])
    assert to("document", new.uid) in page(client, at.office, "document", old.uid)
    assert to("document", old.uid) in page(client, at.office, "document", new.uid)


def test_what_one_does_not_see_is_not_there(client, at):
    one = ready.issued(at)
    page(client, at.member, "document", one.uid, status=404)
    page(client, at.member, "coverage", one.uid, status=404)


# ── sending ─────────────────────────────────────────────────────────────────────────────────


def test_the_load_is_seen_before_anything_goes_out(client, at):
    one = ready.issued(at)
    said = page(client, at.office, "send", at.ward.uid, one.uid)
    assert 'id="tai"' in said
    for headers in ({}, {"HX-Request": "true"}):
        said = post(
            client, at.office, "send", at.ward.uid, one.uid, status=200, headers=headers,
            do="load", level="cells", kinds=["public_service"], month=ready.month().isoformat(),
            words="Lời của Đảng ủy",
        )  # fmt: skip
        assert 'id="tai"' in said
        assert ("Lời của Đảng ủy" in said) is not bool(headers)
    assert not Sending.objects.exists()


def sending_form(**said):
    return {"level": "cells", "month": ready.month().isoformat(), "words": "Làm sớm", **said}


def test_it_is_looked_at_and_sent_once(client, at):
    one = ready.issued(at)
    where = ("send", at.ward.uid, one.uid)
    said = post(client, at.office, *where, status=200, do="look", **sending_form())
    assert 'name="key"' in said
    assert "Làm sớm" in said
    for _time in range(2):
        post(client, at.office, *where, do="send", key="k1", **sending_form())
    sending = Sending.objects.get()
    assert (sending.total, sending.words) == (2, "Làm sớm")
    said = post(client, at.office, *where, status=200, do="change", **sending_form())
    assert "Làm sớm" in said


def test_picked_units_and_kinds_are_reached_alone(client, at):
    one = ready.issued(at)
    form = sending_form(**{"picked-cells": [at.cell.uid, "zzz"], "kinds": ["nothing"]})
    post(client, at.office, "send", at.ward.uid, one.uid, do="send", key="k2", **form)
    sending = Sending.objects.get()
    assert (sending.total, sending.picked, sending.cell_kinds) == (1, [at.cell.uid], [])


def test_over_quota_an_office_is_told_who_can_and_the_head_says_why(client, at):
    one = ready.issued(at, about=HEAVY)
    where = ("send", at.ward.uid, one.uid)
    said = post(client, at.office, *where, status=422, do="look", **sending_form())
    assert at.head.full_name in said
    assert "over_why" not in said
    post(client, at.office, *where, status=422, do="send", **sending_form(over_why="Gấp"))
    said = post(client, at.head, *where, status=422, do="look", **sending_form())
    assert 'name="over_why"' in said
    said = post(client, at.head, *where, status=200, do="look", **sending_form(over_why="Gấp"))
    assert "Gấp" in said
    post(client, at.head, *where, do="send", key="k3", **sending_form(over_why="Gấp"))
    assert Sending.objects.get().over_why == "Gấp"


def test_the_month_that_is_over_quota_for_the_province_counts_cells_below(client, at):
    one = passed_down(at)
    said = page(client, at.above, "send", at.province.uid, one.uid)
    assert "public_service" in said or "2" in said
    said = post(
        client, at.above, "send", at.province.uid, one.uid, status=200, do="load",
        level="grassroots", **{"pass_on": "1"}, month=ready.month().isoformat(),
    )  # fmt: skip
    assert "nm-table" in said
    said = post(
        client, at.above, "send", at.province.uid, one.uid, status=200, do="load",
        level="grassroots", month=ready.month().isoformat(),
    )  # fmt: skip
    assert "nm-table" not in said


def test_a_committee_passes_on_with_its_own_words(client, at):
    one = passed_down(at)
    post(
        client, at.office, "send", at.ward.uid, one.uid, do="send", key="k4",
        **sending_form(words="Lời của Đảng ủy phường"),
    )  # fmt: skip
    sending = Sending.objects.get(unit=at.ward)
    deliver(sending)
    assert sending.parent is not None
    assert Delivery.objects.filter(directive=one, unit=at.cell, state="waiting").exists()
    assert "Lời của Đảng ủy phường" in page(client, at.above, "document", one.uid)


def test_who_neither_issued_nor_passes_on_sends_nothing(client, at):
    one = ready.delivered(at).directive
    page(client, at.above, "send", at.province.uid, one.uid, status=403)
    page(client, at.secretary, "send", at.cell.uid, one.uid, status=403)
    page(client, at.secretary, "send", at.ward.uid, one.uid, status=404)


def test_what_is_withdrawn_is_not_sent(client, at):
    one = ready.issued(at)
    actions.withdraw(actor=at.head, directive_uid=one.uid, reason="Sai số liệu")
    assert "<textarea" not in page(client, at.office, "send", at.ward.uid, one.uid)


def test_the_composer_costs_the_same_for_few_and_for_many(
    client, at, django_assert_max_num_queries
):
    one = ready.issued(at)
    for _number in range(12):
        UnitFactory(parent=at.ward)
    client.force_login(at.office)
    with django_assert_max_num_queries(30):
        client.get(to("send", at.ward.uid, one.uid))


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
    one = passed_down(at)
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
    assert "(1)" in said or "1 " in said
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
    expected = bulletins.expected_of(at.ward, today)
    assert {(row.kind, row.late) for row in expected if row.due_on < today} == {
        ("bulletin", True), ("thematic_bulletin", True),
    }  # fmt: skip
    december = next(row for row in expected if row.for_month == date(2026, 12, 1))
    assert (december.due_on, december.issued_on) == (date(2026, 11, 15), None)
    Directive.objects.create(
        issuer=at.ward, kind="bulletin", state="issued", title="Bản tin", for_month="2026-12-01",
        made_on=today, issued_on=date(2026, 11, 14), valid_from=today,
    )  # fmt: skip
    found = bulletins.expected_of(at.ward, today)
    assert not next(row for row in found if row.for_month == date(2026, 12, 1)).late
