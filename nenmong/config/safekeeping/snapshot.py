"""What both engines hand to a backup."""

from collections.abc import Iterable
from dataclasses import dataclass

from nenmong.config.safekeeping.container import Stream


@dataclass(frozen=True)
class Snapshot:
    """The database at one moment."""

    migrations: list[list[str]]  # [app, name], as applied
    tables: dict[str, list[str]]  # the columns of each, in the order of the stream
    rows: dict[str, int]
    streams: Iterable[Stream]
