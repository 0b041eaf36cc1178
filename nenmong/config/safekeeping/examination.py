"""What the doctor looks at: each look says how it is and, where it is not well, what to type."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from nenmong.config.safekeeping import journal, place
from nenmong.core.models import AuditEntry
from nenmong.ui import formats

SHORTEST_KEY = 50  # letters; Django's own limit
LITTLE = 1 << 30  # bytes free: less is bad
SHARE = 10  # less than a tenth free is worth a look
PATIENCE = timedelta(minutes=2)  # for a job to be begun
LONG_JOB = timedelta(minutes=30)
BACKUP_EVERY = timedelta(hours=26)  # daily, with some leave
BACKUP_LATE = timedelta(days=7)
DRILL_EVERY = timedelta(days=35)
AHEAD = timedelta(minutes=5)  # how far what is written may lie in the future
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)  # no clock that is right says less


class State(Enum):
    WELL = "well"
    LOOK = "look"  # works, but someone should look at it
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One look: what it was at, how it is, and what to do when it is not well."""

    state: State
    about: str
    said: str
    do: str = ""


def examine() -> Iterator[Finding]:
    """Look at everything; where the database is out of reach, what lies in it is left out."""
    yield from server_settings()
    yield home()
    yield disk()
    yield packs()
    yield static()
    reached = database()
    yield reached
    if reached.state is State.WELL:
        try:
            yield from inside()
        except DatabaseError as error:
            yield Finding(State.BAD, _("Database"), _one_line(error), "nenmong migrate")
    yield backup()
    yield drill()


def inside() -> Iterator[Finding]:
    """Look at what lies in the database."""
    if begun := place.begun():
        yield Finding(
            State.BAD, _("Restore"),
            _("A restore of backup %(id)s was broken off here.") % {"id": begun[0]},
            _("nenmong restore FILE, with the same file as then"),
        )  # fmt: skip
    tables = migrations()
    yield tables
    if tables.state is State.WELL:
        yield clock()
        yield from jobs()


def server_settings() -> Iterator[Finding]:
    """Look at the settings that make a server safe."""
    about = _("Settings")
    faults = []
    if settings.DEBUG:
        faults.append(Finding(State.BAD, about, _("DEBUG is on: pages show the inside of errors."),
                              _("take DEBUG out of the settings")))  # fmt: skip
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        faults.append(Finding(
            State.BAD, about,
            _("The secret key has fewer than %(least)s letters.") % {"least": SHORTEST_KEY},
            _("unset NENMONG_SECRET_KEY: a good key is then made and kept"),
        ))  # fmt: skip
    if settings.TODAY and not settings.DEMO:
        faults.append(Finding(State.BAD, about, _("NENMONG_TODAY is set: all days are wrong."),
                              "unset NENMONG_TODAY"))  # fmt: skip
    if settings.DEMO:
        faults.append(Finding(State.LOOK, about, _("This is a demo; no real data belongs here."),
                              "unset NENMONG_DEMO"))  # fmt: skip
    elif not settings.HTTPS:
        faults.append(Finding(
            State.LOOK, about, _("HTTPS is off: passwords travel in the clear."),
            "unset NENMONG_HTTPS",
        ))  # fmt: skip
    if "*" in settings.ALLOWED_HOSTS:
        faults.append(Finding(State.LOOK, about, _("NENMONG_HOSTS accepts every name."),
                              "NENMONG_HOSTS=nenmong.example.vn"))  # fmt: skip
    elif settings.HTTPS and not any(host[:1].isalpha() and host != "localhost"
                                    for host in settings.ALLOWED_HOSTS):  # fmt: skip
        faults.append(Finding(
            State.LOOK, about, _("Only this machine can open the pages: NENMONG_HOSTS is not set."),
            "NENMONG_HOSTS=nenmong.example.vn",
        ))  # fmt: skip
    kept = Path(settings.HOME) / "secret-key"
    with suppress(OSError):
        if kept.stat().st_mode & 0o077:
            faults.append(Finding(State.BAD, about, _("Others on this machine can read the key."),
                                  f"chmod 600 {kept}"))  # fmt: skip
    yield from faults or [Finding(State.WELL, about, _("safe for a server"))]


def home() -> Finding:
    """Look whether the home folder can be written to."""
    probe = Path(settings.HOME) / f".probe-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        said = f"{settings.HOME}: {error.strerror}"
        return Finding(State.BAD, _("Home folder"), said,
                       f"mkdir -p {settings.HOME} && chown -R $USER {settings.HOME}")  # fmt: skip
    return Finding(State.WELL, _("Home folder"), str(settings.HOME))


def disk() -> Finding:
    """Look at the room that is left."""
    about = _("Disk")
    try:
        use = shutil.disk_usage(settings.HOME)
    except OSError as error:
        return Finding(State.BAD, about, str(error.strerror), f"ls -ld {settings.HOME}")
    said = _("%(free)s GB free") % {"free": formats.number(use.free // 10**9)}
    if use.free >= LITTLE and use.free * SHARE >= use.total:
        return Finding(State.WELL, about, said)
    state = State.BAD if use.free < LITTLE else State.LOOK
    return Finding(state, about, said, f"du -xh --max-depth=2 {settings.HOME} | sort -h | tail")


def packs() -> Finding:
    """Look whether the packs can be read and are those that were published."""
    about, folder = _("Packs"), Path(settings.PACKS)
    try:
        for line in (folder / "LOCK").read_text(encoding="ascii").splitlines():
            digest, name = line.split(maxsplit=1)
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                said = _("%(name)s was changed after it was published") % {"name": name}
                return Finding(State.BAD, about, said, f"git checkout packs/{name}")
        count = 0
        for path in sorted(folder.rglob("*.yaml")):
            yaml.safe_load(path.read_text(encoding="utf-8"))
            count += 1
    except (OSError, ValueError, yaml.YAMLError) as error:
        return Finding(State.BAD, about, _one_line(error), "git checkout packs")
    return Finding(State.WELL, about, _("%(count)s files") % {"count": count})


def static() -> Finding:
    """Look whether the static files lie where they are served from."""
    about = _("Static files")
    if not (Path(settings.STATIC_ROOT) / ".collected").exists():
        return Finding(State.LOOK, about, _("not gathered yet; nenmong serve does it at its start"),
                       "nenmong serve")  # fmt: skip
    names = getattr(staticfiles_storage, "hashed_files", None)
    if names is not None and not names:
        return Finding(State.BAD, about, _("the list of files is missing"),
                       "nenmong collectstatic --no-input")  # fmt: skip
    return Finding(State.WELL, about, _("gathered"))


def database() -> Finding:
    """Look whether the database answers."""
    about, name = _("Database"), str(settings.DATABASES["default"]["NAME"])
    if connection.vendor == "sqlite" and not file_exists(name):
        return Finding(State.BAD, about, _("%(name)s does not exist yet") % {"name": name},
                       "nenmong migrate")  # fmt: skip
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        do = "echo $DATABASE_URL; systemctl status postgresql"
        return Finding(State.BAD, about, _one_line(error), do if is_postgres() else f"ls -l {name}")
    version = ".".join(map(str, connection.get_database_version()))
    return Finding(State.WELL, about, f"{connection.display_name} {version}, {name}")


def migrations() -> Finding:
    """Look whether the tables are those of this program."""
    about = _("Tables")
    executor = MigrationExecutor(connection)
    loader = executor.loader
    if loader.applied_migrations.keys() - (loader.disk_migrations or {}).keys():
        return Finding(State.BAD, about, _("they are of a newer program than this one"),
                       _("install the newer version again"))  # fmt: skip
    if waiting := executor.migration_plan(loader.graph.leaf_nodes()):
        said = _("%(count)s migrations are waiting") % {"count": len(waiting)}
        return Finding(State.BAD, about, said, "nenmong migrate")
    return Finding(State.WELL, about, _("up to date"))


def clock() -> Finding:
    """Look whether this machine's clock can be right."""
    about, now = _("Clock"), timezone.now()
    do = "timedatectl set-ntp true"
    last = None if settings.TODAY else AuditEntry.objects.order_by("-uid").first()
    if now < WRITTEN or (last and last.at > now + AHEAD):
        return Finding(State.BAD, about, _("it is behind what has been written already"), do)
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            if abs(cursor.fetchone()[0] - now) > AHEAD:
                return Finding(State.LOOK, about, _("it differs from the database server's"), do)
    return Finding(State.WELL, about, _moment(now))


def jobs() -> Iterator[Finding]:
    """Look at the queue: a worker that is not alive shows in what waits."""
    about, now = _("Jobs"), timezone.now()
    ready = DBTaskResult.objects.filter(Q(run_after=None) | Q(run_after__lte=now), status="READY")
    oldest = ready.order_by("enqueued_at").first()
    since = max(filter(None, (oldest.enqueued_at, oldest.run_after))) if oldest else now
    if now - since > PATIENCE:
        said = _("%(count)s are waiting, the oldest since %(moment)s: no worker takes them") % {
            "count": ready.count(), "moment": _moment(since),
        }  # fmt: skip
        yield Finding(State.BAD, about, said, "nenmong serve")
    else:
        yield Finding(State.WELL, about, _("none is kept waiting"))
    long = DBTaskResult.objects.filter(status="RUNNING", started_at__lt=now - LONG_JOB)
    if count := long.count():
        said = _("%(count)s have been running for more than half an hour") % {"count": count}
        yield Finding(State.LOOK, about, said, _("stop nenmong serve and start it again"))
    failed = DBTaskResult.objects.filter(status="FAILED").order_by("-finished_at")
    if (count := failed.count()) and (latest := failed.first()):
        said = _("%(count)s failed, the last one %(task)s: %(error)s") % {
            "count": count, "task": latest.task_path,
            "error": latest.exception_class_path or "?",
        }  # fmt: skip
        yield Finding(State.LOOK, about, said, _("report these words; the rows stay in the table"))


def backup() -> Finding:
    """Look when the last backup was made from here."""
    about, do = _("Backup"), "nenmong backup /…/$(date +%F).nenmong"
    return _last("backup", about, do, look=BACKUP_EVERY, bad=BACKUP_LATE)


def drill() -> Finding:
    """Look when a backup was last proved."""
    return _last("drill", _("Drill"), "nenmong drill FILE", look=DRILL_EVERY, bad=None)


def _last(command: str, about: str, do: str, *, look: timedelta, bad: timedelta | None) -> Finding:
    line: dict[str, Any] | None = journal.last(command)
    if line is None:
        state = State.BAD if bad else State.LOOK
        return Finding(state, about, _("none has been made here"), do)
    when = _moment(line["at"])
    if not line["ok"]:
        why = line.get("why") or _("it found faults")
        return Finding(State.BAD, about, _("the last one failed (%(when)s): %(why)s")
                       % {"when": when, "why": _one_line(why)}, do)  # fmt: skip
    age = timezone.now() - line["at"]
    state = State.BAD if bad and age > bad else State.LOOK if age > look else State.WELL
    return Finding(state, about, f"{when}, {line.get('file', '')}", do if age > look else "")


def file_exists(name: str) -> bool:
    """Say whether SQLite's file is there; one in memory always is."""
    return "memory" in name or Path(name).exists()


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def _moment(at: datetime) -> str:
    return f"{formats.clock_time(at)} {formats.day(at)}"


def _one_line(error: object) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
