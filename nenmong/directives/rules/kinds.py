"""What each kind of document takes: how it is made, and the letters it is numbered with.

Source of the letters: 05-HD/VPTW (2026), secondary; a number that was typed is printed as typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_TEXT = 60_000  # about forty pages
LONGEST_GIST = 3_000  # one page
LONGEST_COMMENT = 2_000
LONGEST_QUESTION = 300
MOST_QUESTIONS = 3
MOST_PAGES, MOST_MINUTES, MOST_FIELDS = 500, 120, 50


@dataclass(frozen=True)
class Kind:
    """How one kind of document is made."""

    code: str
    letters: str  # of its number: "HD" in 05-HD/ĐU; none: it is not numbered
    meets: bool = False  # adopted by a vote of the meeting of who issues it
    by_cells: bool = False  # a cell may issue it too
    monthly: bool = False
    quarterly: bool = False
    reviewed: bool = False  # looked at again after some years


KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("guidance", "HD"),
        Kind("directive", "CT"),
        Kind("resolution", "NQ", meets=True, by_cells=True),
        Kind("notice", "TB", by_cells=True),
        Kind("bulletin", "", monthly=True),
        Kind("thematic_bulletin", "", quarterly=True),
        Kind("regulation", "QC", meets=True, by_cells=True, reviewed=True),
        Kind("plan", "KH", by_cells=True),
        Kind("programme", "CTr", meets=True, by_cells=True),
    )
}


def of(code: str) -> Kind:
    """Return what a kind of document takes.

    Raises:
        KeyError: there is no such kind.
    """
    return KINDS[code]


def offered(*, is_cell: bool) -> tuple[str, ...]:
    """Return the kinds a unit may issue; a cell none that only a committee issues."""
    return tuple(code for code, kind in KINDS.items() if kind.by_cells or not is_cell)


def number_text(number: int, letters: str, unit_letters: str) -> str:
    """Return a number as it is printed: two digits below ten.

    Source: 05-HD/VPTW (2026), secondary.
    """
    return f"{number:02d}-{letters}/{unit_letters}"


def counted(number: str, letters: str) -> int | None:
    """Return the running number of a printed one of this kind, None where it is no such number."""
    head, dash, rest = number.strip().partition("-")
    if not dash or not head.isascii() or not head.isdigit():
        return None
    return int(head) if rest.split("/")[0].strip().upper() == letters.upper() else None
