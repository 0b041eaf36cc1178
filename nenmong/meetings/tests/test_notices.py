"""A meeting is told: who, how and when is recorded as it happens, and nothing is sent twice."""

import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from nenmong.core import clock, events
from nenmong.core.errors import DomainError
from nenmong.meetings import actions, invites
from nenmong.meetings.events import NoticeToMail
from nenmong.meetings.models import AgendaItem, Invitation, Meeting, Notice, Postponement
from nenmong.meetings.queries import invitations
from nenmong.meetings.tests import journey
from nenmong.org.models import Following, Member
from nenmong.org.tests.factories import LONG_AGO, MemberFactory

pytestmark = pytest.mark.django_db
SITE = "https://example.vn"
DAY = date(2026, 12, 3)
BEFORE = journey.evening(date(2026, 12, 1))


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    meeting = journey.planned(unit, secretary, DAY)
    with clock.at(BEFORE):
        yield unit, secretary, meeting


def follower(unit, **fields):
    member = MemberFactory(bucket=unit.bucket, full_name="Đặng Văn Theo", **fields)
    Following.objects.create(
        bucket=unit.bucket, member=member, unit=unit, tier="superior", first_day=LONG_AGO
    )
    return member


def with_email(unit, count=2):
    uids = list(Member.objects.filter(memberships__unit=unit).values_list("uid", flat=True))
    for number, uid in enumerate(uids[:count]):
        Member.objects.filter(uid=uid).update(email=f"dv{number}@example.vn")
    return uids[:count]


def send(secretary, meeting, to="members"):
    actions.mail_notices(actor=secretary, meeting_uid=meeting.uid, to=to, site=SITE)


def move(secretary, meeting, hour=1):
    moved = meeting.starts_at + timedelta(hours=hour)
    actions.set_time(actor=secretary, meeting_uid=meeting.uid, starts_at=moved, place="Nhà ông Ba")


def told(secretary, meeting, to="members", way="chat"):
    return actions.record_notice(actor=secretary, meeting_uid=meeting.uid, to=to, way=way)


# ── pressed ─────────────────────────────────────────────────────────────────────────────────


def test_the_first_telling_stays_the_moment_of_the_notice(here):
    _unit, secretary, meeting = here
    told(secretary, meeting)
    with clock.at(BEFORE + timedelta(hours=5)):
        told(secretary, meeting, way="print")
    meeting.refresh_from_db()
    assert meeting.notice_at == BEFORE
    assert meeting.upper_notified_at is None
    assert [row.way for row in meeting.notices.all()] == ["chat", "print"]


def test_after_a_change_it_is_told_anew(here):
    _unit, secretary, meeting = here
    first = told(secretary, meeting)
    with clock.at(BEFORE + timedelta(hours=1)):
        assert told(secretary, meeting) == first
        move(secretary, meeting)
        said = invitations.changes(meeting)
        assert invitations.told(meeting, said)["members"].outdated
    with clock.at(BEFORE + timedelta(hours=2)):
        assert told(secretary, meeting) != first
        assert not invitations.told(meeting, said)["members"].outdated
    meeting.refresh_from_db()
    assert meeting.notice_at == BEFORE


@pytest.mark.parametrize(
    ("to", "way"), [("members", "mail"), ("members", ""), ("nobody", "chat"), ("", "\x00")]
)
def test_only_what_was_done_by_hand_is_recorded_by_hand(here, to, way):
    with pytest.raises(DomainError, match=r"meetings\.unknown_way"):
        told(here[1], here[2], to=to, way=way)
    assert not Notice.objects.exists()


def test_the_follower_above_is_told_by_phone(here):
    unit, secretary, meeting = here
    with pytest.raises(DomainError, match=r"meetings\.nobody_follows"):
        told(secretary, meeting, to="upper", way="phone")
    follower(unit, phone="0912345678")
    told(secretary, meeting, to="upper", way="phone")
    meeting.refresh_from_db()
    assert meeting.upper_notified_at == BEFORE
    assert meeting.notice_at is None


def test_a_following_that_ends_before_the_meeting_is_none(here):
    unit, secretary, meeting = here
    follower(unit)
    Following.objects.update(last_day=DAY - timedelta(days=1))
    with pytest.raises(DomainError, match=r"meetings\.nobody_follows"):
        told(secretary, meeting, to="upper", way="phone")


# ── by e-mail ───────────────────────────────────────────────────────────────────────────────


def test_one_mail_a_person_and_none_twice(here, work):
    unit, secretary, meeting = here
    uids = with_email(unit)
    AgendaItem.objects.filter(meeting=meeting).update(title="Bàn việc ngõ 8")
    send(secretary, meeting)
    send(secretary, meeting)  # pressed again while the first is under way
    work()
    assert sorted(m.to for m in mail.outbox) == [["dv0@example.vn"], ["dv1@example.vn"]]
    assert all(not m.cc and not m.bcc for m in mail.outbox)
    send(secretary, meeting)  # and afterwards
    work()
    assert len(mail.outbox) == 2
    body = mail.outbox[0].body
    assert unit.name in body
    assert "Bàn việc ngõ 8" in body
    assert f"{SITE}/tra-loi/" in body
    assert len({m.body for m in mail.outbox}) == 2  # an address each
    mailed = meeting.invitations.filter(mailed_at__isnull=False)
    assert set(mailed.values_list("member_uid", flat=True)) == set(uids)
    meeting.refresh_from_db()
    assert meeting.notice_at is not None
    assert meeting.notices.get().way == "mail"  # not one a person


def test_the_mail_has_the_calendar_file_with_it(here, work):
    unit, secretary, meeting = here
    with_email(unit, 1)
    send(secretary, meeting)
    work()
    name, content, kind = mail.outbox[0].attachments[0]
    assert (name, kind) == ("lich-hop.ics", "text/calendar")
    assert Calendar.from_ical(content).walk("VEVENT")[0]["uid"] == f"{meeting.uid}@nenmong"


def test_a_change_is_mailed_once_more_to_those_who_have_the_old_hour(here, work):
    unit, secretary, meeting = here
    with_email(unit)
    send(secretary, meeting)
    work()
    move(secretary, meeting)
    Invitation.objects.update(mailed_at=BEFORE - timedelta(hours=1))
    send(secretary, meeting)
    work()
    assert len(mail.outbox) == 4
    assert "Nhà ông Ba" in mail.outbox[-1].body
    assert "SEQUENCE:1" in mail.outbox[-1].attachments[0][1]


def test_what_cannot_be_sent_is_shown_tried_again_and_names_nobody(here, work, monkeypatch, caplog):
    unit, secretary, meeting = here
    uids = with_email(unit, 1)

    def refuse(_self, _mails):
        raise smtplib.SMTPRecipientsRefused({"dv0@example.vn": (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    send(secretary, meeting)
    work()
    job = events.unfinished(NoticeToMail, meeting_uid=meeting.uid)[-1]
    assert (job.event["member_uid"], job.attempts, job.failed) == (uids[0], 1, False)
    assert job.next_at
    assert "dv0@example.vn" not in caplog.text
    send(secretary, meeting)  # it is tried again by itself: no second one beside it
    assert len(events.unfinished(NoticeToMail, meeting_uid=meeting.uid)) == 1
    meeting.refresh_from_db()
    assert meeting.notice_at is None  # nobody was told


def test_a_mail_that_comes_too_late_is_not_sent(here, work):
    unit, secretary, meeting = here
    with_email(unit)
    send(secretary, meeting)
    Meeting.objects.filter(uid=meeting.uid).update(status="open")
    work()
    assert not mail.outbox


def test_the_follower_has_a_mail_without_the_agenda(here, work):
    unit, secretary, meeting = here
    follower(unit, email="theo@example.vn")
    AgendaItem.objects.filter(meeting=meeting).update(title="Bàn việc ngõ 8")
    send(secretary, meeting, to="upper")
    work()
    assert mail.outbox[0].to == ["theo@example.vn"]
    assert "Bàn việc ngõ 8" not in mail.outbox[0].body
    assert "/tra-loi/" not in mail.outbox[0].body
    meeting.refresh_from_db()
    assert meeting.upper_notified_at is not None
    assert meeting.notice_at is None


def test_without_a_server_or_an_address_nothing_is_recorded(here, settings):
    unit, secretary, meeting = here
    with pytest.raises(DomainError, match=r"meetings\.no_address"):
        send(secretary, meeting)
    with_email(unit)
    settings.MAILS = False
    with pytest.raises(DomainError, match=r"meetings\.no_mail"):
        send(secretary, meeting)


def test_a_cancelled_meeting_is_mailed_to_those_who_heard_of_it(here, work):
    unit, secretary, meeting = here
    with_email(unit, 1)
    send(secretary, meeting)
    work()
    with_email(unit, 2)
    Invitation.objects.update(mailed_at=BEFORE - timedelta(hours=1))
    Meeting.objects.filter(uid=meeting.uid).update(status="cancelled")
    Postponement.objects.create(
        bucket=meeting.bucket, meeting=meeting, was_at=meeting.starts_at, reason="Bão",
        agreed_by="Đảng ủy", noted_at=BEFORE,
    )  # fmt: skip
    send(secretary, meeting)
    work()
    assert len(mail.outbox) == 2
    assert "METHOD:CANCEL" in mail.outbox[1].attachments[0][1]
    assert "1. " not in mail.outbox[1].body


def test_classified_items_are_told_nowhere(here, client):
    _unit, secretary, meeting = here
    meeting.items.filter(step="discussion").update(business="classified", title="Việc mật")
    client.force_login(secretary)
    for name in ("notice", "notice_sheet"):
        page = client.get(reverse(f"meetings:{name}", args=[meeting.uid])).content.decode()
        assert "Việc mật" not in page


# ── the calendar file ───────────────────────────────────────────────────────────────────────


def test_a_calendar_file_is_replaced_by_a_later_one(here, client):
    _unit, secretary, meeting = here
    client.force_login(secretary)
    address = reverse("meetings:calendar", args=[meeting.uid])
    first = Calendar.from_ical(client.get(address).content)
    move(secretary, meeting)
    second = Calendar.from_ical(client.get(address).content)
    one, other = (calendar.walk("VEVENT")[0] for calendar in (first, second))
    assert one["uid"] == other["uid"]
    assert (one["sequence"], other["sequence"]) == (0, 1)
    assert other["dtstart"].dt - one["dtstart"].dt == timedelta(hours=1)
    assert first["method"] == "PUBLISH"
    assert first.walk("VTIMEZONE")[0]["tzid"] == "Asia/Ho_Chi_Minh"
    assert one["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"


def test_a_cancelled_meeting_leaves_the_calendar(here):
    meeting = here[2]
    meeting.status = Meeting.Status.CANCELLED
    calendar = Calendar.from_ical(invites.invite(meeting, sequence=2))
    assert calendar["method"] == "CANCEL"
    assert calendar.walk("VEVENT")[0]["status"] == "CANCELLED"


# ── the page ────────────────────────────────────────────────────────────────────────────────


def test_the_page_costs_the_same_for_few_and_for_many(here, client):
    unit, secretary, meeting = here
    client.force_login(secretary)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("meetings:notice", args=[meeting.uid])).status_code == 200
        counts.append(len(seen))
        for number in range(25):
            MemberFactory.of(unit, email=f"m{number}@example.vn")
        send(secretary, meeting)
    assert counts[0] == counts[1] <= 22


def test_the_page_says_plainly_that_nobody_follows(here, client):
    unit, secretary, meeting = here
    client.force_login(secretary)
    address = reverse("meetings:notice", args=[meeting.uid])
    assert "tel:" not in client.get(address).content.decode()
    follower(unit, phone="0912 345 678")
    assert "tel:0912345678" in client.get(address).content.decode()
    assert 'src="/static/ui/copy.js"' in client.get(address).content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_pressed_by_two_at_once_each_person_has_one_mail(together):
    unit, secretary, _scribe = journey.cell(3)
    meeting = journey.planned(unit, secretary, DAY)
    MemberFactory.of(unit, email="dv@example.vn")

    def press():
        with clock.at(BEFORE):
            send(secretary, meeting)

    assert together(press, press) == [None, None]
    (jobs,) = together(lambda: events.unfinished(NoticeToMail, meeting_uid=meeting.uid))
    assert len(jobs) == 1
