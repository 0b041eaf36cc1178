"""The drill: a backup is restored aside, its seals checked and all counted, and thrown away."""

import hashlib
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.utils import ProgrammingError
from django.utils.translation import gettext_lazy

from nenmong.config.safekeeping import journal
from nenmong.config.safekeeping.keys import Key
from nenmong.config.safekeeping.sentences import Refused


@dataclass(frozen=True)
class Proof:
    """What a drill found."""

    backup: str
    made_at: str
    rows: int
    files: int
    sealed: int
    seconds: float
    faults: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults and not self.differences


def drill(path: Path, key: Key) -> Proof:
    """Restore `path` into a place that is thrown away afterwards, and prove it there.

    Raises:
        Refused: the file cannot be restored, or no such place can be made.
    """
    started = time.monotonic()
    with journal.alone() as work, _database() as url:
        home = work / "home"
        home.mkdir(mode=0o700)
        environment = os.environ | {
            "NENMONG_HOME": str(home), "DATABASE_URL": url,
            "NENMONG_SECRET_KEY": secrets.token_urlsafe(64),
        }  # fmt: skip
        order = {
            "file": str(path.resolve()), "passphrase": key.passphrase,
            "identities": key.identities,
        }  # fmt: skip
        ran = subprocess.run(
            [sys.executable, "-m", "nenmong.config.safekeeping.proving"],
            input=json.dumps(order), env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if ran.returncode:
        raise Refused(
            gettext_lazy(
                "The drill could not be finished (%(error)s). Look whether the disk is full, then "
                "start it again; where it fails again, report these words."
            ),
            error=(ran.stderr.strip().splitlines() or [str(ran.returncode)])[-1],
        )
    found: dict[str, Any] = json.loads(ran.stdout)
    if "refused" in found:
        raise _Said(found["refused"])
    return Proof(**found, seconds=time.monotonic() - started)


class _Said(Refused):
    """A refusal that the other process has put into both languages already."""

    def __init__(self, text: str) -> None:
        Exception.__init__(self, text)


@contextmanager
def _database() -> Iterator[str]:
    """Yield the DATABASE_URL of a database for the drill alone; SQLite's is a file in its home."""
    if connection.vendor != "postgresql":
        yield ""
        return
    # The same name each time, so that what a killed drill left is gone with the next one.
    place = hashlib.sha256(str(settings.HOME).encode()).hexdigest()[:12]
    name = f"nenmong_drill_{place}"
    try:
        _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        _on_server(f"CREATE DATABASE {name} TEMPLATE template0")
    except ProgrammingError as error:
        raise Refused(
            gettext_lazy(
                "The role %(role)s may not make a database for the drill. As PostgreSQL's "
                "administrator, run: ALTER ROLE %(role)s CREATEDB"
            ),
            role=settings.DATABASES["default"]["USER"],
        ) from error
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        _on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
