"""Restoring a backup into an empty place: all of it is checked before anything is touched."""

import itertools
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from nenmong.config.safekeeping import container, journal, place
from nenmong.config.safekeeping.backup import FILES
from nenmong.config.safekeeping.engines import NAMES, engine
from nenmong.config.safekeeping.keys import Key
from nenmong.config.safekeeping.sentences import Refused
from nenmong.core import clock
from nenmong.core.actions import SYSTEM, action
from nenmong.core.audit import Actor
from nenmong.core.models import AuditEntry


@dataclass(frozen=True)
class Restored:
    """What a restore came to."""

    id: str
    made_at: str
    rows: int
    files: int
    seconds: float


def restore_backup(path: Path, key: Key) -> Restored:
    """Restore the backup in `path` here. One that was broken off is begun again, or finished.

    Raises:
        Refused: the file is not whole, not for this program or engine, or the place is not empty.
    """
    started = time.monotonic()
    with journal.alone() as work:
        contents = container.check(path, key)
        manifest = contents.manifest
        _check_fits(path, manifest)
        if _is_loaded(manifest):
            rest: Iterable[tuple[str, bytes]] = container.pieces(path, key)
        else:
            place.check_empty()
            place.mark(manifest["id"], loaded=False)
            rows, pieces = contents.index["rows"], container.pieces(path, key)
            rest = engine().load(work, manifest, rows, pieces)
        files = _write_files(rest)
        call_command("migrate", interactive=False, verbosity=0)
        take_up_jobs()
        record_restore(actor=SYSTEM, backup=manifest["id"], made_at=manifest["made_at"])
        place.unmark()
    return Restored(
        manifest["id"], manifest["made_at"], sum(contents.index["rows"].values()), files,
        time.monotonic() - started,
    )  # fmt: skip


def take_up_jobs() -> None:
    """Make ready again what a worker was running: that worker is in another place."""
    DBTaskResult.objects.filter(status="RUNNING").update(status="READY", started_at=None)


@action
def record_restore(*, actor: Actor, backup: str, made_at: str) -> AuditEntry:
    """Write into the audit that all before this line came out of a backup."""
    return AuditEntry.objects.create(
        bucket=0, at=clock.now(), actor_uid=actor.uid, verb="config.restored", subject="backup",
        subject_uid=SYSTEM.uid, unit_path="", detail={"backup": backup, "made_at": made_at},
    )  # fmt: skip


def _check_fits(path: Path, manifest: dict[str, Any]) -> None:
    theirs, ours = manifest["engine"], connection.vendor
    if theirs != ours:
        raise Refused(
            gettext_lazy(
                "%(file)s is of a place on %(theirs)s, and this one is on %(ours)s. Nothing was "
                "changed. Set DATABASE_URL to an empty %(theirs)s, or leave it out for SQLite."
            ),
            file=path.name, theirs=NAMES.get(theirs, theirs), ours=NAMES[ours],
        )  # fmt: skip
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    if any((app, name) not in known for app, name in manifest["migrations"]):
        raise container.newer_program(path, manifest["program"])


def _is_loaded(manifest: dict[str, Any]) -> bool:
    """Say whether the rows of this very backup are here already, from a restore broken off."""
    begun = place.begun()
    if begun is None or not begun[1]:
        return False
    if begun[0] != manifest["id"]:
        raise Refused(
            gettext_lazy(
                "The restore of another backup was broken off here (%(backup)s), so this one is "
                "not begun. Finish that one with its own file, or take a new, empty place."
            ),
            backup=begun[0],
        )
    return True


def _write_files(pieces: Iterable[tuple[str, bytes]]) -> int:
    """Write the files of the home folder; return how many."""
    count = 0
    for name, group in itertools.groupby(pieces, key=lambda piece: piece[0]):
        inner = PurePosixPath(name.removeprefix(FILES))
        if not name.startswith(FILES) or inner.is_absolute() or ".." in inner.parts:
            continue
        target = Path(settings.HOME) / inner
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.part")
        with aside.open("wb") as file:
            for _name, block in group:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
        count += 1
    return count
