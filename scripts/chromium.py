"""Find the Chromium that the browser tests drive, and install one where there is none.

`chromium.py` prints where it is; `chromium.py install` first tries to bring one: Debian's as root,
else Playwright's own. Not finding one is an error in CI and a loud warning anywhere else.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "NO CHROMIUM: the browser tests cannot run here. Install it (Debian: apt-get install chromium;"
    " elsewhere: .venv/bin/playwright install chromium), or name one in NENMONG_CHROMIUM."
)
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def in_ci() -> bool:
    """Say whether this is CI, where a test that cannot run is a failure."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@cache
def find() -> str | None:
    """Return the path of a Chromium: the one named in NENMONG_CHROMIUM, the system's, or ours."""
    if named := os.environ.get("NENMONG_CHROMIUM"):
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    # Asked in a process of its own: Playwright does not like two of itself in one.
    answer = subprocess.run(
        [sys.executable, "-c", ASK_PLAYWRIGHT],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return answer if answer and Path(answer).exists() else None


def install() -> None:
    """Bring a Chromium, with whatever means this machine has."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            _run(["apt-get", "--quiet=2", *step], environment)
    else:
        _run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))
    find.cache_clear()


def _run(command: Sequence[str], environment: dict[str, str]) -> None:
    # What fails here is found by looking for Chromium afterwards.
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)


def main(arguments: Sequence[str]) -> int:
    """Print where Chromium is, after installing it when asked to."""
    if find() is None and list(arguments) == ["install"]:
        install()
    path = find()
    print(path or f"\n{'!' * 100}\n{MISSING}\n{'!' * 100}\n", file=sys.stdout)
    return 1 if path is None and in_ci() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
