"""The page on which a meeting held on paper is typed in, and where it is found."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.meetings import access, actions, queries
from nenmong.meetings.models import (
    Meeting,
)
from nenmong.meetings.rules.paper import (
    Entered,
    fingerprint,
)
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.cases.paper import DAY, paper, typed
from nenmong.meetings.tests.entered import enter
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return journey.cell(6)


@pytest.fixture
def planned(cell):
    unit, secretary, _scribe = cell
    return journey.planned(unit, secretary, DAY)


def form_of(meeting, **said):
    """What a browser would send of a whole meeting."""
    items = list(meeting.items.all())
    form = {f"i-{item.uid}-done": "1" for item in items}
    place = next(n for n, item in enumerate(items) if item.step == "discussion")
    at = f"i-{items[place].uid}"
    return form | {
        "day": "3/10/2026", "place": "Nhà văn hóa", "r-0-who": "4", "r-0-status": "excused",
        "r-0-reason": "Nằm viện", f"{at}-minutes": "20", f"{at}-summary": "Nêu kế hoạch.",
        f"{at}-speeches": "1: Nhất trí.\nkhách Bà Lan: Xin cảm ơn.", f"{at}-opinions": "Lầy lội.",
        f"{at}-conclusion": "Dỡ xong.", "n-0-title": "Việc phát sinh", "n-0-summary": "Bàn thêm.",
        "v-0-item": str(place + 1), "v-0-question": "Có dỡ không?", "v-0-agreed": "5",
        "t-0-item": str(place + 1), "t-0-title": "Vận động",
        "t-0-who": "2", "t-0-due": "20/10/2026",
        "t-1-item": "A", "t-1-title": "Báo phường", "t-1-who": "Chi ủy", "t-1-due": "21/10/2026",
        "directions": "Chỉnh trang ngõ.", "nq-agreed": "5", "bb-agreed": "5", "opened": "19.30",
        "closed": "21.10", "chair": "Nguyễn Văn Hùng", "secretary": "Nhung",
        "notice_at": "30/9/2026", "do": "look",
    } | said  # fmt: skip


@pytest.fixture
def at_page(cell, planned, client):
    client.force_login(cell[1])
    url = reverse("meetings:paper", args=[planned.uid])

    def send(**said):
        return client.post(url, form_of(planned, **said))

    return client, url, send


def test_the_page_takes_a_whole_meeting_to_the_seal(at_page, planned):
    client, url, send = at_page
    assert client.get(url).status_code == 200
    answer = send()
    assert answer.status_code == 302, answer.content.decode()[:9000]
    look = client.get(answer["Location"])
    assert "Việc phát sinh" in look.content.decode()
    assert "Nằm viện" in look.content.decode()
    done = client.post(reverse("meetings:paper_done", args=[planned.uid]))
    assert done["Location"] == reverse("meetings:before_seal", args=[planned.uid])
    meeting = Meeting.objects.get(uid=planned.uid)
    assert (meeting.status, meeting.present, meeting.speakers, meeting.tasks) == ("held", 5, 1, 2)
    assert clock.minutes_between(meeting.opened_at, meeting.closed_at) == 100
    assert client.get(done["Location"]).status_code == 200
    sealed = client.post(reverse("meetings:seal", args=[planned.uid]))
    assert sealed["Location"] == reverse("meetings:record", args=[planned.uid])
    assert client.get(url).status_code == 302


def test_a_draft_comes_back_as_it_was_typed(at_page, planned):
    client, url, send = at_page
    assert send(do="draft", opened="", closed="", chair="").status_code == 302
    page = client.get(url).content.decode()
    for words in ("Nằm viện", "1: Nhất trí.", "khách Bà Lan: Xin cảm ơn.", "Việc phát sinh"):
        assert words in page
    before = queries.paper.typed_of(Meeting.objects.get(uid=planned.uid))
    from nenmong.meetings.paper_filled import filled  # noqa: PLC0415

    form = filled(Meeting.objects.get(uid=planned.uid), before)
    assert form.read() == replace(before, items=tuple(replace(i, title="") for i in before.items))
    assert not form.errors


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("day", "31/9/2026"), ("opened", "25.00"), ("r-0-who", "99"), ("v-0-agreed", "3"),
        ("r-1-who", "4"), ("v-0-item", "77"), ("t-0-due", "hôm nào"), ("chair", "Ai đó"),
        ("nq-agreed", "x"), ("closed", ""), ("notice_at", "1/1/2099"), ("t-0-due", "1/9/2026"),
        ("t-0-who", "99"), ("place", ""),
    ],
)  # fmt: skip
def test_an_error_stands_beside_its_field_and_all_else_is_kept(at_page, planned, field, text):
    _client, _url, send = at_page
    more = {"r-1-status": "late"} if field == "r-1-who" else {}
    answer = send(**{field: text}, **more)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="o-{field}-loi"' in page
    for words in ("1: Nhất trí.", "Việc phát sinh", "Báo phường"):
        assert words in page
    meeting = Meeting.objects.get(uid=planned.uid)
    assert meeting.status == ("planned" if field == "day" else "open")


def test_a_page_opened_before_someone_else_typed_keeps_its_words(at_page, planned, cell):
    _client, _url, send = at_page
    seen = fingerprint(queries.paper.typed_of(planned))
    enter(cell[2], planned, paper(planned), draft=True)
    answer = send(seen=seen)
    assert answer.status_code == 422
    assert "1: Nhất trí." in answer.content.decode()


def test_a_helper_finds_the_meeting_and_the_office_its_month(cell, planned, client):
    unit, secretary, _scribe = cell
    client.force_login(secretary)
    helper = UserFactory()
    url = reverse("meetings:give_right", args=[planned.uid])
    client.post(url, {"role": "helper", "username": helper.username})
    assert (
        helper.full_name
        in client.get(reverse("meetings:helpers", args=[planned.uid])).content.decode()
    )
    client.force_login(helper)
    assert (
        reverse("meetings:detail", args=[planned.uid])
        in client.get(reverse("home:my_work")).content.decode()
    )
    assert client.get(reverse("meetings:paper", args=[planned.uid])).status_code == 200
    office = UserFactory.holding("office", unit.parent)
    client.force_login(office)
    assert (
        reverse("meetings:plan_paper", args=[unit.uid])
        in client.get(reverse("home:unit", args=[unit.uid])).content.decode()
    )
    outline = client.get(reverse("meetings:detail", args=[planned.uid])).content.decode()
    assert reverse("meetings:start_paper", args=[planned.uid]) in outline
    assert client.post(reverse("meetings:start_paper", args=[planned.uid]))["Location"] == reverse(
        "meetings:paper", args=[planned.uid]
    )
    answer = client.post(
        reverse("meetings:plan_paper", args=[unit.uid]), {"month": "2026-09-01"}, follow=True
    )
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"].endswith("/nhap-giay/")


def test_the_paper_form_s_journey_is_typed(cell):
    unit, secretary, _scribe = cell
    assert typed(unit, secretary).status == "held"


def test_a_blank_draft_breaks_no_page(cell, planned, client):
    _unit, secretary, _scribe = cell
    meeting = enter(secretary, planned, Entered(held_on=DAY), draft=True)
    client.force_login(secretary)
    for name, uid in (
        ("roll", meeting.uid), ("item", meeting.items.first().uid),
        ("paper_look", meeting.uid), ("paper", meeting.uid),
    ):  # fmt: skip
        assert client.get(reverse(f"meetings:{name}", args=[uid])).status_code == 200, name
    for url in (reverse("home:my_work"), reverse("home:unit", args=[meeting.unit_id])):
        assert client.get(url).status_code == 200
    assert client.get(reverse("meetings:close", args=[meeting.uid])).status_code == 302
    detail = client.get(reverse("meetings:detail", args=[meeting.uid]))
    assert detail["Location"] == reverse("meetings:paper", args=[meeting.uid])


def test_a_meeting_begun_live_after_all_is_live(cell, planned):
    unit, secretary, _scribe = cell
    office = UserFactory.holding("office", unit.parent)
    actions.start_paper(actor=office, meeting_uid=planned.uid)
    meeting = actions.open_meeting(actor=secretary, meeting_uid=planned.uid)
    assert meeting.entry == "live"
    assert not access.may(office, "meetings.work", meeting)


def test_an_older_month_is_laid_out_from_the_cell_s_page(cell, client):
    unit, secretary, _scribe = cell
    client.force_login(secretary)
    url = reverse("meetings:plan_older", args=[unit.uid])
    assert url in client.get(reverse("home:unit", args=[unit.uid])).content.decode()
    answer = client.post(url, {"month": "2026-08-01"})
    meeting = Meeting.objects.get()
    assert answer["Location"] == reverse("meetings:paper", args=[meeting.uid])
    assert (meeting.month, meeting.entry) == (date(2026, 8, 1), "live")


def test_codes_at_the_seal_are_not_guessed(cell, planned, client):
    _unit, secretary, _scribe = cell
    helper = UserFactory()
    actions.give_right(
        actor=secretary, meeting_uid=planned.uid, role="helper", username=helper.username
    )
    meeting = enter(helper, planned, paper(planned))
    client.force_login(helper)
    page = client.get(reverse("meetings:before_seal", args=[meeting.uid])).content.decode()
    assert 'name="code"' in page
    url = reverse("meetings:seal", args=[meeting.uid])
    told = [client.post(url, {"code": f"12345678{n}"}).status_code for n in range(7)]
    assert told[0] == 403
    assert told[-1] == 422  # too many
    assert client.post(url).status_code == 422  # no proof
