"""Signing in and out, as a person sees it."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from nenmong.accounts.codes import codes_of
from nenmong.accounts.models import CodeSheet, User
from nenmong.core import clock
from nenmong.core.models import AuditEntry

RIGHT = "một câu dễ nhớ"
# A word of English left over from a library: every page here must be Vietnamese throughout.
ENGLISH = re.compile(
    r"\b(the|your|you|password|username|sign|please|account|required|must|too|many|this)\b", re.I
)


@pytest.fixture(autouse=True)
def no_attempts_counted():
    cache.clear()


@pytest.fixture
def person(db):
    return User.objects.create_user("hung", RIGHT, full_name="Phạm Văn Hùng")


def words_of(response):
    """Return what is read on the page: no tags, no addresses."""
    _head, tag, body = response.content.decode().partition("<body")
    return re.sub(r"<[^>]*>", " ", tag + body)


def sign_in(client, name="hung", typed=RIGHT, **more):
    return client.post(reverse("account_login"), {"login": name, "password": typed, **more})


def test_only_these_pages_of_the_library_exist():
    from nenmong.accounts.urls import urlpatterns  # noqa: PLC0415

    assert {route.name for route in urlpatterns} == {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "account_inactive",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    }


def test_the_page_says_what_to_do_without_a_password(client):
    response = client.get(reverse("account_login"))
    words = words_of(response)
    assert response.status_code == 200
    assert "Quên mật khẩu" in words
    assert "văn phòng cấp ủy cấp trên" in words
    assert not ENGLISH.search(words)


def test_one_is_signed_in_and_told_nothing_more(client, person):
    response = sign_in(client, next=reverse("account_change_password"))
    assert response.status_code == 302
    assert response["Location"] == reverse("account_change_password")
    page = client.get(response["Location"])
    assert "Phạm Văn Hùng" in words_of(page)
    assert not list(page.wsgi_request._messages)


@pytest.mark.parametrize(("name", "typed"), [("hung", "sai"), ("nobody", RIGHT)])
def test_a_wrong_password_is_said_in_one_sentence_and_the_name_stays(client, person, name, typed):
    response = sign_in(client, name, typed)
    page = response.content.decode()
    assert page.count('role="alert" data-nm-error') == 1  # the template that nm.js copies from
    assert page.count("Tên đăng nhập hoặc mật khẩu chưa đúng.") == 1
    assert f'value="{name}"' in page
    assert typed not in page
    assert not ENGLISH.search(words_of(response))


def test_an_empty_form_says_what_is_missing(client, db):
    response = sign_in(client, "", "")
    assert words_of(response).count("Ô này còn trống") == 2
    assert not ENGLISH.search(words_of(response))


def test_after_many_wrong_passwords_one_is_asked_to_wait(client, person):
    for _attempt in range(5):
        sign_in(client, typed="sai")
    response = sign_in(client)
    assert "chờ 5 phút" in words_of(response)
    assert not ENGLISH.search(words_of(response))


@pytest.mark.parametrize("again", [{"name": "HUNG"}, {"name": " hung "}, {"host": "testserver:81"}])
def test_another_spelling_or_address_does_not_end_the_wait(client, person, again):
    for _attempt in range(5):
        sign_in(client, typed="sai")
    form = {"login": again.get("name", "hung"), "password": RIGHT}
    response = client.post(
        reverse("account_login"), form, headers={"host": again.get("host", "testserver")}
    )
    assert "chờ 5 phút" in words_of(response)


def test_behind_a_proxy_each_waits_for_their_own_slips_only(client, person, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # as NENMONG_PROXY sets it

    def from_there(address, name, typed):
        form = {"login": name, "password": typed}
        # What a person writes into the header stands before what the proxy adds to it.
        headers = {"x-forwarded-for": f"10.9.9.9, {address}"}
        return client.post(reverse("account_login"), form, headers=headers)

    for attempt in range(10):
        from_there("10.0.0.1", f"ai-{attempt}", "sai")
    assert "chờ 5 phút" in words_of(from_there("10.0.0.1", "hung", RIGHT))
    assert from_there("10.0.0.2", "hung", RIGHT).status_code == 302


def test_too_many_requests_have_a_page_of_ours(client, person):
    for _attempt in range(31):
        response = client.get(reverse("account_login"))
    for _attempt in range(31):
        response = sign_in(client, "someone", "sai")
    assert response.status_code == 429
    assert "Đã thử quá nhiều lần" in words_of(response)
    assert not ENGLISH.search(words_of(response))


def test_a_paused_account_is_told_whom_to_ask(client, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = client.get(sign_in(client)["Location"])
    assert "tạm dừng" in words_of(response)
    assert not ENGLISH.search(words_of(response))


def test_signing_out_is_asked_once_and_said(client, person):
    client.force_login(person)
    page = client.get(reverse("account_logout"))
    assert page.status_code == 200
    assert not ENGLISH.search(words_of(page))
    response = client.post(reverse("account_logout"))
    assert response["Location"] == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("sai", "câu mới dễ nhớ", "câu mới dễ nhớ", "chưa phải mật khẩu đang dùng"),
        (RIGHT, "câu mới dễ nhớ", "câu khác hẳn", "chưa giống nhau"),
        (RIGHT, "ngắn", "ngắn", "Cần ít nhất 8 ký tự"),
        (RIGHT, "9182736455", "9182736455", "chỉ gồm chữ số"),
        (RIGHT, "password", "password", "nhiều người dùng"),
        (RIGHT, "phamvanhung", "phamvanhung", "quá giống"),
        ("", "", "", "Ô này còn trống"),
    ],
)
def test_a_new_password_that_does_not_do_is_told_why(client, person, old, new, again, said):
    person.username = "phamvanhung"
    person.save()
    client.force_login(person)
    form = {"oldpassword": old, "password1": new, "password2": again}
    response = client.post(reverse("account_change_password"), form)
    assert said in words_of(response)
    assert not ENGLISH.search(words_of(response))


def test_a_new_password_holds_at_once(client, person):
    client.force_login(person)
    form = {"oldpassword": RIGHT, "password1": "câu mới dễ nhớ", "password2": "câu mới dễ nhớ"}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    client.logout()
    assert sign_in(client, typed="câu mới dễ nhớ").status_code == 302


def test_confirming_again_is_in_vietnamese(client, person):
    client.force_login(person)
    page = client.get(reverse("account_reauthenticate"))
    assert not ENGLISH.search(words_of(page))
    page = client.post(reverse("account_reauthenticate"), {"password": "sai"})
    assert "Mật khẩu chưa đúng" in words_of(page)


def sheet_of(person):
    sheet = CodeSheet.objects.create(
        bucket=person.bucket, user=person, codes=3, made_at=clock.now(),
        made_by_uid=person.uid, last_day=clock.today(),
    )  # fmt: skip
    return sheet, codes_of(sheet)


def test_a_code_from_the_sheet_lets_in_once(client, person):
    sheet, codes = sheet_of(person)
    typed = f"{codes[1][:3]} {codes[1][3:6]} {codes[1][6:]}"
    assert sign_in(client, typed=typed).status_code == 302
    assert "tờ mã còn 2 mã" in words_of(client.get(reverse("account_change_password")))
    sheet.refresh_from_db()
    assert (sheet.used, sheet.left) == (0b010, 2)
    assert AuditEntry.objects.get(verb="accounts.code_used").detail == {"number": 2}
    client.logout()
    page = sign_in(client, typed=codes[1])
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in words_of(page)


def test_the_last_code_says_so(client, person):
    _sheet, codes = sheet_of(person)
    CodeSheet.objects.update(used=0b011)
    sign_in(client, typed=codes[2])
    assert "mã cuối cùng" in words_of(client.get(reverse("account_change_password")))


@pytest.mark.parametrize(
    "broken",
    [{"ended_at": clock.now()}, {"last_day": date(2026, 1, 1)}, {"used": 0b111}],
)
def test_a_sheet_that_ended_lets_nobody_in(client, person, broken):
    _sheet, codes = sheet_of(person)
    CodeSheet.objects.update(**broken)
    assert sign_in(client, typed=codes[0]).status_code == 200


def test_a_code_is_its_owners_only(client, person):
    other = User.objects.create_user("lan", RIGHT, full_name="Lê Thị Lan")
    sheet_of(person)
    _sheet, codes = sheet_of(other)
    assert sign_in(client, typed=codes[0]).status_code == 200


def test_wrong_codes_are_counted_like_wrong_passwords(client, person):
    _sheet, codes = sheet_of(person)
    for _attempt in range(5):
        sign_in(client, typed="000 000 001")
    assert "chờ 5 phút" in words_of(sign_in(client, typed=codes[0]))


def test_a_paused_account_is_not_opened_by_a_code(client, person):
    sheet, codes = sheet_of(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    sign_in(client, typed=codes[0])
    sheet.refresh_from_db()
    assert "_auth_user_id" not in client.session
    assert sheet.used == 0


@pytest.mark.parametrize(("ticked", "kept"), [({"remember": "on"}, 180 * 86400), ({}, 0)])
def test_a_session_is_long_only_on_a_known_phone(client, person, ticked, kept):
    sign_in(client, **ticked)
    cookie = client.cookies["sessionid"]
    assert cookie["max-age"] == (kept or "")


def test_nobody_takes_an_account(rf):
    from allauth.account.adapter import get_adapter  # noqa: PLC0415

    assert get_adapter().is_open_for_signup(rf.get("/")) is False
