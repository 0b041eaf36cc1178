"""Which Word templates are in use: ours, or the installation's own; what was in use before.

All of it lies in the folder `word/` of the installation's home, so that a backup takes it along:
`bien-ban.docx` is in use, `thu/bien-ban.docx` waits to be tried, `kho/` keeps by its hash each one
that ever was in use, and `so.jsonl` says when and by whom. A file that an administrator put there
by hand is in use as well.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nenmong.meetings.rules.documents import Document
from nenmong.ui import own_templates

OURS = Path(__file__).resolve().parent.parent / "word"
JOURNAL = "so.jsonl"


@dataclass(frozen=True)
class Put:
    """That a template was put in use; `sha256` is empty for ours."""

    document: str
    sha256: str
    at: datetime
    by_uid: str
    by: str


@dataclass(frozen=True)
class Kept:
    """How one template stands: in use since when, a draft beside it, what was in use before."""

    document: Document
    own: bool
    sha256: str
    since: Put | None  # none: ours from the beginning, or put there by hand
    draft: Path | None
    before: list[Put]


def own(document: Document) -> Path:
    """Return where the installation's own template of a document lies, if it has one."""
    return own_templates.own(document.value)


def ours(document: Document) -> Path:
    """Return the template this program comes with."""
    return OURS / f"{document.value}.docx"


def in_use(document: Document) -> Path:
    """Return the template a document is printed from."""
    return own_templates.in_use(document.value, OURS)


def draft_path(document: Document) -> Path:
    """Return where a template waits that is to be tried before it is put in use."""
    return own_templates.folder() / "thu" / f"{document.value}.docx"


def draft(document: Document) -> Path | None:
    """Return the template that waits to be tried, if there is one."""
    path = draft_path(document)
    return path if path.exists() else None


def drafts() -> list[Document]:
    """Return the documents that have a template on trial."""
    return [document for document in Document if draft(document)]


def kept(sha256: str) -> Path:
    """Return where a template lies that was in use once."""
    return own_templates.folder() / "kho" / f"{sha256}.docx"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def journal() -> list[Put]:
    """Return what was put in use, oldest first."""
    path = own_templates.folder() / JOURNAL
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        Put(**row | {"at": datetime.fromisoformat(row["at"])})
        for row in map(json.loads, filter(None, lines))
    ]


def state() -> list[Kept]:
    """Return how each template stands."""
    put = journal()
    found = []
    for document in Document:
        path = own(document)
        sha256 = digest(path.read_bytes()) if path.exists() else ""
        here = [one for one in put if one.document == document.value]
        last = here[-1] if here and here[-1].sha256 == sha256 else None
        found.append(
            Kept(
                document=document, own=bool(sha256), sha256=sha256, since=last,
                draft=draft(document),
                before=_once_each(one for one in reversed(here) if one.sha256 != sha256),
            )
        )  # fmt: skip
    return found


def _once_each(put: object) -> list[Put]:
    found: dict[str, Put] = {}
    for one in put:  # type: ignore[attr-defined]
        if one.sha256:  # ours can always be put back
            found.setdefault(one.sha256, one)
    return list(found.values())
