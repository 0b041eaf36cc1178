"""Files that rows of any capability name: one store, what is known of each, when one goes.

A capability that keeps files has a row of its own for each (its title, whose it is) with these
fields: `kind`, `size`, `sha256`. It says in NENMONG_FILES_NAMED where its hashes are read from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError
from nenmong.core.store import Store

MB = 1024 * 1024
STORE = Store("documents")


class FileKind(models.TextChoices):
    """What `core.files` takes."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"


@dataclass(frozen=True)
class Kept:
    """A file that was examined and lies in the store; no row names it yet."""

    sha256: str
    kind: str
    size: int  # bytes


def require_there(file: Kept) -> None:
    """Refuse to name a file that is not in the store.

    Raises:
        DomainError: `files.not_whole`.
    """
    if not STORE.path(file.sha256).exists():
        raise DomainError(
            "files.not_whole", _("The file did not arrive whole. Choose it once more.")
        )


def content_of(sha256: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        DomainError: `files.missing`.
    """
    try:
        return STORE.path(sha256).read_bytes()
    except FileNotFoundError as error:
        raise DomainError(
            "files.missing",
            _("This file is not in its place. Tell whoever keeps the program: a backup has it."),
        ) from error


def named() -> Iterator[str]:
    """Yield the hash of every file that a row of any capability names."""
    for path in settings.NENMONG_FILES_NAMED:
        read: Iterable[str] = import_string(path)()
        yield from read


def sweep() -> int:
    """Let go the files that no row names, never committed or taken off a day ago; say how many."""
    return STORE.sweep(named())
