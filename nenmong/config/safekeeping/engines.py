"""Which side is asked: SQLite's or PostgreSQL's."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from nenmong.config.safekeeping import postgres, sqlite
from nenmong.config.safekeeping.snapshot import Snapshot

Pieces = Iterable[tuple[str, bytes]]


class Engine(NamedTuple):
    """How one engine gives its database away, and takes one in."""

    snapshot: Callable[[Path], AbstractContextManager[Snapshot]]
    load: Callable[[Path, dict[str, Any], dict[str, int], Pieces], Pieces]


ENGINES = {
    "sqlite": Engine(sqlite.snapshot, sqlite.load),
    "postgresql": Engine(postgres.snapshot, postgres.load),
}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def engine() -> Engine:
    """Return the side of the database in use."""
    return ENGINES[connection.vendor]
