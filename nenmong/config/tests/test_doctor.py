"""The doctor says of each thing how it is, and what to type where it is not well."""

import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nenmong.config.safekeeping import examination, journal
from nenmong.config.safekeeping.examination import State
from nenmong.core.actions import SYSTEM
from nenmong.core.models import AuditEntry

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.SECRET_KEY = "k" * 50
    settings.HTTPS, settings.ALLOWED_HOSTS = True, ["nenmong.example.vn"]
    settings.TODAY = None
    return tmp_path


def one(findings):
    (finding,) = findings
    return finding


@pytest.mark.parametrize(
    ("change", "state", "do"),
    [
        ({}, State.WELL, ""),
        ({"DEBUG": True}, State.BAD, "DEBUG"),
        ({"SECRET_KEY": "short"}, State.BAD, "NENMONG_SECRET_KEY"),
        ({"TODAY": datetime(2026, 7, 3, tzinfo=UTC).date()}, State.BAD, "NENMONG_TODAY"),
        ({"DEMO": True}, State.LOOK, "NENMONG_DEMO"),
        ({"HTTPS": False}, State.LOOK, "NENMONG_HTTPS"),
        ({"ALLOWED_HOSTS": ["*"]}, State.LOOK, "NENMONG_HOSTS="),
        ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1"]}, State.LOOK, "NENMONG_HOSTS="),
    ],
)
def test_settings(settings, change, state, do):
    for name, value in change.items():
        setattr(settings, name, value)
    finding = one(examination.server_settings())
    assert finding.state == state
    assert do in finding.do


def test_a_secret_key_that_others_can_read(home):
    (home / "secret-key").write_text("k")
    (home / "secret-key").chmod(0o644)
    assert "chmod 600" in one(examination.server_settings()).do


def test_home(settings, home):
    assert examination.home().state == State.WELL
    settings.HOME = home / "none"
    finding = examination.home()
    assert finding.state == State.BAD
    assert "mkdir" in finding.do


@pytest.mark.parametrize(
    ("free", "state"), [(50, State.WELL), (9, State.LOOK), (0.5, State.BAD)]
)  # fmt: skip
def test_disk(monkeypatch, free, state):
    usage = Usage(100 << 30, 0, int(free * (1 << 30)))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert examination.disk().state == state


def test_packs(settings, tmp_path):
    assert examination.packs().state == State.WELL
    copy = shutil.copytree(settings.PACKS, tmp_path / "packs")
    settings.PACKS = copy
    changed = next(copy.glob("rulebook/*.yaml"))
    changed.write_text("changed: true")
    finding = examination.packs()
    assert finding.state == State.BAD
    assert finding.do == f"git checkout packs/rulebook/{changed.name}"
    shutil.rmtree(copy)
    assert examination.packs().do == "git checkout packs"


def test_static(home):
    assert examination.static().state == State.LOOK
    (home / "static").mkdir()
    (home / "static" / ".collected").touch()
    assert examination.static().state == State.WELL


def test_a_database_out_of_reach(monkeypatch):
    def refuse():
        raise DatabaseError("connection refused\nmore")

    assert examination.database().state == State.WELL
    monkeypatch.setattr(connection, "cursor", refuse)
    finding = examination.database()
    assert finding.state == State.BAD
    assert finding.said == "connection refused"
    assert finding.do


def test_tables_of_another_age(monkeypatch):
    assert examination.migrations().state == State.WELL
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert examination.migrations().do == "nenmong migrate"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('meetings', '9999_later', '2026-01-01')"
        )
    assert examination.migrations().state == State.BAD
    assert examination.migrations().do != "nenmong migrate"


@pytest.mark.parametrize(("minutes", "state"), [(-5, State.WELL), (60, State.BAD)])
def test_a_clock_behind_what_is_written(minutes, state):
    AuditEntry.objects.create(
        bucket=0, at=timezone.now() + timedelta(minutes=minutes), actor_uid=SYSTEM.uid, verb="v",
        subject="s", subject_uid=SYSTEM.uid, unit_path="",
    )  # fmt: skip
    assert examination.clock().state == state


def job(status, minutes, **fields):
    """A job put into the queue some minutes ago."""
    at = timezone.now() - timedelta(minutes=minutes)
    fields = {"run_after": at, "args_kwargs": {}, "backend_name": "default"} | fields
    made = DBTaskResult.objects.create(status=status, task_path="flows.some_job", **fields)
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=at, started_at=at, finished_at=at)


@pytest.mark.parametrize(
    ("jobs", "states", "do"),
    [
        ([], [State.WELL], ""),
        ([("READY", 1)], [State.WELL], ""),
        ([("READY", -60)], [State.WELL], ""),  # is to be tried again later
        ([("READY", 1), ("READY", 9)], [State.BAD], "nenmong serve"),
        ([("RUNNING", 60)], [State.WELL, State.LOOK], "nenmong serve"),
        ([("FAILED", 60)], [State.WELL, State.LOOK], ""),
        ([("SUCCESSFUL", 60)], [State.WELL], ""),
    ],
)
def test_jobs(jobs, states, do):
    for status, minutes in jobs:
        job(status, minutes)
    findings = list(examination.jobs())
    assert [finding.state for finding in findings] == states
    assert do in findings[-1].do


@pytest.mark.parametrize(
    ("age", "kept", "proved"),
    [
        (timedelta(hours=1), State.WELL, State.WELL),
        (timedelta(days=2), State.LOOK, State.WELL),
        (timedelta(days=40), State.BAD, State.LOOK),
        (None, State.BAD, State.LOOK),
    ],
)
def test_the_last_backup_and_the_last_drill(monkeypatch, age, kept, proved):
    if age is not None:
        now = timezone.now()
        with monkeypatch.context() as past:
            past.setattr(timezone, "now", lambda: now - age)
            for command in ("backup", "drill"):
                journal.note(command, ok=True, file="/one.nenmong")
    assert (examination.backup().state, examination.drill().state) == (kept, proved)


def test_one_that_failed_is_bad_until_the_next_that_did_not():
    journal.note("backup", ok=True)
    journal.note("backup", ok=False, why="Đĩa đầy.\nThe disk is full.")
    with (journal.folder() / journal.JOURNAL).open("a") as file:
        file.write('{"at": "broken off with the po')
    assert examination.backup().state == State.BAD
    assert "Đĩa đầy." in examination.backup().said


def test_all_is_printed_and_something_bad_is_the_exit_code(home):
    (home / "static").mkdir()
    (home / "static" / ".collected").touch()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=out)
    assert "→ nenmong backup" in out.getvalue()
    journal.note("backup", ok=True)
    call_command("doctor", stdout=out)
