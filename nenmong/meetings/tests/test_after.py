"""After the seal: notes beside the minutes, numbers that go on, documents filed elsewhere."""

import re
from datetime import date
from fractions import Fraction

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.meetings import actions, queries
from nenmong.meetings.models import CorrectionNote, SealedRecord
from nenmong.meetings.queries import numbers as of
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.paper import lines, read
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 3), date(2026, 11, 3)


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    return unit, secretary


def note(actor, meeting, text="Mục 4: tên ngõ là ngõ 18.", **said):
    return actions.write_note(actor=actor, meeting_uid=meeting.uid, text=text, **said)


def named():
    return {finding.meeting_uid for finding in queries.verify.verify().findings}


# ── notes ───────────────────────────────────────────────────────────────────────────────────


def test_a_note_leaves_the_minutes_as_they_were(here):
    _unit, secretary = here
    meeting = journey.sealed(*here)
    before = SealedRecord.objects.get(meeting=meeting).link
    first, second = note(secretary, meeting), note(secretary, meeting, "Mục 5: ngày 20.")
    assert SealedRecord.objects.get(meeting=meeting).link == before
    assert list(meeting.notes.all()) == [first, second]
    assert named() == set()


@pytest.mark.parametrize("column", ["text", "by_name"])
def test_a_note_that_was_changed_names_its_meeting(here, column):
    _unit, secretary = here
    meeting, other = journey.sealed(*here), journey.sealed(*here, NOVEMBER)
    first = note(secretary, meeting)
    note(secretary, meeting, "Hai")
    note(secretary, other)
    CorrectionNote.objects.filter(uid=first.uid).update(**{column: "x"})
    assert named() == {meeting.uid}


def test_a_note_lost_before_another_names_its_meeting(here):
    _unit, secretary = here
    meeting = journey.sealed(*here)
    first = note(secretary, meeting)
    note(secretary, meeting, "Hai")
    first.delete()
    assert named() == {meeting.uid}


def test_only_what_is_sealed_is_corrected_by_a_note(here):
    _unit, secretary = here
    with pytest.raises(DomainError, match=r"^meetings\.not_sealed_yet$"):
        note(secretary, journey.held(*here))
    meeting = journey.sealed(*here, NOVEMBER)
    with pytest.raises(DomainError, match=r"^meetings\.no_note$"):
        note(secretary, meeting, " \n ")
    with pytest.raises(DomainError, match=r"^core\.too_long$"):
        note(secretary, meeting, "x" * 2001)


def test_the_page_shows_notes_to_all_and_the_form_to_who_may(client, here):
    unit, secretary = here
    meeting = journey.sealed(*here)
    url = reverse("meetings:write_note", args=[meeting.uid])
    client.force_login(secretary)
    for _ in range(2):  # the same press twice
        assert client.post(url, {"text": "Ngõ 18.", "key": "k"}).status_code == 302
    assert meeting.notes.count() == 1
    member = UserFactory.holding("member", unit)
    client.force_login(member)
    page = client.get(reverse("meetings:record", args=[meeting.uid])).content.decode()
    assert "Ngõ 18." in page
    assert url not in page
    with pytest.raises(NotAllowed):
        note(member, meeting)


# ── numbers ─────────────────────────────────────────────────────────────────────────────────


def set_last(here, last, kind="BB"):
    unit, secretary = here
    return actions.set_last_number(actor=secretary, unit_uid=unit.uid, kind=kind, last=last)


def test_numbers_go_on_from_those_given_before(here):
    with clock.at(journey.evening(OCTOBER)):
        set_last(here, 21)
        set_last(here, 17)  # a slip of the finger, mended
        set_last(here, 8, "NQ")
    meeting = journey.sealed(*here)
    assert (meeting.minutes_number, meeting.resolution_number) == (18, 9)
    following = journey.sealed(*here, NOVEMBER)
    assert (following.minutes_number, following.resolution_number) == (19, 10)


def test_a_number_is_never_given_twice(here):
    journey.sealed(*here)
    with pytest.raises(DomainError, match=r"^meetings\.number_given$"):
        set_last(here, 0)
    set_last(here, 1)


@pytest.mark.parametrize(("kind", "last"), [("BB", -1), ("BB", 10_000), ("QĐ", 3)])
def test_a_number_has_its_bounds(here, kind, last):
    with pytest.raises(DomainError):
        set_last(here, last, kind)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(client, here):
    unit, secretary = here
    client.force_login(secretary)
    url = reverse("meetings:numbers", args=[unit.uid])
    answer = client.post(url, {"kind": "NQ", "last": "mười bảy"})
    assert answer.status_code == 422
    assert "mười bảy" in answer.content.decode()
    assert client.post(url, {"kind": "NQ", "last": "17"}).status_code == 302
    assert "18" in client.get(url).content.decode()


def test_a_notice_and_a_plan_are_numbered_once_in_their_own_row(client, here):
    unit, secretary = here
    with clock.at(journey.evening(OCTOBER)):
        set_last(here, 16, "TB")
        first, second = (journey.planned(*here, day) for day in (OCTOBER, NOVEMBER))
        for meeting in (first, second, first):
            actions.number_notice(actor=secretary, meeting_uid=meeting.uid)
        assert [of.number_of(one.uid) for one in (first, second)] == [17, 18]
        topic = {"actor": secretary, "unit_uid": unit.uid, "title": "Học tập Bác"}
        plan = actions.plan_topic(month=date(2027, 3, 1), **topic).plan
        actions.number_year_plan(actor=secretary, unit_uid=unit.uid, year=2027)
        assert of.number_of(plan.uid) == 1
        with pytest.raises(DomainError, match=r"^meetings\.number_given$"):
            set_last(here, 17, "TB")
        client.force_login(secretary)
        for door, args, line in (
            ("notice_docx", [second.uid], "Số 18-TB/CB"),
            ("year_plan_docx", [unit.uid, 2027], "Số 01-KH/CB"),
        ):
            file = client.get(reverse(f"meetings:{door}", args=args)).content
            assert line in lines(read(file)), door
        assert "18" in client.get(reverse("meetings:notice", args=[second.uid])).content.decode()
    # Documents of the seal are numbered apart, and a new term begins anew.
    assert journey.sealed(*here).minutes_number == 1


def test_a_notice_without_a_number_leaves_the_place(client, here):
    _unit, secretary = here
    meeting = journey.planned(*here)
    client.force_login(secretary)
    file = client.get(reverse("meetings:notice_docx", args=[meeting.uid])).content
    assert any(line.startswith("Số ") and "-TB/CB" in line for line in lines(read(file)))
    assert not any(re.search(r"\d-TB/CB", line) for line in lines(read(file)))


def test_a_plan_that_is_not_there_gets_no_number(here):
    unit, secretary = here
    with pytest.raises(DomainError, match=r"^meetings\.empty_plan$"):
        actions.number_year_plan(actor=secretary, unit_uid=unit.uid, year=2030)


# ── filed elsewhere ─────────────────────────────────────────────────────────────────────────


def test_filed_elsewhere_says_how_and_when(here):
    _unit, secretary = here
    meeting = journey.sealed(*here)
    say = {"actor": secretary, "meeting_uid": meeting.uid, "how": "e_handbook"}
    with clock.at(journey.evening(date(2026, 10, 20))):
        for day in (date(2026, 10, 2), date(2026, 10, 21)):
            with pytest.raises(DomainError, match=r"^meetings\.bad_filing_day$"):
                actions.file_documents(on=day, **say)
        filed = actions.file_documents(on=date(2026, 10, 5), **say)
    assert (filed.filed_how, filed.filed_on) == ("e_handbook", date(2026, 10, 5))
    fact = queries.facts.facts_of(filed, journey.rules_of(filed))["documents_filed_days_after"]
    assert Fraction(1) < fact.value < Fraction(2)  # closed in the evening of the 3rd
    assert named() == set()


def test_filed_on_the_very_day_is_no_negative_time(here):
    _unit, secretary = here
    meeting = journey.sealed(*here)
    with clock.at(journey.evening(date(2026, 10, 20))):
        filed = actions.file_documents(
            actor=secretary, meeting_uid=meeting.uid, how="paper", on=OCTOBER
        )
    facts = queries.facts.facts_of(filed, journey.rules_of(filed))
    assert facts["documents_filed_days_after"].value == 0
