"""What happens in the organisation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RollChanged:
    """Someone joined a cell, left it, or changed their status there."""

    unit_uid: str
