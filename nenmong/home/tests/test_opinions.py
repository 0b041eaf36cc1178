"""What waits of opinions, as each finds it on landing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenmong.core import clock
from nenmong.home.tests.test_pages import landing
from nenmong.opinions import actions
from nenmong.opinions.tests import ready
from nenmong.opinions.tests.ready import evening
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.at(evening(date(2026, 11, 24))):
        yield


def test_a_secretary_sees_what_waits_for_the_cell_and_for_the_meeting(client):
    at = ready.place()
    assert "#cho-quyet" not in landing(client, at.secretary)
    ready.raised(at, "Việc thứ nhất của tổ 3.")
    ready.raised(at, "Việc thứ hai của tổ 3.")
    ready.answered(at)
    page = landing(client, at.secretary)
    address = reverse("opinions:of_cell", args=[at.cell.uid])
    assert f"{address}#cho-quyet" in page
    assert "2 ý kiến" in page or "2 opinions" in page
    assert f"{address}#cho-doc" in page
    assert "#cho-quyet" not in landing(client, at.member)


def test_a_clerk_lands_at_the_desk(client):
    at = ready.place()
    with clock.at(evening(date(2026, 9, 1))):
        ready.on_desk(at)
    page = landing(client, at.clerk).split("<main")[1]
    inbox = reverse("opinions:inbox", args=[at.desk.uid])
    assert page.index("nm-next") < page.index(inbox)
    assert "nm-late" in page
    assert at.cell.name not in page


def test_an_office_finds_its_desk_and_a_head_what_to_sign(client):
    at = ready.place()
    opinion = ready.accepted(at)
    ready.head_signs(at)
    actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
    ready.sent(at, "Việc nằm ở văn phòng phường.")
    inbox = reverse("opinions:inbox", args=[at.ward.uid])
    to_sign = reverse("opinions:opinion", args=[opinion.uid])
    for user, signs in ((at.office, False), (at.head, True)):
        page = landing(client, user)
        assert inbox in page
        assert (to_sign in page) is signs


@pytest.mark.parametrize("role", ["secretary", "office", "head", "clerk"])
def test_it_costs_two_queries_at_most_and_the_same_for_many(client, role):
    at = ready.place()
    ready.head_signs(at)
    user = getattr(at, role)
    landing(client, user)
    counts = []
    for rows in (0, 1, 6):
        for number in range(rows):
            ready.raised(at, f"Việc còn ở chi bộ số {rows}{number}.")
            ready.sent(at, f"Việc ở văn phòng số {rows}{number}.")
            opinion = ready.accepted(at, f"Việc ở bàn số {rows}{number}.")
            actions.answer(actor=at.clerk, opinion_uid=opinion.uid, draft=ready.DONE)
        with CaptureQueriesContext(connection) as seen:
            landing(client, user)
        counts.append(sum("opinions_" in query["sql"] or "rulebook_calendar" in query["sql"]
                          for query in seen))  # fmt: skip
    assert counts[0] == counts[1] == counts[2] <= 2


def test_the_home_of_a_cell_has_the_three_figures(client):
    at = ready.place()
    ready.judged(ready.answered(at), "solved")
    address = reverse("opinions:of_cell", args=[at.cell.uid])
    for user, sees in ((at.member, True), (at.office, False)):
        client.force_login(user)
        page = client.get(reverse("home:unit", args=[at.cell.uid])).content.decode()
        assert (address in page.split('id="y-kien"')[-1].split("</section>")[0]) is sees


def test_the_bar_leads_each_to_their_opinions(client):
    at = ready.place()
    leads = {
        at.member: ("of_cell", at.cell), at.secretary: ("of_cell", at.cell),
        at.office: ("inbox", at.ward), at.clerk: ("inbox", at.desk),
        UserFactory.holding("visitor", at.cell): ("list", at.cell),
        UserFactory.holding("inspection", at.ward): (None, None),
    }  # fmt: skip
    for user, (name, unit) in leads.items():
        bar = landing(client, user).split("<main")[0]
        found = [part for part in ("/y-kien/", "/ban-y-kien/", "/danh-sach-y-kien/") if part in bar]
        wanted = [reverse(f"opinions:{name}", args=[unit.uid])] if name else []
        assert [address for address in wanted if address in bar] == wanted
        assert len(found) == len(wanted)
