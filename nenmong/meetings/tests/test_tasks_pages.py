"""Tasks on pages: an owner's own, the cell's table, given and given anew through a form."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from nenmong.meetings import actions
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.given import (
    LATER,
    NOVEMBER,
    OCTOBER,
    group_of,
    sealed_with,
)
from nenmong.org.tests.factories import (
    MemberFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    unit, secretary, _scribe = journey.cell(4)
    return unit, secretary


def test_an_owner_finds_reports_and_declares_their_task(here, client):
    owner = UserFactory.holding("member", here[0])
    task = sealed_with(here, owner_uid=owner.members.get().uid)
    client.force_login(owner)
    url = reverse("meetings:task", args=[task.uid])
    assert url in client.get(reverse("home:my_work")).content.decode()
    form = {"text": "Đã dỡ ba hộ", "key": "k"}
    for _ in range(2):
        client.post(reverse("meetings:note_progress", args=[task.uid]), form)
    assert client.get(url).content.decode().count("Đã dỡ ba hộ") == 1
    client.post(reverse("meetings:declare_done", args=[task.uid]), {"words": ""})
    task.refresh_from_db()
    assert task.declared_on
    client.post(reverse("meetings:take_back_declaration", args=[task.uid]))
    task.refresh_from_db()
    assert task.declared_on is None


def test_another_member_reads_and_does_not_report(here, client):
    task = sealed_with(here, owner_kind="committee")
    client.force_login(UserFactory.holding("member", here[0]))
    url = reverse("meetings:task", args=[task.uid])
    page = client.get(url).content.decode()
    assert reverse("meetings:note_progress", args=[task.uid]) not in page
    for name in ("note_progress", "declare_done", "take_back_declaration"):
        answer = client.post(reverse(f"meetings:{name}", args=[task.uid]), {"text": "x"})
        assert answer.status_code == 403
    assert url not in client.get(reverse("home:my_work")).content.decode()


def test_the_last_word_is_offered_as_result_and_not_noted(here, client):
    task = sealed_with(here, owner_kind="committee")
    actions.note_progress(actor=here[1], task_uid=task.uid, text="Đã dỡ ba hộ")
    client.force_login(here[1])
    meeting = journey.planned(*here, NOVEMBER)
    url = reverse("meetings:prepare", args=[meeting.uid])
    plain = client.get(url).content.decode()
    assert f"?loi={task.uid}" in plain
    assert "\nĐã dỡ ba hộ</textarea>" not in plain
    assert "\nĐã dỡ ba hộ</textarea>" in client.get(f"{url}?loi={task.uid}").content.decode()
    assert meeting.reports.get().result == ""


def test_the_table_is_filtered_by_its_address_and_goes_out_as_a_workbook(here, client):
    sealed_with(here, owner="=Chi đoàn")
    client.force_login(UserFactory.holding("member", here[0]))
    url = reverse("meetings:tasks", args=[here[0].uid])
    for query, seen in (("", 1), ("?xem=da-xong", 0), ("?xem=x&ai=%3DChi+%C4%91o%C3%A0n", 1),
                        ("?ai=x", 0), ("?xem=tat-ca&tu=9", 0)):  # fmt: skip
        page = client.get(url + query).content.decode()
        assert ("Dỡ mái vẩy" in page) == bool(seen), query
    answer = client.get(reverse("meetings:tasks_xlsx", args=[here[0].uid]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert rows.to_python()[1][:3] == ["Dỡ mái vẩy", "=Chi đoàn", "20/12/2026"]


@pytest.mark.parametrize("number", [1, 12])
def test_the_table_costs_the_same_for_few_and_for_many(
    here, client, django_assert_max_num_queries, number
):
    meeting = journey.held(*here, OCTOBER, task="")
    item = meeting.items.get(step="discussion")
    for at in range(number):
        task = actions.assign_task(
            actor=here[1], item_uid=item.uid, title=f"Việc {at}", owner="Chi đoàn", due_on=LATER
        )
    actions.seal_minutes(actor=here[1], meeting_uid=meeting.uid)
    client.force_login(here[1])
    with django_assert_max_num_queries(11):
        assert client.get(reverse("meetings:tasks", args=[here[0].uid])).status_code == 200
    with django_assert_max_num_queries(15):
        assert client.get(reverse("meetings:task", args=[task.uid])).status_code == 200


def test_a_task_is_given_and_given_anew_through_the_page(here, client):
    group = group_of(here[0], MemberFactory.of(here[0]))
    client.force_login(here[1])
    old = sealed_with(here, owner_kind="committee")
    meeting = journey.held(*here, NOVEMBER, task="")
    item = meeting.items.get(step="review")
    page = reverse("meetings:item", args=[item.uid])
    form = {"title": "Nạo vét rãnh", "member": f"group:{group.uid}", "due_on": "20/12/2026"}
    client.post(reverse("meetings:assign_task", args=[item.uid]), form | {"key": "k"})
    assert meeting.assigned.get().owner_uid == group.uid
    renew = reverse("meetings:renew_task", args=[meeting.uid])
    assert renew not in client.get(page).content.decode()
    report = {"task": old.uid, "state": "doing", "result": "Còn hai hộ", "item": item.uid}
    answer = client.post(
        reverse("meetings:report_task", args=[meeting.uid]), report,
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert renew in answer.content.decode()
    assert renew in client.get(page).content.decode()
    client.post(renew, {"task": old.uid, "due_on": "28/12/2026", "member": "committee"})
    assert meeting.assigned.filter(title=old.title, owner_kind="committee").count() == 1
    assert client.get(page).status_code == 200
