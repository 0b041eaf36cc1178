"""Where a unit stands in the tree, as text: fixed-width segments of four in base 36."""

SEGMENT = 4
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"  # ordered alike by every collation of both engines
MAX_NUMBER = 36**SEGMENT - 1


def child_path(parent: str, number: int) -> str:
    """Return the path of the `number`-th child of the unit at `parent` ("" is above every root).

    Raises:
        ValueError: `number` lies outside 1..36**4 - 2; the last one is kept free as upper bound.
    """
    if not 1 <= number < MAX_NUMBER:
        raise ValueError(f"{number} does not fit a segment")
    return parent + _segment(number)


def _segment(number: int) -> str:
    letters = []
    for _ in range(SEGMENT):
        number, digit = divmod(number, 36)
        letters.append(DIGITS[digit])
    return "".join(reversed(letters))


def next_sibling(path: str) -> str:
    """Return the least path that lies behind everything under `path`."""
    number = number_of(path) + 1
    if number > MAX_NUMBER:
        raise ValueError(f"{path!r} has no sibling after it")
    return path[:-SEGMENT] + _segment(number)


def is_under(path: str, above: str) -> bool:
    """Say whether `path` is `above` or lies below it."""
    return above <= path < next_sibling(above)


def lineage(path: str) -> list[str]:
    """Return the paths of a unit's line, from the root down to itself."""
    return [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]


def number_of(path: str) -> int:
    """Return which child of its parent the unit at `path` is."""
    return int(path[-SEGMENT:], 36)


def moved(path: str, old: str, new: str) -> str:
    """Return where `path` stands once the subtree at `old` stands at `new`."""
    return new + path[len(old) :] if is_under(path, old) else path
