"""One engine's run: `python -m benchmarks.engine ANSWER.json [--quick] [CASE …]`.

Everything stands in DATABASE_URL and NENMONG_HOME, which the command that starts this has made.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, NoReturn

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "nenmong.config.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from benchmarks.cases import Case, Signed, cases  # noqa: E402
from benchmarks.measuring import Stack, compared, in_turn  # noqa: E402
from benchmarks.seed import MANY, Seed, seed  # noqa: E402
from benchmarks.sending import sent  # noqa: E402
from benchmarks.servers import Client, free_port, granian, running, wait_for  # noqa: E402
from benchmarks.starting import start_and_hold  # noqa: E402
from nenmong.accounts.models import User  # noqa: E402
from nenmong.config.management.commands.serve import collect_static  # noqa: E402
from nenmong.core import ids  # noqa: E402
from nenmong.opinions.models import Opinion  # noqa: E402
from nenmong.opinions.queries import alike  # noqa: E402


@dataclass(frozen=True)
class Effort:
    """How much is measured."""

    blocks: int
    count: int  # pages in a block
    warm: int
    starts: int


WHOLE = Effort(blocks=10, count=30, warm=30, starts=3)
MOST_MS = 200  # for likeness among 20,000 opinions
QUICK = Effort(blocks=3, count=12, warm=8, starts=1)


def main(answer: Path, effort: Effort, only: frozenset[str]) -> None:
    """Prepare the rows, measure, write what was found."""
    signal.signal(signal.SIGTERM, _stop_on_signal)
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    ids.ensure_lease()
    made = seed()
    rows = Path(settings.HOME) / "floor.json"
    rows.write_text(json.dumps(made.rows), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "benchmarks.fill", rows], check=True)
    version, postmaster = engine()
    likeness = likened(made, effort.starts)
    connection.close()
    log = Path(settings.HOME) / "servers.log"
    try:
        found = {
            "engine": connection.vendor,
            "version": version,
            "cases": measured(made, postmaster, log, effort, only),
            "likeness": likeness,
            "serve": start_and_hold(pages(made), made.secretary, log, starts=effort.starts),
            "sending": sent(),
        }
    except Exception:
        print(log.read_text(errors="replace")[-4000:], file=sys.stderr)
        raise
    answer.write_text(json.dumps(found), encoding="utf-8")


def engine() -> tuple[str, int | None]:
    """Return the engine's version, and the process that all of PostgreSQL's have as parent."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return cursor.fetchone()[0], None
        cursor.execute("SELECT current_setting('server_version'), pg_backend_pid()")
        version, backend = cursor.fetchone()
    fields = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    return version.split()[0], int(fields[1])


def measured(
    made: Seed, postmaster: int | None, log: Path, effort: Effort, only: frozenset[str]
) -> list[dict[str, Any]]:
    """Start floor and ours side by side and measure every case, or those named in `only`."""
    with ExitStack() as stack:

        def started(
            application: str, page: str, session: str = "", module: str = "granian"
        ) -> tuple[int, int]:
            port = free_port()
            process = stack.enter_context(running(granian(application, port, module), log))
            wait_for(process, port, page, session)
            return process.pid, port

        first = f"/meeting/{made.floor['record']}/"
        floor_pid, floor_port = started("benchmarks.floor:application", first)
        pid, port = started(
            "nenmong.config.wsgi:application", pages(made)[0], made.secretary, "nenmong.config.web"
        )
        stacks = Stack(floor_pid, postmaster), Stack(pid, postmaster)
        sessions = (
            made.secretary, made.office, made.crowd_secretary, made.raiser, made.router
        )  # fmt: skip
        people = Signed(*(Client(port, session) for session in sessions))
        found = cases(made, Client(floor_port), people, effort.count)
        asked = [case for case in found if not only or case.name in only]
        measured = [one(case, stacks, effort) for case in asked]
    DBTaskResult.objects.all().delete()  # what followed from the changes: no job is measured
    connection.close()
    return measured


def one(case: Case, stacks: tuple[Stack, Stack], effort: Effort) -> dict[str, Any]:
    """Warm both sides up and measure one case."""
    print(f"  {case.title}", file=sys.stderr, flush=True)
    warm = max(2, effort.warm * case.count // effort.count)
    in_turn(
        (stacks[0], case.floor), (stacks[1], case.ours), blocks=2, count=min(warm, case.count),
        before=case.before,
    )  # fmt: skip
    floor, ours = in_turn(
        (stacks[0], case.floor), (stacks[1], case.ours), blocks=effort.blocks, count=case.count,
        before=case.before,
    )  # fmt: skip
    return {
        "name": case.name,
        "title": case.title,
        "at_most": case.at_most,
        "design_floor_ms": case.floor_ms,
        **compared(floor, ours),
    }


def likened(made: Seed, rounds: int) -> dict[str, Any]:
    """Return the milliseconds in which what is like one opinion is found among many."""
    opinion = Opinion.objects.get(uid=made.opinions.likened)
    looker = User.objects.get(uid=made.opinions.looker)
    walls = []
    for _ in range(2 + rounds):
        began = time.perf_counter()
        found = alike.alike(looker, opinion)
        walls.append((time.perf_counter() - began) * 1000)
    if not found:
        raise RuntimeError("nothing alike was found")
    return {"among": MANY, "wall_ms": round(median(walls), 1), "at_most_ms": MOST_MS}


def pages(made: Seed) -> list[str]:
    """Return the pages a secretary opens, the landing page first."""
    return [
        reverse("home:my_work"),
        reverse("meetings:record", args=[made.record]),
        reverse("meetings:roll", args=[made.roll]),
        reverse("meetings:item", args=[made.item]),
        reverse("meetings:close", args=[made.roll]),
        reverse("home:unit", args=[made.cell]),
    ]


def _stop_on_signal(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(143)


if __name__ == "__main__":
    named = frozenset(one for one in sys.argv[2:] if not one.startswith("--"))
    main(Path(sys.argv[1]), QUICK if "--quick" in sys.argv else WHOLE, named)
