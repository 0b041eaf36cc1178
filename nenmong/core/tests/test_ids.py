"""Ids: how one is made up and written, and that no two processes ever make the same."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nenmong.core import ids, rules
from nenmong.core.errors import DomainError
from nenmong.core.models import Node
from nenmong.core.tests.beside import file_of

numbers = st.integers(0, rules.MAX_UID)


# ── one id ──────────────────────────────────────────────────────────────────────────────────


@given(numbers)
def test_what_is_written_is_read_again(number):
    text = rules.write_uid(number)
    assert len(text) == rules.UID_LENGTH
    assert rules.read_uid(text) == number


@given(numbers, numbers)
def test_letters_keep_the_order_of_numbers(one, other):
    assert (rules.write_uid(one) < rules.write_uid(other)) == (one < other)


@given(st.integers(0, 2**41 - 1), st.integers(0, 511), st.integers(0, 8191))
def test_the_parts_of_an_id_do_not_touch(ms, node, sequence):
    number = rules.pack_uid(ms=ms, node=node, sequence=sequence)
    assert (number >> 22, number >> 13 & 511, number & 8191) == (ms, node, sequence)


@pytest.mark.parametrize("part", [{"ms": 1 << 41}, {"node": 512}, {"sequence": 8192}, {"ms": -1}])
def test_a_part_that_does_not_fit_is_refused(part):
    with pytest.raises(ValueError, match="do not fit"):
        rules.pack_uid(**{"ms": 0, "node": 0, "sequence": 0} | part)


@pytest.mark.parametrize("number", [-1, 1 << 63])
def test_what_is_no_id_is_not_written(number):
    with pytest.raises(ValueError, match="not an id"):
        rules.write_uid(number)


@pytest.mark.parametrize(
    "text", ["", "0" * 12, "0" * 14, "8" + "0" * 12, "0" * 12 + "u", "0" * 12 + "A", "\u0660" * 13]
)
def test_what_is_no_id_is_not_read(text):
    with pytest.raises(ValueError, match="not a uid"):
        rules.read_uid(text)


# ── many ids ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def held(monkeypatch):
    """A process that holds node 7, whatever the other tests do."""
    monkeypatch.setattr(ids, "_held", ids._Held())
    ids.use_node(7)
    return ids._held


def test_ids_are_new_and_rise(held):
    made = [ids.new_uid() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_a_full_sequence_goes_on_in_the_next_millisecond(held, monkeypatch):
    monkeypatch.setattr(ids.time, "time_ns", lambda: (rules.EPOCH_MS + 5) * 1_000_000)
    made = [rules.read_uid(ids.new_uid()) for _ in range(rules.MAX_SEQUENCE + 1)]
    assert made[-2:] == [
        rules.pack_uid(ms=5, node=7, sequence=rules.MAX_SEQUENCE - 1),
        rules.pack_uid(ms=6, node=7, sequence=0),
    ]


def test_a_clock_set_back_makes_no_id_twice(held, monkeypatch):
    first = ids.new_uid()
    monkeypatch.setattr(ids.time, "time_ns", lambda: rules.EPOCH_MS * 1_000_000)
    assert ids.new_uid() > first


# ── leases ──────────────────────────────────────────────────────────────────────────────────


class Machine:
    """Several processes on one machine, whose time the test moves."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch
        self.passed = timedelta()
        start = timezone.now()
        monkeypatch.setattr(ids, "_seconds", lambda: 1000 + self.passed.total_seconds())
        monkeypatch.setattr(ids.timezone, "now", lambda: start + self.passed)
        self.processes = {}

    def run(self, name):
        """Go on as the process `name`: take or prolong its lease and return its node."""
        held = self.processes.setdefault(name, ids._Held())
        self.monkeypatch.setattr(ids, "_held", held)
        self.monkeypatch.setattr(ids, "_HOLDER", name)
        ids.ensure_lease()
        return held.node


@pytest.fixture
def machine(transactional_db, monkeypatch):
    return Machine(monkeypatch)


def test_two_processes_never_share_a_node(machine):
    assert machine.run("web") != machine.run("worker")
    assert machine.run("web") == 0
    assert ids.new_uid() != machine.run("worker")


def test_a_lease_is_prolonged_in_time_and_keeps_its_node(machine, django_assert_num_queries):
    node = machine.run("web")
    with django_assert_num_queries(0):
        assert machine.run("web") == node  # nothing is due yet
    for _ in range(5):
        machine.passed += ids.LEASE - ids.RENEW_BEFORE
        assert machine.run("web") == node
        assert machine.run("worker") != node
    assert Node.objects.count() == 2


def test_a_lease_that_ended_is_another_s(machine):
    node = machine.run("web")
    machine.passed += ids.LEASE + timedelta(seconds=1)
    with pytest.raises(RuntimeError, match="No node"):
        ids.new_uid()  # as "web", which has slept through it
    assert machine.run("worker") == node
    assert machine.run("web") != node


def test_all_nodes_taken_is_said_clearly(machine):
    until = timezone.now() + ids.LEASE
    Node.objects.bulk_create(
        Node(number=number, holder="other", until=until) for number in range(rules.MAX_NODES)
    )
    with pytest.raises(DomainError) as refused:
        machine.run("web")
    assert refused.value.code == "core.no_node"
    machine.passed += ids.LEASE + timedelta(seconds=1)
    assert machine.run("web") in range(rules.MAX_NODES)


def test_a_lease_is_never_taken_inside_a_transaction(machine):
    with transaction.atomic(), pytest.raises(RuntimeError, match="before a transaction"):
        machine.run("web")


def test_without_a_lease_there_is_no_id(monkeypatch):
    monkeypatch.setattr(ids, "_held", ids._Held())
    with pytest.raises(RuntimeError, match="No node"):
        ids.new_uid()


PROCESS = """
import django, os; django.setup()
from nenmong.core import ids
ids.ensure_lease()
print(*[ids.new_uid() for _ in range(3000)])
"""


@pytest.mark.slow  # two interpreters
@pytest.mark.skipif(connection.vendor != "sqlite", reason="one database file")
def test_two_real_processes_on_one_file_make_no_id_twice(transactional_db, tmp_path):
    database = file_of(tmp_path)
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "nenmong.config.settings",
        "NENMONG_SECRET_KEY": settings.SECRET_KEY,
    }
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    made = [process.communicate(timeout=30)[0].split() for process in processes]
    assert [len(some) for some in made] == [3000, 3000]
    assert not set(made[0]) & set(made[1])
