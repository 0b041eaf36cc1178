"""The demo's packs: what is read from `packs/demo`, each file once."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

FOLDER: Path = settings.PACKS / "demo"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class UnitRow:
    """A line of units.csv."""

    code: str
    name: str
    division_type: str
    parent_code: str


@lru_cache(maxsize=1)
def units() -> tuple[UnitRow, ...]:
    """Return province, districts and communes, each after the one above it."""
    with (FOLDER / "units.csv").open(encoding="utf-8", newline="") as file:
        return tuple(UnitRow(**row) for row in csv.DictReader(file))


@lru_cache(maxsize=16)
def pack(name: str) -> Mapping[str, Any]:
    """Return what a YAML file says: `cells`, `names`, `common`."""
    found: Mapping[str, Any] = _read(f"{name}.yaml")
    return found


@dataclass(frozen=True)
class TaskText:
    """A task of the deck, and the results it can come back with."""

    task: str
    owner: str
    days: int
    done: str
    hindered: str


@dataclass(frozen=True)
class Topic:
    """Something a kind of cell talks about, with all that is said of it."""

    title: str
    summary: str
    speeches: tuple[str, ...]
    opinions: tuple[str, ...]
    conclusion: str
    tasks: tuple[TaskText, ...]
    vote: str = ""


@lru_cache(maxsize=16)
def topics(kind: str) -> tuple[Topic, ...]:
    """Return what a kind of cell talks about."""
    return tuple(
        Topic(
            title=row["title"], summary=row["summary"], speeches=tuple(row["speeches"]),
            opinions=tuple(row["opinions"]), conclusion=row["conclusion"],
            tasks=tuple(TaskText(**task) for task in row["tasks"]), vote=row.get("vote", ""),
        )
        for row in _read(f"topics/{kind}.yaml")
    )  # fmt: skip


def _read(path: str) -> Any:
    text = (FOLDER / path).read_text(encoding="utf-8")
    return yaml.load(text, Loader=LOADER)  # noqa: S506 -- safe both ways, only fast or slow
