"""What was attached by mistake is taken off after the seal: it is served no more, and it shows."""

from datetime import date

import pytest
from django.urls import reverse

from nenmong.core.errors import DomainError
from nenmong.core.keeping import STORE, sweep
from nenmong.core.models import AuditEntry
from nenmong.meetings import actions, queries
from nenmong.meetings.models import MeetingDocument
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
WHY = "Đính nhầm giấy của chi bộ khác"


@pytest.fixture
def cell():
    return journey.cell(5)[:2]


@pytest.fixture
def sealed(cell):
    unit, secretary = cell
    meeting = journey.held(unit, secretary, date(2026, 10, 3))
    journey.document(meeting, secretary, "Báo cáo tháng")
    return actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)


@pytest.fixture
def scan(sealed, cell):
    return journey.scan(sealed, cell[1], "Trang có chữ ký")


def take_off(cell, row, reason=WHY):
    return actions.take_off_document(actor=cell[1], document_uid=row.uid, reason=reason)


def signed_in(client, user):
    client.force_login(user)
    return client


def test_a_scan_taken_off_is_served_to_nobody_and_leaves_its_trace(cell, sealed, scan, client):
    client = signed_in(client, cell[1])
    page = reverse("meetings:documents", args=[sealed.uid])
    door = reverse("meetings:take_off_document", args=[scan.uid])
    assert door in client.get(page).content.decode()
    answer = client.post(door, {"reason": WHY})
    assert answer["Location"] == f"{page}#da-go"
    file = reverse("meetings:document", args=[scan.uid])
    refusal = client.get(file)
    assert refusal.status_code == 422
    assert WHY in refusal.content.decode()
    assert "%PDF" not in refusal.content.decode()
    for name in ("documents", "record"):
        shown = client.get(reverse(f"meetings:{name}", args=[sealed.uid])).content.decode()
        assert file not in shown
        assert WHY in shown
        assert "Nguyễn Văn Hùng" in shown
    # Members see that something was taken off; the row and the file stay.
    member = signed_in(client, UserFactory.holding("member", cell[0]))
    assert WHY in member.get(reverse("meetings:record", args=[sealed.uid])).content.decode()
    row = MeetingDocument.objects.get(uid=scan.uid)
    assert (row.taken_off_by_uid, row.sha256) == (cell[1].uid, scan.sha256)
    sweep()
    assert STORE.holds(row.sha256)
    assert queries.verify.verify().findings == []
    assert list(queries.documents.changed_files()) == []


def test_it_is_not_in_the_package(cell, sealed, scan, client):
    take_off(cell, scan)
    url = reverse("meetings:package", args=[sealed.uid, "so-lieu"])
    answer = signed_in(client, cell[1]).get(url)
    assert b"5-ban-ky" not in b"".join(answer.streaming_content)


def test_a_document_of_the_record_is_taken_off_and_the_seal_holds(cell, sealed):
    row = sealed.documents.get()
    take_off(cell, row)
    record = queries.verify.record_in(queries.verify.sealed_of(sealed))
    assert [one["title"] for one in record["documents"]] == [row.title]
    assert queries.verify.verify().findings == []


def test_the_same_scan_attached_again_is_there_again(cell, sealed, scan):
    take_off(cell, scan)
    again = journey.scan(sealed, cell[1], "Trang có chữ ký")
    assert again.uid == scan.uid
    assert again.taken_off_at is None
    verbs = list(AuditEntry.objects.filter(subject_uid=scan.uid).values_list("verb", flat=True))
    assert verbs == [
        "meetings.scan_attached", "meetings.document_taken_off", "meetings.scan_attached",
    ]  # fmt: skip


def test_a_reason_is_asked_and_before_the_seal_it_is_another_way(cell, sealed, scan):
    with pytest.raises(DomainError, match=r"^meetings\.no_reason$"):
        take_off(cell, scan, " ")
    held = journey.held(*cell, date(2026, 11, 3))
    row = journey.document(held, cell[1])
    with pytest.raises(DomainError, match=r"^meetings\.not_sealed$"):
        take_off(cell, row)


@pytest.mark.parametrize("change", ["title", "gone", "added"])
def test_a_changed_list_is_named_without_reading_a_file(cell, sealed, change):
    rows = sealed.documents.all()
    if change == "title":
        rows.update(title="Khác")
    elif change == "gone":
        rows.delete()
    else:
        row = rows.get()
        row.pk, row.sha256 = None, "0" * 64
        row.save(force_insert=True)
    assert [one.meeting_uid for one in queries.verify.verify().findings] == [sealed.uid]
