"""The arithmetic of the seal: hashes, links, and what a sound chain is.

A link holds a record to all that was sealed before it in the unit. The names sheet enters only by a
salted hash, so it can be erased and every link still verifies.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from nenmong.core.rules import canonical, sha256

SHORT = 12
FORMAT = 2  # of records and names sheets sealed from now on; older ones are read as they were


def names_hash(salt: str, names: str) -> str:
    """Return the salted hash of a names sheet. The salt keeps a short list from being guessed."""
    return sha256(f"{salt}\n{names}")


def link(previous: Sequence[str], *, record_hash: str, names: str) -> str:
    """Return the link of a record: over the links before it, its own hash and its names' hash."""
    return sha256(canonical({"previous": list(previous), "record": record_hash, "names": names}))


def note_link(previous: str, note: Mapping[str, Any]) -> str:
    """Return the link of a note beside sealed minutes: over the seal or note before, and itself."""
    return sha256(canonical({"previous": previous, "note": note}))


def short(full: str) -> str:
    """Return the twelve characters of a link that stand on paper, in threes of four."""
    text = full[:SHORT].upper()
    return "-".join(text[start : start + 4] for start in range(0, SHORT, 4))
