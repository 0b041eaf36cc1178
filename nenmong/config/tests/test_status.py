"""The state of the installation, as its administrator sees it."""

import pytest
from django.urls import reverse

from nenmong.config import status
from nenmong.config.safekeeping.examination import Finding, State
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_what_is_wrong_stands_first(client, monkeypatch):
    found = [Finding(State.WELL, "Tốt", "tốt"), Finding(State.BAD, "Hỏng", "hỏng", "làm thế này")]
    monkeypatch.setattr(status, "examine", lambda: iter(found))
    client.force_login(UserFactory.holding("administrator", UnitFactory()))
    text = client.get(reverse("status")).content.decode()
    assert text.index("Hỏng") < text.index("làm thế này") < text.index("Tốt")


def test_the_real_state_is_shown_and_only_to_who_keeps_the_installation(client):
    unit = UnitFactory()
    client.force_login(UserFactory.holding("administrator", unit))
    assert client.get(reverse("status")).status_code == 200
    for role in ("board", "head", "secretary"):
        at = unit if role == "secretary" else unit.parent
        client.force_login(UserFactory.holding(role, at))
        assert client.get(reverse("status")).status_code == 403
