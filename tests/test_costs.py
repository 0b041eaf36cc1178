"""A page asks the database as often for many rows as for few."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenmong.org import actions as org
from nenmong.org.models import Membership, UnitVersion
from nenmong.org.tests.factories import (
    LONG_AGO,
    MemberFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
)
from nenmong.rulebook.models import UnitRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return WardFactory()


def more_cells(ward, number):
    cell = UnitFactory(parent=ward)
    UnitRule.objects.create(
        unit=cell, key="meetings.regular.minimum_minutes", value=45, document="QĐ", short="QĐ",
        first_day=LONG_AGO,
    )  # fmt: skip
    MemberFactory.of(cell, user=UserFactory(username=f"nhieu{number}", full_name="Lê Nhiều"))


def more_history(ward, number):
    day = date(2021, 1 + number % 12, 1 + number)
    UnitRule.objects.create(
        unit=ward, key="meetings.filing_days", value=3, document="QĐ", short="QĐ", first_day=day,
        last_day=day,
    )  # fmt: skip
    UnitVersion.objects.create(
        unit=ward, first_day=date(2001, 1, 1 + number), last_day=date(2001, 1, 1 + number),
        kind=ward.kind, name=ward.name, organization_name=ward.name, locality="", path=ward.path,
    )  # fmt: skip


def more_kinds(_ward, number):
    board = UserFactory.holding("board", WardFactory())
    org.set_cell_kind(actor=board, code="", name_vi=f"loại hình {number}")


PAGES = [
    ("office", "rulebook:rules", more_history, "", None),
    ("office", "org:unit_sheet", more_history, "", None),
    ("office", "rulebook:look", more_cells, "", {
        "rule": "meetings.regular.minimum_minutes", "value": "95", "day": "1/12/2026",
        "document": "QĐ 12",
    }),
    ("office", "plans:draft", more_cells, "", None),
    ("office", "home:unit", more_cells, "?thang=2026-11-01", None),
    ("office", "home:months", more_cells, "", None),
    ("administrator", "org:administration", more_cells, "?q=nhieu", None),
    ("administrator", "org:cell_kinds", more_kinds, "", None),
]  # fmt: skip


@pytest.mark.parametrize(("role", "name", "more", "query", "form"), PAGES)
def test_a_page_costs_the_same_for_few_and_for_many(client, ward, role, name, more, query, form):
    client.force_login(UserFactory.holding(role, ward))
    args = [] if name in {"org:administration", "org:cell_kinds"} else [ward.uid]
    url = reverse(name, args=args) + query
    counts = []
    for rows in (2, 14):
        for number in range(rows):
            more(ward, rows + number)
        with CaptureQueriesContext(connection) as seen:
            answer = client.post(url, form) if form else client.get(url)
        assert answer.status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 16


def test_a_member_costs_the_same_whatever_they_were(client, ward):
    cell = UnitFactory(parent=ward)
    member = MemberFactory.of(cell, user=UserFactory())
    client.force_login(UserFactory.holding("office", ward))
    counts = []
    for rows in (1, 12):
        for number in range(rows):
            day = date(2001 + rows, 1, 1 + number)
            Membership.objects.create(
                bucket=cell.bucket, member=member, unit=cell, status="official", first_day=day,
                last_day=day,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("org:member", args=[member.uid])).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 16
