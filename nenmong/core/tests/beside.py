"""Fixtures for what runs beside the test: several threads at once, and the waiting jobs."""

import sqlite3
import threading

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django_tasks_db.management.commands import db_worker


def file_of(folder):
    """Write the tests' SQLite database, which lives in memory, to a file; return its path."""
    path = folder / "nenmong.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")  # as any real file is after its first start
    copy.close()
    return path


@pytest.fixture
def work(monkeypatch):
    """A function that runs all jobs that are due, as the worker does."""
    # The worker gives up old connections between jobs; here there is one, and it is the test's.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)

    def run():
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)

    return run


@pytest.fixture
def together(transactional_db, tmp_path):
    """A function that runs what it is given at once and returns what each returned or raised.

    On SQLite the threads work on a file, as two processes of a real installation do: it is written
    when they start, and what they did there is read by another call.
    """
    database = connections.settings["default"]  # what a new thread's connection reads
    in_memory = database["NAME"]

    def run(*calls):
        if connection.vendor == "sqlite" and database["NAME"] == in_memory:
            database["NAME"] = str(file_of(tmp_path))
        barrier = threading.Barrier(len(calls))
        results = [None] * len(calls)

        def one(place, call):
            try:
                barrier.wait(timeout=10)
                results[place] = call()
            except Exception as error:  # the test looks at it
                results[place] = error
            finally:
                connection.close()

        threads = [
            threading.Thread(target=one, args=(place, call)) for place, call in enumerate(calls)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        return results

    yield run
    # Before anything closes this thread's connection: the one in memory would be lost.
    database["NAME"] = in_memory
