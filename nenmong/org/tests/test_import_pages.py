"""The pages that take a file in: chosen, looked through, taken in; or refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

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
