"""`make bench`: what Nền Móng costs against its floor, on SQLite and on PostgreSQL.

Each engine runs in processes and a home folder of its own, on a database made for the run. Figures
never fail anything: the exit code is 0 whatever they are.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import secrets
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from benchmarks import scoring
from benchmarks.report import lines

ROOT = Path(__file__).resolve().parent.parent
FORMAT = 1


def main() -> int:
    """Measure on the engines asked for, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="under a minute, figures swing more")
    parser.add_argument(
        "--engine", choices=("sqlite", "postgresql"), help="only this one (default: both)"
    )
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="CASE", help="names of cases (default: all)"
    )
    home = Path(os.environ.get("NENMONG_HOME", ROOT / "var"))
    parser.add_argument(
        "--json", type=Path, default=home / "bench.json", help="where the figures go"
    )
    asked = parser.parse_args()
    if not Path("/proc/self/smaps_rollup").exists():
        print("CPU and memory are read from /proc: this runs on Linux only.", file=sys.stderr)
        return 0
    signal.signal(signal.SIGTERM, _stop_on_signal)
    engines = [asked.engine] if asked.engine else ["sqlite", "postgresql"]
    found = about(quick=asked.quick)
    found["scoring"] = scoring.scored(scoring.MANY // 10 if asked.quick else scoring.MANY)
    found["engines"] = [measure(engine, asked.only, quick=asked.quick) for engine in engines]
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print("\n".join(lines(found)))
    return 0


def about(*, quick: bool) -> dict[str, Any]:
    """Return what a figure means nothing without."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "format": FORMAT,
        "date": datetime.now(UTC).date().isoformat(),
        "quick": quick,
        "python": platform.python_version(),
        "django": importlib.metadata.version("django"),
        "granian": importlib.metadata.version("granian"),
        "machine": {"cores": len(os.sched_getaffinity(0)), "memory_gib": round(memory / 2**30)},
    }


def measure(engine: str, only: list[str], *, quick: bool) -> dict[str, Any]:
    """Run one engine's measurements in a process of their own and return what they found."""
    print(f"measuring on {engine}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="nenmong-bench-") as home:
        answer = Path(home) / "answer.json"
        command = [sys.executable, "-m", "benchmarks.engine", str(answer)]
        if engine == "postgresql":
            command = [sys.executable, "scripts/postgres.py", "--", *command]
        run([*command, *(["--quick"] if quick else []), *only], environment(home))
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return found


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command to its end; one that is broken off takes its servers with it."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        code = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if code:
        sys.exit(code)


def _stop_on_signal(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(143)


def environment(home: str) -> dict[str, str]:
    """Return the environment of a run: never a database that someone keeps anything in."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
        and not name.startswith("NENMONG_")
    }
    return kept | {
        "NENMONG_HOME": home,
        "NENMONG_HTTPS": "0",
        "NENMONG_HOSTS": "127.0.0.1",
        "NENMONG_SECRET_KEY": secrets.token_urlsafe(48),
    }


if __name__ == "__main__":
    sys.exit(main())
