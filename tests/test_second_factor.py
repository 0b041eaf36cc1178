"""The second factor: who needs one gets nowhere without, and everyone gets out and back."""

import base64
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from nenmong.config.second_factor import ALLOWED
from nenmong.org import actions
from nenmong.org.tests.factories import UnitFactory, UserFactory
from tests.test_doors import DOORS, OPEN, address, furnished
from tests.test_sign_in import ENGLISH, RIGHT, sign_in, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_for(settings):
    settings.SECOND_FACTOR = True
    cache.clear()


@pytest.fixture
def district():
    return UnitFactory(kind="district_committee", name="Thành ủy", parent=None)


@pytest.fixture
def officer(district):
    user = UserFactory.holding("office", district)
    user.set_password(RIGHT)
    user.save()
    return user


def shown_code(secret):
    """What the application on the phone shows now."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def tie(client, user):
    """Sign in, and tie a phone to the account; return its secret and the recovery codes."""
    sign_in(client, user.username)
    answer = client.get(reverse("home:my_work"))
    page = client.get(answer["Location"], follow=True)  # asks for the password once more
    page = client.post(page.redirect_chain[-1][0], {"password": RIGHT}, follow=True)
    secret = re.search(r"<strong[^>]*>([A-Z2-7]{32})</strong>", page.content.decode())[1]
    page = client.post(reverse("mfa_activate_totp"), {"code": shown_code(secret)}, follow=True)
    return secret, re.findall(r"<strong>(\d{4} \d{4})</strong>", page.content.decode())


def test_nothing_opens_before_the_phone_is_tied(client, officer, district):
    place = furnished(UnitFactory(parent=district))
    sign_in(client, officer.username)
    for name, (method, permission, what) in DOORS.items():
        if permission == OPEN or name in ALLOWED or what in {"sheet", "phone"}:
            continue
        answer = client.generic(method, address(name, what, place))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith(reverse("mfa_activate_totp")), name


def test_a_post_of_a_ward_asks_for_none(client):
    client.force_login(UserFactory.holding("office", UnitFactory().parent))
    assert client.get(reverse("home:my_work")).status_code == 200


def test_a_phone_is_tied_and_asked_for_at_the_next_sign_in(client, officer):
    secret, codes = tie(client, officer)
    assert len(codes) == 10
    assert client.get(reverse("home:my_work")).status_code == 200
    client.logout()
    cache.clear()
    answer = sign_in(client, officer.username)
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("home:my_work")).status_code == 302
    page = client.get(answer["Location"])
    assert not ENGLISH.search(words_of(page))
    page = client.post(answer["Location"], {"code": "000000"})
    assert "Mã chưa đúng" in words_of(page)
    assert client.post(answer["Location"], {"code": shown_code(secret)}).status_code == 302
    assert client.get(reverse("home:my_work")).status_code == 200


def test_a_recovery_code_is_good_once(client, officer):
    _secret, codes = tie(client, officer)
    for expected in (302, 200):
        client.logout()
        cache.clear()
        answer = sign_in(client, officer.username)
        answer = client.post(answer["Location"], {"code": codes[0]})
        assert answer.status_code == expected
    assert "Mã chưa đúng" in words_of(answer)


def test_recovery_codes_are_shown_once(client, officer):
    tie(client, officer)
    page = words_of(client.get(reverse("mfa_view_recovery_codes")))
    assert "Còn 10 mã" in page
    assert not re.search(r"\d{4} \d{4}", page)


def test_a_secret_in_the_database_is_not_readable(client, officer):
    secret, _codes = tie(client, officer)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert base64.b32decode(secret).hex() not in kept


def test_with_another_key_of_the_server_one_is_told_whom_to_ask(client, officer, settings):
    tie(client, officer)
    client.logout()
    cache.clear()
    settings.SECRET_KEY = "another"  # noqa: S105
    answer = sign_in(client, officer.username)
    page = client.post(answer["Location"], {"code": "123456"})
    assert page.status_code == 422
    assert "cấp lại quyền đăng nhập" in words_of(page)


def test_who_is_let_in_by_one_code_sets_a_password_and_ties_a_phone(client, officer):
    keeper = UserFactory.holding("administrator", UnitFactory())
    sheet = actions.restore_access(actor=keeper, user_uid=officer.uid)
    from nenmong.accounts.codes import codes_of  # noqa: PLC0415

    sign_in(client, officer.username, codes_of(sheet)[0])
    answer = client.get(reverse("home:my_work"))
    assert answer["Location"].startswith(reverse("account_set_password"))
    page = client.get(answer["Location"])
    assert not ENGLISH.search(words_of(page))
    new = {"password1": "câu mới dễ nhớ", "password2": "câu mới dễ nhớ"}
    client.post(answer["Location"], new)
    answer = client.get(reverse("home:my_work"))
    assert answer["Location"].startswith(reverse("mfa_activate_totp"))


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_activate_totp"],
)
def test_the_pages_of_the_library_are_in_vietnamese(client, officer, name):
    tie(client, officer)
    page = client.get(reverse(name), follow=True)
    assert page.status_code == 200
    assert not ENGLISH.search(words_of(page))


def test_untying_leads_back_to_tying(client, officer):
    tie(client, officer)
    page = client.post(reverse("mfa_deactivate_totp"), follow=True)
    assert "bỏ gắn" in words_of(page)
    assert client.get(reverse("home:my_work"))["Location"].startswith(reverse("mfa_activate_totp"))


def test_a_session_from_before_is_asked_for_the_code(client, officer):
    secret, _codes = tie(client, officer)
    cache.clear()
    client.logout()
    client.force_login(officer)  # a session that never showed the phone
    answer = client.get(reverse("home:my_work"))
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    page = client.post(answer["Location"], {"code": shown_code(secret)})
    assert page.status_code == 302
    assert client.get(reverse("home:my_work")).status_code == 200
