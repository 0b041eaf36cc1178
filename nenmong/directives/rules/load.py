"""What documents ask of a cell in a month, against the quota the rulebook sets.

Source: what people say is wrong today: too many documents sent down (`docs/directives.md`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date


@dataclass(frozen=True)
class Load:
    """What is asked: documents and their pages, minutes of discussion, fields to fill in."""

    documents: int = 0
    pages: int = 0
    minutes: int = 0
    fields: int = 0

    def __add__(self, other: "Load") -> "Load":
        """Return what both ask together."""
        return Load(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


MEASURES = tuple(field.name for field in fields(Load))


@dataclass(frozen=True)
class KindLoad:
    """The load of the cells of one kind that a sending reaches; months differ from cell to cell."""

    cell_kind: str
    cells: int
    typical: Load  # of the cell in the middle, each measure by itself, with what is sent now
    most: Load
    over: int  # cells that would be over quota
    tightest: tuple[str, ...]  # the measures by which they are


def over(load: Load, quota: Load) -> tuple[str, ...]:
    """Return the measures of `load` that are above the quota; a quota of 0 is none."""
    return tuple(name for name in MEASURES if 0 < getattr(quota, name) < getattr(load, name))


def by_kind(
    loads: Sequence[tuple[str, Load]], added: Load, quotas: Mapping[str, Load]
) -> list[KindLoad]:
    """Return the load of each kind of cell once `added` has come, the most cells first.

    Args:
        loads: (kind of cell, what the month asks of it already), one for each cell reached.
        quotas: by kind of cell; a kind without one has none.
    """
    kinds: dict[str, list[Load]] = {}
    for kind, load in loads:
        kinds.setdefault(kind, []).append(load + added)
    rows = [_kind(kind, of_kind, quotas.get(kind, Load())) for kind, of_kind in kinds.items()]
    return sorted(rows, key=lambda row: (-row.cells, row.cell_kind))


def _kind(kind: str, loads: list[Load], quota: Load) -> KindLoad:
    ordered = {name: sorted(getattr(load, name) for load in loads) for name in MEASURES}
    over_by = [by for load in loads if (by := over(load, quota))]
    middle = len(loads) // 2
    return KindLoad(
        cell_kind=kind, cells=len(loads),
        typical=Load(**{name: values[middle] for name, values in ordered.items()}),
        most=Load(**{name: values[-1] for name, values in ordered.items()}), over=len(over_by),
        tightest=tuple(name for name in MEASURES if any(name in by for by in over_by)),
    )  # fmt: skip


def month_for(today: date, fixed_day: int) -> date:
    """Return the month whose meetings a document sent today comes before.

    Args:
        fixed_day: on which cells meet, 1 to 28; on that day itself it is too late.
    """
    first = today.replace(day=1)
    if today.day < fixed_day:
        return first
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
