"""A document goes down, comes before a meeting, is discussed; what was unclear is answered."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.events import unfinished
from nenmong.directives import actions
from nenmong.directives.actions.recounting import differences
from nenmong.directives.models import Delivery, Directive, UnclearPoint
from nenmong.directives.tests import ready
from nenmong.meetings import actions as meetings
from nenmong.meetings.events import MinutesSealed
from nenmong.meetings.models import AgendaItem, Matter
from nenmong.meetings.tests import journey
from nenmong.opinions import actions as opinions
from nenmong.opinions.models import Opinion
from nenmong.opinions.rules.answers import Draft, Result
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BEFORE, DAY = date(2026, 9, 20), date(2026, 10, 3)


@pytest.fixture
def at(work):
    """A ward that has sent a document to its cells; the cell's own people hold the meeting."""
    cell, secretary, _scribe = journey.cell(6)
    at = ready.place()
    at.ward, at.cell, at.secretary = cell.parent, cell, secretary
    at.head, at.office = (
        UserFactory.holding("head", at.ward),
        UserFactory.holding("office", at.ward),
    )
    with clock.at(ready.evening(BEFORE)):
        ready.sent(at)
        work()
    return at


def line(meeting, secretary, matter, *texts):
    """Go to the item of a matter and note lines under it."""
    item = AgendaItem.objects.get(meeting=meeting, matter_uid=matter.uid)
    for text in texts:
        meetings.note_opinion(actor=secretary, item_uid=item.uid, text=text)
    return item


def held_with(at, *texts):
    """Hold the October meeting, whose agenda has the document; note these lines under it."""
    with clock.at(ready.evening(BEFORE)):
        meeting = journey.planned(at.cell, at.secretary, DAY)
    meeting = journey.held(at.cell, at.secretary, DAY)
    matter = Matter.objects.get(kind="directive", unit=at.cell)
    with clock.at(journey.evening(DAY, 101)):
        line(meeting, at.secretary, matter, *texts)
    return journey.seal(meeting, at.secretary)


def test_it_waits_and_stands_on_the_agenda_with_its_minutes(at):
    matter = Matter.objects.get(unit=at.cell)
    assert (matter.kind, matter.state, matter.asked) == ("directive", "waiting", "discuss")
    for said in (ready.GIST, "Tổ dân phố ký xác nhận.", "1. Hộ nào"):
        assert said in matter.text
    with clock.at(ready.evening(BEFORE)):
        meeting = journey.planned(at.cell, at.secretary, DAY)
    item = AgendaItem.objects.get(meeting=meeting, matter_uid=matter.uid)
    assert (item.minutes, item.title) == (15, f"05-HD/ĐU · {ready.TITLE}")


def test_where_it_was_discussed_is_known_and_what_was_unclear_answered(at, work):
    held_with(at, "Ai ký xác nhận danh sách?", "Đề nghị phường cử cán bộ giúp.")
    work()
    one = Delivery.objects.get(unit=at.cell)
    assert (one.state, one.discussed_on, one.unclear) == ("discussed", DAY, 1)
    asked = Opinion.objects.get(text="Ai ký xác nhận danh sách?")
    assert (asked.kind, asked.desk, asked.state) == ("question", at.ward, "waiting")
    other = Opinion.objects.get(text="Đề nghị phường cử cán bộ giúp.")
    assert (other.kind, other.state) == ("", "at_cell")
    draft = Draft(Result.DONE, "Tổ trưởng tổ dân phố ký.", who="Văn phòng", done_on=DAY)
    with clock.at(ready.evening(DAY + timedelta(days=5))):
        opinions.answer(actor=at.office, opinion_uid=asked.uid, draft=draft)
        work()
    point = UnclearPoint.objects.get()
    assert "Tổ trưởng tổ dân phố ký." in point.answer
    assert Matter.objects.filter(kind="answer", unit=at.cell).exists()
    assert differences() == []


def test_what_names_somebody_stays_with_the_cell(at, work):
    held_with(at, "Ông Bình 0912345678 có phải ký không?")
    work()
    asked = Opinion.objects.get(text__startswith="Ông Bình")
    assert (asked.kind, asked.state) == ("question", "at_cell")


def test_left_to_the_next_meeting_it_says_why(at, work):
    with clock.at(ready.evening(BEFORE)):
        journey.planned(at.cell, at.secretary, DAY)
    meeting = journey.held(at.cell, at.secretary, DAY)
    matter = Matter.objects.get(kind="directive", unit=at.cell)
    with clock.at(journey.evening(DAY, 101)):
        meetings.carry_over(
            actor=at.secretary, meeting_uid=meeting.uid, matter_uid=matter.uid, reason="Hết giờ"
        )
    journey.seal(meeting, at.secretary)
    work()
    one = Delivery.objects.get(unit=at.cell)
    assert (one.state, one.carried, one.carried_why) == ("waiting", 1, "Hết giờ")


@pytest.mark.parametrize("planned", [False, True])
def test_withdrawn_it_waits_no_more_and_says_why(at, work, planned):
    with clock.at(ready.evening(BEFORE)):
        if planned:
            journey.planned(at.cell, at.secretary, DAY)
        actions.withdraw(
            actor=at.head, directive_uid=Directive.objects.get().uid, reason="Trùng văn bản tỉnh"
        )
        work()
    matter = Matter.objects.get(unit=at.cell)
    assert (matter.state, matter.ended_why) == ("withdrawn", "Trùng văn bản tỉnh")
    assert not AgendaItem.objects.filter(matter_uid=matter.uid).exists()
    assert Delivery.objects.get(unit=at.cell).state == "withdrawn"
    assert differences() == []


def test_withdrawn_while_the_meeting_is_on_the_item_stays(at, work):
    with clock.at(ready.evening(BEFORE)):
        journey.planned(at.cell, at.secretary, DAY)
    meeting = journey.held(at.cell, at.secretary, DAY)
    with clock.at(journey.evening(DAY, 101)):
        actions.withdraw(
            actor=at.head, directive_uid=Directive.objects.get().uid, reason="Trùng văn bản tỉnh"
        )
        work()
    assert meeting.items.filter(title__contains=ready.TITLE).exists()
    journey.seal(meeting, at.secretary)
    work()
    assert Delivery.objects.get(unit=at.cell).state == "withdrawn"


def test_prolonged_every_waiting_matter_has_the_later_day(at, work):
    later = ready.ABOUT.due_on + timedelta(days=20)
    with clock.at(ready.evening(BEFORE)):
        actions.prolong(actor=at.head, directive_uid=Directive.objects.get().uid, due_on=later)
        work()
    assert Matter.objects.get(unit=at.cell).due_on == later
    assert Delivery.objects.get(unit=at.cell).due_on == later


def test_who_prepares_sees_what_it_asks_and_by_when(at, work, client):
    with clock.at(ready.evening(BEFORE)):
        meeting = journey.planned(at.cell, at.secretary, DAY)
    matter = Matter.objects.get(kind="directive", unit=at.cell)
    client.force_login(at.secretary)
    address = reverse("meetings:prepare", args=[meeting.uid])
    text = client.get(address).content.decode()
    assert reverse("directives:read", args=[matter.source_uid]) in text
    assert "đến ngày 31/12/2026" in text
    with clock.at(ready.evening(BEFORE)):
        actions.withdraw(actor=at.head, directive_uid=matter.source_uid, reason="Trùng văn bản")
        work()
    text = client.get(address).content.decode()
    assert "Trùng văn bản" in text
    assert reverse("directives:read", args=[matter.source_uid]) not in text


def test_a_cell_s_own_draft_asks_nobody_and_is_decided_by_its_vote(at, work):
    with clock.at(ready.evening(BEFORE)):
        own = actions.start_draft(
            actor=at.secretary, unit_uid=at.cell.uid, kind="regulation", title="Quy chế chi bộ",
            text="Chi bộ họp ngày 3.",
        )  # fmt: skip
        actions.submit_draft(actor=at.secretary, directive_uid=own.uid)
        work()
        journey.planned(at.cell, at.secretary, DAY)
    meeting = journey.held(at.cell, at.secretary, DAY)
    with clock.at(journey.evening(DAY, 101)):
        for matter in Matter.objects.filter(kind="directive", unit=at.cell):
            item = line(meeting, at.secretary, matter, "Khi nào rà soát lại?")
            if matter.source_uid == own.uid:
                meeting.refresh_from_db()
                meetings.record_vote(
                    actor=at.secretary, meeting_uid=meeting.uid, about="item", item_uid=item.uid,
                    question="Thông qua quy chế?", agreed=meeting.official_present, against=0,
                    other=0,
                )  # fmt: skip
    journey.seal(meeting, at.secretary)
    work()
    own.refresh_from_db()
    assert (own.state, own.adopted_on, own.agreed) == ("adopted", DAY, meeting.official_present)
    asked = Opinion.objects.filter(text="Khi nào rà soát lại?").order_by("uid")
    assert sorted((one.kind, one.state) for one in asked) == [
        ("question", "at_cell"), ("question", "waiting"),
    ]  # fmt: skip
    assert unfinished(MinutesSealed) == []
