"""A backup takes the documents along: every row of its moment finds its file after a restore."""

import os
import time
from io import StringIO

import pytest
from django.core.management import call_command

from nenmong.config.safekeeping import backup, journal, place
from nenmong.config.tests.test_backup_file import LOCK, SECRET
from nenmong.core.keeping import STORE, Kept, sweep
from nenmong.meetings.models import MeetingDocument
from nenmong.meetings.tests import journey
from nenmong.opinions import actions
from nenmong.opinions.actions.attaching import Attached
from nenmong.opinions.tests import ready


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return settings.HOME


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(str(SECRET))
    return str(path)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "one.nenmong"


def sealed():
    unit, secretary, _scribe = journey.cell(3)
    meeting = journey.held(unit, secretary)
    row = journey.document(meeting, secretary)
    journey.actions.seal_minutes(actor=secretary, meeting_uid=meeting.uid)
    return row


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_documents_come_back_and_the_drill_reads_each(target, key_file):
    row = sealed()
    call_command("backup", str(target), recipient=[str(SECRET.to_public())], stdout=StringIO())
    call_command("drill", str(target), identity_file=key_file, stdout=StringIO())
    assert journal.last("drill")["ok"]
    assert f"documents/{row.sha256[:2]}/{row.sha256}" in [n for n, _ in place.kept_files()]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_drill_names_a_document_that_is_not_in_the_backup(target, key_file):
    row = sealed()
    STORE.path(row.sha256).unlink()
    call_command("backup", str(target), recipient=[str(SECRET.to_public())], stdout=StringIO())
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("drill", str(target), identity_file=key_file, stdout=out)
    assert row.title in out.getvalue()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("gone", [False, True])
def test_files_of_opinions_come_back_too(target, key_file, gone):
    at = ready.place()
    file = Kept(STORE.keep(b"%PDF-1.7 x"), "pdf", 10)
    opinion = actions.raise_opinion(
        actor=at.member, unit_uid=at.cell.uid, text=ready.TEXT, files=[Attached("Tên ai", file)]
    )
    if gone:
        STORE.path(file.sha256).unlink()
    call_command("backup", str(target), recipient=[str(SECRET.to_public())], stdout=StringIO())
    out = StringIO()
    if gone:
        with pytest.raises(SystemExit):
            call_command("drill", str(target), identity_file=key_file, stdout=out)
        assert opinion.files.get().uid in out.getvalue()
        assert "Tên ai" not in out.getvalue()
    else:
        call_command("drill", str(target), identity_file=key_file, stdout=out)
        assert journal.last("drill")["ok"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_file_added_when_the_moment_is_taken_is_there(target, monkeypatch):
    """Rows are of the snapshot; files are looked for after it, so none of them is missing."""
    order = []
    taken = backup.engine().snapshot

    class Watched:
        def snapshot(self, work):
            order.append("rows")
            return taken(work)

    def files():
        order.append("files")
        yield from ()

    monkeypatch.setattr(backup, "engine", Watched)
    monkeypatch.setattr(backup.place, "kept_files", files)
    backup.make_backup(target, LOCK)
    assert order == ["rows", "files"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_file_swept_meanwhile_is_no_fault(target, monkeypatch):
    digest = STORE.keep(b"orphan")
    then = time.time() - 3 * 86400
    os.utime(STORE.path(digest), (then, then))
    found = place.kept_files

    def files():
        yield from list(found())
        sweep()

    monkeypatch.setattr(backup.place, "kept_files", files)
    made = backup.make_backup(target, LOCK)
    assert made.files == 0
    assert not MeetingDocument.objects.exists()
