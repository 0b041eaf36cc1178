"""How CPU is counted: blocks of requests to the floor and to ours in turn, and what each used."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil

TICKS = os.sysconf("SC_CLK_TCK")
Work = Callable[[], None]  # one unit of work: a page, a saved form


def cpu_of(pid: int) -> int:
    """Return the CPU time of one process, user and system, in nanoseconds.

    It is what /proc/PID/stat says in hundredths of a second (utime + stime), from the clock the
    kernel keeps for each process: clock_getcpuclockid(3).
    """
    return time.clock_gettime_ns(~pid << 3 | 2)


def cpu_of_ended_children(pid: int) -> int:
    """Return the CPU time of the children of a process that have ended (cutime + cstime)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) * 1_000_000_000 // TICKS


def tree(pid: int) -> list[int]:
    """Return a process and everything under it."""
    process = psutil.Process(pid)
    return [pid, *(child.pid for child in process.children(recursive=True))]


@dataclass(frozen=True)
class Spent:
    """CPU time in nanoseconds: of the web server, of the database."""

    web: int
    database: int = 0

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.web - other.web, self.database - other.database)

    @property
    def whole(self) -> int:
        return self.web + self.database


class Stack:
    """A web server, and the PostgreSQL it speaks to where there is one."""

    def __init__(self, web: int, postmaster: int | None) -> None:
        self.web = tree(web)
        self.postmaster = postmaster

    def spent(self) -> Spent:
        """Return what has been used so far. A web process that was started anew fails here."""
        return Spent(sum(map(cpu_of, self.web)), self._database())

    def _database(self) -> int:
        if self.postmaster is None:
            return 0
        used = cpu_of_ended_children(self.postmaster)
        for pid in tree(self.postmaster):
            try:
                used += cpu_of(pid)
            except OSError:  # ended between the two looks, and counted as an ended child next time
                continue
        return used


@dataclass
class Side:
    """What one side used in each block, per request; how long each request took."""

    blocks: list[Spent] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)  # milliseconds

    @property
    def costs(self) -> list[float]:
        return [block.whole / 1e6 for block in self.blocks]

    def as_dict(self) -> dict[str, Any]:
        low, high = spread(self.costs)
        walls = sorted(self.walls)
        return {
            "cpu_ms": round(median(self.costs), 3),
            "cpu_low_ms": round(low, 3),
            "cpu_high_ms": round(high, 3),
            "web_ms": round(median(block.web for block in self.blocks) / 1e6, 3),
            "database_ms": round(median(block.database for block in self.blocks) / 1e6, 3),
            "wall_p50_ms": round(median(walls), 3),
            "wall_p95_ms": round(walls[int(0.95 * (len(walls) - 1))], 3),
            "requests": len(walls),
        }


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Return the quarter and the three-quarter point: half of the blocks lie between them."""
    if len(values) == 1:
        return values[0], values[0]
    low, _middle, high = quantiles(values, n=4, method="inclusive")
    return low, high


def block(stack: Stack, work: Work, count: int, side: Side) -> None:
    """Do the work `count` times and note what it took."""
    before = stack.spent()
    for _ in range(count):
        began = time.perf_counter()
        work()
        side.walls.append((time.perf_counter() - began) * 1000)
    used = stack.spent() - before
    side.blocks.append(Spent(used.web // count, used.database // count))


def in_turn(
    floor: tuple[Stack, Work], ours: tuple[Stack, Work], *, blocks: int, count: int, before: Work
) -> tuple[Side, Side]:
    """Measure both in blocks that take turns, each second pair the other way round.

    A machine that grows warm or is shared then slows both alike. `before` comes before each pair
    of blocks and is not counted.
    """
    sides = Side(), Side()
    pairs = (floor, ours)
    for number in range(blocks):
        before()
        for at in (0, 1) if number % 2 == 0 else (1, 0):
            block(*pairs[at], count, sides[at])
    return sides


def compared(floor: Side, ours: Side) -> dict[str, Any]:
    """Return both sides and how many times the floor ours costs, pair of blocks by pair."""
    ratios = [mine / bare for bare, mine in zip(floor.costs, ours.costs, strict=True)]
    low, high = spread(ratios)
    return {
        "floor": floor.as_dict(),
        "ours": ours.as_dict(),
        "ratio": round(median(ratios), 3),
        "ratio_low": round(low, 3),
        "ratio_high": round(high, 3),
    }
