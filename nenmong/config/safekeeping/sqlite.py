"""SQLite's side: a whole database file, copied by SQLite's own online backup."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy

from nenmong.config.safekeeping import container, place
from nenmong.config.safekeeping.sentences import Refused
from nenmong.config.safekeeping.snapshot import Snapshot

STREAM = "database/file"
COPY = "database.sqlite3"


@contextmanager
def snapshot(work: Path) -> Iterator[Snapshot]:
    """Yield the database as it stands at one moment, copied into `work`; writers do not wait."""
    path = work / COPY
    tables = place.kept_tables()
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)  # in one step, so of one moment
        copy.execute("PRAGMA journal_mode=DELETE")  # one file again
        for name in place.LEFT_OUT & set(place.present_tables()):
            copy.execute(f'DELETE FROM "{name}"')  # noqa: S608 - names of our own tables
        copy.commit()
        migrations = [
            list(row)
            for row in copy.execute(f"SELECT app, name FROM {place.MIGRATIONS}")  # noqa: S608
        ]
        rows = count(copy, tables)
    yield Snapshot(migrations, {name: [] for name in tables}, rows, [(STREAM, _blocks(path))])


def load(
    work: Path, manifest: dict[str, Any], rows: dict[str, int],
    pieces: Iterable[tuple[str, bytes]],
) -> Iterable[tuple[str, bytes]]:  # fmt: skip
    """Put the database of a backup into this empty one, whole or not at all; return the rest.

    The file is put together in `work` first, where it is looked over.
    """
    path = work / COPY
    rest = iter(pieces)
    after: list[tuple[str, bytes]] = []
    with path.open("wb") as file:
        for name, block in rest:
            if name != STREAM:
                after = [(name, block)]
                break
            file.write(block)
    with closing(sqlite3.connect(path)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",) or rows != count(
            copy, rows
        ):
            raise unsound()
        for statement in place.marking(manifest["id"], loaded=True):
            copy.execute(statement)
        copy.commit()
        connection.ensure_connection()
        copy.backup(connection.connection)  # SQLite's own transaction
    return chain(after, rest)


def count(database: sqlite3.Connection, tables: Iterable[str]) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in tables
    }


def unsound() -> Refused:
    """Return what to say of rows that are not those that were counted when they were kept."""
    return Refused(
        gettext_lazy(
            "The rows in this backup are not whole: the database it was taken from may have been "
            "damaged already. None of them was brought in. Take an earlier backup."
        )
    )


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(container.PIECE):
            yield block
