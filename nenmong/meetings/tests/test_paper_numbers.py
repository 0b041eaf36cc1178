"""The printed form and the page on which it is typed in number the same things alike."""

import html
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenmong.core import clock
from nenmong.meetings import actions
from nenmong.meetings.models import AgendaItem, Meeting
from nenmong.meetings.tests import journey
from nenmong.meetings.tests.paper import lines, read
from nenmong.org.tests.factories import MemberFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)
ITEM = re.compile(r"(\d+)\. (.+?)(?: \(\d+ phút.*\))?")


def regular(cell):
    unit, secretary, _scribe = cell
    return journey.planned(unit, secretary, DAY), secretary


def with_business(cell):
    """Every sort of item, one of them classified in the middle of the agenda."""
    meeting, secretary = regular(cell)
    for number, business in enumerate(("dues", "classified", "delegate", "admission")):
        actions.add_item(
            actor=secretary, meeting_uid=meeting.uid, minutes=10, business=business,
            title="" if business == "classified" else f"Nội dung thứ {number}",
        )  # fmt: skip
    return meeting, secretary


def after_tasks(cell):
    """With tasks of the last resolution to be told, and one matter that was left over."""
    unit, secretary, _scribe = cell
    journey.sealed(unit, secretary, date(2026, 10, 3))
    actions.propose_topic(actor=secretary, unit_uid=unit.uid, title="Ngõ 8")
    return journey.planned(unit, secretary, DAY), secretary


def many_members(cell):
    """A roll with like names, and members whose time here begins or ends about that day."""
    unit, _secretary, _scribe = cell
    for name in ("Trần Thị An", "Trần Văn Ân", "Trần Thị An", "Đỗ Đức", "Đỗ Duc"):
        MemberFactory.of(unit, full_name=name)
    MemberFactory.of(unit).memberships.update(first_day=DAY + timedelta(days=1))
    MemberFactory.of(unit).memberships.update(last_day=DAY - timedelta(days=1))
    return regular(cell)


def committee(cell):
    """A cell's committee: only who holds a post there is on the roll."""
    unit, secretary, _scribe = cell
    with clock.at(journey.evening(DAY - timedelta(days=5))):
        made = actions.plan_meeting(
            actor=secretary, unit_uid=unit.uid, kind="cell_committee",
            starts_at=journey.evening(DAY - timedelta(days=2)),
        )  # fmt: skip
    return made, secretary


def joint(cell):
    """A thematic meeting that another cell joins, with its own item laid out in both."""
    unit, secretary, _scribe = cell
    other = UnitFactory(parent=unit.parent)
    asked = UserFactory.holding("secretary", other)
    MemberFactory.of(other)
    with clock.at(journey.evening(DAY - timedelta(days=9))):
        meeting = actions.plan_meeting(
            actor=secretary, unit_uid=unit.uid, kind="thematic", starts_at=journey.evening(DAY),
            subject="Chuyển đổi số",
        )  # fmt: skip
        part = actions.ask_to_join(actor=secretary, meeting_uid=meeting.uid, unit_uid=other.uid)
        theirs = actions.accept_joint(actor=asked, part_uid=part.uid)
    return theirs, asked


AGENDAS = [regular, with_business, after_tasks, many_members, committee, joint]


def printed(client, meeting):
    """What the form numbers: its roll, its tasks, its items."""
    with clock.at(journey.evening(DAY)):
        url = reverse("meetings:form_docx", args=[meeting.uid])
        document = read(client.get(url).content)
    numbered = {
        table.rows[0].cells[1].text: [
            (row.cells[0].text.strip(), re.sub(r" \(.*\)$", "", row.cells[1].text))
            for row in table.rows[1:]
        ]
        for table in document.tables
        if table.rows[0].cells[0].text == "TT" and "Thời hạn" not in table.rows[0].cells[3].text
    }
    text = lines(document)
    text = text[text.index("II- NỘI DUNG") + 1 : text.index("III- BIỂU QUYẾT")]
    items = [found.groups() for line in text if (found := ITEM.fullmatch(line))]
    return numbered["Họ và tên"], numbered.get("Nhiệm vụ", []), items


def typed(client, meeting):
    """What the page numbers, in the same three lists."""
    with clock.at(journey.evening(DAY)):
        answer = client.get(reverse("meetings:paper", args=[meeting.uid]))
    assert answer.status_code == 200
    page = html.unescape(answer.content.decode())
    roll = re.findall(r'<option value="(\d+)\. (.+?)"></option>', page)
    heads = re.findall(r"<h3>(\d+)\. (.+?)</h3>", page)
    tasks = meeting.reports.count()
    return roll, heads[:tasks], heads[tasks:]


@pytest.mark.parametrize("agenda", AGENDAS)
def test_paper_and_page_number_alike(client, agenda):
    meeting, secretary = agenda(journey.cell(6))
    client.force_login(secretary)
    people, tasks, items = printed(client, meeting)
    roll, heads, titles = typed(client, meeting)
    assert people == roll
    assert people
    assert tasks == heads
    assert [number for number, _title in items] == [number for number, _title in titles]
    rows = list(meeting.items.all())
    for (number, title), item in zip(items, rows, strict=True):
        assert rows[int(number) - 1] == item
        assert item.title.startswith(title) or item.business == "classified"


def test_what_is_typed_under_a_number_goes_where_the_paper_has_it(client):
    meeting, secretary = with_business(journey.cell(6))
    client.force_login(secretary)
    _people, _tasks, items = printed(client, meeting)
    number = next(number for number, title in items if title.startswith("Nội dung thứ 0"))
    url = reverse("meetings:paper", args=[meeting.uid])
    with clock.at(journey.evening(DAY)):
        answer = client.post(url, {
            "day": "3/11/2026", "do": "draft", "t-0-item": number, "t-0-title": "Thu đảng phí",
            "t-0-who": "2", "t-0-due": "20/11/2026",
        })  # fmt: skip
    assert answer.status_code == 302
    assert AgendaItem.objects.get(business="dues").tasks.get().title == "Thu đảng phí"


def test_dues_and_who_presented_are_typed_in(client):
    meeting, secretary = with_business(journey.cell(6))
    client.force_login(secretary)
    url = reverse("meetings:paper", args=[meeting.uid])
    dues = meeting.items.get(business="dues")
    discussion = meeting.items.get(step="discussion")
    said = {
        "day": "3/11/2026", "do": "draft", f"i-{dues.uid}-dues_members": "6",
        f"i-{dues.uid}-dues_amount": "1.250.000", f"i-{discussion.uid}-presenter": "Bí thư",
    }  # fmt: skip
    with clock.at(journey.evening(DAY)):
        assert client.post(url, said).status_code == 302
        page = client.get(url).content.decode()
    dues.refresh_from_db()
    discussion.refresh_from_db()
    assert (dues.dues_members, dues.dues_amount, dues.state) == (6, 1_250_000, "done")
    assert discussion.presenter == "Bí thư"
    assert 'value="1.250.000"' in page
    assert 'value="Bí thư"' in page
    with clock.at(journey.evening(DAY)):  # what does not fit is said beside it, the rest is kept
        refused = client.post(url, said | {
            f"i-{dues.uid}-dues_members": "7", f"i-{discussion.uid}-presenter": "Phó bí thư",
        })  # fmt: skip
    assert refused.status_code == 422
    assert f'id="o-i-{dues.uid}-dues_members-loi"' in refused.content.decode()
    discussion.refresh_from_db()
    assert discussion.presenter == "Phó bí thư"


def test_a_classified_item_has_nothing_to_type(client):
    meeting, secretary = with_business(journey.cell(6))
    client.force_login(secretary)
    secret = meeting.items.get(business="classified")
    with clock.at(journey.evening(DAY)):
        page = client.get(reverse("meetings:paper", args=[meeting.uid])).content.decode()
    assert f"i-{secret.uid}-minutes" in page
    assert f"i-{secret.uid}-summary" not in page
    assert f"i-{secret.uid}-presenter" not in page
    assert Meeting.objects.get(uid=meeting.uid).status == "planned"
