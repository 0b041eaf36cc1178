"""Tokens come from the command line, are kept as a hash, and open nothing once taken back."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from nenmong.accounts.models import ApiToken
from nenmong.accounts.tokens import new_token, token_hash, token_prefix
from nenmong.core import clock
from nenmong.core.actions import SYSTEM
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.core.models import AuditEntry
from nenmong.org import actions
from nenmong.org.tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
holder_of = ApiToken.objects.holder_of


def given(user, capsys, **said):
    """Return the token that the command prints."""
    call_command("token", user.username, **said)
    return re.search(r"nenmong_\w+", capsys.readouterr().out)[0]


def test_a_token_is_shown_once_and_only_its_hash_is_kept(capsys):
    user = UserFactory()
    token = given(user, capsys, note="kho số liệu")
    assert holder_of(token) == user
    secret = token.rpartition("_")[2]
    with connection.cursor() as cursor:
        for table in ("accounts_apitoken", "core_auditentry", "core_answer"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 -- names written above
            assert secret not in str(cursor.fetchall())
    row = ApiToken.objects.get()
    assert (row.prefix, row.secret_hash) == (token_prefix(token), token_hash(token))
    call_command("token", user.username, list=True)
    said = capsys.readouterr().out
    assert row.prefix in said
    assert "kho số liệu" in said
    assert secret not in said
    entry = AuditEntry.objects.get(verb="accounts.token_made")
    assert entry.detail == {"user_uid": user.uid}


def test_a_token_taken_back_opens_nothing(capsys):
    user = UserFactory()
    first, second, third = (given(user, capsys) for _ in range(3))
    call_command("token", user.username, revoke=token_prefix(first))
    assert [holder_of(token) for token in (first, second, third)] == [None, user, user]
    call_command("token", user.username, revoke="all")
    assert [holder_of(token) for token in (first, second, third)] == [None, None, None]
    assert AuditEntry.objects.filter(verb="accounts.token_revoked").count() == 3
    capsys.readouterr()
    call_command("token", user.username, revoke="all")
    assert capsys.readouterr().out
    assert AuditEntry.objects.filter(verb="accounts.token_revoked").count() == 3


def test_a_closed_account_has_no_token(capsys):
    user = UserFactory()
    token = given(user, capsys)
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert holder_of(token) is None
    with pytest.raises(DomainError, match=r"^accounts\.account_closed$"):
        given(user, capsys)


@pytest.mark.parametrize(
    "change",
    [
        lambda token: "",
        lambda token: token.upper(),
        lambda token: token[:-1],
        lambda token: token + "0",
        lambda token: token + "\n",
        lambda token: token[:-1] + ("0" if token[-1] != "0" else "1"),
        lambda token: token.replace("nenmong_", ""),
        lambda token: "\x00" + token,
        lambda token: new_token(),
    ],
)
def test_what_is_nearly_a_token_is_none(change, capsys):
    assert holder_of(change(given(UserFactory(), capsys))) is None


def test_the_day_of_last_use_is_written_once_a_day(capsys, django_assert_num_queries):
    token = given(UserFactory(), capsys)
    with django_assert_num_queries(2):
        holder_of(token)
    with django_assert_num_queries(1):
        holder_of(token)
    assert ApiToken.objects.get().last_used == clock.today()
    with clock.at(clock.now() + timedelta(days=1)):
        holder_of(token)
        assert ApiToken.objects.get().last_used == clock.today()


def test_nobody_gives_a_token_but_whoever_runs_the_server():
    cell = UnitFactory()
    keeper, secretary = (UserFactory.holding(r, cell) for r in ("administrator", "secretary"))
    for who in (keeper, secretary):
        for whose in (keeper, secretary):
            with pytest.raises(NotAllowed):
                actions.make_token(actor=who, username=whose.username, token=new_token())
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"username": "khong-co"}, "accounts.no_such_name"),
        ({"username": "\x00"}, "accounts.no_such_name"),
        ({"note": "x" * 61}, "core.too_long"),
    ],
)
def test_what_is_not_right_makes_no_token(said, code):
    whose = {"username": UserFactory().username, "token": new_token()}
    with pytest.raises(DomainError, match=f"^{code}$"):
        actions.make_token(actor=SYSTEM, **whose | said)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("what", [{"list": True}, {"revoke": "all"}, {}])
def test_a_slip_in_the_name_is_said(what):
    """Whoever takes back a token in haste must not read that there was none."""
    with pytest.raises(DomainError, match=r"^accounts\.no_such_name$"):
        call_command("token", "khong-co", **what)


def test_a_person_s_token_is_not_another_s():
    mine, theirs = UserFactory(), UserFactory()
    token = new_token()
    actions.make_token(actor=SYSTEM, username=mine.username, token=token)
    with pytest.raises(DomainError, match=r"^accounts\.no_such_token$"):
        actions.revoke_token(actor=SYSTEM, username=theirs.username, prefix=token_prefix(token))
    assert holder_of(token) == mine
