"""Who types a meeting held on paper: the office, a helper, a named chair; sealed on proof."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.accounts.codes import codes_of
from nenmong.accounts.rules import code_of
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.meetings import access, actions, queries
from nenmong.meetings.models import (
    GivenRight,
    MeetingDocument,
)
from nenmong.meetings.rules.paper import (
    Entered,
)
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.cases.paper import DAY, paper
from nenmong.meetings.tests.entered import enter
from nenmong.org import actions as org_actions
from nenmong.org.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return journey.cell(6)


@pytest.fixture
def planned(cell):
    unit, secretary, _scribe = cell
    return journey.planned(unit, secretary, DAY)


def test_the_office_types_for_a_cell_and_seals_on_the_signed_scan(cell, client):
    unit, secretary, _scribe = cell
    office = UserFactory.holding("office", unit.parent, full_name="Trần Thị Vân")
    meeting = actions.plan_paper_meeting(actor=office, unit_uid=unit.uid, month=DAY)
    assert meeting.entry == "paper"
    meeting = enter(office, meeting, paper(meeting))
    assert (meeting.typed_by, meeting.typed_by_uid) == ("Trần Thị Vân", office.uid)
    with pytest.raises(DomainError, match=r"meetings\.no_proof"):
        actions.seal_minutes(actor=office, meeting_uid=meeting.uid)
    MeetingDocument.objects.create(
        bucket=meeting.bucket, meeting=meeting, sort="scan", title="Biên bản ký", kind="pdf",
        size=9, sha256="a" * 64, added_at=clock.now(), by_uid=office.uid,
    )  # fmt: skip
    sealed = actions.seal_minutes(actor=office, meeting_uid=meeting.uid)
    assert (sealed.typed_by, sealed.sealed_by) == ("Trần Thị Vân", "Trần Thị Vân")
    client.force_login(office)
    assert client.get(reverse("meetings:names", args=[meeting.uid])).status_code == 403
    page = client.get(reverse("meetings:record", args=[meeting.uid])).content.decode()
    assert page.count("Trần Thị Vân") >= 2
    assert secretary.full_name not in page or "Bí thư" in page


def test_the_office_works_on_no_meeting_that_is_not_on_paper(cell, planned):
    unit, _secretary, _scribe = cell
    office = UserFactory.holding("office", unit.parent)
    assert not access.may(office, "meetings.work", planned)
    with pytest.raises(NotAllowed):
        enter(office, planned, Entered())
    started = actions.start_paper(actor=office, meeting_uid=planned.uid)
    assert access.may(office, "meetings.work", started)
    assert not access.may(office, "meetings.names", started)
    with pytest.raises(DomainError, match=r"meetings\.month_to_come"):
        actions.plan_paper_meeting(actor=office, unit_uid=unit.uid, month=date(2099, 1, 1))


def test_a_helper_types_one_meeting_and_seals_with_the_secretary_s_code(cell, planned):
    _unit, secretary, _scribe = cell
    helper = UserFactory(full_name="Lò Thị Mai")
    assert not queries.paper.given_to(helper.uid)
    actions.give_right(
        actor=secretary, meeting_uid=planned.uid, role="helper", username=helper.username
    )
    assert [help.meeting.uid for help in queries.paper.given_to(helper.uid)] == [planned.uid]
    meeting = enter(helper, planned, paper(planned))
    assert meeting.typed_by == "Lò Thị Mai"
    with pytest.raises(DomainError, match=r"meetings\.no_proof"):
        actions.seal_minutes(actor=helper, meeting_uid=meeting.uid)
    sheet = org_actions.give_sheet(actor=SYSTEM, member_uid=secretary.members.get().uid)
    code = codes_of(sheet)[0]
    with pytest.raises(NotAllowed, match=r"accounts\.no_such_code"):
        actions.seal_minutes(actor=helper, meeting_uid=meeting.uid, code=code_of(int(code) + 1))
    sealed = actions.seal_minutes(actor=helper, meeting_uid=meeting.uid, code=code)
    assert sealed.sealed_by == "Lò Thị Mai"
    sheet.refresh_from_db()
    assert sheet.used == 1
    assert GivenRight.objects.get().ended_at == sealed.sealed_at
    assert not access.may(helper, "meetings.view", sealed)
    assert not queries.paper.given_to(helper.uid)


def test_a_member_named_to_chair_seals_and_then_reads_no_names(cell, planned, client):
    unit, secretary, _scribe = cell
    member = UserFactory.holding("member", unit)
    uid = member.members.get().uid
    actions.give_right(actor=secretary, meeting_uid=planned.uid, role="chair", member_uid=uid)
    meeting = enter(member, planned, paper(planned))
    sealed = actions.seal_minutes(actor=member, meeting_uid=meeting.uid)
    assert sealed.sealed_by == str(member)
    client.force_login(member)
    assert client.get(reverse("meetings:record", args=[sealed.uid])).status_code == 200
    assert client.get(reverse("meetings:names", args=[sealed.uid])).status_code == 403


def test_who_is_let_in(cell, planned):
    unit, secretary, scribe = cell
    stranger = UserFactory()
    said = {"actor": secretary, "meeting_uid": planned.uid}
    wrong = (
        ({"role": "king", "username": stranger.username}, "meetings.unknown_role"),
        ({"role": "helper", "username": "nobody"}, "meetings.no_such_account"),
        ({"role": "helper", "member_uid": "0sawbsbt80000"}, "meetings.not_on_the_roll"),
        ({"role": "chair", "username": stranger.username}, "meetings.not_on_the_roll"),
        ({"role": "helper", "member_uid": MemberFactory.of(unit).uid}, "meetings.no_account"),
    )
    for right, code in wrong:
        with pytest.raises(DomainError, match=f"^{code}$"):
            actions.give_right(**said, **right)
    helper = actions.give_right(**said, role="helper", username=stranger.username)
    for who in (scribe, stranger):  # the scribe names nobody, the helper neither
        with pytest.raises(NotAllowed):
            actions.give_right(
                actor=who, meeting_uid=planned.uid, role="helper", username=stranger.username
            )
    actions.end_right(**said, right_uid=helper.uid)
    assert not access.may(stranger, "meetings.work", planned)
