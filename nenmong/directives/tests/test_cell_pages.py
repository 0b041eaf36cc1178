"""A cell's documents on the phone: what waits, one to be read, what is reported back."""

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from nenmong.core.actions import SYSTEM
from nenmong.directives import actions
from nenmong.directives.models import Delivery
from nenmong.directives.queries import cell
from nenmong.directives.tests import ready
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory

pytestmark = pytest.mark.django_db
MOST = 30_000  # bytes of a later page on a phone


@pytest.fixture
def at():
    return ready.place()


def page(client, user, name, *about, **asked):
    client.force_login(user)
    return client.get(reverse(f"directives:{name}", args=about), asked)


def test_what_waits_stands_first_and_is_found_without_accents(client, at):
    one = ready.delivery(at)
    text = page(client, at.member, "of_cell", at.cell.uid).content.decode()
    assert f"05-HD/ĐU · {ready.TITLE}" in text
    assert reverse("directives:read", args=[one.directive_id]) in text
    assert "Tài liệu" not in text
    found = page(client, at.member, "of_cell", at.cell.uid, q="ra soat ho ngheo").content.decode()
    assert ready.TITLE in found
    assert (
        ready.TITLE
        not in page(client, at.member, "of_cell", at.cell.uid, q="khong co").content.decode()
    )


def test_it_is_read_with_what_changes_for_one_s_own_kind(client, at):
    one = ready.delivery(at).directive
    answer = page(client, at.member, "read", one.uid)
    text = answer.content.decode()
    for said in (ready.GIST, "Danh sách do chi bộ lập.", "Tổ dân phố ký xác nhận.", "Hộ nào ở tổ"):
        assert said in text
    script = gzip.compress(Path(finders.find("ui/aloud.js")).read_bytes())
    assert len(gzip.compress(answer.content)) + len(script) < MOST
    assert "fs-1" in page(client, at.member, "read", one.uid, to="1").content.decode()
    other = UserFactory.holding("member", at.other)
    assert "Tổ dân phố ký xác nhận." not in page(client, other, "read", one.uid).content.decode()


def test_what_was_unclear_stands_with_its_answer(client, at):
    one = ready.discussed(at, unclear=["Ai ký xác nhận?"])
    point = one.unclear_points.get()
    said = {"bucket": point.bucket, "source_uid": point.source_uid, "text": "Tổ trưởng ký."}
    assert "Ai ký xác nhận?" in page(client, at.member, "read", one.directive_id).content.decode()
    actions.note_answered(actor=SYSTEM, **said)
    assert "Tổ trưởng ký." in page(client, at.member, "read", one.directive_id).content.decode()


def test_a_report_is_written_where_one_is_asked(client, at):
    one = ready.delivery(at, about=replace(ready.ABOUT, asked="report_back"))
    actions.note_told(actor=SYSTEM, told=ready.told(at, one))
    address = reverse("directives:report", args=[one.uid])
    assert address in page(client, at.secretary, "read", one.directive_id).content.decode()
    assert address not in page(client, at.member, "read", one.directive_id).content.decode()
    client.force_login(at.secretary)
    empty = client.post(address, {"text": "  "})
    assert empty.status_code == 422
    long = client.post(address, {"text": "x" * 50_000})
    assert (long.status_code, "x" * 50_000 in long.content.decode()) == (422, True)
    assert client.post(address, {"text": "Đã giúp một hộ."}).status_code == 302
    assert Delivery.objects.get(uid=one.uid).report == "Đã giúp một hộ."


def test_a_withdrawn_one_says_so(client, at):
    one = ready.delivery(at).directive
    actions.withdraw(actor=at.head, directive_uid=one.uid, reason="Trùng văn bản tỉnh")
    assert "Trùng văn bản tỉnh" in page(client, at.member, "read", one.uid).content.decode()


def test_who_it_was_not_sent_to_does_not_find_it(client, at):
    one = ready.delivery(at).directive
    stranger = UserFactory.holding("secretary", UnitFactory(parent=WardFactory()))
    assert page(client, stranger, "read", one.uid).status_code == 404
    assert page(client, stranger, "of_cell", at.cell.uid).status_code == 404


def test_they_cost_the_same_however_many(client, at, django_assert_max_num_queries):
    for number in range(4):
        about = replace(ready.ABOUT, minutes=5)
        one = ready.issued(at, about, f"{number + 20}-HD/ĐU", valid_until=date(2030, 1, 1))
        ready.delivered(at, one=one)
    client.force_login(at.member)
    with django_assert_max_num_queries(6):  # session, user, roles, the unit; two for the list
        assert client.get(reverse("directives:of_cell", args=[at.cell.uid])).status_code == 200
    with django_assert_max_num_queries(9):
        assert client.get(reverse("directives:read", args=[one.uid])).status_code == 200


def test_my_work_says_what_waits(client, at):
    ready.delivery(at)
    client.force_login(at.secretary)
    assert "văn bản" in client.get(reverse("home:my_work")).content.decode()
    asked = ready.asked(at)
    client.force_login(at.office)
    text = client.get(reverse("home:my_work")).content.decode()
    assert reverse("directives:desk", args=[asked.unit_id]) in text


def test_what_has_no_day_waits_behind_what_is_due(at):
    dayless = ready.issued(at, replace(ready.ABOUT, due_on=None, minutes=5), "20-HD/ĐU")
    due = ready.issued(at, replace(ready.ABOUT, minutes=5), "21-HD/ĐU")
    for one in (dayless, due):
        ready.delivered(at, one=one)
    assert [row.directive_id for row in cell.shelf(at.cell).waiting] == [due.uid, dayless.uid]
