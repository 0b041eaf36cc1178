"""Telling the cells outside the ward, in bulk to the last month: in several processes at once.

Each process tells some cells without the database, but for who is in them, and hands back plain
rows; the one that asked writes them. Each leases a node of its own for the ids.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import pairwise
from typing import Self

from django.db import connections
from django.utils import translation

from nenmong.config.demo import joint, letters, voices
from nenmong.config.demo.bulk import InBulk
from nenmong.config.demo.chance import chance
from nenmong.config.demo.choices import Choices
from nenmong.config.demo.packs import topics
from nenmong.config.demo.story import Story
from nenmong.config.demo.tree import Cell
from nenmong.config.demo.writing import Packed, Rows
from nenmong.core import ids

AT_ONCE = 8  # cells: what one process hands back takes some 10 MB
FIT, JOINS = 0.8, 0.7  # which cells hold a thematic meeting together, and how many of the lots
WAITING = 4  # lots a process, told or being told but not yet written: memory has a bound


class Telling:
    """Cells being told by processes of their own; a lot at a time comes out, in their order."""

    def __init__(self, cells: Sequence[Cell], choices: Choices) -> None:
        self.choices = choices
        self.lots = deque(cells[at : at + AT_ONCE] for at in range(0, len(cells), AT_ONCE))
        self.begun: deque[tuple[Future[Packed], int]] = deque()
        self.processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Begin: who asked may do something else meanwhile."""
        if self.lots:
            connections.close_all()  # no two processes may share one
            context = multiprocessing.get_context("fork")  # Django is set up already
            self.pool = ProcessPoolExecutor(self.processes, mp_context=context)
            self._begin_more()
        return self

    def _begin_more(self) -> None:
        while self.pool and self.lots and len(self.begun) < self.processes * WAITING:
            lot = self.lots.popleft()
            self.begun.append((self.pool.submit(told, lot, self.choices), len(lot)))

    def __iter__(self) -> Iterator[tuple[Packed, int]]:
        """Yield the rows of the cells, and of how many they are."""
        while self.begun:
            future, count = self.begun.popleft()
            packed = future.result()
            self._begin_more()
            yield packed, count

    def __exit__(self, *_error: object) -> None:
        """Wait for no process any longer."""
        if self.pool:
            self.pool.shutdown(wait=True, cancel_futures=True)


@translation.override("vi")
def told(cells: Sequence[Cell], choices: Choices) -> Packed:
    """Return the rows of some cells, all their months."""
    rows = Rows()
    ids.ensure_lease()
    stories = [_story(cell, choices, rows) for cell in together(cells, choices)]
    letters.expected(stories)
    said = voices.begin(stories, ward=False)
    joint.tell(stories, recent=False)
    joint.tell(stories, recent=True)
    voices.finish(said)
    for story in stories:
        story.hand.finish()
    return rows.packed()


def _story(cell: Cell, choices: Choices, rows: Rows) -> Story:
    start = chance(choices.seed, "start", cell.unit.path).randrange(
        len(topics(cell.said.get("deck", cell.unit.cell_kind)))
    )
    return Story(cell, choices, start, InBulk(cell.unit, rows))


def together(cells: Sequence[Cell], choices: Choices) -> Sequence[Cell]:
    """Let some cells of a lot, neighbours of one commune and kind, sit together once."""
    fit = [cell for cell in cells if cell.temper.thematic >= FIT and not cell.said.get("paper")]
    for host, guest in pairwise(fit):
        beside = host.unit.parent_id == guest.unit.parent_id
        rng = chance(choices.seed, "joins", host.unit.path)
        if beside and host.unit.cell_kind == guest.unit.cell_kind and rng.random() < JOINS:
            first = rng.randint(4, 20)
            said = [{"ago": [first, first + 1], "with": [guest.unit.name]}]
            host.said = {**host.said, "joins": said}
            break
    return cells
