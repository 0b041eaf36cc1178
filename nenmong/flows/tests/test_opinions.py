"""The whole circle: said in a meeting, answered at a desk, read out, judged, back again."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.meetings import actions as meetings
from nenmong.meetings.actions.answers_read import Hands
from nenmong.meetings.actions.entering import NotEntered
from nenmong.meetings.models import Matter, Meeting
from nenmong.meetings.queries.paper import typed_of
from nenmong.meetings.queries.record import record_of
from nenmong.meetings.queries.verify import verify
from nenmong.meetings.rules.paper import Entered, EnteredItem, Judged
from nenmong.meetings.tests import journey
from nenmong.opinions import actions
from nenmong.opinions.actions.recounting import differences
from nenmong.opinions.models import DeskField, Opinion, Raiser
from nenmong.opinions.tests import ready
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2026, 9, 3), date(2026, 10, 3), date(2026, 11, 3)


@pytest.fixture
def here(work):
    """A cell whose September meeting noted an opinion, and what came of it; jobs are done."""
    unit, secretary, _scribe = journey.cell(6)
    journey.sealed(unit, secretary, FIRST)
    work()
    desk = UnitFactory(kind="authority", parent=unit.parent, name="Ủy ban nhân dân phường")
    DeskField.objects.create(unit=desk, field="works")
    return unit, secretary, UserFactory.holding("desk", desk), desk, work


def answered(here, draft=ready.DONE, day=date(2026, 9, 20)):
    _unit, secretary, clerk, desk, work = here
    opinion = Opinion.objects.get()
    with clock.at(ready.evening(day)):
        if opinion.state == "at_cell":
            actions.sort(actor=secretary, opinion_uid=opinion.uid, kind="proposal", field="works")
            actions.send(actor=secretary, opinion_uid=opinion.uid, desk_uid=desk.uid, looked=True)
        answer = actions.answer(
            actor=clerk, opinion_uid=opinion.uid, draft=replace(draft, done_on=day)
        )
        work()
    return answer


def test_what_is_noted_goes_on_without_a_name(here):
    opinion = Opinion.objects.get()
    assert (opinion.state, opinion.way, opinion.unit) == ("at_cell", "meeting", here[0])
    assert opinion.item
    assert not Raiser.objects.exists()


def test_an_answer_is_read_out_judged_and_comes_back(here, work):
    desk = here[3]
    answered(here)
    matter = Matter.objects.get(kind="answer")
    assert matter.asked == "decide"
    assert "Tổ quản lý đô thị" in matter.text
    meeting = judge(here, SECOND, "not_solved", reason="Lại cháy hai bóng")
    read = record_of(meeting)["items"]
    [told] = [item["answer"] for item in read if item["answer"]]
    assert (told["verdict"], told["reason"]) == ("not_solved", "Lại cháy hai bóng")
    opinion = Opinion.objects.get()
    assert (opinion.state, opinion.desk, opinion.returned) == ("waiting", desk, 1)
    answered(here, day=date(2026, 10, 20))
    judge(here, THIRD, "solved", Hands(4, 1, 0))
    opinion = Opinion.objects.get()
    assert (opinion.state, opinion.verdict) == ("closed", "solved")
    assert opinion.answers.get(uid=opinion.answer_uid).solved == 4
    assert verify().findings == []
    assert differences() == []


def judge(here, day, verdict, hands=None, reason=""):
    """Hold the cell's meeting of a day, with the answer on its agenda judged."""
    unit, secretary, _clerk, _desk, work = here
    meeting = journey.held(unit, secretary, day, say=False)
    matter = Matter.objects.filter(kind="answer", meeting_uid=meeting.uid).get()
    with pytest.raises(DomainError, match=r"meetings\.answers_not_judged"):
        journey.seal(meeting, secretary)
    with clock.at(journey.evening(day, 100)):
        meetings.judge_answer(
            actor=secretary, meeting_uid=meeting.uid, matter_uid=matter.uid, verdict=verdict,
            hands=hands, reason=reason,
        )  # fmt: skip
    journey.seal(meeting, secretary)
    work()
    return Meeting.objects.get(uid=meeting.uid)


def test_the_closing_page_leads_to_an_answer_not_judged(here, client):
    unit, secretary = here[:2]
    answered(here)
    meeting = journey.held(unit, secretary, SECOND, say=False)
    matter = Matter.objects.get(kind="answer")
    item = meeting.items.get(matter_uid=matter.uid)
    client.force_login(secretary)
    with clock.at(journey.evening(SECOND, 100)):
        page = client.get(reverse("meetings:close", args=[meeting.uid])).content.decode()
        there = f'href="{reverse("meetings:item", args=[item.uid])}"'
        assert there in page
        meetings.judge_answer(
            actor=secretary, meeting_uid=meeting.uid, matter_uid=matter.uid, verdict="solved",
            hands=None, reason="",
        )  # fmt: skip
        page = client.get(reverse("meetings:close", args=[meeting.uid])).content.decode()
    assert there not in page


def test_a_paper_meeting_tells_what_was_found(here):
    unit, secretary = here[:2]
    answered(here)
    meeting = journey.planned(unit, secretary, SECOND)
    matter = Matter.objects.get(kind="answer")
    item = meeting.items.get(matter_uid=matter.uid)
    found = Judged("not_solved", 1, 0, 5, "Lại cháy")
    with clock.at(journey.evening(SECOND, 200)):
        meetings.enter_meeting(
            actor=secretary, meeting_uid=meeting.uid, draft=True,
            entered=Entered(items=(EnteredItem(uid=item.uid, judged=found),)),
        )  # fmt: skip
    read = meeting.answers_read.get()
    assert (read.verdict, read.not_solved) == ("not_solved", 5)
    assert typed_of(Meeting.objects.get(uid=meeting.uid)).items[item.position - 1].judged == found
    with clock.at(journey.evening(SECOND, 210)):  # typed anew without it
        meetings.enter_meeting(
            actor=secretary, meeting_uid=meeting.uid, draft=True,
            entered=Entered(items=(EnteredItem(uid=item.uid),)),
        )  # fmt: skip
    assert meeting.answers_read.get().verdict == ""
    with pytest.raises(NotEntered) as refused, clock.at(journey.evening(SECOND, 220)):
        meetings.enter_meeting(
            actor=secretary, meeting_uid=meeting.uid,
            entered=Entered(items=(EnteredItem(uid=item.uid, judged=Judged("solved", 99)),)),
        )  # fmt: skip
    assert "items.0.judged" in refused.value.errors


def test_the_page_and_the_chair_read_it_out(here, client):
    unit, secretary = here[:2]
    answered(here)
    meeting = journey.opened(unit, secretary, SECOND)
    item = meeting.items.get(matter_uid=Matter.objects.get(kind="answer").uid)
    client.force_login(secretary)
    for name in ("meetings:item", "meetings:chair_item"):
        assert "Tổ quản lý đô thị" in client.get(reverse(name, args=[item.uid])).content.decode()
    said = {"verdict": "not_solved", "solved": "", "partly": "", "not_solved": "", "reason": ""}
    url = reverse("meetings:judge_answer", args=[item.uid])
    assert client.post(url, said).status_code == 422
    said["reason"] = "Lại cháy"
    assert client.post(url, said).status_code == 302
    assert "Lại cháy" in client.get(reverse("meetings:item", args=[item.uid])).content.decode()
