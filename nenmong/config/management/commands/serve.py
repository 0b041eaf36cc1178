"""`nenmong serve`: the web server and the job worker together, for a laptop or a server."""

import errno
import hashlib
import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from nenmong.config import serving
from nenmong.config.cli import NOT_MIGRATED
from nenmong.config.safekeeping import place

LAST_PORT = 65535
LONGEST_WORKER_ID = 64
# Both languages, since whoever reads this has not reached a page yet where they could choose.
REFUSALS = {
    errno.EADDRINUSE: (
        "Cổng {port} của {host} đang được một chương trình khác dùng, nên Nền Móng chưa chạy được."
        " Hãy dừng chương trình đó, hoặc chọn cổng khác: --port {other}.\n"
        "Another programme is using port {port} of {host}, so Nền Móng cannot start."
        " Stop that programme, or choose another port: --port {other}."
    ),
    errno.EACCES: (
        "Máy này không cho phép dùng cổng {port} khi không có quyền quản trị, nên Nền Móng chưa"
        " chạy được. Hãy chọn cổng từ 1024 trở lên: --port {other}.\n"
        "This machine lets only its administrator use port {port}, so Nền Móng cannot start."
        " Choose a port from 1024 up: --port {other}."
    ),
}
REFUSED = (
    "Máy này không có địa chỉ {host}, nên Nền Móng chưa chạy được. Hãy dùng --host 127.0.0.1 (chỉ"
    " máy này) hoặc --host 0.0.0.0 (mọi máy trong mạng).\n"
    "This machine has no address {host}, so Nền Móng cannot start. Use --host 127.0.0.1 (this"
    " machine only) or --host 0.0.0.0 (every machine in the network)."
)
NO_PORT = (
    "Cổng {port} không có: cổng là số từ 1 đến 65535. Hãy chọn cổng khác: --port 8000.\n"
    "There is no port {port}: a port is a number from 1 to 65535. Choose another: --port 8000."
)
HALF_RESTORED = (
    "Ở đây còn một lần phục hồi dở dang. Hãy chạy lại nenmong restore với chính tệp sao lưu ấy.\n"
    "A restore was broken off here. Run nenmong restore again with the same backup file."
)
RUNNING = "Nền Móng: http://{host}:{port} (Ctrl-C: dừng / stop)"


def refusal(host: str, port: int) -> str | None:
    """Return why nothing can listen on `port` of `host`, or None when all is well."""
    if not 0 < port <= LAST_PORT:  # getaddrinfo would quietly wrap it round
        return NO_PORT.format(port=port)
    other = port + 1 if 1024 <= port < LAST_PORT else 8000  # noqa: PLR2004 - below, only root may
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server does: a port that was left a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        sentence = REFUSALS.get(error.errno or 0, REFUSED)
        return sentence.format(host=host, port=port, other=other)
    return None


def is_migrated() -> bool:
    """Say whether the database holds all that this version of the programme writes into.

    Raises:
        OperationalError: the file of SQLite cannot be opened.
    """
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        if connection.vendor == "sqlite":
            raise
        # A database server may only be starting, as after a power cut: Nền Móng waits for it.
        return True


def is_half_restored() -> bool:
    """Say whether a restore was broken off here; a server that is only starting is waited for."""
    try:
        return place.begun() is not None
    except OperationalError:
        return False


def collect_static() -> None:
    """Gather the static files where they are served from, unless they already lie there.

    Older ones stay: a page opened before an upgrade may still ask for them.
    """
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != digest.hexdigest():
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(digest.hexdigest(), encoding="ascii")


def default_worker_id(port: int) -> str:
    """Return a name for this server's worker that stays over restarts and no other server has."""
    named = os.environ.get("NENMONG_WORKER_ID")
    return (named or f"{socket.gethostname()}:{port}")[-LONGEST_WORKER_ID:]


class Command(BaseCommand):
    """Check what a person can set right, then become the supervisor of web server and worker."""

    help = "Run the web server and the job worker until told to stop."
    requires_system_checks = []  # `nenmong check` runs them; here they would delay the first page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port (default: %(default)s)")
        parser.add_argument(
            "--workers", type=int, default=2, help="web processes (default: %(default)s)"
        )

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        if reason := refusal(host, port):
            raise CommandError(reason)
        if not is_migrated():
            raise CommandError(NOT_MIGRATED)
        if is_half_restored():
            raise CommandError(HALF_RESTORED)
        connection.close()  # for what this process becomes there is nobody who would
        collect_static()
        self.stdout.write(RUNNING.format(host=host, port=port))
        sys.stdout.flush()
        sys.stderr.flush()
        # Takes the place of this process: see serving.py for why it must be small.
        os.execv(  # noqa: S606 - no shell is wanted
            sys.executable, serving.command(host, port, workers, default_worker_id(port))
        )
