"""Settings of desks: fields, which desk handles which of them, the calendar of working days."""

import pytest
from django.urls import reverse

from nenmong.opinions.tests import ready
from nenmong.opinions.tests.test_desk_pages import page, send, text
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return ready.place()


def test_fields_and_who_handles_them(client, at):
    board = UserFactory.holding("board", at.ward.parent)
    assert page(client, at.office, "fields").status_code == 403
    assert page(client, board, "fields").status_code == 200
    added = send(client, board, "set_field", code="", name_vi="chợ", name_en="", key="k")
    assert added.status_code == 302
    twice = send(client, board, "set_field", code="", name_vi="chợ", name_en="Market", key="k2")
    assert (twice.status_code, "Market" in text(twice)) == (422, True)
    shown = text(page(client, at.office, "desk_fields", at.ward.uid))
    assert at.desk.name in shown
    form = {"field": ["works", "land"], "days-works": "7", "days-land": ""}
    saved = send(client, at.office, "set_desk_fields", at.desk.uid, **form)
    assert saved.status_code == 302
    assert at.desk.desk_fields.get(field="works").answer_days == 7
    wrong = send(client, at.office, "set_desk_fields", at.desk.uid, **(form | {"days-works": "ba"}))
    assert (wrong.status_code, 'value="ba"' in text(wrong)) == (422, True)


def test_the_calendar_of_working_days(client, at):
    board = UserFactory.holding("board", at.ward.parent)
    client.force_login(at.member)
    url = reverse("rulebook:calendar")
    assert "Quốc khánh" in text(client.get(url, {"nam": "2026"}))
    assert client.get(url, {"nam": "9" * 30}).status_code == 200
    form = {"day": "28/12/2026", "works": "0", "name": "Bão số 15"}
    assert client.post(reverse("rulebook:set_day"), form).status_code == 403
    client.force_login(board)
    assert client.post(reverse("rulebook:set_day"), form).status_code == 302
    assert "Bão số 15" in text(client.get(url, {"nam": "2026"}))
    refused = client.post(reverse("rulebook:set_day"), form | {"day": "29/12/2026", "name": ""})
    assert (refused.status_code, "29/12/2026" in text(refused)) == (422, True)
