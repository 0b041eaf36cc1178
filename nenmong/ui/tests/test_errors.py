"""What a person is told when something did not go. No test here may ask the database anything."""

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("nenmong.ui.tests.urls")
HTMX = {"HX-Request": "true"}
FAULTS = [
    ("/refused/", 422, "Chưa có ngày họp. Nhập ngày họp trước."),
    ("/denied/", 403, "Việc này của bí thư."),
    ("/both/", 409, "Bản kia"),
    ("/forbidden/", 403, "Việc này chưa được giao cho đồng chí"),
    ("/nowhere/", 404, "Không có trang này"),
]


@pytest.mark.parametrize(("path", "status", "words"), FAULTS)
def test_a_page_says_what_and_what_next(client, path, status, words):
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert page.count("<h1>") == 1
    assert "Về trang đầu" in page


@pytest.mark.parametrize(("path", "status", "words"), FAULTS)
def test_htmx_gets_a_notice_beside_what_asked_never_in_its_place(client, path, status, words):
    response = client.post(path, headers=HTMX)
    piece = response.content.decode()
    assert response.status_code == status
    assert words in piece
    assert "<html" not in piece
    assert 'role="alert"' in piece
    assert response["HX-Retarget"] == "this"
    assert response["HX-Reswap"].startswith("beforebegin")


def test_both_texts_of_two_editors_are_shown(client):
    for headers in ({}, HTMX):
        page = client.post("/both/", headers=headers).content.decode()
        assert "Bản kia" in page
        assert "Bản này" in page


def test_nothing_typed_is_lost_and_no_secret_is_shown(client):
    words = "Đề nghị phường báo ngày\nkhởi công <ngõ 8>."
    page = client.post(
        "/refused/", {"kl": words, "so": "25", "password": "một câu bí mật"}
    ).content.decode()
    assert "Đề nghị phường báo ngày\nkhởi công &lt;ngõ 8&gt;." in page
    assert "nút quay lại của trình duyệt" in page
    assert "bí mật" not in page


@pytest.mark.parametrize(
    ("referer", "way"),
    [
        ("http://testserver/form/?muc=4#a", 'href="/form/?muc=4"'),
        ("http://elsewhere.example/form/", 'href="/"'),
        ("http://testserver/refused/", 'href="/"'),
        ("javascript:alert(1)", 'href="/"'),
        ("", 'href="/"'),
    ],
)
def test_the_way_back_leads_to_a_page_of_ours(client, referer, way):
    page = client.get("/refused/", headers={"referer": referer}).content.decode()
    assert f'class="btn btn-primary" {way}' in page
    assert "elsewhere" not in page
    assert "javascript" not in page


def test_a_server_fault_is_said_to_be_ours():
    client = Client(raise_request_exception=False)
    response = client.get("/broken/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "không phải của đồng chí" in page
    assert "Traceback" not in page


def test_a_page_left_open_too_long_says_so():
    response = Client(enforce_csrf_checks=True).post("/form/", {"words": "Tháo dỡ xong trước 15/9"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "Trang này mở trước lần đăng nhập gần nhất" in page
    assert "Tháo dỡ xong trước 15/9" in page


def test_a_stranger_is_sent_to_sign_in_but_a_piece_of_a_page_stays(client):
    assert client.get("/members/").status_code == 302
    response = client.get("/members/", headers=HTMX)
    assert response.status_code == 401
    assert response["HX-Reswap"].startswith("beforebegin")
    assert 'href="/accounts/login/"' in response.content.decode()
