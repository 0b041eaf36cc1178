"""The pages that take a file in: chosen, looked through, taken in; or refused."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nenmong.core import clock
from nenmong.org.actions import sweep_uploads
from nenmong.org.models import Member, Upload
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    cell = UnitFactory()
    user = UserFactory.holding("office", cell.parent)
    client.force_login(user)
    return cell, reverse("org_import:page", args=[cell.parent.uid])


def send(client, here, text, name="a.csv"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(here, {"what": "members", "file": file})


def test_a_file_is_looked_through_and_taken_in(client, office):
    cell, here = office
    assert client.get(here).status_code == 200
    sent = send(client, here, f"name,cell\nLê Ái,{cell.uid}\nĐỗ Đạt,X\n")
    assert sent.status_code == 302
    preview = client.get(sent["Location"])
    assert preview.status_code == 200
    assert "Đỗ Đạt" not in preview.text
    assert not Member.objects.filter(full_name="Lê Ái").exists()
    book = client.get(sent["Location"] + "&dong-sai=1")
    assert book.content.startswith(b"PK")
    upload = Upload.objects.get()
    assert client.post(here, {"tep": upload.uid}).status_code == 422
    assert client.post(here, {"tep": upload.uid, "good_rows": "1"}).status_code == 302
    assert Member.objects.filter(full_name="Lê Ái").count() == 1
    assert not Upload.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(client, office):
    _cell, here = office
    assert send(client, here, "x", "a.pdf").status_code == 422
    assert client.post(here, {}).status_code == 422
    assert not Upload.objects.exists()


def test_another_s_file_is_not_there_and_a_form_needs_its_token(client, office):
    cell, here = office
    send(client, here, "name,cell\n")
    upload = Upload.objects.get()
    client.force_login(UserFactory.holding("office", cell.parent))
    assert upload.name not in client.get(f"{here}?tep={upload.uid}").text
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory.holding("office", cell.parent))
    assert send(strict, here, "name,cell\n").status_code == 403


def test_exports(client, office):
    cell, _here = office
    answer = client.get(reverse("org_import:export", args=[cell.uid, "units", "csv"]))
    assert cell.name in answer.content.decode("utf-8-sig")
    assert client.get(f"/don-vi/{cell.uid}/xuat/users.csv/").status_code == 404


def test_unknown_headings_are_named_once_by_a_person_and_known_from_then_on(client, office):
    cell, here = office
    text = f"Ai,Ở đâu,Ghi chú\nLê Ái,{cell.uid},x\n"
    page = client.get(send(client, here, text)["Location"]).text
    assert "Chưa tìm thấy cột: Họ và tên, Mã chi bộ." in page
    assert "Giá trị đầu: Lê Ái" in page
    upload = Upload.objects.get()
    said = {"tep": upload.uid, "cot": "1", "cot-0": "full_name", "cot-1": "unit"}
    twice = client.post(here, said | {"cot-1": "full_name"})
    assert twice.status_code == 422
    assert "hai cột cùng là" in twice.text
    client.post(here, said)
    assert "Chưa tìm thấy" not in client.get(f"{here}?tep={upload.uid}").text
    client.post(here, {"tep": upload.uid})
    assert Member.objects.filter(full_name="Lê Ái").exists()
    # The next file with these headings needs no person.
    page = client.get(send(client, here, text.replace("Lê Ái", "Đỗ Đạt"))["Location"]).text
    assert "Chưa tìm thấy" not in page


def test_a_file_that_nobody_takes_in_is_let_go(client, office):
    _cell, here = office
    send(client, here, "name,cell\n")
    Upload.objects.update(made_at=clock.now() - timedelta(days=2))
    sweep_uploads()
    assert not Upload.objects.exists()


def test_a_unit_of_a_kind_that_does_not_stand_there_is_a_bad_row(client, office):
    cell, here = office
    text = f"name,kind,parent\nHuyện ủy,district_committee,{cell.parent.uid}\n"
    file = SimpleUploadedFile("a.csv", text.encode())
    sent = client.post(here, {"what": "units", "file": file})
    assert "không trực thuộc" in client.get(sent["Location"]).text
