"""Word templates of the installation: uploaded and checked, tried, put in use, put back.

They lie as files in the installation's home (see `queries.templates`); each change is one line of
the audit. A file is written last, so that what the database refuses leaves no trace on the disk.
"""

import json
import os
from base64 import b64decode
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from nenmong.core import audit, clock
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.meetings.queries import templates
from nenmong.meetings.rules.documents import FIELDS, Document
from nenmong.org import access
from nenmong.org.models import Administrator
from nenmong.ui.own_templates import folder


@action
def upload_template(*, actor: Actor, document: str, content: str) -> str:
    """Keep a template to be tried; the one before it on trial goes. Return its hash.

    `content` is base64: the input of an action is plain text.

    Raises:
        NotAllowed: `actor` does not keep the installation.
        DomainError: `documents.unknown`; all that `check` refuses.
    """
    keeper, kind = _locked(actor), _document(document)
    file = b64decode(content)
    # What reads Word is 10 MB of each web process; most never read any.
    from nenmong.ui.documents import check  # noqa: PLC0415

    check(file, FIELDS[kind], f"{kind.value}.docx")
    sha256, path = templates.digest(file), templates.draft_path(kind)
    if path.exists() and templates.digest(path.read_bytes()) == sha256:
        return sha256
    _write_down(actor, "uploaded", keeper, kind, sha256)
    _write(path, file)
    return sha256


@action
def use_template(*, actor: Actor, document: str, sha256: str) -> str:
    """Put the template on trial in use, the very one that was looked at. Return its hash.

    Raises:
        NotAllowed: `actor` does not keep the installation.
        DomainError: `documents.unknown`, `documents.template_gone`.
    """
    keeper, kind = _locked(actor), _document(document)
    path = templates.draft_path(kind)
    file = path.read_bytes() if path.exists() else None
    if file is None or templates.digest(file) != sha256:
        if sha256 and _sha256_in_use(kind) == sha256:
            return sha256
        raise _gone()
    _write_down(actor, "put_in_use", keeper, kind, sha256)
    _put(actor, kind, file)
    path.unlink(missing_ok=True)
    return sha256


@action
def put_back_template(*, actor: Actor, document: str, sha256: str) -> str:
    """Put a template in use again that was so before; an empty hash is ours. Return its hash.

    Raises:
        NotAllowed: `actor` does not keep the installation.
        DomainError: `documents.unknown`, `documents.template_gone`.
    """
    keeper, kind = _locked(actor), _document(document)
    if _sha256_in_use(kind) == sha256:
        return sha256
    known = {one.sha256 for one in templates.journal() if one.document == kind.value}
    path = templates.kept(sha256) if sha256 in known else None
    if sha256 and (path is None or not path.exists()):
        raise _gone()
    _write_down(actor, "put_back", keeper, kind, sha256)
    _put(actor, kind, path.read_bytes() if path and sha256 else None)
    return sha256


@action
def discard_template(*, actor: Actor, document: str) -> str:
    """Let go of the template on trial; without one nothing changes.

    Raises:
        NotAllowed: `actor` does not keep the installation.
        DomainError: `documents.unknown`.
    """
    keeper, kind = _locked(actor), _document(document)
    path = templates.draft_path(kind)
    if path.exists():
        _write_down(actor, "discarded", keeper, kind, templates.digest(path.read_bytes()))
        path.unlink(missing_ok=True)
    return kind.value


def _locked(actor: Actor) -> Administrator:
    """Return the row of who keeps the installation; two who change templates come one by one."""
    if not access.may(actor, "documents.templates", access.EVERYWHERE):
        raise NotAllowed(
            "access.denied", _("Only who keeps the installation replaces Word templates.")
        )
    keeping = list(Administrator.objects.select_for_update(of=("self",)).order_by("uid"))
    return next((one for one in keeping if one.user_id == actor.uid), keeping[0])


def _document(value: str) -> Document:
    if value not in set(Document):
        raise DomainError("documents.unknown", _("There is no such document. Choose one."))
    return Document(value)


def _gone() -> DomainError:
    return DomainError(
        "documents.template_gone",
        _("This template is no longer there, or another took its place. Look at the list again."),
    )


def _sha256_in_use(document: Document) -> str:
    path = templates.own(document)
    return templates.digest(path.read_bytes()) if path.exists() else ""


def _write_down(
    actor: Actor, what: str, keeper: Administrator, document: Document, sha256: str
) -> None:
    audit.record(
        actor, f"documents.template_{what}", keeper, unit_path="", template=document.value,
        sha256=sha256,
    )  # fmt: skip


def _put(actor: Actor, document: Document, file: bytes | None) -> None:
    """Make `file` the template in use, ours where there is none; what was there is kept."""
    own, lines = templates.own(document), []
    if own.exists():
        before = own.read_bytes()
        sha256 = templates.digest(before)
        _write(templates.kept(sha256), before)
        if all(one.sha256 != sha256 for one in templates.journal()):  # put there by hand
            put_on = datetime.fromtimestamp(own.stat().st_mtime, UTC)
            lines.append(_line(document, sha256, put_on, "", ""))
    sha256 = templates.digest(file) if file is not None else ""
    lines.append(_line(document, sha256, clock.now(), actor.uid, str(actor)[:120]))
    if file is None:
        own.unlink(missing_ok=True)
    else:
        _write(templates.kept(sha256), file)
        _write(own, file)
    journal = folder() / templates.JOURNAL
    journal.parent.mkdir(parents=True, exist_ok=True)
    with journal.open("a", encoding="utf-8") as out:
        out.write("".join(f"{line}\n" for line in lines))


def _line(document: Document, sha256: str, at: datetime, by_uid: str, by: str) -> str:
    row = {
        "document": document.value, "sha256": sha256, "at": at.isoformat(), "by_uid": by_uid,
        "by": by,
    }  # fmt: skip
    return json.dumps(row, ensure_ascii=False)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: it may be printed from meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
