"""Items that ask for their own numbers, or none: dues, admission, a delegate, a secret."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.core.models import AuditEntry
from nenmong.meetings import actions, queries
from nenmong.meetings.actions.business import question_for, title_for
from nenmong.meetings.actions.voting import Ballots
from nenmong.meetings.models import AgendaItem, Attendance, Meeting
from nenmong.meetings.tests import journey
from nenmong.meetings.views.hold import item_context
from nenmong.org.models import Following, PartyGroup
from nenmong.org.tests.factories import LONG_AGO, MemberFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)
CANARY = "Phương án chim yến"


@pytest.fixture
def cell():
    return journey.cell(6)


@pytest.fixture
def planned(cell):
    return journey.planned(cell[0], cell[1], DAY)


@pytest.fixture
def opened(cell):
    return journey.opened(cell[0], cell[1], DAY)


def adding(client, cell, meeting, **form):
    client.force_login(cell[1])
    url = reverse("meetings:add_item", args=[meeting.uid])
    answer = client.post(url, {"minutes": "10", "key": "k"} | form)
    assert answer.status_code == 302
    return meeting.items.order_by("-uid").first()


def under(meeting, business, title="Mục"):
    item = meeting.items.get(step="discussion")
    AgendaItem.objects.filter(uid=item.uid).update(business=business, title=title)
    item.refresh_from_db()
    return item


# ── titles, places, questions ───────────────────────────────────────────────────────────────


def test_an_admission_is_added_by_the_person_s_name(client, cell, planned):
    item = adding(client, cell, planned, business="admission", name=" Trần Thị Lan ")
    assert item.business == "admission"
    assert item.title.endswith(": Trần Thị Lan")
    assert "Trần Thị Lan" in question_for(item)


@pytest.mark.parametrize("kind", ["admission", "make_official", "exemption"])
def test_without_a_name_it_is_about_nobody(kind):
    with pytest.raises(DomainError, match=r"^meetings\.no_person$"):
        title_for(kind, "  ")


def test_the_delegate_speaks_behind_the_documents_and_before_the_discussion(client, cell, planned):
    adding(client, cell, planned, business="delegate")
    steps = [(item.step, item.business) for item in planned.items.all()]
    place = steps.index(("topic", "delegate"))
    assert [steps[place - 1][0], steps[place + 1][0]] == ["documents", "discussion"]
    assert [item.position for item in planned.items.all()] == list(range(1, len(steps) + 1))


def test_a_place_for_the_delegate_is_offered_while_someone_is_expected(client, cell, planned):
    client.force_login(cell[1])
    url = reverse("meetings:prepare", args=[planned.uid])
    offered = 'name="business" value="delegate">'
    assert offered + "<input" not in client.get(url).content.decode()
    hidden = f'type="hidden" {offered}'
    assert hidden not in client.get(url).content.decode()
    Following.objects.create(
        bucket=cell[0].bucket, member=MemberFactory.of(cell[0].parent), unit=cell[0],
        tier="superior", first_day=LONG_AGO,
    )  # fmt: skip
    assert hidden in client.get(url).content.decode()
    adding(client, cell, planned, business="delegate")
    assert hidden not in client.get(url).content.decode()


def test_of_a_state_secret_only_the_place_is_kept(client, cell, planned):
    said = {"title": CANARY, "presenter": CANARY, "classified": "yes"}
    item = adding(client, cell, planned, **said)
    assert (item.business, item.presenter) == ("classified", "")
    rows = [*AgendaItem.objects.values_list(), *AuditEntry.objects.values_list()]
    assert CANARY not in str(rows)
    for name in ("prepare", "detail"):
        page = client.get(reverse(f"meetings:{name}", args=[planned.uid]), follow=True)
        assert CANARY not in page.content.decode()


def test_an_item_that_becomes_a_secret_loses_its_words(cell, planned):
    item = actions.add_item(
        actor=cell[1], meeting_uid=planned.uid, title=CANARY, minutes=5, presenter="Bí thư"
    )
    actions.write_text(
        actor=cell[1], meeting_uid=planned.uid, item_uid=item.uid, field="prompts", was="",
        text=CANARY,
    )  # fmt: skip
    actions.change_item(
        actor=cell[1], item_uid=item.uid, title=CANARY, minutes=5, business="classified"
    )
    item.refresh_from_db()
    assert (item.prompts, item.presenter) == ("", "")
    assert CANARY not in item.title


def test_what_was_said_already_does_not_become_a_secret(cell, opened):
    item = opened.items.get(step="discussion")
    actions.note_opinion(actor=cell[1], item_uid=item.uid, text="Ngõ 8")
    with pytest.raises(DomainError, match=r"^meetings\.words_under_it$"):
        actions.change_item(
            actor=cell[1], item_uid=item.uid, title="", minutes=5, business="classified"
        )


def test_under_a_state_secret_nothing_is_written(client, cell, opened):
    item = under(opened, "classified", "Nội dung mật")
    secretary, here = cell[1], {"actor": cell[1], "item_uid": item.uid}
    meeting = {"actor": secretary, "meeting_uid": opened.uid, "item_uid": item.uid}
    everyone = opened.official_present
    papers = Ballots(everyone, everyone, 0, everyone, 0)
    for act, said in (
        (actions.add_speech, here | {"text": "x", "guest": "x"}),
        (actions.note_opinion, here | {"text": "x"}),
        (actions.assign_task, here | {"title": "x", "owner": "x", "due_on": DAY}),
        (actions.carry_over, meeting | {"reason": "x"}),
        (actions.record_vote, meeting | {
            "about": "item", "agreed": everyone, "against": 0, "other": 0, "question": "x",
        }),
        (actions.record_ballot, meeting | {"question": "x", "ballots": papers}),
        *((actions.write_text, meeting | {"field": field, "was": "", "text": "x"})
          for field in ("summary", "conclusion", "prompts")),
    ):  # fmt: skip
        with pytest.raises(DomainError, match=r"^meetings\.classified$"):
            act(**said)
    client.force_login(secretary)
    for name in ("item", "chair_item"):
        page = client.get(reverse(f"meetings:{name}", args=[item.uid])).content.decode()
        assert "<textarea" not in page
        assert "giao-viec" not in page


def test_a_meeting_with_a_state_secret_is_sealed_as_any_other(cell):
    unit, secretary, _scribe = cell
    meeting = journey.held(unit, secretary, DAY)
    AgendaItem.objects.filter(meeting=meeting, step="documents").update(
        business="classified", title="Nội dung mật"
    )
    assert actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid).status == "sealed"


# ── votes and dues ──────────────────────────────────────────────────────────────────────────


def test_the_form_says_of_whom_the_share_is_taken_before_anyone_counts(client, cell, opened):
    item = under(opened, "admission", "Kết nạp: Trần Thị Lan")
    absent = opened.attendances.exclude(member_uid=opened.chair_uid)[:2]
    for row in absent:
        actions.record_roll(
            actor=cell[1], meeting_uid=opened.uid,
            called={row.member_uid: actions.holding.Called("excused", "Ốm")},
        )  # fmt: skip
    client.force_login(cell[1])
    page = client.get(reverse("meetings:item", args=[item.uid])).content.decode()
    assert "Trần Thị Lan" in page
    said = item_context(Meeting.objects.get(uid=opened.uid), item.uid)
    assert (said["base"], said["needed"]) == (6, 4)


def test_a_secret_ballot_through_its_form(client, cell, opened):
    item = under(opened, "admission", "Kết nạp: Trần Thị Lan")
    client.force_login(cell[1])
    url = reverse("meetings:ballot", args=[item.uid])
    form = {"question": "Kết nạp", "issued": "6", "returned": "5", "spoiled": "1"}
    form |= {"agreed": "4", "against": "0", "other": "0"}
    answer = client.post(url, form, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    vote = opened.votes.get()
    assert (vote.way, vote.base, vote.passed) == ("ballot", 6, True)
    assert client.post(url, form | {"agreed": "5"}).status_code == 422


def test_dues_are_noted_as_people_write_a_sum(client, cell, opened):
    item = under(opened, "dues")
    client.force_login(cell[1])
    url = reverse("meetings:dues", args=[item.uid])
    form = {"members": "5", "amount": "1.250.000"}
    assert client.post(url, form, headers={"HX-Request": "true"}).status_code == 200
    item.refresh_from_db()
    assert (item.dues_members, item.dues_amount) == (5, 1_250_000)
    assert "1.250.000" in client.get(reverse("meetings:item", args=[item.uid])).content.decode()
    assert client.post(url, {"members": "7", "amount": "1"}).status_code == 422
    assert client.post(url, {"members": "5", "amount": "1.25"}).status_code == 422


def test_only_an_item_of_dues_takes_dues(cell, opened):
    item = opened.items.first()
    with pytest.raises(DomainError, match=r"^meetings\.not_dues$"):
        actions.record_dues(actor=cell[1], item_uid=item.uid, members=1, amount=1)


# ── what is prepared ────────────────────────────────────────────────────────────────────────


def test_when_questions_and_draft_were_there_first_is_kept(cell, planned):
    item = planned.items.get(step="discussion")
    first = journey.evening(DAY - timedelta(days=2))
    for moment, was, text in ((first, "", "Ai giúp?"), (first + timedelta(days=1), "Ai giúp?", "")):
        with clock.at(moment):
            actions.write_text(
                actor=cell[1], meeting_uid=planned.uid, item_uid=item.uid, field="prompts",
                was=was, text=text,
            )  # fmt: skip
    with clock.at(first):
        actions.write_text(
            actor=cell[1], meeting_uid=planned.uid, field="draft_resolution", was="", text="Dỡ."
        )
    planned.refresh_from_db()
    assert planned.prompts_ready_at == planned.draft_ready_at == first


def test_a_draft_is_taken_over_and_nothing_is_written_over(cell, opened):
    secretary, here = cell[1], {"actor": cell[1], "meeting_uid": opened.uid}
    with pytest.raises(DomainError, match=r"^meetings\.no_draft$"):
        actions.take_over_draft(**here)
    actions.write_text(field="draft_resolution", was="", text="Dỡ mái vẩy.", **here)
    assert actions.take_over_draft(**here).directions == "Dỡ mái vẩy."
    actions.write_text(field="directions", was="Dỡ mái vẩy.", text="Dỡ trước 15/12.", **here)
    with pytest.raises(DomainError, match=r"^meetings\.directions_written$"):
        actions.take_over_draft(**here)
    assert Meeting.objects.get(uid=opened.uid).directions == "Dỡ trước 15/12."
    assert secretary


# ── the chair, the roll by group ────────────────────────────────────────────────────────────


def test_the_chair_goes_on_and_the_scribe_is_told(client, cell, opened):
    client.force_login(cell[1])
    first, second = list(opened.items.all())[:2]
    assert client.get(reverse("meetings:chair", args=[opened.uid]))["Location"] == reverse(
        "meetings:chair_item", args=[first.uid]
    )
    pulse = reverse("meetings:pulse", args=[first.uid, "ghi"])
    there = reverse("meetings:item", args=[second.uid])
    assert there not in client.get(pulse).content.decode()
    answer = client.post(reverse("meetings:chair_onward", args=[second.uid]))
    assert answer["Location"] == reverse("meetings:chair_item", args=[second.uid])
    assert there in client.get(pulse).content.decode()
    assert client.get(answer["Location"]).status_code == 200


def test_asking_where_the_meeting_is_costs_little(
    client, cell, opened, django_assert_max_num_queries
):
    client.force_login(cell[2])
    url = reverse("meetings:pulse", args=[opened.items.first().uid, "ghi"])
    with django_assert_max_num_queries(2 + 4):  # session and user; what one may see; then three
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("size", [4, 30])
def test_the_chair_s_page_costs_the_same_for_few_and_many(
    client, size, django_assert_max_num_queries
):
    unit, secretary, _scribe = journey.cell(size)
    meeting = journey.opened(unit, secretary, DAY)
    client.force_login(secretary)
    for item in meeting.items.all():
        with django_assert_max_num_queries(10):
            assert client.get(reverse("meetings:chair_item", args=[item.uid])).status_code == 200


def test_the_roll_is_called_by_group(client, cell):
    unit, secretary, _scribe = cell
    group = PartyGroup.objects.create(
        bucket=unit.bucket, unit=unit, name="Tổ đảng số 1 & 2", first_day=LONG_AGO
    )
    meeting = journey.opened(unit, secretary, DAY)
    rows = list(meeting.attendances.all())
    Attendance.objects.filter(uid__in=[row.uid for row in rows[:2]]).update(group=group.name)
    client.force_login(secretary)
    url = reverse("meetings:roll", args=[meeting.uid])
    whole = client.get(url).content.decode()
    assert all(f"ng-{row.member_uid}" in whole for row in rows)
    assert "Tổ đảng số 1 &amp; 2" in whole
    one = client.get(url, {"to": group.name}).content.decode()
    assert [row.uid for row in rows if f"ng-{row.member_uid}" in one] == [r.uid for r in rows[:2]]
    form = {f"s-{rows[0].member_uid}": "excused"}
    saved = client.post(url, form, headers={"HX-Request": "true"}).content.decode()
    assert 'id="theo-to"' in saved
    assert queries.work.roll(meeting)[0].status == "excused"


def test_where_no_primary_text_was_seen_the_quoted_rule_says_so(client, cell, opened):
    item = under(opened, "admission", "Kết nạp: Trần Thị Lan")
    client.force_login(cell[1])
    url = reverse("meetings:item", args=[item.uid])
    words = gettext("seen only in secondary material")
    assert words in client.get(url).content.decode()
    AgendaItem.objects.filter(uid=item.uid).update(business="")
    assert words not in client.get(url).content.decode()
