"""A refusal is seen where the thumb is, and what was typed stays."""

import pytest
from playwright.sync_api import expect

from nenmong.meetings.tests import journey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_refused_line_says_why_in_sight(person):
    unit, user, _scribe = journey.cell(5)
    meeting = journey.opened(unit, user)
    secretary = person(user)
    secretary.open(f"/muc/{meeting.items.get(step='discussion').uid}/")
    page = secretary.page
    page.fill("#loi", "Đề nghị làm sớm.")
    secretary.send("#ghi-loi")  # nobody was chosen
    note = page.locator("#speeches [data-nm-error]")
    expect(note).to_be_in_viewport()
    expect(page.locator("#loi")).to_have_value("Đề nghị làm sớm.")
