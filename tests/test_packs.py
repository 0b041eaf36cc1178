"""Published packs stay as they were, and each can be read."""

import shutil

import pytest
import yaml
from django.conf import settings

from nenmong.rulebook import rules
from scripts import lock

RULEBOOK = sorted((settings.PACKS / "rulebook").glob("*.yaml"))


def test_what_was_published_is_as_it_was():
    """On red: never edit a published pack. Write a new file that takes over from its first day."""
    assert list(lock.faults(lock.locked(lock.PACKS), lock.hashes(lock.PACKS))) == []


@pytest.fixture
def packs(tmp_path):
    """Return a copy of the published packs with their LOCK."""
    for folder in lock.PUBLISHED:
        shutil.copytree(lock.PACKS / folder, tmp_path / folder)
    shutil.copy(lock.PACKS / lock.NAME, tmp_path)
    return tmp_path


def said(packs):
    return list(lock.faults(lock.locked(packs), lock.hashes(packs)))


def test_an_edit_is_found_and_cannot_be_entered(packs):
    pack = packs / "rulebook" / "hd12-2018.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("90", "60"), encoding="utf-8")
    assert lock.add(packs) == []
    (fault,) = said(packs)
    assert fault.startswith("packs/rulebook/hd12-2018.yaml was published and has been changed.")
    assert "a new file" in fault


def test_a_lost_file_is_found(packs):
    (packs / "layouts" / "36-hd-2018.yaml").unlink()
    (fault,) = said(packs)
    assert "36-hd-2018.yaml was published and is gone" in fault


def test_a_new_file_is_asked_for_and_entered(packs):
    (packs / "rulebook" / "hd99-2030.yaml").write_text("pack: hd99-2030\n", encoding="utf-8")
    (fault,) = said(packs)
    assert fault.endswith("lock.py add")
    assert lock.add(packs) == ["rulebook/hd99-2030.yaml"]
    assert said(packs) == []


def test_a_broken_line_is_named(packs):
    (packs / lock.NAME).write_text("0123 one-blank\n", encoding="utf-8")
    with pytest.raises(ValueError, match="one-blank"):
        lock.locked(packs)


@pytest.mark.parametrize("path", RULEBOOK, ids=lambda path: path.stem)
def test_a_pack_of_rules_says_what_a_screen_quotes(path):
    pack = rules.read_pack(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert pack.code == path.stem
    for rule in pack.rules.values():
        assert set(rule.quote) == {"vi", "en"}
        assert rule.source.document
        assert rule.source.short
