"""What backup, restore and drill came to, a line each, in a file of the home folder.

Not in the database: it must be readable when the database is not, and a restored database would
bring another place's history. A status page reads the last lines of it.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from nenmong.config.safekeeping.sentences import Refused

FOLDER = "safekeeping"
JOURNAL, LOCK, WORK = "journal.jsonl", "lock", "work"


def folder() -> Path:
    """Return the folder of all this, made private when it is not there."""
    path = Path(settings.HOME) / FOLDER
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            gettext_lazy(
                "The folder %(folder)s cannot be written to (%(error)s). "
                "Set NENMONG_HOME to one that can."
            ),
            folder=settings.HOME, error=error.strerror,
        ) from error  # fmt: skip
    return path


def note(command: str, *, ok: bool, **detail: Any) -> None:
    """Write down what a command came to, at the real time whatever day the demo pretends."""
    line = {"at": timezone.now().isoformat(), "command": command, "ok": ok} | detail
    with (folder() / JOURNAL).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def last(command: str) -> dict[str, Any] | None:
    """Return the last line of a command, its `at` as a moment; None when it never ran here."""
    try:
        text = (Path(settings.HOME) / FOLDER / JOURNAL).read_text(encoding="utf-8")
    except OSError:
        return None
    for line in reversed(text.splitlines()):
        try:
            found: dict[str, Any] = json.loads(line)
            if found["command"] == command:
                return found | {"at": datetime.fromisoformat(found["at"])}
        except (ValueError, KeyError, TypeError):  # a line broken off with the power
            continue
    return None


@contextmanager
def alone() -> Iterator[Path]:
    """Let one of these commands run at a time here; yield an empty folder for what it sets aside.

    Raises:
        Refused: another one runs.
    """
    with (folder() / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused(
                gettext_lazy(
                    "Another backup, restore or drill of this place is running. "
                    "Wait until it has ended, then start again."
                )
            ) from error
        work = folder() / WORK
        shutil.rmtree(work, ignore_errors=True)  # of one that was killed
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
