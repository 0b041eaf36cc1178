"""How long `nenmong serve` takes to its first page, and what memory it holds when it works."""

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measuring import tree
from benchmarks.servers import Client, free_port, running, wait_for

MOST_SECONDS = 2.0
MOST_MIB = 250.0
WEB_PROCESSES = 2
ROUNDS = 5  # of all pages, each over connections of its own, so that both web processes get some


def start_and_hold(pages: Sequence[str], session: str, log: Path, *, starts: int) -> dict[str, Any]:
    """Start the whole several times; return the seconds to the first of `pages`, and the memory."""
    seconds = []
    held: dict[str, float] = {}
    for number in range(starts):
        port = free_port()
        command = [
            *(sys.executable, "-m", "django", "serve", "--port", str(port)),
            *("--workers", str(WEB_PROCESSES)),
        ]
        began = time.perf_counter()
        with running(command, log) as process:
            wait_for(process, port, pages[0], session)
            seconds.append(time.perf_counter() - began)
            if number == starts - 1:
                _visit(pages, session, port)
                held = memory(process.pid)
    return {
        "first_page_s": round(median(seconds), 3),
        "first_page_each_s": [round(each, 3) for each in seconds],
        "pss_mib": {name: round(mib, 1) for name, mib in held.items()},
        "at_most_s": MOST_SECONDS,
        "at_most_mib": MOST_MIB,
    }


def _visit(pages: Sequence[str], session: str, port: int) -> None:
    for _ in range(ROUNDS):
        clients = [Client(port, session) for _ in range(2 * WEB_PROCESSES)]
        for client in clients:
            for page in pages:
                client.get(page)
        for client in clients:
            client.close()


def memory(pid: int) -> dict[str, float]:
    """Return the memory of everything under `pid` in MiB: what is shared is counted once (PSS)."""
    parts = {"web": 0.0, "worker": 0.0, "around": 0.0}
    for one in tree(pid):
        said = Path(f"/proc/{one}/cmdline").read_text().replace("\0", " ")
        kind = "around"
        if " work " in said:
            kind = "worker"
        elif one != pid:
            kind = "web"  # granian's own parent too: what it loaded they share
        parts[kind] += pss_mib(one)
    return parts | {"together": sum(parts.values())}


def pss_mib(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
