"""Pure rules of accounts: the codes of a sheet as they are printed and typed, names to sign in."""

import re
from collections.abc import Iterable, Sequence

from nenmong.core.rules import fold

DIGITS, TOGETHER = 9, 3
_NOT_DIGITS = re.compile(r"[\s.\-–]+")


def typed_code(text: str) -> str:
    """Return the digits of what was typed where it looks like a code, else nothing.

    Spaces, dots and dashes do not count: on the paper the digits stand in threes.
    """
    digits = _NOT_DIGITS.sub("", text)
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else ""


def code_of(number: int) -> str:
    """Return the code that a large random number gives."""
    return str(number % 10**DIGITS).zfill(DIGITS)


def printed_code(code: str) -> str:
    """Return a code as it stands on paper: 482 190 376."""
    return " ".join(code[at : at + TOGETHER] for at in range(0, DIGITS, TOGETHER))


def matching(codes: Sequence[str], used: int, code: str) -> int | None:
    """Return which code of a sheet this is, from 0, where it has not been used yet."""
    free = (at for at, one in enumerate(codes) if one == code and not used >> at & 1)
    return next(free, None)


def is_name_to_sign_in(text: str) -> bool:
    """Say whether everyone can type this name: letters, figures, and . _ - @ + between."""
    return re.fullmatch(r"[\w.@+-]+", text) is not None


def name_to_sign_in(full_name: str, taken: Iterable[str]) -> str:
    """Return a name to sign in with, as people here make one: the given name, then the initials.

    "Nguyễn Văn Hùng" is `hungnv`; where that is taken, `hungnv2`.
    """
    words: list[str] = re.findall(r"[a-z0-9]+", fold(full_name)) or ["dangvien"]
    base = (words[-1] + "".join(word[0] for word in words[:-1]))[:50]
    names = set(taken)
    if base not in names:
        return base
    number = 2
    while f"{base}{number}" in names:
        number += 1
    return f"{base}{number}"
