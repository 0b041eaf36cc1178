"""Files beside the database: each under its hash, written whole or not at all, never overwritten.

A file is there before the row that names it is committed, and goes only when no row has named it
for a day: so no crash, no rollback and no backup ever finds a row without its file.
"""

import fcntl
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

KEPT = timedelta(days=1)  # longer than any request or backup takes
PIECE = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Store:
    """One folder of the home folder, outside of everything the web server gives out."""

    folder: str

    @property
    def root(self) -> Path:
        return Path(settings.HOME) / self.folder

    def path(self, digest: str) -> Path:
        """Return where the file with this SHA-256 lies.

        Raises:
            ValueError: `digest` is no SHA-256.
        """
        if not _NAME.fullmatch(digest):
            raise ValueError(f"{digest[:80]!r} is no SHA-256")
        return self.root / digest[:2] / digest

    def keep(self, content: bytes) -> str:
        """Keep `content`; return its SHA-256. What is there already stays, a day longer."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        with self._alone():
            if path.exists():
                os.utime(path)
                return digest
            path.parent.mkdir(mode=0o700, exist_ok=True)
            aside = path.parent / f".{secrets.token_hex(8)}.part"
            try:
                descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                aside.rename(path)
            except BaseException:
                aside.unlink(missing_ok=True)
                raise
            _sync(path.parent)
        return digest

    def touch(self, digest: str) -> None:
        """Keep a file that no row will name any more for another day: a backup may be under way."""
        with suppress(FileNotFoundError):
            os.utime(self.path(digest))

    def holds(self, digest: str) -> bool:
        """Say whether the file is there and is what its name says. Reads all of it."""
        found = hashlib.sha256()
        try:
            with self.path(digest).open("rb") as file:
                while piece := file.read(PIECE):
                    found.update(piece)
        except (OSError, ValueError):
            return False
        return found.hexdigest() == digest

    def sweep(self, named: Iterable[str]) -> int:
        """Delete what is a day old and not among `named`; return how many. Twice harms nothing.

        `named` is read after the old files were listed, so what is named since is seen.
        """
        if not self.root.is_dir():
            return 0
        old = {path.name: path for path in self._files() if _is_old(path)}
        for digest in named:
            old.pop(digest, None)
        count = 0
        for path in old.values():
            with self._alone():
                if _is_old(path):  # not just taken up again
                    path.unlink(missing_ok=True)
                    count += 1
        return count

    def _files(self) -> Iterator[Path]:
        """Yield every file, also what a crash left half-written."""
        for folder in self.root.iterdir():
            if folder.is_dir():
                yield from folder.iterdir()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep others from keeping and sweeping meanwhile: one must not delete what one takes."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - KEPT.total_seconds()
    except FileNotFoundError:
        return False


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)  # the name itself, too
    finally:
        os.close(descriptor)
