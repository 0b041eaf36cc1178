"""Fetches the style sheet taken over from npm, and checks that what lies here is what was fetched.

    vendor.py fetch [VERSION]   take VERSION (else the noted one) and note its hashes
    vendor.py check             compare what lies here with the note, then with npm

npm is asked by package name, so whatever registry it is set to serves. Without npm, or without a
registry in reach, `check` says so and goes by the note alone.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "nenmong" / "ui" / "static" / "ui" / "vendor"
NOTE = FOLDER / "VENDOR.json"
PACKAGE = "bootstrap"
SOURCE = "package/dist/css/bootstrap.min.css"
STORED = FOLDER / "bootstrap.min.css"
# The map is not taken over, and a static storage that follows this line would fail without it.
MAP_LINE = re.compile(rb"\n?/\*# sourceMappingURL=[^*]*\*/\s*\Z")


@dataclass(frozen=True)
class Vendored:
    """What was taken from where; both hashes are SHA-256."""

    package: str
    version: str
    licence: str
    source: str
    file: str
    original: str
    stored: str


def main() -> int:
    """Run the command named on the command line; return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("fetch").add_argument("version", nargs="?")
    commands.add_parser("check")
    options = parser.parse_args()
    return fetch(options.version) if options.command == "fetch" else check()


def fetch(version: str | None) -> int:
    """Store the style sheet of `version` and note where it came from."""
    version = version or (noted().version if NOTE.exists() else "5.3")
    try:
        note, content = from_npm(version)
    except Unreachable as error:
        print(f"not fetched: {error}", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    STORED.write_bytes(content)
    NOTE.write_text(json.dumps(asdict(note), indent=2) + "\n", encoding="utf-8")
    print(f"{note.package} {note.version} stored in {STORED.name}")
    return 0


def check() -> int:
    """Say whether the stored file is the noted one, and whether npm still gives the same."""
    note = noted()
    if sha256(STORED.read_bytes()) != note.stored:
        print(f"{STORED.name} is not the file noted in {NOTE.name}", file=sys.stderr)
        return 1
    try:
        fetched, _content = from_npm(note.version)
    except Unreachable as error:
        print(f"{STORED.name} is as noted; not compared with npm: {error}")
        return 0
    if fetched != note:
        print(f"npm gives another {PACKAGE} {note.version}: {asdict(fetched)}", file=sys.stderr)
        return 1
    print(f"{STORED.name} is as noted, and as {note.package} {note.version} from npm")
    return 0


class Unreachable(Exception):  # noqa: N818 -- a state of this machine, not a fault
    """npm is not here, or its registry does not answer."""


def noted() -> Vendored:
    """Return what the note says."""
    return Vendored(**json.loads(NOTE.read_text(encoding="utf-8")))


def from_npm(version: str) -> tuple[Vendored, bytes]:
    """Fetch the package; return the note on it and the style sheet as it is to be stored."""
    npm = shutil.which("npm")
    if npm is None:
        raise Unreachable("npm is not on this machine")
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(
                [npm, "pack", f"{PACKAGE}@{version}", "--pack-destination", folder, "--silent"],
                check=True,
                capture_output=True,
                timeout=120,
                cwd=folder,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise Unreachable(f"npm pack {PACKAGE}@{version} gave nothing") from error
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            original = member(package, SOURCE)
            about = json.loads(member(package, "package/package.json"))
    stored = MAP_LINE.sub(b"\n", original)
    note = Vendored(
        package=PACKAGE,
        version=about["version"],
        licence=about["license"],
        source=SOURCE.removeprefix("package/"),
        file=STORED.name,
        original=sha256(original),
        stored=sha256(stored),
    )
    return note, stored


def member(package: tarfile.TarFile, name: str) -> bytes:
    """Return one file of an archive."""
    file = package.extractfile(name)
    if file is None:
        raise ValueError(f"{name} is not a file")
    return file.read()


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
