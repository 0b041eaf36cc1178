"""Ids made by us: 41 bits of milliseconds since 2020, 9 of node, 13 of sequence.

No two processes may share a node, so each leases one in the database for some minutes and prolongs
it. A lease must be committed before an id made under it is, so it is taken outside transactions:
`@action` sees to that before it opens its own.
"""

import os
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nenmong.core import rules
from nenmong.core.errors import DomainError

LEASE = timedelta(minutes=10)
RENEW_BEFORE = timedelta(minutes=4)


@dataclass
class _Held:
    """The node this process holds; `until` is by `_seconds`."""

    pid: int = 0
    node: int = -1
    until: float = 0.0
    ms: int = 0
    sequence: int = 0


_held = _Held()
_lock = threading.Lock()
_HOLDER = secrets.token_hex(8)
# No one sets this clock back, and where the machine has it, it runs on while a laptop sleeps: the
# lease in the database does.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def ensure_lease() -> None:
    """Take a node, or prolong the one held. Cheap when nothing is due; never in a transaction.

    Raises:
        RuntimeError: called inside a transaction while a lease is due.
        DomainError: `core.no_node` when all 512 nodes are held.
    """
    began = _seconds()
    left = _held.until - began
    if _held.pid == os.getpid() and left > RENEW_BEFORE.total_seconds():
        return
    with _lock:
        if connection.in_atomic_block:
            raise RuntimeError("A node is leased before a transaction begins, not inside one.")
        node = _lease(_held.node if _held.pid == os.getpid() and left > 0 else None)
        _held.pid, _held.node = os.getpid(), node
        _held.until = began + LEASE.total_seconds()  # never longer than the database says


def _seconds() -> float:
    return time.clock_gettime(_CLOCK)


def use_node(node: int) -> None:
    """Hold `node` without a lease, for this process: only where no other can write (tests)."""
    _held.pid, _held.node, _held.until = os.getpid(), node, float("inf")


def _lease(mine: int | None) -> int:
    from nenmong.core.models import Node  # noqa: PLC0415 -- models read ids

    moment = timezone.now()
    holder = f"{_HOLDER}-{os.getpid()}"
    if mine is not None and Node.objects.filter(number=mine, holder=holder).update(
        until=moment + LEASE
    ):
        return mine
    for _attempt in range(rules.MAX_NODES):
        with transaction.atomic():
            free = Node.objects.filter(until__lt=moment).order_by("until").first()
            if free is not None:
                # The condition on the old holder makes two takers of one node impossible.
                if Node.objects.filter(number=free.number, until=free.until).update(
                    holder=holder, until=moment + LEASE
                ):
                    return free.number
                continue
            number = Node.objects.count()
            if number >= rules.MAX_NODES:
                break
            try:
                with transaction.atomic():
                    Node.objects.create(number=number, holder=holder, until=moment + LEASE)
            except IntegrityError:
                continue
            return number
    raise DomainError(
        "core.no_node",
        _("%(most)s processes write here already. Stop some, or wait ten minutes and try again.")
        % {"most": rules.MAX_NODES},
    )


def new_uid() -> str:
    """Return a new id, 13 letters, greater than every one this process made before.

    Raises:
        RuntimeError: no lease is held; the caller is not an action, or has slept through its lease.
    """
    with _lock:
        if _held.pid != os.getpid() or _held.until <= _seconds():
            raise RuntimeError("No node is leased: make ids inside an action.")
        # Of the machine's clock, not the demo's: two pasts must not make the same id.
        ms = max(time.time_ns() // 1_000_000 - rules.EPOCH_MS, _held.ms)
        if ms > _held.ms:
            _held.ms, _held.sequence = ms, 0
        elif _held.sequence + 1 < rules.MAX_SEQUENCE:
            _held.sequence += 1
        else:
            _held.ms, _held.sequence = _held.ms + 1, 0
        number = rules.pack_uid(ms=_held.ms, node=_held.node, sequence=_held.sequence)
    return rules.write_uid(number)
