"""The private calendar: what it shows, to whom, until when, and that programs can read it."""

from datetime import date, time, timedelta
from urllib.parse import urlsplit

import icalendar
import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.core.models import AuditEntry
from nenmong.meetings import actions
from nenmong.meetings.models import CalendarFeed, Meeting
from nenmong.meetings.queries import feed as queries
from nenmong.meetings.rules import feeds
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.test_overview import put
from nenmong.org.models import Post
from nenmong.org.tests.factories import UnitFactory, UserFactory, WardFactory

pytestmark = pytest.mark.django_db
TODAY = journey.evening(date(2026, 11, 24))


@pytest.fixture(autouse=True)
def _day():
    with clock.at(TODAY):
        yield


def taken(user):
    """A person's address, as a path."""
    token = feeds.new_token()
    actions.make_feed(actor=user, token=token)
    return reverse("meetings:feed_ics", args=[token])


def events(answer):
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_calendar_program_can_read_it(client):
    unit, secretary, _scribe = journey.cell(3)
    meeting = journey.planned(unit, secretary, date(2026, 12, 3))
    Meeting.objects.filter(uid=meeting.uid).update(place="Nhà văn hóa, tổ 5; ngõ 8")
    answer = client.get(taken(secretary))
    (event,) = events(answer)
    assert str(event["uid"]) == f"{meeting.uid}@nenmong"
    assert event.decoded("dtstart").isoformat() == "2026-12-03T19:30:00+07:00"
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)
    assert str(event["location"]) == "Nhà văn hóa, tổ 5; ngõ 8"
    assert unit.name in str(event["summary"])
    assert str(event["url"]).endswith(f"/buoi/{meeting.uid}/")
    text = answer.content.decode()
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\n" in text
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20261203T193000" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.count("\n") == text.count("\r\n")
    required = {"UID", "DTSTAMP", "SEQUENCE", "LAST-MODIFIED", "STATUS"}
    assert required <= set(event)


def test_a_change_is_told_and_the_line_keeps_its_name(client):
    unit, secretary, _scribe = journey.cell(3)
    december = date(2026, 12, 1)
    meeting = actions.plan_meeting(actor=secretary, unit_uid=unit.uid, month=december)
    url = taken(secretary)
    (before,) = events(client.get(url))
    with clock.at(TODAY + timedelta(minutes=5)):
        actions.set_time(
            actor=secretary, meeting_uid=meeting.uid, place="Trường học",
            starts_at=journey.evening(date(2026, 12, 3), 30),
        )  # fmt: skip
    (after,) = events(client.get(url))
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") > before.decoded("last-modified")
    Meeting.objects.filter(uid=meeting.uid).update(status="cancelled")
    (gone,) = events(client.get(url))
    assert gone["status"] == "CANCELLED"
    assert str(gone["summary"]).endswith(str(before["summary"]))
    assert str(gone["summary"]) != str(before["summary"])  # read by programs that know no status


def test_a_moved_meeting_replaces_its_line_and_a_cancelled_one_stays_to_be_seen(client):
    """As a calendar program keeps it: by uid, the highest sequence last."""
    unit, secretary, _scribe = journey.cell(3)
    meeting = journey.planned(unit, secretary, date(2026, 12, 3))
    url, kept = taken(secretary), {}

    def look():
        for event in events(client.get(url)):
            old = kept.get(str(event["uid"]))
            assert old is None or event["sequence"] >= old["sequence"]
            kept[str(event["uid"])] = event
        (line,) = kept.values()
        return line

    assert look()["status"] == "TENTATIVE"
    agreed = {"actor": secretary, "meeting_uid": meeting.uid, "agreed_by": "Đảng ủy phường"}
    moved = clock.at_hour(date(2026, 12, 8), time(19, 0))
    with clock.at(TODAY + timedelta(minutes=1)):
        actions.postpone_meeting(starts_at=moved, reason="Bão số 9; ngập, mưa", **agreed)
        assert look().decoded("dtstart") == moved
    with clock.at(TODAY + timedelta(minutes=2)):
        actions.cancel_meeting(reason="Bão", **agreed)
        line = look()
    assert (line["status"], line["transp"], line["sequence"]) == ("CANCELLED", "TRANSPARENT", 2)
    assert line.decoded("dtstart") == moved


def test_what_has_not_changed_is_not_sent_again(client):
    unit, secretary, _scribe = journey.cell(3)
    actions.plan_meeting(actor=secretary, unit_uid=unit.uid, month=date(2026, 12, 1))
    url = taken(secretary)
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    again = client.get(url, headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 304
    with clock.at(TODAY + timedelta(minutes=5)):
        actions.plan_meeting(actor=secretary, unit_uid=unit.uid, month=date(2027, 1, 1))
    for name, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        assert client.get(url, headers={name: first[value]}).status_code == 200


def test_no_name_and_nothing_that_was_said_goes_out(client):
    unit, secretary, _scribe = journey.cell(6)
    meeting = journey.sealed(unit, secretary, date(2026, 11, 3))
    put(unit, date(2026, 12, 9), "extraordinary", subject="Xét đồng chí Hoàng Yến")
    text = client.get(taken(secretary)).content.decode().replace("\r\n ", "")
    names = list(meeting.attendances.values_list("name", flat=True))
    for word in [*names, "Hoàng Yến", "mái vẩy", secretary.full_name, "ATTENDEE", "ORGANIZER"]:
        assert word not in text


def test_each_sees_what_is_theirs(client):
    ward = WardFactory()
    cell, other = UnitFactory(parent=ward), UnitFactory(parent=ward)
    put(cell, date(2026, 12, 3))
    put(other, date(2026, 12, 3))
    put(cell, date(2026, 12, 2), "cell_committee")
    put(UnitFactory(), date(2026, 12, 3))
    seen = {}
    for role, where in (
        ("member", cell),
        ("secretary", cell),
        ("office", ward),
        ("visitor", other),
    ):
        seen[role] = len(events(client.get(taken(UserFactory.holding(role, where)))))
    assert seen == {"member": 1, "secretary": 2, "office": 3, "visitor": 1}


def test_who_lost_the_post_sees_nothing(client):
    unit, secretary, _scribe = journey.cell(3)
    journey.planned(unit, secretary, date(2026, 12, 3))
    url = taken(secretary)
    etag = client.get(url)["ETag"]
    Post.objects.filter(member=secretary.members.get()).update(last_day=date(2026, 11, 23))
    secretary.members.get().memberships.update(last_day=date(2026, 11, 23))
    answer = client.get(url, headers={"If-None-Match": etag})
    assert (answer.status_code, events(answer)) == (200, [])


def test_an_address_taken_back_opens_nothing(client):
    _unit, secretary, _scribe = journey.cell(3)
    old = taken(secretary)
    new = taken(secretary)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    client.force_login(secretary)
    assert client.post(reverse("meetings:revoke_feed")).status_code == 302
    client.logout()
    assert client.get(new).status_code == 404
    told = AuditEntry.objects.filter(actor_uid=secretary.uid, verb__startswith="meetings.feed_")
    assert sorted(told.values_list("verb", flat=True)) == [
        "meetings.feed_made", "meetings.feed_made", "meetings.feed_revoked",
    ]  # fmt: skip
    closed = taken(secretary)
    type(secretary).objects.filter(uid=secretary.uid).update(is_active=False)
    assert client.get(closed).status_code == 404


def test_the_address_is_shown_once_and_only_its_hash_is_kept(client):
    _unit, secretary, _scribe = journey.cell(3)
    client.force_login(secretary)
    answer = client.post(reverse("meetings:make_feed"))
    page = answer.content.decode()
    address = next(part for part in page.split('"') if part.endswith(".ics"))
    token = urlsplit(address).path.removeprefix("/lich/").removesuffix(".ics")
    assert answer["Cache-Control"] == "private, no-store"
    assert token not in client.get(reverse("meetings:feed")).content.decode()
    feed = CalendarFeed.objects.get()
    assert feed.token_hash == feeds.token_hash(token)
    client.logout()
    assert client.get(urlsplit(address).path).status_code == 200
    feed.refresh_from_db()
    assert feed.read_at is not None


def test_the_window_is_bounded_and_so_is_the_number(monkeypatch):
    cell = UnitFactory()
    member = UserFactory.holding("member", cell)
    for day in (date(2026, 7, 31), date(2026, 8, 1), date(2027, 11, 30), date(2027, 12, 1)):
        put(cell, day, "thematic")
    actions.make_feed(actor=member, token="0" * 32)
    feed = queries.read("0" * 32)
    days = [line.row.day for line in queries.shown(feed).lines]
    assert days == [date(2026, 8, 1), date(2027, 11, 30)]
    monkeypatch.setattr(queries, "MOST", 1)
    few = queries.shown(feed)
    assert [line.row.day for line in few.lines] == [date(2027, 11, 30)]  # what is to come first
    assert few.shorted


def test_it_costs_the_same_for_few_and_for_many(client, django_assert_max_num_queries):
    ward = WardFactory()
    url = taken(UserFactory.holding("office", ward))
    client.get(url)
    for number in (1, 30):
        for _ in range(number):
            put(UnitFactory(parent=ward), date(2026, 12, 3))
        with django_assert_max_num_queries(5):
            client.get(url)


@pytest.mark.parametrize("token", ["x", "0" * 31, "0" * 32, "O" * 32, "0" * 33])
def test_a_guess_finds_nothing(client, token):
    assert client.get(f"/lich/{token}.ics").status_code == 404


def test_two_who_ask_at_once_leave_one_address(together):
    member = UserFactory.holding("member", UnitFactory())
    together(*[lambda: actions.make_feed(actor=member, token=feeds.new_token())] * 2)
    held = CalendarFeed.objects.filter(user=member, revoked_at=None)
    assert together(held.count) == [1]
