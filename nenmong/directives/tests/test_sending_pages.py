"""The pages of documents on their way: the library, one document, sending it."""

from datetime import date, timedelta

import pytest

from nenmong.core import clock
from nenmong.directives import actions
from nenmong.directives.actions.issuing import About
from nenmong.directives.models import Delivery, Sending
from nenmong.directives.queries.targets import To
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
    ready.deliver(ready.sent(at, one=one))
    assert to("coverage", one.uid) in page(client, at.office, "document", one.uid)


def test_a_draft_leads_to_where_it_is_worked_on(client, at):
    one = ready.draft(at)
    client.force_login(at.office)
    assert client.get(to("document", one.uid))["Location"] == to("draft", one.uid)
    request = ready.asked(at)
    found = client.get(to("document", request.directive_id))["Location"]
    assert found == to("to_comment", request.uid)


def test_a_committee_is_shown_that_it_passes_on_with_own_words(client, at):
    one = ready.passed_down(at)
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
    ready.deliver(sending)
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
    one = ready.passed_down(at)
    said = page(client, at.above, "send", at.province.uid, one.uid)
    assert "Đến 1 đơn vị." in said
    assert "sẽ đến 2 chi bộ trực thuộc" in said
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
    one = ready.passed_down(at)
    post(
        client, at.office, "send", at.ward.uid, one.uid, do="send", key="k4",
        **sending_form(words="Lời của Đảng ủy phường"),
    )  # fmt: skip
    sending = Sending.objects.get(unit=at.ward)
    ready.deliver(sending)
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


def test_whoever_has_it_already_is_asked_nothing_more(client):
    at = ready.place()
    one = ready.issued(at)
    ready.delivered(at, one=one)
    shown = page(client, at.office, "send", at.ward.uid, one.uid)
    assert "đã có văn bản này" in shown
