"""Records opened to one person by exception: for their days, in the unit's sight, no names."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.meetings.tests import journey
from nenmong.org import actions
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_an_opening_shows_the_records_for_its_days_and_no_longer(client):
    unit, secretary, _scribe = journey.cell(6)
    sealed = journey.sealed(unit, secretary, clock.today() - timedelta(days=30))
    head = UserFactory.holding("head", unit.parent)
    reader = UserFactory()
    url = reverse("meetings:record", args=[sealed.uid])
    client.force_login(reader)
    assert client.get(url).status_code == 404
    opened = actions.open_by_exception(
        actor=head, unit_uid=unit.uid, username=reader.username, reason="Đơn thư",
        last_day=clock.today() + timedelta(days=3),
    )  # fmt: skip
    assert client.get(url).status_code == 200
    assert client.get(reverse("meetings:names", args=[sealed.uid])).status_code == 403
    # The unit concerned reads who, why and until when.
    client.force_login(secretary)
    page = client.get(reverse("org:charge", args=[unit.uid])).content.decode()
    assert "Đơn thư" in page
    assert reader.full_name in page
    actions.close_opening(actor=head, opening_uid=opened.uid)
    client.force_login(reader)
    assert client.get(url).status_code == 404
