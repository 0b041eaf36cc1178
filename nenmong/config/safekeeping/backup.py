"""Making a backup: the database of one moment and the files beside it, in one locked file."""

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy

from nenmong import __version__
from nenmong.config.safekeeping import container, journal, place
from nenmong.config.safekeeping.engines import engine
from nenmong.config.safekeeping.keys import Lock
from nenmong.config.safekeeping.sentences import Refused

FILES = "home/"


@dataclass(frozen=True)
class Made:
    """What a backup came to."""

    id: str
    size: int
    rows: int
    files: int
    seconds: float


def make_backup(target: Path, lock: Lock) -> Made:
    """Write a backup to `target`, which appears there only when it is whole.

    Raises:
        Refused: the target is taken or cannot be written, or there is nothing to keep.
    """
    started = time.monotonic()
    check_target(target)
    if place.MIGRATIONS not in place.present_tables():
        raise Refused(
            gettext_lazy(
                "The database has not been set up, so there is nothing to back up. Check "
                "NENMONG_HOME and DATABASE_URL; in a new place, run: nenmong migrate"
            )
        )
    if place.begun():
        raise Refused(
            gettext_lazy(
                "A restore into this place was broken off, so what lies here is not whole. "
                "Run nenmong restore with the same file again first."
            )
        )
    files: list[str] = []
    written = container.Written()
    with journal.alone() as work, _appearing(target) as file, engine().snapshot(work) as taken:
        written.rows.update(taken.rows)
        manifest = {
            "id": uuid.uuid4().hex, "program": __version__, "engine": connection.vendor,
            "made_at": timezone.now().isoformat(), "migrations": taken.migrations,
            "tables": taken.tables,
        }  # fmt: skip
        # Only now: a file is there before its row is, so every row of this moment finds its file.
        streams = chain(taken.streams, _streams(list(place.kept_files()), files))
        container.write(file, lock, manifest, streams, written)
    return Made(
        str(manifest["id"]), target.stat().st_size, sum(written.rows.values()), len(files),
        time.monotonic() - started,
    )  # fmt: skip


def check_target(target: Path) -> None:
    """Refuse a name that is taken, or a folder that is not there.

    Raises:
        Refused: one of the two.
    """
    if target.exists():
        raise Refused(
            gettext_lazy(
                "%(file)s exists already, and a backup never overwrites. Choose another name, for "
                "example with the day in it."
            ),
            file=target,
        )
    if not target.parent.is_dir():
        raise Refused(
            gettext_lazy("The folder %(folder)s does not exist. Make it, or name another one."),
            folder=target.parent,
        )


@contextmanager
def _appearing(target: Path) -> Iterator[BinaryIO]:
    """Open a file that only its owner reads, and that gets its name when all of it is on disk."""
    aside = target.with_name(f".{target.name}.part")
    descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.fchmod(descriptor, 0o600)  # also where one that was killed left it wider
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name itself, too
    finally:
        os.close(folder)


def _streams(found: list[tuple[str, Path]], kept: list[str]) -> Iterator[container.Stream]:
    """Yield each file that still is there, and add its name to `kept`."""
    for name, path in found:
        try:
            file = path.open("rb")
        except FileNotFoundError:  # no row names it any more, and the sweep came by
            continue
        kept.append(name)
        yield FILES + name, _blocks(file)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while block := file.read(container.PIECE):
            yield block
