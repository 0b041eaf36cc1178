"""Pages of drafting ask the database as often for many rows as for few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nenmong.core import clock
from nenmong.directives import actions
from nenmong.directives.tests import ready
from nenmong.directives.tests.browsing import asked, to
from nenmong.directives.tests.ready import place
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def counted(client, who, urls):
    client.force_login(who)
    found = []
    for url in urls:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        found.append(len(seen))
    return found


def more_units_say(at, one, units):
    """Ask more units; each says something of the whole and of two paragraphs."""
    actions.ask_comments(
        actor=at.office, directive_uid=one.uid, unit_uids=[unit.uid for unit in units],
        due_on=clock.today() + timedelta(days=10),
    )  # fmt: skip
    for row in one.requests.filter(unit__in=units).select_related("unit"):
        secretary = UserFactory.holding("secretary", row.unit)
        for paragraph in (None, 1, 2):
            actions.comment(
                actor=secretary, request_uid=row.uid, text="Nên gọn.", paragraph=paragraph
            )


def test_the_pages_of_one_draft(client):
    at = place()
    one = asked(at)
    request = one.requests.get()
    pages = [to(name, one.uid) for name in ("draft", "comments", "compare", "describe")]
    counts = []
    for rows in (1, 6):
        more_units_say(at, one, [UnitFactory(parent=at.ward) for _number in range(rows)])
        for number in range(rows):
            text = f"{one.text}\nĐoạn {rows} {number}."
            actions.change_draft(actor=at.office, directive_uid=one.uid, title=one.title, text=text)
            actions.keep_version(actor=at.office, directive_uid=one.uid)
            actions.comment(actor=at.secretary, request_uid=request.uid, text=f"Ý {rows} {number}")
        of_office = counted(client, at.office, pages)
        counts.append([*of_office, *counted(client, at.secretary, [to("to_comment", request.uid)])])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 14


def test_the_desk(client):
    at = place()
    counts = []
    for rows in (1, 5):
        for number in range(rows):
            one = asked(at)
            more_units_say(at, one, [at.other])
            ready.asked(at)
            ready.issued(at, number=f"{rows}{number}-HD/ĐU", review_on=clock.today())
            out = ready.issued(at, number=f"{rows}{number}a-HD/ĐU")
            ready.delivered(at, one=out, over_why="Cuối năm")
        counts.append(counted(client, at.office, [to("desk", at.ward.uid)])[0])
    assert counts[0] == counts[1] <= 20
