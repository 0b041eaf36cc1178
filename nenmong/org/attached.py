"""What capabilities above hang on units, and what becomes of it when units end.

The organisation does not know them: the settings name a module for each that keeps this promise.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.db.models import Model

from nenmong.org.models import Reorganisation


class Remembers(Protocol):
    """Keeps how rows were before a plan changes them, and which it made."""

    def before(self, model: type[Model], uids: Iterable[str]) -> None: ...

    def made(self, rows: Sequence[Model]) -> None: ...


@dataclass(frozen=True)
class Hanging:
    """What hangs on one unit; `in_session` and `met_since` forbid ending it on that day."""

    matters: int = 0
    tasks: int = 0
    planned: int = 0
    opinions: int = 0
    topics: int = 0  # of its plan, still to come
    asked: int = 0  # to sit with others, still to come
    in_session: bool = False
    met_since: bool = False

    def __add__(self, other: "Hanging") -> "Hanging":
        """Return what hangs on a unit of two capabilities together."""
        return Hanging(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


class Attached(Protocol):
    """A module that hangs things on units."""

    def hanging(self, unit_uids: Collection[str], day: date) -> dict[str, Hanging]:
        """Return what hangs on each of these units, were they to end before `day`."""

    def hand_over(self, heirs: Mapping[str, str | None], day: date, journal: Remembers) -> None:
        """Give what is open of each ended unit to its heir, None where it has none.

        Inside the action that ends them as of `day`.
        """

    def done_since(self, unit_uids: Collection[str], plan: Reorganisation) -> str | None:
        """Return a unit where something was done behind a plan that cannot be taken back."""


@lru_cache(maxsize=1)
def attached() -> tuple[Attached, ...]:
    """Return the modules named in the settings."""
    named: list[str] = settings.NENMONG_ATTACHED
    return tuple(cast(Attached, import_module(name)) for name in named)
