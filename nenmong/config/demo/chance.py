"""Chance that comes out the same every time: one stream for each purpose."""

from random import Random


def chance(seed: int, *purpose: object) -> Random:
    """Return chance for one purpose: what is added elsewhere does not change it here."""
    return Random("/".join(map(str, (seed, *purpose))))  # noqa: S311 -- a play, no secrets
