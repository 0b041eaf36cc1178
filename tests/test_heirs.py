"""A cell that was merged belongs to the one it went on in: its records stay with its members."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.core.actions import SYSTEM
from nenmong.meetings.tests import journey
from nenmong.org import actions as org
from nenmong.org.models import Unit
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory

pytestmark = pytest.mark.django_db


def merge(first, second, name, day):
    text = (
        f"plan: p{day}\nday: 2026-11-{day}\n"
        f"steps: [{{merge: [{first.uid}, {second.uid}], into: {{name: {name}}}}}]"
    )
    org.apply_plan(actor=SYSTEM, text=text)
    return Unit.objects.get(name=name)


def test_members_of_the_merged_cell_read_what_the_old_ones_held(client):
    ward = WardFactory()
    old, secretary, _scribe = journey.cell(6, parent=ward)
    sealed = journey.sealed(old, secretary, date(2026, 10, 3))
    other = UnitFactory(parent=ward)
    joined = UserFactory.holding("member", other)
    stranger = UserFactory.holding("member", UnitFactory(parent=ward))
    record = reverse("meetings:record", args=[sealed.uid])
    client.force_login(joined)
    assert client.get(record).status_code == 404
    merged = merge(old, other, "Chi bộ hợp nhất", 20)
    assert client.get(record).status_code == 200
    assert client.get(reverse("meetings:names", args=[sealed.uid])).status_code == 403
    page = client.get(reverse("org:unit_sheet", args=[merged.uid])).content.decode()
    assert reverse("home:unit", args=[old.uid]) in page
    # Their own cell is the one they work in.
    work = client.get(reverse("home:my_work")).content.decode()
    assert "Chi bộ hợp nhất" in work
    assert old.name not in work
    client.force_login(stranger)
    assert client.get(record).status_code == 404
    # Merged once more, it is still theirs.
    merge(merged, UnitFactory(parent=ward), "Chi bộ lớn", 22)
    client.force_login(joined)
    assert client.get(record).status_code == 200


def test_who_keeps_the_merged_cell_s_papers_opens_the_names_sheet(client):
    old, secretary, _scribe = journey.cell(6)
    sealed = journey.sealed(old, secretary, date(2026, 10, 3))
    client.force_login(UserFactory.holding("keeper", old))
    assert client.get(reverse("meetings:names", args=[sealed.uid])).status_code == 200
