"""Files of documents: what is refused, what stays, what the sweep leaves."""

import os

import pytest

from nenmong.core.errors import DomainError
from nenmong.core.keeping import STORE, Kept, sweep
from nenmong.directives import actions
from nenmong.directives.actions import files
from nenmong.directives.tests import ready
from nenmong.directives.tests.ready import place

pytestmark = pytest.mark.django_db


def kept(content=b"%PDF-1.7 a page"):
    return Kept(STORE.keep(content), "pdf", len(content))


def attach(at, one, title="Bản ký", file=None):
    return actions.attach_file(
        actor=at.office, directive_uid=one.uid, title=title, file=file or kept()
    )


def refused(code, act, *args, **said):
    with pytest.raises(DomainError) as error:
        act(*args, **said)
    assert error.value.code == code


def test_nothing_is_attached_to_what_has_ended():
    at = place()
    one = ready.issued(at)
    actions.withdraw(actor=at.head, directive_uid=one.uid, reason="Trùng")
    refused("directives.has_ended", attach, at, one)


def test_a_file_has_a_name_and_is_there_whole():
    at = place()
    one = ready.draft(at)
    refused("directives.no_file_title", attach, at, one, " ")
    refused("core.too_long", attach, at, one, "x" * 201)
    refused("files.not_whole", attach, at, one, file=Kept("0" * 64, "pdf", 3))


def test_files_of_one_document_have_bounds(monkeypatch, settings):
    at = place()
    one = ready.draft(at)
    monkeypatch.setattr(files, "MOST_FILES", 2)
    attach(at, one)
    settings.NENMONG_MEETING_MB = 0
    refused("directives.files_too_large", attach, at, one, file=kept(b"%PDF-1.7 two"))
    settings.NENMONG_MEETING_MB = 1
    attach(at, one, file=kept(b"%PDF-1.7 two"))
    refused("directives.too_many_files", attach, at, one, file=kept(b"%PDF-1.7 three"))


def test_what_went_out_keeps_its_files():
    at = place()
    one = ready.issued(at)
    row = attach(at, one)
    ready.sent(at, one=one)
    refused("directives.is_out", actions.remove_file, actor=at.office, file_uid=row.uid)


def test_the_sweep_leaves_what_a_document_names():
    at = place()
    row = attach(at, ready.draft(at))
    os.utime(STORE.path(row.sha256), (0, 0))
    sweep()
    assert STORE.holds(row.sha256)
    actions.remove_file(actor=at.office, file_uid=row.uid)
    os.utime(STORE.path(row.sha256), (0, 0))
    sweep()
    assert not STORE.holds(row.sha256)
