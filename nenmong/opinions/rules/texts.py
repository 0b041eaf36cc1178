"""What a text gives away before it leaves the cell: names of members, phone numbers."""

import re
from collections.abc import Iterable

from nenmong.core.rules import fold

# As people write them: 0912 345 678, 0912.345.678, +84 912 345 678.
PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .\-]?\d){8,10}(?!\d)")


def phones(text: str) -> list[str]:
    """Return the phone numbers in a text, as they are written."""
    return [found[0] for found in PHONE.finditer(text)]


def names(text: str, of_members: Iterable[str]) -> list[str]:
    """Return the members' names that stand in a text: the whole name, or family and given name.

    A given name alone is too common a word ("Hòa", "Bình") to be one.
    """
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    found = []
    for name in of_members:
        words = fold(name).split()
        if len(words) < 2:  # noqa: PLR2004 -- family and given name
            continue
        forms = {" ".join(words), f"{words[0]} {words[-1]}", " ".join(words[-2:])}
        if any(f" {form} " in folded for form in forms):
            found.append(name)
    return found
