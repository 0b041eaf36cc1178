"""Backup, drill and restore on a real database: under writes, refused, broken off and finished."""

import json
import os
import subprocess
import sys
import threading
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from nenmong.config.safekeeping import backup, container, drill, journal, place
from nenmong.config.safekeeping.restore import take_up_jobs
from nenmong.config.tests.test_backup_file import LOCK, SECRET, written
from nenmong.core.tests.tables import snapshot
from nenmong.meetings.models import Meeting, SealedRecord
from nenmong.meetings.tests import journey
from nenmong.org.tests.factories import UserFactory

MONTHS = [date(2026, month, 3) for month in range(1, 11)]


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """A home folder of this test's own, with a Word template in it."""
    settings.HOME = tmp_path / "home"
    (settings.HOME / "word").mkdir(parents=True)
    (settings.HOME / "word" / "bien-ban.docx").write_bytes(b"template")
    (settings.HOME / "secret-key").write_text("stays here")
    return settings.HOME


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(str(SECRET))
    return str(path)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "one.nenmong"


def keep(target):
    call_command("backup", str(target), recipient=[str(SECRET.to_public())], stdout=StringIO())


def refusal(command, target, **options):
    with pytest.raises(CommandError) as refused:
        call_command(command, str(target), stdout=StringIO(), **options)
    assert journal.last(command)["ok"] is False
    return str(refused.value).splitlines()[-1]


# ── kept under writes, and proved ───────────────────────────────────────────────────────────


@pytest.mark.slow
def test_one_taken_under_writes_verifies_and_recounts(together, target, key_file):
    cells = [journey.cell(3) for _ in range(3)]
    begun, kept = threading.Event(), threading.Event()

    def write():
        for day in MONTHS:
            for unit, secretary, _scribe in cells:
                if kept.is_set():
                    return True
                journey.sealed(unit, secretary, day)
                begun.set()
        return kept.is_set()

    def keep_meanwhile():
        begun.wait(timeout=20)
        try:
            keep(target)
        finally:
            kept.set()

    assert together(write, keep_meanwhile) == [True, None]  # written to from beginning to end
    out = StringIO()
    call_command("drill", str(target), identity_file=key_file, stdout=out)
    line = journal.last("drill")
    assert line["ok"]
    assert line["sealed"] >= 1
    assert (line["faults"], line["differences"]) == (0, 0)
    assert journal.last("backup")["backup"] == line["backup"]
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_drill_names_what_does_not_hold(target, key_file):
    unit, secretary, _scribe = journey.cell(3)
    journey.sealed(unit, secretary)
    SealedRecord.objects.update(record="{}")
    Meeting.objects.update(present=9)
    keep(target)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("drill", str(target), identity_file=key_file, stdout=out)
    line = journal.last("drill")
    assert line["ok"] is False
    assert line["faults"] > 0
    assert line["differences"] == 2  # of the meeting, and of its month
    assert out.getvalue().count("\n") == line["faults"] + line["differences"] + 1
    assert Meeting.objects.get().uid in out.getvalue()


# ── refused before anything is touched ──────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_place_that_is_not_empty_is_left_alone(target, key_file, home):
    UserFactory()
    written(target, engine=connection.vendor, program="0", migrations=[])
    before = snapshot()
    assert "is not empty (accounts_user" in refusal("restore", target, identity_file=key_file)
    assert snapshot() == before
    assert place.begun() is None


@pytest.mark.django_db
def test_a_home_that_is_not_empty_is_left_alone(target, key_file):
    written(target, engine=connection.vendor, program="0", migrations=[])
    told = refusal("restore", target, identity_file=key_file)
    assert "is not empty (word/bien-ban.docx)" in told
    assert place.begun() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ({"migrations": [["meetings", "9999_later"]]}, "made by Nền Móng 9.0, newer"),
        ({"migrations": [["later", "0001_initial"]]}, "made by Nền Móng 9.0, newer"),
        ({"engine": "other"}, "is of a place on other"),
    ],
)
def test_one_that_does_not_fit_is_refused(target, key_file, manifest, words):
    usual = {"engine": connection.vendor, "program": "9.0", "migrations": []}
    written(target, **usual | manifest)
    assert words in refusal("restore", target, identity_file=key_file)
    assert place.begun() is None


@pytest.mark.django_db
def test_a_damaged_one_is_refused_by_both(target, key_file):
    written(target)
    target.write_bytes(target.read_bytes()[:5000])
    assert "damaged or cut short" in refusal("restore", target, identity_file=key_file)
    assert place.begun() is None


@pytest.mark.django_db
def test_a_target_that_cannot_be_is_refused(target, tmp_path):
    target.write_text("yesterday's")
    assert "exists already" in refusal("backup", target)
    assert target.read_text() == "yesterday's"
    assert "does not exist. Make it" in refusal("backup", tmp_path / "none" / "one")


@pytest.mark.django_db
def test_two_at_once_are_refused(target):
    with journal.alone():
        told = refusal("backup", target, recipient=[str(SECRET.to_public())])
    assert "Another backup, restore or drill" in told


@pytest.mark.django_db(transaction=True)
def test_a_backup_broken_off_leaves_no_file(target, monkeypatch):
    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(container, "_in_pieces", broken)
    told = refusal("backup", target, recipient=[str(SECRET.to_public())])
    assert "No space left on device" in told
    assert list(target.parent.glob("*.nenmong*")) + list(target.parent.glob(".*")) == []
    assert not (journal.folder() / journal.WORK).exists()


# ── what is kept ────────────────────────────────────────────────────────────────────────────


def test_files_that_are_kept(home, settings):
    for name in ("static/a.css", "word/.hidden", "nenmong.sqlite3-wal", "more/deep/b.txt"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(b"x")
    written(home / "yesterday.nenmong")
    assert [name for name, _path in place.kept_files()] == ["more/deep/b.txt", "word/bien-ban.docx"]


@pytest.mark.django_db
def test_all_tables_of_the_house_are_kept_but_sessions_and_counted_attempts():
    left_out = place.known_tables() - set(place.kept_tables())
    assert left_out == {"django_session", "core_cache"}
    assert set(place.present_tables()) <= place.known_tables()


@pytest.mark.django_db
def test_the_jobs_of_a_worker_that_is_elsewhere_are_taken_up():
    fields = {"args_kwargs": {}, "task_path": "none", "backend_name": "default"}
    for status in ("RUNNING", "READY", "FAILED"):
        DBTaskResult.objects.create(status=status, run_after="2026-01-01T00:00:00Z", **fields)
    take_up_jobs()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == [
        "FAILED", "READY", "READY",
    ]  # fmt: skip


# ── broken off, and finished ────────────────────────────────────────────────────────────────

# In another process, since it needs an empty place; each step is one start of `nenmong restore`.
STEPS = """
import json, sys
import django
django.setup()
from pathlib import Path
from unittest import mock
from django.conf import settings
from nenmong.accounts.models import User
from nenmong.config.safekeeping import examination, place, restore
from nenmong.config.safekeeping.keys import Key
from nenmong.config.safekeeping.sentences import Refused
from nenmong.meetings.queries import recount, verify

good, unsound, key = sys.argv[1:]
said = []

def start(file):
    try:
        restore.restore_backup(Path(file), Key(identities=(key,)))
        said.append("restored")
    except KeyboardInterrupt:
        said.append("broken off")
    except Refused as refused:
        said.append(str(refused).splitlines()[-1])
    begun = place.begun()
    said.append(begun and begun[1])

start(unsound)
with mock.patch.object(restore, "engine", side_effect=KeyboardInterrupt):
    start(good)
with mock.patch.object(restore, "_write_files", side_effect=KeyboardInterrupt):
    start(good)
said.append([f.said for f in examination.inside() if "nenmong restore" in f.do][0])
start(unsound)
start(good)
said.append(verify.verify().meetings)
said.append(len(verify.verify().findings) + len(list(recount.differences())))
said.append((Path(settings.HOME) / "word" / "bien-ban.docx").read_text())
said.append(User.objects.count())
print(json.dumps(said))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_restore_broken_off_says_so_and_is_finished(target, tmp_path, monkeypatch):
    unit, secretary, _scribe = journey.cell(3)
    journey.sealed(unit, secretary)
    made = backup.make_backup(target, LOCK)
    unsound = tmp_path / "two.nenmong"
    counts = {"meetings_meeting": 7}
    monkeypatch.setattr(
        container.Written, "as_dict", lambda w: {"pieces": w.pieces, "rows": counts}
    )
    backup.make_backup(unsound, LOCK)
    monkeypatch.undo()
    with drill._database() as url:
        environment = os.environ | {"NENMONG_HOME": str(tmp_path / "new"), "DATABASE_URL": url}
        environment["DJANGO_SETTINGS_MODULE"] = "nenmong.config.settings_test"
        ran = subprocess.run(
            [sys.executable, "-c", STEPS, str(target), str(unsound), str(SECRET)],
            env=environment, capture_output=True, text=True, check=False, cwd=Path.cwd(),
        )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    assert said[0].startswith("The rows in this backup are not whole")
    assert said[1:6] == [False, "broken off", False, "broken off", True]
    assert made.id in said[6]
    assert said[7].startswith("The restore of another backup was broken off here")
    assert said[8:] == [True, "restored", None, 1, 0, "template", 2]
