"""The command `nenmong demo`: what it builds anew, keeps, asks for and refuses."""

import fcntl
import os
import socket
import stat
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nenmong.accounts.models import User
from nenmong.config.demo import accounts, marker
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.marker import Holds
from nenmong.config.demo.sentences import Refused
from nenmong.config.management.commands import demo
from nenmong.core import ids
from nenmong.core.actions import SYSTEM
from nenmong.core.models import AuditEntry

DAY = date(2026, 7, 10)
WORD = "sen"


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.TODAY = None
    return tmp_path


@pytest.fixture
def built(monkeypatch):
    """The choices built so far, each leaving its marker and one account behind."""
    seen = []

    def quick(choices, *, password, progress):
        marker.begin(actor=SYSTEM, choices=choices)
        User.objects.create_user("bithu", password, full_name="Đỗ Thị Mơ")
        if choices.seed:  # a seed of 0 is broken off
            marker.finish(actor=SYSTEM, choices=choices)
        seen.append(choices)

    monkeypatch.setattr(demo, "build", quick)
    return seen


@pytest.mark.django_db(transaction=True)
def test_the_same_choices_keep_the_demo_and_others_build_it_anew(home, built, capsys):
    call_command("demo", no_serve=True, today="2026-07-10")
    User.objects.create_user("khach", "x", full_name="Khách")
    call_command("demo", no_serve=True, today="2026-07-10")
    assert len(built) == 1
    assert User.objects.filter(username="khach").exists()
    capsys.readouterr()
    call_command("demo", no_serve=True, today="2026-07-10", seed="0")
    said = capsys.readouterr().out
    assert "10/07/2026" in said
    assert not User.objects.filter(username="khach").exists()
    assert marker.look().holds is Holds.HALF_A_DEMO
    call_command("demo", no_serve=True, today="2026-07-10", seed="0")
    assert len(built) == 3


@pytest.mark.django_db
def test_the_password_is_kept_for_the_next_start_and_read_by_nobody_else(home, built, capsys):
    call_command("demo", no_serve=True)
    file = home / accounts.FILE
    made = file.read_text().strip()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(made) == 14
    assert f": {made}\n" in capsys.readouterr().out
    assert User.objects.get().check_password(made)

    call_command("demo", no_serve=True, password=WORD)
    call_command("demo", no_serve=True)
    assert file.read_text() == f"{WORD}\n"
    assert User.objects.get().check_password(WORD)
    assert AuditEntry.objects.filter(verb="accounts.password_set").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lost", [True, False])
def test_another_password_is_set_in_a_demo_built_by_an_earlier_start(
    home, built, monkeypatch, lost
):
    call_command("demo", no_serve=True)
    monkeypatch.setattr(ids, "_held", ids._Held())  # as in a new process
    if lost:
        (home / accounts.FILE).unlink()
    call_command("demo", no_serve=True, password=None if lost else WORD)
    (kept,) = (home / accounts.FILE).read_text().split()
    assert User.objects.get().check_password(kept)
    assert AuditEntry.objects.filter(verb="accounts.password_set").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("today", ["", "2026-07-10"])
def test_what_is_served_knows_that_it_is_a_demo_and_its_day(home, built, today, monkeypatch):
    calls = []
    monkeypatch.setattr(demo, "call_command", lambda *a, **k: calls.append((a, k)))
    monkeypatch.setattr(os, "environ", {"NENMONG_TODAY": "2020-02-02"})
    call_command("demo", today=today, port=free_port())
    assert os.environ["NENMONG_DEMO"] == "1"
    assert os.environ.get("NENMONG_TODAY", "") == today
    assert calls[-1][0] == ("serve",)
    assert "NENMONG_HOSTS" not in os.environ
    call_command("demo", today=today, host="0.0.0.0", port=free_port())  # noqa: S104
    assert os.environ["NENMONG_HOSTS"] == "*"  # by whatever name a phone in the network calls it


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_port_taken_is_told_before_anything_is_built(home, built):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"port {port}") as error:
            call_command("demo", port=port)
    assert f"Cổng {port}" in str(error.value)
    assert built == []


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_refused(home, built, port):
    with pytest.raises(CommandError, match="--port"):
        call_command("demo", port=port)


def test_an_empty_password_is_refused(home, built):
    with pytest.raises(CommandError, match="--password"):
        call_command("demo", no_serve=True, password="")


def test_a_folder_that_cannot_be_written_to_is_told(settings, tmp_path, built):
    (tmp_path / "file").touch()
    settings.HOME = tmp_path / "file" / "home"
    with pytest.raises(CommandError, match="NENMONG_HOME"):
        call_command("demo", no_serve=True)


def test_a_demo_that_is_served_is_not_built_anew(home):
    with demo.locked(home) as first:
        with demo.locked(home), pytest.raises(Refused):
            demo.change_lock(first, fcntl.LOCK_EX)
        demo.change_lock(first, fcntl.LOCK_EX)


def test_an_old_demo_says_how_to_build_it_for_today(capsys):
    demo.Command().say_age(Choices(timezone.localdate() - timedelta(days=40)))
    assert "--today" in capsys.readouterr().out


def test_help_shows_every_option():
    text = demo.Command().create_parser("nenmong", "demo").format_help()
    for option in ("scale", "today", "months", "port", "host", "password", "no-serve", "seed"):
        assert f"--{option}" in text
    assert "%" not in text
