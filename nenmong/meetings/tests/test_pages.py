"""Pages of meetings: what they cost, what they show, and what happens to what is typed."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.meetings import actions
from nenmong.meetings.models import AgendaItem, Attendance, Meeting, Speech
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import MemberFactory, UserFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)
HTMX = {"HX-Request": "true"}


def crowd(members, speeches):
    """A meeting in session with so many on the roll and so many speeches under one item."""
    unit, secretary, scribe = journey.cell(members)
    meeting = journey.opened(unit, secretary, DAY)
    item = meeting.items.get(step="discussion")
    speaker = meeting.attendances.first().member_uid
    for number in range(speeches):
        actions.add_speech(
            actor=secretary, item_uid=item.uid, member_uid=speaker, text=f"Ý kiến {number}"
        )
    return meeting, item, secretary, scribe


# Session and user are two of each number.
@pytest.mark.parametrize(
    ("name", "what", "most"),
    [
        ("meetings:roll", "meeting", 7),
        ("meetings:item", "item", 14),
        ("meetings:close", "meeting", 31),
    ],
)
@pytest.mark.parametrize("size", [5, 30])
def test_a_page_costs_the_same_for_five_and_for_thirty(
    client, django_assert_max_num_queries, name, what, most, size
):
    meeting, item, secretary, _scribe = crowd(size, size // 5)
    client.force_login(secretary)
    url = reverse(name, args=[{"meeting": meeting, "item": item}[what].uid])
    with django_assert_max_num_queries(most):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("speeches", [1, 12])
def test_the_sealed_page_costs_the_same_whatever_was_said(
    client, django_assert_max_num_queries, speeches
):
    unit, secretary, _scribe = journey.cell(8)
    meeting = journey.held(unit, secretary, DAY)
    for number in range(speeches):
        actions.add_speech(
            actor=secretary, item_uid=meeting.items.last().uid, text=f"Ý kiến {number}",
            member_uid=meeting.chair_uid,
        )  # fmt: skip
    actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    client.force_login(secretary)
    with django_assert_max_num_queries(16):
        answer = client.get(reverse("meetings:record", args=[meeting.uid]))
    assert "Ngõ 8 có 6 hộ mái vẩy" in answer.content.decode()


def test_the_whole_roll_saves_without_javascript(client):
    meeting, _item, secretary, _scribe = crowd(6, 0)
    client.force_login(secretary)
    rows = list(meeting.attendances.all())
    form = {f"s-{row.member_uid}": "present" for row in rows}
    form |= {f"s-{rows[0].member_uid}": "excused", f"r-{rows[0].member_uid}": " Nằm  viện "}
    answer = client.post(reverse("meetings:roll", args=[meeting.uid]), form)
    assert answer.status_code == 302
    assert Attendance.objects.get(uid=rows[0].uid).reason == "Nằm viện"
    assert Meeting.objects.get(uid=meeting.uid).excused == 1


def test_one_touch_on_the_roll_answers_with_that_person_and_the_sums(client):
    meeting, _item, secretary, _scribe = crowd(6, 0)
    client.force_login(secretary)
    row = meeting.attendances.last()
    url = reverse("meetings:roll", args=[meeting.uid])
    page = client.post(url, {f"s-{row.member_uid}": "late"}, headers=HTMX).content.decode()
    assert page.count('<li class="out"') == 1
    assert 'id="tong-so"' in page
    assert 'id="xong"' in page


def write(client, item, field, was, text, **more):
    url = reverse("meetings:write_item", args=[item.uid, field])
    return client.post(url, {"was": was, "text": text, **more}, headers=HTMX)


def test_two_people_write_different_fields_of_one_item(client):
    _meeting, item, secretary, scribe = crowd(5, 0)
    client.force_login(secretary)
    assert write(client, item, "conclusion", "", "Xong trước 15/12.").status_code == 200
    client.force_login(scribe)
    assert write(client, item, "summary", "", "Bí thư nêu kế hoạch.").status_code == 200
    item = AgendaItem.objects.get(uid=item.uid)
    assert (item.conclusion, item.summary) == ("Xong trước 15/12.", "Bí thư nêu kế hoạch.")


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_people_write_the_same_field_and_one_chooses(client, choice):
    _meeting, item, secretary, scribe = crowd(5, 0)
    client.force_login(secretary)
    write(client, item, "conclusion", "", "Xong trước 15/12.")
    client.force_login(scribe)
    answer = write(client, item, "conclusion", "", "Xong trong năm.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Xong trước 15/12." in page
    assert "Xong trong năm." in page
    assert AgendaItem.objects.get(uid=item.uid).conclusion == "Xong trước 15/12."
    write(client, item, "conclusion", "Xong trước 15/12.", "Xong trong năm.", choice=choice)
    kept = {"mine": "Xong trong năm.", "theirs": "Xong trước 15/12."}[choice]
    assert AgendaItem.objects.get(uid=item.uid).conclusion == kept


def test_without_javascript_both_texts_stand_on_a_page_of_their_own(client):
    _meeting, item, secretary, _scribe = crowd(5, 0)
    client.force_login(secretary)
    write(client, item, "conclusion", "", "Xong trước 15/12.")
    url = reverse("meetings:write_item", args=[item.uid, "conclusion"])
    answer = client.post(url, {"was": "", "text": "Xong trong năm."})
    assert answer.status_code == 409
    assert "Xong trước 15/12." in answer.content.decode()


def test_a_line_sent_twice_stands_once(client):
    _meeting, item, secretary, _scribe = crowd(5, 0)
    client.force_login(secretary)
    form = {"key": "s-abc", "text": "Một ý kiến", "guest": "Đồng chí Trần Văn Nam, Phó Bí thư"}
    url = reverse("meetings:add_speech", args=[item.uid])
    for _ in range(2):
        assert client.post(url, form, headers=HTMX).status_code == 200
    assert Speech.objects.count() == 1
    answer = client.post(url, form | {"text": "Ý khác"}, headers=HTMX)
    assert answer.status_code == 409
    assert Speech.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "form", "code"),
    [
        ("add_speech", {"text": "", "guest": "Khách"}, 422),
        ("add_speech", {"text": "Có ý kiến"}, 422),
        ("add_speech", {"text": "x" * 1001, "guest": "Khách"}, 422),
        ("note_opinion", {"text": "  \n "}, 422),
        ("vote", {"question": "Có làm không?", "agreed": "ba mươi"}, 422),
        ("vote", {"question": "", "agreed": "5"}, 422),
        ("vote", {"question": "Có làm không?", "agreed": "999999999999999999999"}, 422),
        ("assign_task", {"title": "Việc", "owner": "Chi ủy", "due_on": "31/6/2026"}, 422),
        ("assign_task", {"title": "Việc", "owner": "Chi ủy", "due_on": "hôm nào"}, 422),
        ("assign_task", {"title": "Việc", "owner": "Chi ủy", "due_on": "2020-01-01"}, 422),
        ("assign_task", {"title": "Việc", "owner": "", "due_on": "2030-01-01"}, 422),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence(client, name, form, code):
    _meeting, item, secretary, _scribe = crowd(5, 0)
    client.force_login(secretary)
    answer = client.post(reverse(f"meetings:{name}", args=[item.uid]), form, headers=HTMX)
    assert answer.status_code == code
    assert "nm-notice" in answer.content.decode()


def test_what_people_wrote_is_never_markup(client):
    _meeting, item, secretary, _scribe = crowd(5, 0)
    client.force_login(secretary)
    write(client, item, "conclusion", "", "<script>alert(1)</script> & “ngoặc”")
    page = client.get(reverse("meetings:item", args=[item.uid])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_names_sheet_shows_who_said_what_and_writes_down_who_looked(client):
    from nenmong.core.models import AuditEntry  # noqa: PLC0415

    unit, secretary, scribe = journey.cell(6)
    meeting = journey.sealed(unit, secretary, DAY)
    client.force_login(scribe)
    page = client.get(reverse("meetings:names", args=[meeting.uid])).content.decode()
    assert "Đi công trình xa" in page
    assert "Ngõ 8 có 6 hộ mái vẩy" in page
    entry = AuditEntry.objects.get(verb="meetings.names_opened")
    assert entry.actor_uid == scribe.uid


def test_above_the_cell_no_name_and_no_reason_is_seen(client):
    unit, secretary, _scribe = journey.cell(6)
    speaker = MemberFactory.of(unit, full_name="Kiểm Tra Aà")
    meeting = journey.sealed(unit, secretary, DAY)
    assert meeting.names.filter(member_uid=speaker.uid).exists()
    client.force_login(UserFactory.holding("office", unit.parent))
    for url in (
        reverse("meetings:record", args=[meeting.uid]),
        reverse("home:unit", args=[unit.uid]),
        reverse("home:my_work"),
    ):
        page = client.get(url).content.decode()
        assert "Kiểm Tra Aà" not in page
        assert "Đi công trình xa" not in page
