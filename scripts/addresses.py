"""Check that no committed file names a package registry: people install from where they like.

A lock file with an address in it ties everyone to one server, often one that only its author sees.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Written in pieces, so that this file does not find itself.
HOSTS = (
    r"pypi\." + r"org",
    r"files\.python" + r"hosted",
    r"registry\.npm" + r"js",
    r"registry\.yarn" + r"pkg",
    r"deb\.deb" + r"ian\.",
    r"conda\.ana" + r"conda",
)
REGISTRY = re.compile("|".join(HOSTS).encode(), re.IGNORECASE)
ADDRESS = re.compile(rb"https?:|file:|--(?:extra-)?index-url|--find-links")


def findings() -> list[str]:
    """Return one line for each place that names a registry, or any address in requirements/."""
    # Also files not yet added, so that the finding comes before the commit.
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout.decode()  # fmt: skip
    found = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if not path.is_file():  # deleted, and the deletion not yet committed
            continue
        pattern = ADDRESS if name.startswith("requirements/") else REGISTRY
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            if match := pattern.search(line):
                found.append(f"{name}:{number}: {match.group().decode()}")
    return found


if __name__ == "__main__":
    found = findings()
    if found:
        print("Take these addresses out (requirements: `make requirements`):", file=sys.stderr)
        print("\n".join(found), file=sys.stderr)
    sys.exit(1 if found else 0)
