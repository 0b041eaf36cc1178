"""PostgreSQL's side: every table by COPY, in one transaction that sees one moment.

No pg_dump: it is not installed everywhere, and must be as new as the server. What is copied is the
server's own text of each row, so nothing is converted on the way.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from nenmong.config.safekeeping import place
from nenmong.config.safekeeping.snapshot import Snapshot
from nenmong.config.safekeeping.sqlite import unsound

PREFIX = "database/"
# Texts that do not depend on the server's configuration, and time for 20 GB.
PLAIN = (
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL IntervalStyle = 'iso_8601'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_generated = 'NEVER'
    ORDER BY table_name, ordinal_position
"""
# With the schema: the server may ask for a table's sequence before it has left out other schemas'.
SEQUENCES = """
    SELECT table_name, column_name, pg_get_serial_sequence(place, column_name)
    FROM (
        SELECT *, quote_ident(table_schema) || '.' || quote_ident(table_name) AS place
        FROM information_schema.columns
    ) AS each_column
    WHERE table_schema = current_schema()
      AND pg_get_serial_sequence(place, column_name) IS NOT NULL
"""


@contextmanager
def snapshot(work: Path) -> Iterator[Snapshot]:
    """Yield the database as it stands at one moment; `work` is not needed."""
    del work
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _run(cursor, PLAIN)
        kept = set(place.kept_tables())
        tables: dict[str, list[str]] = {}
        cursor.execute(COLUMNS)
        for table, column in cursor.fetchall():
            if table in kept:
                tables.setdefault(table, []).append(column)
        cursor.execute(f"SELECT app, name FROM {place.MIGRATIONS} ORDER BY id")  # noqa: S608
        migrations = [list(row) for row in cursor.fetchall()]
        rows = {name: _count(cursor, name) for name in tables}
        streams = ((PREFIX + name, _copied(name, columns)) for name, columns in tables.items())
        yield Snapshot(migrations, tables, rows, streams)


def load(
    work: Path, manifest: dict[str, Any], rows: dict[str, int],
    pieces: Iterable[tuple[str, bytes]],
) -> Iterable[tuple[str, bytes]]:  # fmt: skip
    """Put the rows of a backup into this empty database, all or none; return the other pieces.

    The tables are first made as they were when the rows were copied: an older program's, when the
    backup is older. Migrating on from there is the caller's.
    """
    del work
    _make_tables(manifest["migrations"])
    rest = iter(pieces)
    after: list[tuple[str, bytes]] = []
    with transaction.atomic(), connection.cursor() as cursor:
        _run(cursor, PLAIN)
        tables: dict[str, list[str]] = manifest["tables"]
        cursor.execute(f"TRUNCATE {', '.join(map(_quoted, tables))} CASCADE")
        for name, columns in tables.items():
            after = _fill(cursor, name, columns, chain(after, rest))
        _set_sequences(cursor)
        if rows != {name: _count(cursor, name) for name in rows}:
            raise unsound()
        _run(cursor, place.marking(manifest["id"], loaded=True))
    return chain(after, rest)


def _copied(table: str, columns: list[str]) -> Iterator[bytes]:
    with connection.cursor() as cursor, cursor.copy(_copy(table, columns, "TO STDOUT")) as copy:
        for block in copy:
            yield bytes(block)


def _fill(
    cursor: Any, table: str, columns: list[str], pieces: Iterator[tuple[str, bytes]]
) -> list[tuple[str, bytes]]:
    """Fill one table with the pieces of its name; return the first piece that is not."""
    with cursor.copy(_copy(table, columns, "FROM STDIN")) as copy:
        for name, block in pieces:
            if name != PREFIX + table:
                return [(name, block)]
            copy.write(block)
    return []


def _make_tables(migrations: list[list[str]]) -> None:
    """Make the tables anew, as these migrations leave them; what is dropped is empty."""
    old = [name for name in place.present_tables() if name != place.RESTORING]
    if old:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {', '.join(map(_quoted, old))} CASCADE")
    executor = MigrationExecutor(connection)
    applied = {(app, name) for app, name in migrations}
    nodes = executor.loader.graph.node_map
    executor.migrate([
        key
        for key in sorted(applied)
        if not any(child.key in applied and child.key[0] == key[0] for child in nodes[key].children)
    ])  # fmt: skip


def _set_sequences(cursor: Any) -> None:
    cursor.execute(SEQUENCES)
    for table, column, sequence in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(%s, COALESCE(MAX({_quoted(column)}), 0) + 1, false) "  # noqa: S608
            f"FROM {_quoted(table)}",
            [sequence],
        )


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {_quoted(table)}")  # noqa: S608
    return int(cursor.fetchone()[0])


def _copy(table: str, columns: list[str], where: str) -> str:
    return f"COPY {_quoted(table)} ({', '.join(map(_quoted, columns))}) {where}"


def _run(cursor: Any, statements: Iterable[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
