"""When a vote is complete, and when it passes."""

from fractions import Fraction


def adds_up(*, agreed: int, against: int, other: int, base: int) -> bool:
    """Say whether the three numbers are those of everyone who may vote, no more and no less."""
    return min(agreed, against, other) >= 0 and agreed + against + other == base


def passes(*, agreed: int, base: int, bar: Fraction, strict: bool) -> bool:
    """Say whether `agreed` of `base` reach the bar, exactly.

    Args:
        agreed: official members who agreed.
        base: official members present, 0 or more; with none present nothing passes.
        bar: the share asked for, e.g. 1/2.
        strict: the bar must be passed ("more than half"), not only reached.

    Raises:
        ValueError: `agreed` lies outside 0..base.

    Source: Điều lệ Đảng (2011): official members are the base, more than half passes.
    """
    if not 0 <= agreed <= base:
        raise ValueError(f"agreed={agreed} does not fit base={base}")
    if base == 0:
        return False
    share = Fraction(agreed, base)
    return share > bar if strict else share >= bar


def needed(*, base: int, bar: Fraction, strict: bool) -> int:
    """Return how many must agree for a vote to pass: the least number that `passes`; 1 or more."""
    exact = bar * base
    least = int(exact) + 1 if strict else -int(-exact // 1)
    return max(least, 1)
