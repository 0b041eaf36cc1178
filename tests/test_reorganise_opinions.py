"""Opinions on their way when units are reorganised: they lie with the heir, clocks going on."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.keeping import STORE, Kept
from nenmong.flows.opinions import bring_to_the_cell
from nenmong.meetings.models import Matter
from nenmong.opinions import actions
from nenmong.opinions.actions.attaching import Attached
from nenmong.opinions.actions.recounting import differences
from nenmong.opinions.events import OpinionAnswered
from nenmong.opinions.models import DeskField, Opinion
from nenmong.opinions.tests import ready
from nenmong.opinions.tests.ready import evening
from nenmong.org.models import Unit
from nenmong.org.tests import plans
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
RAISED, DAY, NOW = date(2026, 10, 1), date(2026, 10, 10), evening(date(2026, 10, 12))


@pytest.fixture
def two():
    with clock.at(evening(RAISED)):
        at = ready.place()
        return at, ready.place(at.ward)


def merged(*places):
    """Merge the cells of these places, and give the new one a secretary."""
    uids = ", ".join(place.cell.uid for place in places)
    with clock.at(NOW):
        plans.apply(f"merge: [{uids}]\n    into: {{name: Chi bộ chung}}", day=DAY)
    heir = Unit.objects.get(name="Chi bộ chung")
    return heir, UserFactory.holding("secretary", heir)


def now(opinion):
    return Opinion.objects.select_related("unit", "desk").get(uid=opinion.uid)


def test_what_a_dissolved_cell_raised_is_told_in_its_heir(two):
    at, other = two
    with clock.at(evening(RAISED)):
        here, away = ready.raised(at), ready.accepted(other)
    heir, secretary = merged(at, other)
    assert (now(here).unit, now(here).desk) == (heir, heir)
    assert (now(away).unit, now(away).desk) == (heir, other.desk)
    with clock.at(evening(date(2026, 10, 14))):
        actions.sort(actor=secretary, opinion_uid=here.uid, kind="proposal", field="works")
        actions.send(actor=secretary, opinion_uid=here.uid)
        answer = actions.answer(actor=other.clerk, opinion_uid=away.uid, draft=ready.CANNOT)
        bring_to_the_cell(OpinionAnswered(answer_uid=answer.uid))
    assert Matter.objects.get(kind="answer").unit == heir
    assert now(away).desk == heir
    ready.judged(answer, "not_solved")
    assert now(away).desk == other.desk
    assert differences() == []


def test_what_has_ended_stays_where_it_was_raised(two):
    at, other = two
    opinion = ready.ended(at)
    merged(at, other)
    assert now(opinion).unit == at.cell


def test_a_desk_that_is_merged_keeps_its_clock_running(two):
    at, other = two
    with clock.at(evening(RAISED)):
        opinion = ready.accepted(at)
        due = opinion.due_on
    with clock.at(NOW):
        plans.apply(
            f"merge: [{at.desk.uid}, {other.desk.uid}]\n    into: {{name: Phòng chung}}", day=DAY
        )
    heir = Unit.objects.get(name="Phòng chung")
    after = now(opinion)
    assert (after.desk, after.due_on) == (heir, due)
    assert [stay.desk_id for stay in after.stays.filter(left_on=None)] == [heir.uid]
    assert set(DeskField.objects.filter(unit=heir).values_list("field", flat=True)) == {
        "works", "land",
    }  # fmt: skip
    clerk = UserFactory.holding("desk", heir)
    with clock.at(evening(date(2026, 10, 14))):
        actions.answer(actor=clerk, opinion_uid=opinion.uid, draft=ready.CANNOT)
    assert differences() == []


def test_taking_a_plan_back_takes_this_back_too(two):
    at, other = two
    with clock.at(evening(RAISED)):
        opinion = ready.accepted(at)
    before = Opinion.objects.filter(uid=opinion.uid).values().get()
    with clock.at(NOW):
        plans.apply(
            f"merge: [{at.cell.uid}, {other.cell.uid}]\n    into: {{name: Chi bộ chung}}", day=DAY
        )
        assert Opinion.objects.get(uid=opinion.uid).unit != at.cell
        plans.undo()
    assert Opinion.objects.filter(uid=opinion.uid).values().get() == before


def test_files_stay_with_what_was_raised_and_are_the_heir_s(two, client, settings, tmp_path):
    settings.HOME = tmp_path
    at, other = two
    file = Kept(STORE.keep(b"%PDF-1.7"), "pdf", 8)
    with clock.at(evening(RAISED)):
        opinion = actions.raise_opinion(
            actor=at.member, unit_uid=at.cell.uid, text=ready.TEXT, files=[Attached("Ảnh", file)]
        )
    row = opinion.files.get()
    _heir, secretary = merged(at, other)
    url = reverse("opinions:file", args=[row.uid])
    with clock.at(evening(date(2026, 10, 14))):
        for who, status in ((secretary, 200), (at.member, 200), (at.office, 404)):
            client.force_login(who)
            assert client.get(url).status_code == status
        actions.remove_file(actor=at.member, file_uid=row.uid)  # whose it is may still
        row = actions.attach_file(actor=secretary, opinion_uid=opinion.uid, title="Ảnh", file=file)
        actions.send(actor=secretary, opinion_uid=opinion.uid, looked=True)
        client.force_login(at.office)
        assert client.get(reverse("opinions:file", args=[row.uid])).status_code == 200
