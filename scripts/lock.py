"""Keeps packs/LOCK: what has been published there stays as it was.

    lock.py check   say which published file was changed, lost or not entered; exit 1 if one was
    lock.py add     enter the files that are new; one that was changed is never entered again

The lines are those of sha256sum, so `cd packs && sha256sum --check LOCK` says the same.
"""

import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

PACKS = Path(__file__).resolve().parent.parent / "packs"
PUBLISHED = ("criteria", "layouts", "rulebook")  # not demo/: nothing that was decided rests on it
NAME = "LOCK"
NEW_FILE = (
    "A published pack is history: meetings were printed and counted by it. Put it back as it was "
    "(git checkout), and publish the change as a new file with its own first day, then: "
    "python scripts/lock.py add"
)


def hashes(packs: Path) -> dict[str, str]:
    """Return the SHA-256 of each published file, by its path inside `packs`."""
    files = [path for folder in PUBLISHED for path in (packs / folder).glob("**/*")]
    return {
        path.relative_to(packs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
        if path.is_file()
    }


def locked(packs: Path) -> dict[str, str]:
    """Return what LOCK says, by path.

    Raises:
        ValueError: a line is not a hash, two blanks, a path.
    """
    lines = (packs / NAME).read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("  ") for line in lines]
    for line, (_digest, blanks, path) in zip(lines, pairs, strict=True):
        if not (blanks and path):
            raise ValueError(f"{NAME}: not a line of it: {line!r}")
    return {path: digest for digest, _blanks, path in pairs}


def faults(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each file that is not as it was published."""
    for path in sorted(was.keys() | now.keys()):
        if path not in now:
            yield f"packs/{path} was published and is gone. {NEW_FILE}"
        elif path not in was:
            yield f"packs/{path} is new. Enter it: python scripts/lock.py add"
        elif was[path] != now[path]:
            yield f"packs/{path} was published and has been changed. {NEW_FILE}"


def add(packs: Path) -> list[str]:
    """Enter new files into LOCK and return their paths; lines that stand there stay."""
    was, now = locked(packs), hashes(packs)
    new = sorted(now.keys() - was.keys())
    both = was | {path: now[path] for path in new}
    text = "".join(f"{digest}  {path}\n" for path, digest in sorted(both.items()))
    (packs / NAME).write_text(text, encoding="utf-8")
    return new


def main(arguments: Sequence[str]) -> int:
    """Run `check` or `add`."""
    if list(arguments) not in (["check"], ["add"]):
        print("Usage: lock.py check|add", file=sys.stderr)
        return 2
    if arguments[0] == "add":
        for path in add(PACKS):
            print(f"entered: {path}")
    found = list(faults(locked(PACKS), hashes(PACKS)))
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
