"""The first administrator comes from the command line and can begin a province."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from nenmong.accounts.models import User
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.org import access, actions
from nenmong.org.actions import NewUnit
from nenmong.org.models import Administrator
from nenmong.org.tests.factories import LONG_AGO, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_new_server_gets_its_first_administrator(capsys):
    call_command("administrator", "quantri", full_name="Trần Thị Thái")
    password = re.search(r"(\w{4}-){3}\w{4}", capsys.readouterr().out)[0]
    user = User.objects.get(username="quantri")
    assert user.check_password(password)
    assert access.is_administrator(user)
    assert access.needs_second_factor(user)
    root = actions.create_unit(
        actor=user, parent_uid=None, first_day=LONG_AGO,
        unit=NewUnit("provincial_committee", "Tỉnh ủy"),
    )  # fmt: skip
    assert list(access.visible_units(user)) == [root]
    assert not access.may(user, "meetings.view", root.path)
    call_command("administrator", "quantri")
    assert "-" not in capsys.readouterr().out
    assert Administrator.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [({"username": " "}, "org.no_sign_in_name"), ({"username": "moi"}, "org.no_name"),
     ({"username": "x" * 61}, "core.too_long")],
)  # fmt: skip
def test_what_is_missing_is_said(said, code):
    keeper = UserFactory.holding("administrator", UnitFactory())
    with pytest.raises(DomainError, match=f"^{code}$"):
        actions.appoint_administrator(actor=keeper, **said)


@pytest.mark.parametrize("role", ["head", "board", "leadership"])
def test_nobody_else_names_one(role):
    user = UserFactory.holding(role, UnitFactory().parent)
    with pytest.raises(NotAllowed):
        actions.appoint_administrator(actor=user, username=user.username)


def test_whoever_runs_the_server_lets_the_last_one_in_again(client):
    keeper = UserFactory.holding("administrator", UnitFactory(), username="quantri")
    out = io.StringIO()
    call_command("administrator", "quantri", "--restore", stdout=out)
    code = re.search(r"\d{3} \d{3} \d{3}", out.getvalue())[0]
    form = {"login": keeper.username, "password": code}
    assert client.post(reverse("account_login"), form).status_code == 302
    with pytest.raises(CommandError):
        call_command("administrator", UserFactory().username, "--restore")
