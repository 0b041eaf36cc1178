"""The file a backup is: a zip that holds age files, and inside them a tar of gzip pieces.

    nenmong-backup.json   format and version, readable without a key
    key.age               the key of this file, locked by the passphrase (not with public keys)
    content.age           manifest.json, then every stream in pieces, index.json at the end

Standard formats only, so that `unzip`, `age`, `tar` and `gunzip` get at everything without us.
Nothing is ever held whole: a province's year is some 20 GB.
"""

import gzip
import hashlib
import io
import json
import os
import struct
import tarfile
import threading
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pyrage  # type: ignore[import-untyped]
from django.utils.translation import gettext_lazy

from nenmong import __version__
from nenmong.config.safekeeping.keys import Key, Lock
from nenmong.config.safekeeping.sentences import Refused, unreadable

FORMAT = 1
FACE, LOCKED_KEY, CONTENT = "nenmong-backup.json", "key.age", "content.age"
MANIFEST, INDEX = "manifest.json", "index.json"
PIECE = 8 << 20  # bytes of a stream in one member: what is in memory at a time
# What reading a damaged zip, tar, gzip or JSON raises.
DAMAGE = (
    *(zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, pyrage.DecryptError, struct.error),
    *(ValueError, KeyError, TypeError, EOFError, NotImplementedError, RuntimeError, OSError),
)

Stream = tuple[str, Iterable[bytes]]


@dataclass(frozen=True)
class Contents:
    """What a file says of itself: the manifest it begins with, the index it ends with."""

    manifest: dict[str, Any]
    index: dict[str, Any]


@dataclass
class Written:
    """The index as it grows while the content is written."""

    pieces: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {"pieces": self.pieces, "rows": self.rows}


def write(
    file: BinaryIO,
    lock: Lock,
    manifest: dict[str, Any],
    streams: Iterable[Stream],
    written: Written,
) -> None:
    """Write a whole backup into `file`; what `streams` yield is read as it goes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(FACE, _json({"format": FORMAT, "program": __version__}))
        if lock.locked_key is not None:
            archive.writestr(LOCKED_KEY, lock.locked_key)
        source = _Pulled(_content(manifest, streams, written))
        with archive.open(CONTENT, "w", force_zip64=True) as content:
            try:
                pyrage.encrypt_io(source, content, lock.recipients)
            except Exception as error:
                # The library knows only texts of errors; this is the one that was raised.
                raise source.error or error from None


def check(path: Path, key: Key) -> Contents:
    """Read the whole file, compare every piece with the index, and return what it says of itself.

    Raises:
        Refused: it is damaged, cut short, not ours, of a newer program, or the key is not its key.
    """
    manifest: dict[str, Any] | None = None
    index: dict[str, Any] = {}
    seen = []
    try:
        for name, content in members(path, key):
            if manifest is None:
                manifest = json.loads(content)
            elif name == INDEX:
                index = json.loads(content)
            else:
                seen.append(_piece(name, content))
        if manifest is None or index["pieces"] != seen:
            raise damaged(path)
    except DAMAGE as error:
        raise damaged(path) from error
    return Contents(manifest, index)


def pieces(path: Path, key: Key) -> Iterator[tuple[str, bytes]]:
    """Yield the pieces of all streams in order: (name of the stream, bytes)."""
    for name, content in members(path, key):
        if name not in {MANIFEST, INDEX}:
            yield name.rpartition("/")[0], gzip.decompress(content)


def members(path: Path, key: Key) -> Iterator[tuple[str, bytes]]:
    """Yield every member of the content, decrypted."""
    with _decrypted(path, key) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
        for member in tar:
            held = tar.extractfile(member)
            yield member.name, held.read() if held else b""


def looks_like_one(path: Path) -> bool:
    """Say whether a file begins as a backup does."""
    with path.open("rb") as file:
        return FACE.encode() in file.read(64)


def damaged(path: Path) -> Refused:
    """Return what to say of a file that is not whole."""
    return Refused(
        gettext_lazy(
            "The backup %(file)s is damaged or cut short, so nothing was changed. Fetch it anew "
            "from where it is kept, or take an earlier one."
        ),
        file=path.name,
    )


# ── inside ──────────────────────────────────────────────────────────────────────────────────


def _content(
    manifest: dict[str, Any], streams: Iterable[Stream], written: Written
) -> Iterator[bytes]:
    yield from _member(MANIFEST, _json(manifest))
    for name, blocks in streams:
        for number, block in enumerate(_in_pieces(blocks), start=1):
            member = f"{name}/{number:06}.gz"
            packed = gzip.compress(block, compresslevel=1, mtime=0)
            written.pieces.append(_piece(member, packed))
            yield from _member(member, packed)
    yield from _member(INDEX, _json(written.as_dict()))
    yield bytes(2 * tarfile.BLOCKSIZE)


def _in_pieces(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces of one size; at least one, so that empty files are kept."""
    waiting = bytearray()
    for block in blocks:
        waiting += block
        while len(waiting) >= PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    yield bytes(waiting)


def _member(name: str, content: bytes) -> Iterator[bytes]:
    header = tarfile.TarInfo(name)
    header.size = len(content)
    yield header.tobuf(tarfile.PAX_FORMAT)
    yield content
    yield bytes(-len(content) % tarfile.BLOCKSIZE)


def _piece(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


class _Pulled(io.RawIOBase):
    """A file to read from, whose bytes come out of an iterator when they are asked for."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._left = memoryview(b"")
        self.error: BaseException | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        try:
            while not self._left:
                self._left = memoryview(next(self._blocks))
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        end = size if size >= 0 else len(self._left)
        part, self._left = bytes(self._left[:end]), self._left[end:]
        return part


@contextmanager
def _decrypted(path: Path, key: Key) -> Iterator[BinaryIO]:
    """Open the content as a stream of plain bytes; a thread decrypts as far as it is read."""
    with _archive(path) as archive:
        identities = key.open(
            archive.read(LOCKED_KEY) if LOCKED_KEY in archive.namelist() else None
        )
        exit_, entry = os.pipe()
        failed: list[Exception] = []

        def decrypt() -> None:
            try:
                with os.fdopen(entry, "wb") as plain, archive.open(CONTENT) as content:
                    pyrage.decrypt_io(content, plain, identities)
            except Exception as error:  # raised again below, where someone listens
                failed.append(error)

        thread = threading.Thread(target=decrypt, daemon=True)
        thread.start()
        read_to_end = False
        try:
            with os.fdopen(exit_, "rb") as plain:
                yield plain
                # What follows the tar is checked too: the mark of the end is there.
                while plain.read(PIECE):
                    pass
                read_to_end = True
        except DAMAGE as error:
            thread.join()
            raise _why(path, failed) from error
        finally:
            thread.join()
        if failed and read_to_end:
            raise _why(path, failed)


def _why(path: Path, failed: list[Exception]) -> Refused:
    """Return what to say when the content could not be read to its end."""
    if failed and "No matching keys" in str(failed[0]):
        return Refused(
            gettext_lazy(
                "This key is not the one %(file)s was locked with. Nothing was changed. "
                "Look for the secret key of that public key."
            ),
            file=path.name,
        )
    return damaged(path)


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open the outer file, when it is one of ours and not newer than this program."""
    try:
        ours = looks_like_one(path)
    except OSError as error:
        raise unreadable(path, error) from error
    if not ours:
        raise Refused(
            gettext_lazy(
                "%(file)s is not a backup made by nenmong backup. Nothing was changed. Name the "
                "file that command has written."
            ),
            file=path.name,
        )
    try:
        archive = zipfile.ZipFile(path)
        face = json.loads(archive.read(FACE))
        newer = int(face["format"]) > FORMAT
    except DAMAGE as error:
        raise damaged(path) from error
    with archive:
        if newer:
            raise newer_program(path, str(face.get("program", "?")))
        yield archive


def newer_program(path: Path, program: str) -> Refused:
    """Return what to say of a file that only a newer program understands."""
    return Refused(
        gettext_lazy(
            "%(file)s was made by Nền Móng %(theirs)s, newer than this one (%(ours)s). Nothing was "
            "changed. Install that version or a later one, then restore."
        ),
        file=path.name, theirs=program, ours=__version__,
    )  # fmt: skip
