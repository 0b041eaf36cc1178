"""Whom a sending reaches: the units of one level under a root, of some kinds, or picked by hand."""

from enum import StrEnum


class Level(StrEnum):
    """Which units of a subtree are meant."""

    CELLS = "cells"
    GRASSROOTS = "grassroots"  # committees of communes, enterprises, offices
    DIRECT = "direct"  # whatever stands directly under the sender


def batches(total: int, size: int) -> int:
    """Return in how many batches `total` units are reached.

    Raises:
        ValueError: `size` is not positive, or `total` is negative.
    """
    if size <= 0 or total < 0:
        raise ValueError(f"total={total} in batches of {size}")
    return -(-total // size)
