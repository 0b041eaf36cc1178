"""Files of all capabilities lie in one store: what any of them names stays, the rest goes."""

import os
import time

import pytest
from django.apps import apps
from django.utils.module_loading import import_string

from nenmong.core import keeping, tidying
from nenmong.core.errors import DomainError
from nenmong.core.files.naming import saved_as
from nenmong.core.keeping import STORE, Kept

NAMED: list[str] = []


def named_here():
    yield from NAMED


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    yield
    NAMED.clear()


def old(content):
    digest = STORE.keep(content)
    then = time.time() - 3 * 86400
    os.utime(STORE.path(digest), (then, then))
    return digest


@pytest.mark.django_db
def test_the_daily_sweep_keeps_what_any_capability_names(settings):
    settings.NENMONG_FILES_NAMED = [
        *settings.NENMONG_FILES_NAMED, "nenmong.core.tests.test_keeping.named_here",
    ]  # fmt: skip
    stays, goes = old(b"one"), old(b"two")
    NAMED.append(stays)
    tidying.sweep.call()
    assert STORE.holds(stays)
    assert not STORE.path(goes).exists()


@pytest.mark.django_db
def test_nothing_goes_when_one_cannot_be_asked(settings):
    settings.NENMONG_FILES_NAMED = [*settings.NENMONG_FILES_NAMED, "nenmong.core.no_such"]
    digest = old(b"one")
    with pytest.raises(ImportError):
        keeping.sweep()
    assert STORE.holds(digest)


def test_every_table_of_files_is_asked(settings):
    tables = {
        model._meta.app_label
        for model in apps.get_models()
        if {"sha256", "kind", "size"} <= {field.name for field in model._meta.get_fields()}
    }
    asked = {path.split(".")[1] for path in settings.NENMONG_FILES_NAMED}
    assert tables == asked
    for path in settings.NENMONG_FILES_NAMED:
        assert callable(import_string(path))


def test_what_is_not_there_is_said():
    nothing = Kept("0" * 64, "pdf", 5)
    with pytest.raises(DomainError, match="not_whole"):
        keeping.require_there(nothing)
    with pytest.raises(DomainError, match="missing"):
        keeping.content_of(nothing.sha256)


def test_names_are_ours_and_ascii():
    assert saved_as("tai-lieu", "2026-10-03", 'Ngõ 8"\r\n/..\\đường', "jpeg") == (
        "tai-lieu-2026-10-03-ngo-8-duong.jpg"
    )
    assert saved_as("tep", "", "…", "pdf") == "tep.pdf"
    assert len(saved_as("tep", "", "a" * 300, "pdf")) < 90
