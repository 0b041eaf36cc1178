"""Cuts the values of facts into cells within which no bound of a form tells one from another.

A cell is known by one value of it: what holds for that one holds for all of the cell. So a finite
number of cells stands for every value a fact can have. The facts of a meeting's length hang
together so closely that they are one variable; every other fact is one of its own.

Relations used are those of criteria/README.md, "Facts", and no others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from nenmong.scoring.rules.facts import FACTS
from nenmong.scoring.rules.pack import Deduct, Test
from nenmong.scoring.rules.scoring import Exact, check_of

Number = int | Fraction
CellValue = bool | Number | None  # None: missing

LENGTH = ("duration_minutes", "required_minutes", "duration_shortfall", "duration_ratio")
REQUIRED = (30, 45, 60, 90, 120)
CHAIN = ("speakers", "members_present", "members_due")  # each at most the next
RATE_OF = {
    "members_due": "attendance_rate",
    "tasks_due": "tasks_done_rate",
    "directives_due": "directives_conveyed_rate",
    "answers_due": "answers_conveyed_rate",
}
DUE_OF = {rate: due for due, rate in RATE_OF.items()}
MOST_STEPS = 200  # of a `deduct` that are told apart


@dataclass(frozen=True, slots=True)
class Cell:
    """Values that no bound tells apart: one of them, and the whole numbers it spans."""

    values: Mapping[str, CellValue]
    lo: int | None = None
    hi: int | None = None


@dataclass(slots=True)
class Variable:
    """A fact, or those of a meeting's length together, and its cells in order."""

    names: tuple[str, ...]
    cells: list[Cell]

    @property
    def every(self) -> int:
        return (1 << len(self.cells)) - 1


# (first variable, second variable, for each cell of the first which of the second go with it)
Relation = tuple[int, int, list[int]]


@dataclass
class Space:
    """The variables of some facts and the relations between them."""

    variables: list[Variable]
    place: dict[str, int]
    relations: list[Relation] = field(default_factory=list)

    def domains(self) -> list[int]:
        return [variable.every for variable in self.variables]

    def mask(self, test: Test, truth: bool) -> tuple[int, int]:
        """Return the variable of a test, and its cells in which the test is decided `truth`."""
        place = self.place[test.fact]
        check = check_of(test)
        mask = 0
        for bit, cell in enumerate(self.variables[place].cells):
            value = cell.values[test.fact]
            if value is not None and check(_exact(value)) is truth:
                mask |= 1 << bit
        return place, mask


def _exact(value: bool | Number) -> Exact:
    return value if isinstance(value, bool) else value.as_integer_ratio()


def space(facts: Iterable[str], tests: Iterable[Test], *, missing: bool = False,
          deducts: Iterable[tuple[Deduct, Fraction]] = ()) -> Space:  # fmt: skip
    """Return the cells of `facts` under the bounds of `tests` and `deducts`.

    With `missing`, a rate whose denominator is among the facts may be missing, namely when that
    is 0; otherwise every fact has a value.
    """
    names = tuple(dict.fromkeys(facts))
    bounds: dict[str, set[Fraction]] = {name: set() for name in names}
    for test in tests:
        if FACTS[test.fact].numeric:
            bounds[test.fact] |= {Fraction(one.value) for one in test.comparisons}
    for deduct, most in deducts:
        steps = min(ceil((most - Fraction(deduct.floor)) / Fraction(deduct.points)), MOST_STEPS)
        bounds[deduct.fact] |= {Fraction(deduct.per) * step for step in range(1, steps + 1)}
    _share_bounds(bounds)
    found = Space([], {})
    length = [name for name in names if name in LENGTH]
    plain = not length or length in (["duration_minutes"], ["required_minutes"])
    for name in names:
        if name in LENGTH and not plain:
            continue
        cells = _cells(name, bounds[name])
        if missing and name in DUE_OF and DUE_OF[name] in bounds:
            cells = [*cells, Cell({name: None})]
        found.place[name] = len(found.variables)
        found.variables.append(Variable((name,), cells))
    if not plain:
        found.place |= dict.fromkeys(length, len(found.variables))
        found.variables.append(Variable(tuple(length), _lengths(length, bounds)))
    found.relations = _relations(found)
    return found


def _share_bounds(bounds: dict[str, set[Fraction]]) -> None:
    """Give each fact the bounds at which a relation of it turns."""
    chain = [name for name in CHAIN if name in bounds]
    if len(chain) > 1:
        shared = set().union(*(bounds[name] for name in chain))
        for name in chain:
            bounds[name] |= shared
    for due, rate in RATE_OF.items():
        if due in bounds and rate in bounds:
            bounds[due].add(Fraction(1))
    if "unexcused_absences" in bounds and "attendance_rate" in bounds:
        bounds["unexcused_absences"].add(Fraction(1))


def _cells(name: str, bounds: set[Fraction]) -> list[Cell]:
    rule = FACTS[name]
    if rule.type == "bool":
        return [Cell({name: False}), Cell({name: True})]
    if name == "required_minutes":
        return [Cell({name: minutes}, minutes, minutes) for minutes in REQUIRED]
    if rule.type == "int":
        return [
            Cell({name: _near_0(lo, hi)}, lo, hi)
            for lo, hi in _whole(bounds, None if rule.signed else 0)
        ]
    least = None if rule.signed else Fraction(0)
    most = Fraction(1) if rule.type == "rate" else None
    return [Cell({name: value}) for value in _real(bounds, least, most)]


def _near_0(lo: int | None, hi: int | None) -> int:
    if lo is None:
        return hi if hi is not None else 0
    return lo


def _whole(bounds: Iterable[Fraction], least: int | None) -> list[tuple[int | None, int | None]]:
    """Return the runs of whole numbers that the bounds do not tell apart."""
    cuts = sorted({ceil(bound) for bound in bounds} | {floor(bound) + 1 for bound in bounds})
    begins: list[int | None] = [least, *(cut for cut in cuts if least is None or cut > least)]
    ends: list[int | None] = [begin - 1 for begin in begins[1:] if begin is not None]
    return list(zip(begins, [*ends, None], strict=True))


def _real(
    bounds: Iterable[Fraction], least: Fraction | None, most: Fraction | None
) -> list[Fraction]:
    """Return a value of each point and of each open stretch that the bounds make."""
    points = set(bounds) | {end for end in (least, most) if end is not None}
    inside = sorted(
        point
        for point in points
        if (least is None or point >= least) and (most is None or point <= most)
    )
    if not inside:
        return [Fraction(0)]
    found = [] if least is not None else [Fraction(ceil(inside[0]) - 1)]
    for here, after in pairwise(inside):
        found += [here, between(here, after)]
    found.append(inside[-1])
    if most is None:
        found.append(Fraction(floor(inside[-1]) + 1))
    return found


def between(low: Fraction, high: Fraction) -> Fraction:
    """Return the number of fewest decimals that lies strictly between two."""
    scale = 1
    while True:
        top = floor(low * scale) + 1
        if top < high * scale:
            return Fraction(top, scale)
        scale *= 10


def _lengths(names: list[str], bounds: dict[str, set[Fraction]]) -> list[Cell]:
    """Return cells of minutes held under each length asked for: they settle all four facts."""
    no_bounds: set[Fraction] = set()
    found = []
    for required in REQUIRED:
        turns = {Fraction(required)} | bounds.get("duration_minutes", no_bounds)
        turns |= {required - bound for bound in bounds.get("duration_shortfall", no_bounds)}
        turns |= {required * bound for bound in bounds.get("duration_ratio", no_bounds)}
        for lo, hi in _whole(turns, 0):
            minutes = _even(lo or 0, hi, required)
            every: dict[str, CellValue] = {
                "duration_minutes": minutes,
                "required_minutes": required,
                "duration_shortfall": max(0, required - minutes),
                "duration_ratio": Fraction(minutes, required),
            }
            found.append(Cell({name: every[name] for name in names} | {"": required}))
    return found


def _even(lo: int, hi: int | None, required: int) -> int:
    """Return minutes of lo..hi whose share of what is asked has few decimals, if there are any."""
    last = lo + 8 if hi is None else min(hi, lo + 8)
    return next((n for n in range(lo, last + 1) if ends(Fraction(n, required))), lo)


def ends(number: Fraction) -> bool:
    """Say whether a number can be written as a decimal."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _relations(found: Space) -> list[Relation]:
    """Return, for two facts each, which cells go together."""
    pairs: list[tuple[str, str]] = [
        ("has_cell_committee", "committee_met_before"),
        ("unexcused_absences", "attendance_rate"),
        ("speakers", "members_present"), ("members_present", "members_due"),
        ("speakers", "members_due"), *RATE_OF.items(),
    ]  # fmt: skip
    relations = []
    for one, other in pairs:
        if one in found.place and other in found.place:
            first, second = found.place[one], found.place[other]
            relations.append((first, second, _table(found, one, other)))
    return relations


def _table(found: Space, one: str, other: str) -> list[int]:
    firsts = found.variables[found.place[one]].cells
    seconds = found.variables[found.place[other]].cells
    return [
        sum(1 << bit for bit, second in enumerate(seconds) if _together(one, other, first, second))
        for first in firsts
    ]


def _together(one: str, other: str, first: Cell, second: Cell) -> bool:
    here, there = first.values[one], second.values[other]
    if one == "has_cell_committee":
        return bool(here) or bool(there)
    if one == "unexcused_absences":
        return not here or there is None or there < 1
    if one in RATE_OF and other == RATE_OF[one]:
        return (here == 0) == (there is None)
    return second.hi is None or (first.lo or 0) <= second.hi
