"""Documents of a meeting: added, read by whom, listed in the record, attached after, packed."""

import io
import os
import time
import zipfile
from datetime import date
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image
from python_calamine import CalamineWorkbook

from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.keeping import STORE, Kept, sweep
from nenmong.core.models import AuditEntry
from nenmong.meetings import actions, queries
from nenmong.meetings.actions import documents
from nenmong.meetings.models import Meeting, MeetingDocument
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory
from nenmong.ui.files import title_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def cell():
    return journey.cell(4)


def aged(digest):
    then = time.time() - 3 * 86400
    os.utime(STORE.path(digest), (then, then))


def named(name, content=PDF):
    return SimpleUploadedFile(name, content, "text/html")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 20)).save(out, "PNG")
    return out.getvalue()


# ── added and taken off ─────────────────────────────────────────────────────────────────────


def test_only_the_first_one_says_when_documents_were_there(cell):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary)
    with journey.clock.at(journey.evening(date(2026, 9, 30))):
        first = journey.document(meeting, secretary)
    second = journey.document(meeting, secretary, content=b"%PDF-1.7 2")
    assert Meeting.objects.get(uid=meeting.uid).documents_at == first.added_at
    actions.remove_document(actor=secretary, document_uid=first.uid)
    actions.remove_document(actor=secretary, document_uid=second.uid)
    journey.document(meeting, secretary)
    assert Meeting.objects.get(uid=meeting.uid).documents_at == first.added_at


def test_a_file_goes_only_when_no_meeting_has_it(cell):
    unit, secretary, _scribe = cell
    october = journey.document(journey.planned(unit, secretary), secretary)
    november = journey.document(journey.planned(unit, secretary, date(2026, 11, 3)), secretary)
    assert october.sha256 == november.sha256
    for row, stays in ((october, True), (november, False)):
        actions.remove_document(actor=secretary, document_uid=row.uid)
        sweep()
        assert STORE.holds(row.sha256)  # a backup may be under way
        aged(row.sha256)
        sweep()
        assert STORE.holds(row.sha256) == stays


def test_a_file_whose_row_never_came_is_swept(cell, monkeypatch):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary)

    def fail(*_args, **_said):
        raise RuntimeError

    monkeypatch.setattr(documents.audit, "record", fail)
    with pytest.raises(RuntimeError):
        journey.document(meeting, secretary)
    assert not MeetingDocument.objects.exists()
    digest = STORE.keep(b"%PDF-1.7 trang 1")
    aged(digest)
    sweep()
    assert not STORE.path(digest).exists()


def test_how_many_and_how_large(cell, settings, monkeypatch):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary)
    said = {"actor": secretary, "meeting_uid": meeting.uid, "title": "x"}
    large = Kept(STORE.keep(b"large"), "pdf", settings.NENMONG_MEETING_MB * 1024 * 1024)
    row = actions.add_document(file=large, **said)
    with pytest.raises(DomainError, match="files_too_large"):
        journey.document(meeting, secretary)
    actions.remove_document(actor=secretary, document_uid=row.uid)
    monkeypatch.setattr(documents, "MOST_FILES", 1)
    journey.document(meeting, secretary)
    with pytest.raises(DomainError, match="too_many_files"):
        actions.add_document(file=large, **said)
    monkeypatch.undo()
    with pytest.raises(DomainError, match="not_whole"):
        actions.add_document(file=Kept("0" * 64, "pdf", 5), **said)
    with pytest.raises(DomainError, match="no_title"):
        actions.add_document(file=large, **said | {"title": " \n"})


@pytest.mark.parametrize("state", ["planned", "opened", "held", "sealed"])
def test_before_the_seal_documents_and_after_it_scans(cell, state):
    unit, secretary, scribe = cell
    before = journey.held(unit, secretary, date(2026, 9, 3)) if state == "sealed" else None
    meeting = getattr(journey, state)(unit, secretary)
    said = {
        "meeting_uid": meeting.uid, "title": "x", "file": Kept(STORE.keep(PDF), "pdf", len(PDF)),
    }  # fmt: skip
    for action in (actions.add_document, actions.attach_scan):
        with pytest.raises(NotAllowed):
            action(actor=scribe, **said)
    if before is not None:
        with pytest.raises(DomainError, match=r"meetings\.sealed"):
            actions.add_document(actor=secretary, **said)
        scan = actions.attach_scan(actor=secretary, **said)
        assert scan.sort == "scan"
        with pytest.raises(DomainError, match=r"meetings\.sealed"):
            actions.remove_document(actor=secretary, document_uid=scan.uid)
    else:
        row = actions.add_document(actor=secretary, **said)
        with pytest.raises(DomainError, match="not_sealed"):
            actions.attach_scan(actor=secretary, **said)
        actions.remove_document(actor=secretary, document_uid=row.uid)


# ── through the door ────────────────────────────────────────────────────────────────────────


def test_several_at_once_each_taken_or_told_why(cell):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary)
    client = signed_in(secretary)
    url = reverse("meetings:add_documents", args=[meeting.uid])
    good = [named("Báo_cáo tháng 9.pdf"), named("../../etc/anh.exe", picture())]
    answer = client.post(url, {"file": good})
    assert answer["Location"] == reverse("meetings:documents", args=[meeting.uid])
    rows = list(MeetingDocument.objects.values_list("title", "kind"))
    assert rows == [("Báo cáo tháng 9", "pdf"), ("anh", "png")]
    mixed = [named("b.pdf", PDF + b"\n"), named("trang.pdf", b"<html>"), named("lại.pdf")]
    answer = client.post(url, {"file": mixed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "trang: " in page
    assert "lại" in page  # is there already
    assert MeetingDocument.objects.count() == 3
    assert AuditEntry.objects.filter(verb="meetings.document_added").count() == 3


def test_no_file_and_one_too_large_are_said(cell, settings):
    settings.NENMONG_FILE_MB = 1
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary)
    client = signed_in(secretary)
    url = reverse("meetings:add_documents", args=[meeting.uid])
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"file": named("a.pdf", b"")}).status_code == 422
    assert (
        client.post(url, {"file": named("a.pdf", b"%PDF-" + b"0" * 1_100_000)}).status_code == 422
    )
    settings.NENMONG_MEETING_MB = 1
    two = [named("a.pdf", PDF + b"0" * 600_000), named("b.pdf", PDF + b"1" * 600_000)]
    assert client.post(url, {"file": two}).status_code == 422
    assert not MeetingDocument.objects.exists()


def test_a_form_that_is_not_ours_is_not_read(cell):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary)
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)
    for name in ("add_documents", "attach_scans"):
        url = reverse(f"meetings:{name}", args=[meeting.uid])
        assert client.post(url, {"file": named("a.pdf")}).status_code == 403
    assert not MeetingDocument.objects.exists()
    assert not STORE.root.exists()


def test_a_file_comes_to_be_saved_under_our_own_name(cell):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary)
    row = journey.document(meeting, secretary, title='Ngõ 8"\r\nX: <script>/..\\đường')
    client = signed_in(UserFactory.holding("member", unit))
    answer = client.get(reverse("meetings:document", args=[row.uid]))
    assert answer.content == b"%PDF-1.7 trang 1"
    assert answer["Content-Disposition"] == (
        'attachment; filename="tai-lieu-2026-10-03-ngo-8-x-script-duong.pdf"'
    )
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    STORE.path(row.sha256).unlink()
    assert client.get(reverse("meetings:document", args=[row.uid])).status_code == 422


@pytest.mark.parametrize(
    ("role", "where", "before", "after"),
    [
        ("member", "here", 200, 200), ("secretary", "here", 200, 200),
        ("office", "above", 403, 200), ("head", "above", 403, 200),
        ("inspection", "above", 404, 404), ("member", "elsewhere", 404, 404),
    ],
)  # fmt: skip
def test_who_reads_documents_before_and_after_the_seal(cell, role, where, before, after):
    unit, secretary, _scribe = cell
    meeting = journey.held(unit, secretary)
    row = journey.document(meeting, secretary)
    place = {"here": unit, "above": unit.parent, "elsewhere": journey.cell(2)[0]}[where]
    client = signed_in(UserFactory.holding(role, place))
    urls = [
        reverse("meetings:document", args=[row.uid]),
        reverse("meetings:documents", args=[meeting.uid]),
    ]
    assert [client.get(url).status_code for url in urls] == [before, before]
    outline = client.get(reverse("meetings:detail", args=[meeting.uid]))
    assert ("Báo cáo tháng" in outline.content.decode()) == (before == 200 and role == "member")
    actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    assert [client.get(url).status_code for url in urls] == [after, after]


@pytest.mark.parametrize("files", [1, 12])
def test_lists_cost_the_same_however_many(cell, files, django_assert_max_num_queries):
    unit, secretary, _scribe = cell
    meeting = journey.planned(unit, secretary)
    for number in range(files):
        journey.document(meeting, secretary, content=b"%PDF-1.7 " + bytes([48 + number]))
    client = signed_in(secretary)
    for name, most in (("documents", 10), ("prepare", 22)):
        with django_assert_max_num_queries(most):
            assert client.get(reverse(f"meetings:{name}", args=[meeting.uid])).status_code == 200


# ── sealed, and looked through ──────────────────────────────────────────────────────────────


def sealed_with(unit, secretary):
    meeting = journey.held(unit, secretary)
    row = journey.document(meeting, secretary)
    meeting = actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    scan = actions.attach_scan(
        actor=secretary, meeting_uid=meeting.uid, title="Trang 1",
        file=Kept(STORE.keep(PDF), "pdf", len(PDF)),
    )  # fmt: skip
    return meeting, row, scan


def test_the_record_lists_what_it_had_and_scans_change_nothing(cell):
    unit, secretary, _scribe = cell
    meeting, row, scan = sealed_with(unit, secretary)
    record = queries.verify.record_in(queries.verify.sealed_of(meeting))
    assert record["documents"] == [{"title": row.title, "kind": "pdf", "sha256": row.sha256}]
    assert not queries.verify.verify().findings
    assert not list(queries.documents.changed_files())
    page = signed_in(secretary).get(reverse("meetings:record", args=[meeting.uid]))
    assert row.title in page.content.decode()
    assert scan.title in page.content.decode()


@pytest.mark.parametrize("which", [1, 2])
@pytest.mark.parametrize("how", ["gone", "changed"])
def test_a_file_that_is_gone_or_changed_is_named_when_asked(cell, which, how):
    unit, secretary, _scribe = cell
    found = sealed_with(unit, secretary)
    path = STORE.path(found[which].sha256)
    path.unlink() if how == "gone" else path.write_bytes(b"x")
    call_command("verify", stdout=StringIO())  # seals alone hold
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", "--files", stdout=out)
    assert found[0].uid in out.getvalue()
    assert found[which].title in out.getvalue()


@pytest.mark.parametrize("change", [{"title": "Khác"}, {"sha256": "0" * 64}, {"sort": "scan"}])
def test_a_list_changed_after_the_seal_is_named(cell, change):
    unit, secretary, _scribe = cell
    meeting, row, _scan = sealed_with(unit, secretary)
    MeetingDocument.objects.filter(uid=row.uid).update(**change)
    # The seals' own check names it, no file is read for it.
    assert {finding.meeting_uid for finding in queries.verify.verify().findings} == {meeting.uid}


# ── the package ─────────────────────────────────────────────────────────────────────────────


def package_of(client, meeting, edition):
    answer = client.get(reverse("meetings:package", args=[meeting.uid, edition]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert 'filename="goi-so-tay-2026-10-' in answer["Content-Disposition"]
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def cells(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_package_holds_all_and_names_only_where_asked(cell):
    unit, secretary, _scribe = cell
    meeting, _row, scan = sealed_with(unit, secretary)
    client = signed_in(secretary)
    opened = AuditEntry.objects.filter(verb="meetings.names_opened")
    with package_of(client, meeting, "so-lieu") as package:
        assert not opened.exists()
        names = package.namelist()
        contents = cells(package.read("0-muc-luc.xlsx"))
        numbers = cells(package.read("4-diem-danh.xlsx"))
        assert package.testzip() is None
    assert [name.split("/")[0] for name in names] == [
        "1-chuong-trinh.docx", "2-bien-ban.docx", "3-nghi-quyet.docx", "4-diem-danh.xlsx",
        "5-tai-lieu", "5-ban-ky", "0-muc-luc.xlsx",
    ]  # fmt: skip
    assert all(name.isascii() for name in names)
    assert len(contents) == 7
    assert ["Có mặt", str(meeting.present)] in numbers
    with package_of(client, meeting, "diem-danh") as package:
        roll = cells(package.read("4-diem-danh.xlsx"))
        assert package.read(names[5]) == PDF
    assert len(roll) == meeting.total + 1
    assert opened.count() == 1
    said = str(roll)
    assert "Đi công trình xa" not in said  # why one was absent stays in the cell's book
    STORE.path(scan.sha256).unlink()
    with package_of(client, meeting, "so-lieu") as package:
        assert ["6", "(thiếu tệp)", scan.title] in cells(package.read("0-muc-luc.xlsx"))


def test_no_package_before_the_seal_nor_of_an_unknown_kind(cell):
    unit, secretary, scribe = cell
    meeting = journey.held(unit, secretary)
    client = signed_in(secretary)
    url = reverse("meetings:package", args=[meeting.uid, "so-lieu"])
    assert client.get(url).status_code == 422
    assert signed_in(scribe).get(url).status_code == 403
    other = reverse("meetings:package", args=[meeting.uid, "khac"])
    assert client.get(other).status_code == 404


def test_a_package_without_resolution_has_none(cell):
    unit, secretary, _scribe = cell
    meeting = journey.held(unit, secretary)
    actions.record_vote(
        actor=secretary, meeting_uid=meeting.uid, about="resolution", agreed=0,
        against=meeting.official_present, other=0,
    )  # fmt: skip
    meeting = actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    with package_of(signed_in(secretary), meeting, "so-lieu") as package:
        assert "3-nghi-quyet.docx" not in package.namelist()


def test_titles_come_from_the_names_of_files():
    assert title_of("Báo_cáo  tháng 9.pdf") == "Báo cáo tháng 9"
    assert title_of("a" * 300 + ".pdf") == "a" * 200
    assert title_of(".pdf")
    assert title_of("tổng kết v1.2 sửa.docx") == "tổng kết v1.2 sửa"
