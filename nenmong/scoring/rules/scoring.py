"""Scores one meeting by one form, exactly: points, total, grade, and what stays open.

A form is compiled once into plain functions over numbers kept as numerator and denominator, so that
nothing is rounded and a hundred thousand meetings are scored in seconds.

Source: criteria/README.md, "How a criterion gets its points".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

from nenmong.scoring.rules.facts import Value, nearest
from nenmong.scoring.rules.pack import (
    Comparison,
    Condition,
    Criterion,
    Deduct,
    Judged,
    Levels,
    Met,
    Pack,
    Test,
    YesNo,
)


class Excluded(Enum):
    """The one value that says: this criterion was taken out."""

    EXCLUDED = "excluded"

    def __str__(self) -> str:
        return "excluded"


EXCLUDED: Final = Excluded.EXCLUDED
Points = Decimal | bool | Literal[Excluded.EXCLUDED] | None
Facts = Mapping[str, Value | None]
Decided = Mapping[str, Decimal | bool]
Truth = bool | None
Exact = bool | tuple[int, int]  # a number as numerator and denominator, the latter above 0
Known = dict[str, Exact]  # only what is not missing


class Refused(ValueError):  # noqa: N818 -- the word the callers use
    """A person's decision that the form does not allow: a code, and what a sentence is made of."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Result:
    """A meeting scored. While a criterion is undetermined there is neither total nor grade."""

    points: dict[str, Points]
    total: Decimal | None
    so_far: Decimal | None
    at_most: Decimal | None
    grade: str | None
    undetermined: tuple[str, ...]
    unchecked: tuple[str, ...]  # overrides that could not be decided
    missed: int | None
    overridden: tuple[str, ...] = ()  # overrides that lowered the grade


def score(pack: Pack, facts: Facts, decided: Decided) -> Result:
    """Score a meeting; of a criterion: `not_applicable`, then the decision, then the fact.

    Raises:
        Refused: a decision is for no criterion of the form, of the wrong type, outside 0..max or
            off the step.
    """
    compiled = _compiled(pack)
    for name, value in decided.items():
        check_decision(pack, name, value)
    known = exact(facts)
    points = {
        name: rule(known, decided.get(name)) for name, rule in compiled.criteria
    }  # fmt: skip
    return _finished(pack, compiled, points, known)


def check_decision(pack: Pack, name: str, value: object) -> None:
    """Refuse a decision that the form does not allow."""
    criterion = pack.criteria.get(name)
    if criterion is None:
        raise Refused("unknown_criterion", name=name, nearest=nearest(name, pack.criteria))
    if isinstance(criterion.way, YesNo | Met):
        if not isinstance(value, bool):
            raise Refused("wants_yes_no", name=name)
        return
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise Refused("wants_points", name=name)
    most, step = criterion.max or Decimal(0), pack.step
    if not Decimal(value).is_finite() or not 0 <= value <= most:
        raise Refused("outside", name=name, max=most)
    if step is not None and Fraction(value) % Fraction(step):
        raise Refused("off_step", name=name, step=step)


def exact(facts: Facts) -> Known:
    """Return the facts that are known, numbers as numerator and denominator."""
    return {
        name: value if value is True or value is False else value.as_integer_ratio()
        for name, value in facts.items()
        if value is not None
    }


def holds(condition: Condition, facts: Facts) -> Truth:
    """Say whether a condition holds; None while a missing fact leaves it open."""
    return _condition(condition)(exact(facts))


# --- compiling -------------------------------------------------------------------------------

Check = Callable[[Exact], bool]
Decide = Callable[[Known], Truth]
Rule = Callable[[Known, Decimal | bool | None], Points]


@dataclass(frozen=True)
class _Compiled:
    criteria: tuple[tuple[str, Rule], ...]
    overrides: tuple[tuple[str, int, Decide], ...]  # id, place of its grade, condition
    maxima: dict[str, Decimal]


@lru_cache(maxsize=128)
def _compiled(pack: Pack) -> _Compiled:
    grades = [grade.id for grade in pack.grades]
    return _Compiled(
        tuple((name, _criterion(criterion)) for name, criterion in pack.criteria.items()),
        tuple((one.id, grades.index(one.grade), _condition(one.when)) for one in pack.overrides),
        {name: criterion.max or Decimal(0) for name, criterion in pack.criteria.items()},
    )


def _comparison(comparison: Comparison) -> Check:
    if isinstance(comparison.value, bool):
        wanted = comparison.value
        return lambda value: value is wanted
    top, bottom = comparison.value.as_integer_ratio()
    checks: dict[str, Callable[..., bool]] = {
        "min": lambda value: value[0] * bottom >= top * value[1],
        "max": lambda value: value[0] * bottom <= top * value[1],
        "above": lambda value: value[0] * bottom > top * value[1],
        "below": lambda value: value[0] * bottom < top * value[1],
        "is": lambda value: value[0] * bottom == top * value[1],
    }
    return checks[comparison.operator]


def check_of(test: Test) -> Check:
    """Return what says whether a value passes a test."""
    checks = [_comparison(comparison) for comparison in test.comparisons]
    if len(checks) == 1:
        return checks[0]
    return lambda value: all(check(value) for check in checks)


def _all(tests: Sequence[Test]) -> Decide:
    """Every test: one that fails settles it, whatever is missing."""
    pairs = [(test.fact, check_of(test)) for test in tests]

    def decide(known: Known) -> Truth:
        open_ = False
        for name, check in pairs:
            value = known.get(name)
            if value is None:
                open_ = True
            elif not check(value):
                return False
        return None if open_ else True

    return decide


def _condition(condition: Condition) -> Decide:
    every = _all(condition.tests)
    if not condition.any:
        return every
    entries = [_all(entry) for entry in condition.any]

    def decide(known: Known) -> Truth:
        first = every(known)
        if first is False:
            return False
        found = [entry(known) for entry in entries]
        if True in found:
            return first
        return None if None in found else False

    return decide


def _criterion(criterion: Criterion) -> Rule:
    rule = _way(criterion)
    if criterion.not_applicable is None:
        return rule
    away = _condition(criterion.not_applicable.when)
    full: Points = True if criterion.max is None else criterion.max
    gives: Points = EXCLUDED if criterion.not_applicable.gives == "excluded" else full
    return lambda known, said: gives if away(known) else rule(known, said)


def _way(criterion: Criterion) -> Rule:
    most = criterion.max or Decimal(0)
    match criterion.way:
        case Judged():
            return lambda _known, said: said
        case YesNo(fact=fact):
            return _yes_no(fact, most)
        case Levels():
            return _levels(criterion.way)
        case Deduct():
            return _deduct(criterion.way, most)
        case Met(when=when):
            return _met(when)
    raise ValueError(f"{criterion.id} was not read")


def _yes_no(fact: str | None, most: Decimal) -> Rule:
    nothing = Decimal(0)

    def rule(known: Known, said: Decimal | bool | None) -> Points:
        value = said if said is not None else known.get(fact) if fact else None
        return None if value is None else most if value else nothing

    return rule


def _levels(way: Levels) -> Rule:
    levels = [
        (_condition(level.when) if level.when else None, level.points) for level in way.levels
    ]

    def rule(known: Known, said: Decimal | bool | None) -> Points:
        if said is not None:
            return said
        for decide, points in levels:
            truth = True if decide is None else decide(known)
            if truth:
                return points
            if truth is None:
                return None
        return None

    return rule


def _deduct(way: Deduct, most: Decimal) -> Rule:
    def rule(known: Known, said: Decimal | bool | None) -> Points:
        value = known.get(way.fact)
        if said is not None or value is None or isinstance(value, bool):
            return said
        return deducted(way, most, Fraction(*value))

    return rule


def deducted(way: Deduct, most: Decimal, value: Fraction) -> Decimal:
    """Return max less the points for each whole `per`, within floor..max."""
    whole = value // Fraction(way.per)
    enough = int((most - way.floor) / way.points) + 1  # so many reach the floor
    return max(way.floor, most - way.points * min(max(whole, 0), max(enough, 0)))


def _met(when: Condition | None) -> Rule:
    if when is None:
        return lambda _known, said: said
    decide = _condition(when)
    return lambda known, said: decide(known) if said is None else said


# --- total and grade -------------------------------------------------------------------------


def _finished(pack: Pack, compiled: _Compiled, points: dict[str, Points], known: Known) -> Result:
    undetermined = tuple(name for name, value in points.items() if value is None)
    truths = [(name, place, decide(known)) for name, place, decide in compiled.overrides]
    unchecked = tuple(name for name, _place, truth in truths if truth is None)
    missed = None
    total = so_far = at_most = None
    bar: Fraction | int | None = None
    if pack.total is None:
        missed = sum(value is False for value in points.values())
        bar = None if all(value is EXCLUDED for value in points.values()) else missed
    else:
        low, left = _sums(points, compiled.maxima, pack.total)
        if left:
            bar = rescaled(low, left, pack.total)
            so_far = _shown(low, left, pack.total)
            high = low + sum((compiled.maxima[name] for name in undetermined), Decimal(0))
            at_most = _shown(high, left, pack.total)
            total = None if undetermined else so_far
    if undetermined or bar is None:
        return Result(points, None, so_far, at_most, None, undetermined, unchecked, missed)
    place = grade_place(pack, bar, points)
    overridden = []
    for name, lower, truth in truths:
        if truth and place is not None and lower > place:
            overridden.append(name)
            place = lower
    grade = None if place is None else pack.grades[place].id
    return Result(
        points, total, so_far, at_most, grade, undetermined, unchecked, missed, tuple(overridden)
    )


def _sums(
    points: Mapping[str, Points], maxima: Mapping[str, Decimal], total: Decimal
) -> tuple[Decimal, Decimal]:
    """Return the points there are, and the maxima that were not taken out."""
    low, left, counted = Decimal(0), total, False
    for name, value in points.items():
        if value is EXCLUDED:
            left -= maxima[name]
            continue
        counted = True
        if isinstance(value, Decimal):
            low += value
        elif value is not None:
            low += Decimal(value)
    return low, left if counted else Decimal(0)


def rescaled(points: Decimal, left: Decimal, total: Decimal) -> Fraction:
    """Return total × points / left, exactly."""
    if left == total:
        return Fraction(points)
    return Fraction(total) * Fraction(points) / Fraction(left)


def half_up(number: Fraction) -> Decimal:
    """Return a number rounded half up to two decimals."""
    hundredths = (number * 200 + 1) // 2
    return Decimal(int(hundredths)).scaleb(-2)


def _shown(points: Decimal, left: Decimal, total: Decimal) -> Decimal:
    """Return the total of a sheet: the sum itself, rounded only where something was taken out."""
    return points if left == total else half_up(rescaled(points, left, total))


def grade_place(pack: Pack, bar: Fraction | int, points: Mapping[str, Points]) -> int | None:
    """Return the place of the first grade whose bar and full marks are reached."""
    for place, grade in enumerate(pack.grades):
        if pack.total is None:
            reached = grade.missed_at_most is None or bar <= grade.missed_at_most
        else:
            reached = grade.min is not None and bar >= Fraction(grade.min)
        if reached and all(
            _is_full(pack.criteria[name], points[name]) for name in grade.full_marks
        ):
            return place
    return None


def _is_full(criterion: Criterion, value: Points) -> bool:
    if value is EXCLUDED:
        return True
    return value is True if criterion.max is None else value == criterion.max
