"""Who comes and who cannot: by account, by a signed address, by phone; reasons stay in the cell."""

from datetime import date, timedelta

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError
from nenmong.core.models import AuditEntry
from nenmong.meetings import actions, links
from nenmong.meetings.actions.absences import sweep_answers
from nenmong.meetings.actions.holding import Called
from nenmong.meetings.models import Invitation, Meeting
from nenmong.meetings.tests import journey
from nenmong.org.models import Membership
from nenmong.org.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 3)
REASON = "Đưa cháu đi viện"


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    meeting = journey.planned(unit, secretary, DAY)
    Meeting.objects.filter(uid=meeting.uid).update(place="Nhà văn hóa")
    with clock.at(journey.evening(date(2026, 12, 1))):
        yield unit, secretary, meeting, UserFactory.holding("member", unit, full_name="Vũ Thị Mai")


def page(client, name, *args):
    return client.get(reverse(f"meetings:{name}", args=args))


def link(meeting, member):
    return reverse("meetings:answer_link", args=[links.token(meeting.uid, member.uid)])


def note(secretary, meeting, member, answer="absent", reason=REASON):
    return actions.note_answer(
        actor=secretary, meeting_uid=meeting.uid, member_uid=member.uid, answer=answer,
        reason=reason,
    )  # fmt: skip


# ── by account ──────────────────────────────────────────────────────────────────────────────


def test_a_member_answers_on_the_agenda_and_on_my_work(client, here):
    _unit, _secretary, meeting, user = here
    client.force_login(user)
    address = reverse("meetings:answer", args=[meeting.uid])
    for where in (reverse("meetings:detail", args=[meeting.uid]), reverse("home:my_work")):
        assert f'action="{address}"' in client.get(where).content.decode()
    back = client.post(address, {"answer": "absent", "reason": REASON, "from_work": "1"})
    assert back["Location"] == reverse("home:my_work")
    row = meeting.invitations.get()
    assert (row.answer, row.reason, row.way) == ("absent", REASON, "account")
    client.post(address, {"answer": "coming"})
    row.refresh_from_db()
    assert (row.answer, row.reason) == ("coming", "")


def test_nobody_is_asked_to_come_on_a_day_that_is_past(client, here):
    _unit, _secretary, meeting, user = here
    client.force_login(user)
    with clock.at(journey.evening(date(2026, 12, 20))):
        for where in (reverse("meetings:detail", args=[meeting.uid]), reverse("home:my_work")):
            assert "/tra-loi/" not in client.get(where).content.decode()


def test_an_absence_asks_for_its_reason_once(here):
    _unit, _secretary, meeting, user = here
    said = {"actor": user, "meeting_uid": meeting.uid, "answer": "absent"}
    with pytest.raises(DomainError, match=r"meetings\.no_reason"):
        actions.answer_invitation(**said)
    actions.answer_invitation(**said, reason=REASON)
    assert actions.answer_invitation(**said).reason == REASON  # kept where none is written


def test_only_who_is_on_the_roll_is_asked(client, here):
    unit, _secretary, meeting, user = here
    ended = DAY - timedelta(days=1)
    Membership.objects.filter(member=user.members.get()).update(last_day=ended)
    client.force_login(user)
    assert "tra-loi" not in page(client, "detail", meeting.uid).content.decode()
    with pytest.raises(DomainError, match=r"meetings\.not_on_the_roll"):
        actions.answer_invitation(actor=user, meeting_uid=meeting.uid, answer="coming")
    assert unit.is_cell


def test_a_committee_s_meeting_asks_who_sits_on_it(here):
    unit, secretary, _meeting, user = here
    seat = UserFactory.holding("committee_member", unit)
    meeting = actions.plan_meeting(
        actor=secretary, unit_uid=unit.uid, kind="cell_committee",
        starts_at=journey.evening(date(2026, 12, 2)),
    )  # fmt: skip
    said = {"meeting_uid": meeting.uid, "answer": "coming"}
    assert actions.answer_invitation(actor=seat, **said).answer == "coming"
    with pytest.raises(DomainError, match=r"meetings\.not_on_the_roll"):
        actions.answer_invitation(actor=user, **said)


# ── by the signed address ───────────────────────────────────────────────────────────────────


def test_the_address_shows_little_and_takes_an_answer(here):
    unit, _secretary, meeting, user = here
    member, client = user.members.get(), Client()
    address = link(meeting, member)
    got = client.get(address)
    text = got.content.decode()
    assert got["Cache-Control"] == "private, no-store"
    assert "Mai" in text
    assert "Vũ Thị" not in text  # the given name only
    assert unit.name in text
    assert not [item.title for item in meeting.items.all() if item.title in text]
    assert client.post(address, {"answer": "absent", "reason": REASON}).status_code == 302
    assert meeting.invitations.get().way == "link"
    assert REASON not in client.get(address).content.decode()  # it may be sent on
    client.post(address, {"answer": "coming"})
    assert meeting.invitations.get().answer == "coming"


def test_the_address_asks_for_the_form_s_own_token(here):
    _unit, _secretary, meeting, user = here
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link(meeting, user.members.get()), {"answer": "coming"}).status_code == 403


def test_what_is_missing_is_said_to_who_is_not_signed_in(here, client):
    _unit, _secretary, meeting, user = here
    for form in ({"answer": "absent", "reason": " "}, {"answer": "perhaps"}, {}):
        answer = client.post(link(meeting, user.members.get()), form)
        assert answer.status_code == 422
        assert meeting.uid not in answer.content.decode().replace(answer.request["PATH_INFO"], "")
    assert not Invitation.objects.exists()


def test_no_other_address_opens(here, client):
    _unit, _secretary, meeting, user = here
    member = user.members.get()
    good = links.token(meeting.uid, member.uid)
    other = Signer(sep=".", salt="another").sign(meeting.uid + member.uid)
    stranger = links.token(meeting.uid, MemberFactory().uid)
    for token in (good[:-1], good + "x", other, "x", "x" * 5000, "..", "%00", stranger):
        for method in (client.get, client.post):
            answer = method(f"/tra-loi/{token}/", {"answer": "coming"})
            assert answer.status_code in {404, 422}, token
    assert not Invitation.objects.exists()


def test_the_address_ends_when_the_meeting_begins(here, client):
    _unit, secretary, meeting, user = here
    address = link(meeting, user.members.get())
    actions.open_meeting(actor=secretary, meeting_uid=meeting.uid)
    assert client.get(address).status_code == 200
    client.post(address, {"answer": "coming"})
    assert not Invitation.objects.exists()
    assert "<textarea" not in client.get(address).content.decode()


# ── by phone, and at the meeting ────────────────────────────────────────────────────────────


def test_the_secretary_notes_a_call(client, here):
    _unit, secretary, meeting, user = here
    client.force_login(secretary)
    form = {"member": user.members.get().uid, "answer": "absent", "reason": REASON}
    client.post(reverse("meetings:note_answer", args=[meeting.uid]), form)
    assert meeting.invitations.get().way == "phone"
    assert REASON in page(client, "notice", meeting.uid).content.decode()


def test_the_roll_takes_what_was_answered_and_says_so(client, here):
    unit, secretary, meeting, user = here
    exempt = MemberFactory.of(unit, status="exempt")
    note(secretary, meeting, user.members.get())
    note(secretary, meeting, exempt)
    meeting = actions.open_meeting(actor=secretary, meeting_uid=meeting.uid)
    row = meeting.attendances.get(member_uid=user.members.get().uid)
    assert (row.status, row.reason) == ("excused", REASON)
    assert meeting.excused == 1
    assert meeting.attendances.get(member_uid=exempt.uid).status == "exempt"
    client.force_login(secretary)
    before = page(client, "roll", meeting.uid).content.decode()
    # They came all the same: the roll is what counts.
    called = {row.member_uid: Called("present")}
    actions.record_roll(actor=secretary, meeting_uid=meeting.uid, called=called)
    after = page(client, "roll", meeting.uid).content.decode()
    assert before.count("nm-small nm-2nd") == after.count("nm-small nm-2nd") + 1


@pytest.mark.parametrize("members", [3, 30])
def test_opening_costs_the_same_whoever_answered(members, django_assert_max_num_queries):
    unit, secretary, _scribe = journey.cell(members)
    meeting = journey.planned(unit, secretary, DAY)
    for member_uid in Membership.objects.filter(unit=unit).values_list("member_id", flat=True):
        actions.note_answer(
            actor=SYSTEM, meeting_uid=meeting.uid, member_uid=member_uid, answer="absent",
            reason="Bận",
        )  # fmt: skip
    with django_assert_max_num_queries(14):
        actions.open_meeting(actor=secretary, meeting_uid=meeting.uid)


# ── the cell's only, and for a while ────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", ["member", "office", "head"])
def test_no_one_else_reads_a_reason(client, here, role):
    unit, secretary, meeting, user = here
    note(secretary, meeting, user.members.get())
    other = UserFactory.holding(role, unit if role == "member" else unit.parent)
    client.force_login(other)
    for name in ("detail", "notice", "notice_sheet", "calendar"):
        assert REASON not in page(client, name, meeting.uid).content.decode()
    for address in ("/viec-cua-toi/", "/tim/?q=viện", f"/don-vi/{unit.uid}/"):
        assert REASON not in client.get(address, follow=True).content.decode()
    entries = AuditEntry.objects.filter(verb="meetings.invitation_answered")
    assert [entry.detail for entry in entries] == [{"way": "phone"}]


def test_the_seal_erases_answers(here):
    unit, secretary, _meeting, _user = here
    day = date(2026, 10, 3)
    meeting = journey.planned(unit, secretary, day)
    member = Membership.objects.filter(unit=unit).first().member
    note(secretary, meeting, member)
    journey.sealed(unit, secretary, day)
    assert not meeting.invitations.exists()


def test_answers_to_a_meeting_that_never_was_are_erased_after_a_month(here):
    _unit, secretary, meeting, user = here
    note(secretary, meeting, user.members.get())
    with clock.at(journey.evening(DAY) + timedelta(days=29)):
        sweep_answers()
        assert meeting.invitations.exists()
    with clock.at(journey.evening(DAY) + timedelta(days=31)):
        sweep_answers()
        sweep_answers()
        assert not meeting.invitations.exists()
