"""Files under their hash: whole or not at all, never overwritten, swept when nothing needs it."""

import hashlib
import os
import threading
import time

import pytest

from nenmong.core import store
from nenmong.core.store import KEPT, Store


@pytest.fixture
def files(settings, tmp_path):
    settings.HOME = tmp_path
    return Store("things")


def aged(path, days=2):
    then = time.time() - days * KEPT.total_seconds()
    os.utime(path, (then, then))


def all_of(files):
    return sorted(p.name for p in files.root.rglob("*") if p.is_file() and p.name != ".lock")


def test_the_same_content_is_one_file(files):
    digest = files.keep(b"one")
    path = files.path(digest)
    before = path.stat().st_ino
    assert files.keep(b"one") == digest == hashlib.sha256(b"one").hexdigest()
    assert path.stat().st_ino == before
    assert path.stat().st_mode & 0o777 == 0o600
    assert files.root.stat().st_mode & 0o777 == 0o700
    assert all_of(files) == [digest]


@pytest.mark.parametrize("name", ["", "../secret-key", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_hash_is_no_path(files, name):
    with pytest.raises(ValueError, match="SHA-256"):
        files.path(name)
    assert not files.holds(name)


def test_a_write_that_fails_leaves_nothing(files, monkeypatch):
    def fail(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", fail)
    with pytest.raises(OSError, match="space"):
        files.keep(b"one")
    assert all_of(files) == []


def test_what_was_changed_is_told(files):
    digest = files.keep(b"one")
    assert files.holds(digest)
    files.path(digest).write_bytes(b"two")
    assert not files.holds(digest)
    files.path(digest).unlink()
    assert not files.holds(digest)


def test_the_sweep_takes_what_is_old_and_not_named(files):
    named, orphan, young = (files.keep(content) for content in (b"named", b"orphan", b"young"))
    half = files.path(orphan).with_name(".half.part")
    half.write_bytes(b"or")
    for path in (files.path(named), files.path(orphan), half):
        aged(path)
    assert files.sweep(iter([named])) == 2
    assert all_of(files) == sorted([named, young])
    assert files.sweep([named]) == 0


def test_what_is_taken_up_again_while_sweeping_stays(files):
    digest = files.keep(b"one")
    aged(files.path(digest))

    def read_meanwhile():
        files.keep(b"one")  # someone adds it again; the row is not committed yet
        yield from ()

    assert files.sweep(read_meanwhile()) == 0
    assert files.holds(digest)


def test_what_was_just_taken_off_stays_a_day(files):
    digest = files.keep(b"one")
    aged(files.path(digest))
    files.touch(digest)
    files.touch("0" * 64)  # gone already: nothing to do
    assert files.sweep([]) == 0


def test_an_empty_home_is_swept_too(files):
    assert files.sweep([]) == 0


def test_many_at_once_write_one_file(files):
    threads = [threading.Thread(target=files.keep, args=(b"same" * 1000,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(all_of(files)) == 1
    assert files.holds(all_of(files)[0])
