"""The place a backup is of, or is restored into: which tables and files are kept, what is empty."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy

from nenmong.config.safekeeping import container
from nenmong.config.safekeeping.journal import FOLDER
from nenmong.config.safekeeping.sentences import Refused

MIGRATIONS = MigrationRecorder.Migration._meta.db_table
CACHE = "core_cache"
# Stands in a database from the first step of a restore to the last one.
RESTORING = "nenmong_restoring"
# Neither is worth anything elsewhere: sessions are signed with a key that stays here, the counted
# sign-in attempts are of the last minutes.
LEFT_OUT = frozenset({"django_session", CACHE})
# Filled by migrating alone, or by merely starting.
SEEDED = LEFT_OUT | {
    *(MIGRATIONS, RESTORING, "django_content_type", "auth_permission", "core_node")
}
# Made anew by themselves, or of this place only. The secret key is never in a backup: with it,
# whoever holds the backup could sign sessions of the running place.
OWN_FILES = frozenset({"secret-key", "static", "demo.lock", "demo-password", FOLDER, "lost+found"})
SIDE_FILES = ("-wal", "-shm", "-journal")


def known_tables() -> set[str]:
    """Return the names of all tables this program makes."""
    return {*connection.introspection.django_table_names(include_views=False), MIGRATIONS, CACHE}


def present_tables() -> list[str]:
    """Return the names of the tables in the database, whoever made them."""
    return sorted(connection.introspection.table_names())


def kept_tables() -> list[str]:
    """Return the tables a backup holds."""
    return [name for name in present_tables() if name in known_tables() - LEFT_OUT]


def kept_files() -> Iterator[tuple[str, Path]]:
    """Yield (name, path) of every file of the home folder that cannot be made anew."""
    home = Path(settings.HOME)
    for folder, folders, files in os.walk(home):
        here = Path(folder)
        if here == home:
            folders[:] = [name for name in folders if name not in OWN_FILES]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = here / name
            own = name.startswith(".") or (here == home and _is_own(path))
            # Earlier backups may lie here too: one in the other would double each time.
            if not own and path.is_file() and not container.looks_like_one(path):
                yield path.relative_to(home).as_posix(), path


def check_empty() -> None:
    """Refuse a place with anything in it: a restore never overwrites.

    Raises:
        Refused: the database holds rows or tables of others, or the home folder holds files.
    """
    tables = present_tables()
    foreign = [name for name in tables if name not in known_tables() | {RESTORING}]
    filled = [name for name in tables if name not in SEEDED and _has_rows(name)]
    if found := filled or foreign:
        raise Refused(
            gettext_lazy(
                "The database %(name)s is not empty (%(found)s), and a restore never overwrites. "
                "Name a new, empty one in DATABASE_URL, or a new NENMONG_HOME."
            ),
            name=settings.DATABASES["default"]["NAME"], found=", ".join(found[:3]),
        )  # fmt: skip
    if files := [name for name, _path in kept_files()]:
        raise Refused(
            gettext_lazy(
                "The folder %(folder)s is not empty (%(found)s), and a restore never overwrites. "
                "Set NENMONG_HOME to a new folder."
            ),
            folder=settings.HOME, found=", ".join(files[:3]),
        )  # fmt: skip


# ── the mark of a restore that has begun ────────────────────────────────────────────────────


def begun() -> tuple[str, bool] | None:
    """Return the backup that is being restored here, and whether its rows are in; else None."""
    if RESTORING not in present_tables():
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT backup, loaded FROM {RESTORING}")  # noqa: S608 - our own name
        row = cursor.fetchone()
    return (str(row[0]), bool(row[1])) if row else None


def mark(backup: str, *, loaded: bool) -> None:
    """Write into the database which backup is being restored into it."""
    for statement in marking(backup, loaded=loaded):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def marking(backup: str, *, loaded: bool) -> list[str]:
    """Return the statements that do it; the id of a backup is hexadecimal digits."""
    return [
        f"CREATE TABLE IF NOT EXISTS {RESTORING} (backup varchar(40), loaded integer)",
        f"DELETE FROM {RESTORING}",  # noqa: S608
        f"INSERT INTO {RESTORING} VALUES ('{int(backup, 16):032x}', {int(loaded)})",  # noqa: S608
    ]


def unmark() -> None:
    """Say that the restore is whole."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {RESTORING}")


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def _is_own(path: Path) -> bool:
    """Say whether a file right in the home folder is left out: keys, locks, the database itself."""
    names = {Path(str(settings.DATABASES["default"]["NAME"])).name, "nenmong.sqlite3"}
    databases = {name + side for name in names for side in ("", *SIDE_FILES)}
    return path.name in OWN_FILES | databases
