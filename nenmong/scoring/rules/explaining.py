"""Why each criterion has its points, what the next level wants, and what a sheet can become."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod
from typing import Literal

from nenmong.scoring.rules.checking.cells import CellValue, space
from nenmong.scoring.rules.facts import FACTS, Value
from nenmong.scoring.rules.pack import (
    Comparison,
    Condition,
    Criterion,
    Deduct,
    Level,
    Levels,
    Met,
    Pack,
    Test,
    YesNo,
)
from nenmong.scoring.rules.scoring import (
    Decided,
    Facts,
    Points,
    Result,
    holds,
    score,
)

How = Literal["not_applicable", "person", "fact", "judged", "undetermined"]
MOST_TRIED = 2000


@dataclass(frozen=True, slots=True)
class Explained:
    """One criterion of a sheet: its points, where they come from, and what would give more.

    `level` is the place of the level reached, `next` the next better one with its condition; what
    has no levels is told as if it had: yes is one level, each deduction less is one.
    """

    criterion: str
    points: Points
    how: How
    level: int | None
    next: Level | None
    facts: dict[str, Value | None]


@dataclass(frozen=True, slots=True)
class Possible:
    """What a sheet can become; no totals where the form has no points or all was taken out."""

    at_least: Decimal | None
    at_most: Decimal | None
    grades: tuple[str, ...]  # best first


def explain(pack: Pack, facts: Facts, decided: Decided, result: Result) -> tuple[Explained, ...]:
    """Explain every criterion, in the order of the form."""
    return tuple(
        _explained(criterion, facts, name in decided, result.points[name])
        for name, criterion in pack.criteria.items()
    )


def _explained(criterion: Criterion, facts: Facts, said: bool, points: Points) -> Explained:
    how = _how(criterion, facts, said, points)
    level = _reached(criterion, facts) if how == "fact" else None
    better = _better(criterion, facts, points) if how in {"fact", "person"} else None
    named = {name: facts.get(name) for name in criterion.facts}
    return Explained(criterion.id, points, how, level, better, named)


def _how(criterion: Criterion, facts: Facts, said: bool, points: Points) -> How:
    if criterion.not_applicable and holds(criterion.not_applicable.when, facts):
        return "not_applicable"
    if said:
        return "person" if criterion.is_measured else "judged"
    return "undetermined" if points is None else "fact"


def _reached(criterion: Criterion, facts: Facts) -> int | None:
    if not isinstance(criterion.way, Levels):
        return None
    for place, level in enumerate(criterion.way.levels):
        if level.when is None or holds(level.when, facts):
            return place
    return None


def _better(criterion: Criterion, facts: Facts, points: Points) -> Level | None:
    """Return the level that gives the next more points, with what it wants."""
    if not isinstance(points, bool | Decimal):
        return None
    match criterion.way:
        case Levels(levels=levels):
            above = [level for level in levels if level.points > points]
            return min(above, key=lambda level: level.points, default=None)
        case YesNo(fact=str() as fact) if points != criterion.max:
            wanted = Condition((Test(fact, (Comparison("is", True),)),))
            return Level(criterion.max or Decimal(0), wanted)
        case Met(when=Condition() as when) if not points:
            return Level(True, when)
        case Deduct():
            return _less_deducted(criterion.way, criterion.max or Decimal(0), Decimal(points))
    return None


def _less_deducted(way: Deduct, most: Decimal, points: Decimal) -> Level | None:
    """Return the points with one deduction less, and below what the fact must then be."""
    if points >= most:
        return None
    steps = -(-Fraction(most - points) // Fraction(way.points))  # deductions that stand now
    below = Comparison("below", way.per * int(steps))
    return Level(most - way.points * int(steps - 1), Condition((Test(way.fact, (below,)),)))


def possible(pack: Pack, facts: Facts, decided: Decided, pending: Collection[str]) -> Possible:
    """Return what a sheet can become once `pending` facts and criteria are known.

    Every value a pending fact can have is weighed, one for each stretch that the form does not
    tell apart; a criterion without points, pending or not, can end anywhere in 0..max.
    """
    names = [name for name in pack.facts if name in pending and facts.get(name) is None]
    choices = {name: _values(pack, name) for name in names}
    if prod(len(values) for values in choices.values()) > MOST_TRIED:
        choices = {}  # so many open facts: the widest bounds say enough
    lows: list[Decimal] = []
    highs: list[Decimal] = []
    places: set[int] = set()
    for values in product(*choices.values()):
        known = {**facts, **dict(zip(choices, values, strict=True))}
        result = score(pack, known, decided)
        if result.so_far is not None and result.at_most is not None:
            lows.append(result.so_far)
            highs.append(result.at_most)
        places |= _grades(pack, known, decided, result)
    return Possible(
        min(lows, default=None),
        max(highs, default=None),
        tuple(grade.id for place, grade in enumerate(pack.grades) if place in places),
    )


def _grades(pack: Pack, facts: Facts, decided: Decided, result: Result) -> set[int]:
    """Return the places of the grades a result can end with."""
    ends = [
        result if not result.undetermined else score(pack, facts, {**decided, **filled})
        for filled in _extremes(pack, result)
    ]
    ids = [grade.id for grade in pack.grades]
    found = [ids.index(end.grade) for end in ends if end.grade is not None]
    reached = set(range(min(found), max(found) + 1)) if found else set()
    for override in pack.overrides:
        if override.id in result.unchecked and reached:
            reached |= {max(place, ids.index(override.grade)) for place in reached}
    return reached


def _extremes(pack: Pack, result: Result) -> tuple[Mapping[str, Decimal | bool], ...]:
    """Return decisions that give all that is open nothing, and everything."""
    if not result.undetermined:
        return ({},)
    each = [pack.criteria[name] for name in result.undetermined]
    yes_no = {one.id for one in each if isinstance(one.way, YesNo | Met)}
    low = {one.id: False if one.id in yes_no else Decimal(0) for one in each}
    high = {one.id: True if one.id in yes_no else _most(pack, one) for one in each}
    return low, high


def _most(pack: Pack, criterion: Criterion) -> Decimal:
    """Return the most a person may give: the maximum, or the last step below it."""
    most, step = criterion.max or Decimal(0), pack.step
    return most if not step else most - most % step


def _values(pack: Pack, name: str) -> list[CellValue]:
    """Return a value of a fact for each stretch that the form does not tell apart."""
    tests: list[Test] = []
    deducts: list[tuple[Deduct, Fraction]] = []
    conditions = [override.when for override in pack.overrides]
    for criterion in pack.criteria.values():
        if criterion.not_applicable:
            conditions.append(criterion.not_applicable.when)
        match criterion.way:
            case Levels(levels=levels):
                conditions += [level.when for level in levels if level.when]
            case Met(when=Condition() as when):
                conditions.append(when)
            case Deduct(fact=fact) if fact == name:
                deducts.append((criterion.way, Fraction(criterion.max or 0)))
    for when in conditions:
        tests += [test for test in when if test.fact == name]
    cells = space([name], tests, deducts=deducts).variables[0].cells
    return list(dict.fromkeys(cell.values[name] for cell in cells)) if name in FACTS else []
