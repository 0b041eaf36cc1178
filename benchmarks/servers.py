"""The servers that are measured, and the one client that asks them over a kept connection."""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 30.0  # seconds for a server to answer, or to end
CSRF = (
    "benchmarks0123456789abcdefghijkl"  # a cookie and a header that agree, as a form's field does
)
OK, FOUND = 200, 302
PR_SET_PDEATHSIG = 1  # from <sys/prctl.h>


class Client:
    """One person with a browser: a kept connection, their session, forms sent as the pages do."""

    def __init__(self, port: int, session: str = "") -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        self._headers = {"Accept-Encoding": "identity"}
        if session:
            self._headers |= {
                "Cookie": f"sessionid={session}; csrftoken={CSRF}", "X-CSRFToken": CSRF
            }  # fmt: skip

    def get(self, path: str, status: int = OK) -> bytes:
        """Read a page."""
        return self._ask("GET", path, None, status)[1]

    def post(self, path: str, fields: Mapping[str, str], status: int = FOUND) -> str:
        """Send a form and return where it leads."""
        return self._ask("POST", path, urlencode(fields), status)[0]

    def piece(self, path: str, fields: Mapping[str, str]) -> str:
        """Send a form as htmx does and return the piece of a page that it is answered with."""
        htmx = {"HX-Request": "true"}
        return self._ask("POST", path, urlencode(fields), OK, htmx)[1].decode()

    def _ask(
        self, method: str, path: str, body: str | None, status: int,
        more: Mapping[str, str] | None = None,
    ) -> tuple[str, bytes]:  # fmt: skip
        headers = self._headers | dict(more or {})
        if body is not None:
            headers = headers | {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            self._connection.request(method, path, body, headers)
        except (BrokenPipeError, ConnectionResetError):  # kept idle for longer than a server waits
            self._connection.close()
            self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != status:
            raise RuntimeError(f"{method} {path}: {answer.status}\n{content[-2000:].decode()}")
        return answer.getheader("Location", ""), content

    def close(self) -> None:
        self._connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def environment() -> dict[str, str]:
    """Return the environment of a server: it writes compiled files, or each start would be slow."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def granian(application: str, port: int, module: str = "granian") -> list[str]:
    """Return the command of a web server as `nenmong serve` starts it, with one worker."""
    return [
        sys.executable, "-m", module, application, "--interface", "wsgi", "--host", HOST,
        "--port", str(port), "--workers", "1", "--blocking-threads", "1", "--backpressure", "64",
        "--no-ws", "--log-level", "warning",
    ]  # fmt: skip


@contextlib.contextmanager
def running(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; what it says goes into `log`."""
    with log.open("ab") as said:
        process = subprocess.Popen(
            command, env=environment(), stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            preexec_fn=_end_with_us,  # noqa: PLW1509 - this process has one thread
        )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _end_with_us() -> None:
    """Ask the kernel to stop this server when the run is killed: nobody else would."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for(process: subprocess.Popen[bytes], port: int, path: str, session: str = "") -> None:
    """Ask for a page again and again until the server answers."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and process.poll() is None:
        client = Client(port, session)
        try:
            client.get(path)
        except OSError:
            time.sleep(0.01)
        else:
            return
        finally:
            client.close()
    raise RuntimeError(f"no answer from {' '.join(process.args)}")  # type: ignore[arg-type]
