"""The supervisor: what ends is started again, a stop is passed on once, killed jobs are resumed."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from types import SimpleNamespace

import psutil
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django_tasks_db.models import DBTaskResult

from nenmong.config import serving
from nenmong.config.management.commands import serve, work
from nenmong.config.serving import Child, Supervisor

# Fake children append what happens to them to a file; `-S -E` makes Python start in 10 ms.
PYTHON = (sys.executable, "-S", "-E", "-c")


def child(name: str, body: str, journal, **values) -> Child:
    """Return a child that runs `body`, which may call note(), stop_parent() and sleep."""
    prelude = textwrap.dedent(
        f"""
        import os, signal, sys, time
        def note(text):
            with open({str(journal)!r}, "a") as file:
                file.write(text + chr(10))
        def stop_parent(number=signal.SIGTERM):
            os.kill(os.getppid(), number)
        """
    )
    return Child(name, (*PYTHON, prelude + textwrap.dedent(body)), pause=0.01, **values)


@pytest.fixture
def journal(tmp_path):
    path = tmp_path / "journal"
    path.touch()
    return path


POLITE = """
    def end(number, frame):
        note("asked")
        sys.exit(0)
    signal.signal(signal.SIGTERM, end)
    note("polite is up")
    time.sleep(20)
"""


def test_a_child_that_ends_is_started_again(journal, capfd):
    flaky = child(
        "flaky",
        f"""
        note("start")
        if open({str(journal)!r}).read().count("start") == 3:
            stop_parent()
            time.sleep(20)
        sys.exit(7)
        """,
        journal,
    )
    assert Supervisor([flaky]).run() == 0
    assert journal.read_text().splitlines() == ["start"] * 3
    assert capfd.readouterr().err.count("flaky ended with code 7") == 2


def test_what_may_wait_is_started_after_what_is_waited_for(journal):
    later = child("later", "note('later'); stop_parent(); time.sleep(20)", journal, after=0.3)
    first = child("first", "note('first'); time.sleep(20)", journal)
    assert Supervisor([later, first]).run() == 0
    assert journal.read_text().splitlines() == ["first", "later"]


def test_the_pause_grows_and_is_forgotten_after_a_good_run():
    one = Child("one", (*PYTHON, "pass"))
    pauses = []
    for ran_for in (0, 1, 2, 3, serving.LONG_ENOUGH, 0):
        one.start(now=100)
        one.process.wait()
        assert one.note_end(100 + ran_for) == 0
        pauses.append(one.due - 100 - ran_for)
    assert pauses == [1, 2, 4, 8, 1, 2]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_is_passed_on_once(journal, capfd, number):
    asker = child(
        "asker",
        f"""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        while "polite is up" not in open({str(journal)!r}).read():
            time.sleep(0.01)
        for _ in range(3):
            stop_parent({int(number)})
        time.sleep(20)
        """,
        journal,
    )
    assert Supervisor([child("polite", POLITE, journal), asker]).run() == 0
    assert journal.read_text().splitlines() == ["polite is up", "asked"]
    assert capfd.readouterr().err.count("stopping") == 1


def test_what_does_not_end_in_time_is_killed_with_all_it_started(journal):
    stubborn = child(
        "stubborn",
        """
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        other = os.fork()
        if not other:
            time.sleep(20)
        note(str(other))
        stop_parent()
        time.sleep(20)
        """,
        journal,
    )
    began = time.monotonic()
    assert Supervisor([stubborn], grace=0.1).run() == 0
    assert time.monotonic() - began < 5
    other = int(journal.read_text())
    for _ in range(200):  # killed, but on a busy machine not gone at once
        if not is_running(other):
            break
        time.sleep(0.01)
    assert not is_running(other)


def test_a_forgetful_child_is_reminded_and_others_are_not(journal, monkeypatch):
    monkeypatch.setattr(serving, "REMINDER", 0.02)
    deaf_once = """
        asked = []
        def ask(number, frame):
            note({name!r})
            asked.append(1)
            if len(asked) == 2 or {name!r} == "others":
                time.sleep(0.06)
                sys.exit(0)
        signal.signal(signal.SIGTERM, ask)
        note("up")
        if {name!r} == "others":
            while open({journal!r}).read().count("up") < 2:
                time.sleep(0.01)
            stop_parent()
        time.sleep(20)
        time.sleep(20)
    """
    children = [
        child(name, deaf_once.format(name=name, journal=str(journal)), journal, forgetful=forgetful)
        for name, forgetful in [("forgetful", True), ("others", False)]
    ]
    assert Supervisor(children, grace=5).run() == 0
    lines = journal.read_text().splitlines()
    assert lines.count("forgetful") >= 2
    assert lines.count("others") == 1


def is_running(pid: int) -> bool:
    """Say whether `pid` still does anything; a container may leave the dead unburied."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_handlers_of_before_are_put_back(journal):
    before = [signal.getsignal(number) for number in (*serving.STOP_SIGNALS, signal.SIGCHLD)]
    Supervisor([child("brief", "stop_parent()", journal)]).run()
    after = [signal.getsignal(number) for number in (*serving.STOP_SIGNALS, signal.SIGCHLD)]
    assert before == after


def test_the_supervisor_loads_no_django():
    names = subprocess.run(
        [sys.executable, "-c", "import sys, nenmong.config.serving; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert "nenmong.config.serving" in names
    assert "django" not in names


def test_the_web_server_connects_to_nothing_before_it_forks():
    said = """
        import gc, threading
        from nenmong.config import web
        web.load()
        from django.db import connection
        import sys
        print(connection.connection, "nenmong.config.api" in sys.modules, gc.isenabled())
        print(gc.get_freeze_count() > 0, threading.active_count())
    """
    found = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(said)], capture_output=True, text=True, check=True
    ).stdout.split()
    assert found == ["None", "True", "True", "True", "1"]


def test_web_processes_are_forked_and_replaced_when_they_end():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    web, _worker = serving.children_for("127.0.0.1", port, 2, "nobody")
    process = subprocess.Popen(web.command, start_new_session=True)
    try:
        first = answered(port, process.pid)
        assert len(first) == 2
        os.kill(first[0], signal.SIGKILL)
        until = time.monotonic() + 20
        while (now := answered(port, process.pid)) == first or len(now) < 2:
            assert time.monotonic() < until
            time.sleep(0.1)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answered(port: int, parent: int) -> list[int]:
    """Wait until the server answers; return the processes that run under it."""
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as line:
            line.sendall(
                b"GET /static/none HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            )
            assert line.recv(9) == b"HTTP/1.1 "
            return [one.pid for one in psutil.Process(parent).children()]
        time.sleep(0.1)
    raise AssertionError("no answer")


def test_a_port_in_use_is_said_in_both_languages(monkeypatch):
    monkeypatch.setattr(os, "execv", lambda *_: pytest.fail("it must not start"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            call_command("serve", port=port)
    assert refused.value.returncode == 1
    vietnamese, english = str(refused.value).splitlines()
    assert f"Cổng {port}" in vietnamese
    assert f"--port {port + 1 if port < 65535 else 8000}" in vietnamese
    assert f"port {port}" in english


def test_an_address_of_another_machine_is_refused():
    # 192.0.2.0/24 is kept for examples: no machine has it.
    assert "192.0.2.1" in serve.refusal("192.0.2.1", 8000)


def test_serve_gathers_the_static_files_once_and_becomes_the_supervisor(
    monkeypatch, settings, tmp_path, capsys
):
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(serve, "is_migrated", lambda: True)
    monkeypatch.setattr(serve.place, "begun", lambda: None)
    replaced = []
    monkeypatch.setattr(os, "execv", lambda path, command: replaced.append(command))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call_command("serve", port=port, workers=3)
    assert f"http://127.0.0.1:{port}" in capsys.readouterr().out
    assert any((tmp_path / "static").rglob("*.css"))
    assert serving.command("127.0.0.1", port, 3, serve.default_worker_id(port)) == replaced[0]

    monkeypatch.setattr(serve, "call_command", lambda *_, **__: pytest.fail("gathered twice"))
    serve.collect_static()


@pytest.mark.django_db
def test_a_database_of_an_older_version_is_not_served():
    assert serve.is_migrated()
    MigrationRecorder(connection).migration_qs.filter(app="meetings").delete()
    assert not serve.is_migrated()


@pytest.mark.parametrize(("vendor", "refused"), [("sqlite", True), ("postgresql", False)])
def test_a_database_server_may_be_waited_for_but_not_a_file(monkeypatch, vendor, refused):
    class Away:
        def __init__(self, _connection):
            raise OperationalError("not there")

    monkeypatch.setattr(serve, "MigrationExecutor", Away)
    monkeypatch.setattr(serve, "connection", SimpleNamespace(vendor=vendor))
    with pytest.raises(OperationalError) if refused else nullcontext():
        assert serve.is_migrated()


def test_a_worker_keeps_its_name_over_restarts(monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "máy-chủ-" + "x" * 100)
    assert serve.default_worker_id(8000) == serve.default_worker_id(8000)
    assert serve.default_worker_id(8000) != serve.default_worker_id(8001)
    assert len(serve.default_worker_id(8000)) <= 64
    monkeypatch.setenv("NENMONG_WORKER_ID", "commune-7")
    assert serve.default_worker_id(8000) == "commune-7"


@pytest.mark.django_db
def test_a_killed_workers_job_is_taken_up_again():
    jobs = {
        name: DBTaskResult.objects.create(
            status=status,
            worker_ids=worker_ids,
            started_at=datetime(2026, 7, 1, tzinfo=UTC),
            run_after=datetime(2026, 7, 1, tzinfo=UTC),
            args_kwargs={"args": [], "kwargs": {}},
            task_path="nenmong.nowhere.nothing",
            backend_name="default",
        )
        for name, status, worker_ids in [
            ("ours", "RUNNING", ["other", "ours"]),
            ("once ours", "RUNNING", ["ours", "other"]),
            ("done", "SUCCESSFUL", ["ours"]),
            ("new", "READY", []),
        ]
    }
    assert work.take_up("ours") == 1
    for job in jobs.values():
        job.refresh_from_db()
    assert {name: job.status for name, job in jobs.items()} == {
        "ours": "READY", "once ours": "RUNNING", "done": "SUCCESSFUL", "new": "READY",
    }  # fmt: skip
    assert jobs["ours"].started_at is None
    assert work.take_up("ours") == 0


@pytest.mark.parametrize("port", [0, -1, 65536, 99999])
def test_a_port_that_is_none_is_refused(port):
    assert "--port 8000" in (serve.refusal("127.0.0.1", port) or "")


def test_a_place_with_a_broken_off_restore_is_not_served(monkeypatch):
    monkeypatch.setattr(serve, "refusal", lambda host, port: None)
    monkeypatch.setattr(serve, "is_migrated", lambda: True)
    monkeypatch.setattr(serve.place, "begun", lambda: ("0f", True))
    with pytest.raises(CommandError, match="nenmong restore"):
        call_command("serve")
