"""Finds values for which given conditions hold or fail, by reasoning over cells.

Every demand is a clause: one of several facts must lie in certain cells. A clause left with one
fact restricts it; so does a relation between two facts. Only where nothing follows any more is one
way tried after the other, within a bound on the work.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from nenmong.scoring.rules.checking.cells import CHAIN, Cell, CellValue, Space, ends
from nenmong.scoring.rules.pack import Condition, Test

Clause = dict[int, int]  # variable → cells; one of them must be so
Domains = list[int]


class TooIntricateError(Exception):
    """The work allowed was used up before an answer was found."""


@dataclass
class Work:
    """What may still be done: so many facts of clauses may be looked at."""

    left: int = 1_500_000

    def spend(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise TooIntricateError


def all_true(space: Space, tests: Iterable[Test]) -> list[Clause]:
    return [{place: mask} for place, mask in (space.mask(test, True) for test in tests)]


def true_ways(space: Space, when: Condition) -> list[list[Clause]]:
    """Return the ways in which a condition is decided true: one for each entry of `any`."""
    first = all_true(space, when.tests)
    if not when.any:
        return [first]
    return [first + all_true(space, entry) for entry in when.any]


def not_so(space: Space, when: Condition, *, decided: bool) -> list[Clause]:
    """Return what makes a condition false; with `decided` off, undecided will do."""

    def failing(tests: Iterable[Test], clause: Clause) -> Clause:
        found = dict(clause)
        for test in tests:
            place, mask = space.mask(test, not decided)
            if not decided:
                mask ^= space.variables[place].every
            found[place] = found.get(place, 0) | mask
        return found

    base = failing(when.tests, {})
    return [failing(entry, base) for entry in when.any] or [base]


def solve(space: Space, clauses: list[Clause], work: Work,
          domains: Domains | None = None) -> Domains | None:  # fmt: skip
    """Return cells for each fact, any of which (with the relations) satisfy all clauses."""
    stack = [list(domains) if domains is not None else space.domains()]
    while stack:
        here = stack.pop()
        if not _follow(space, clauses, here, work):
            continue
        open_clauses = [clause for clause in clauses if not _settled(clause, here)]
        if not open_clauses:
            return here
        clause = min(open_clauses, key=lambda each: sum(bool(here[v] & m) for v, m in each.items()))
        ways, rest = [], here
        for place, mask in clause.items():
            if not rest[place] & mask:
                continue
            way = list(rest)
            way[place] &= mask
            ways.append(way)
            rest = list(rest)
            rest[place] &= ~mask
        stack += reversed(ways)
    return None


def _settled(clause: Clause, domains: Domains) -> bool:
    return any(not domains[place] & ~mask for place, mask in clause.items())


def _follow(space: Space, clauses: list[Clause], domains: Domains, work: Work) -> bool:
    """Narrow the domains by what follows; False where something cannot be satisfied."""
    changed = True
    while changed:
        changed = False
        for clause in clauses:
            work.spend(len(clause))
            live = [(place, mask) for place, mask in clause.items() if domains[place] & mask]
            if not live:
                return False
            if len(live) == 1:
                place, mask = live[0]
                changed |= bool(domains[place] & ~mask)
                domains[place] &= mask
        for first, second, table in space.relations:
            changed |= _agree(domains, first, second, table, work)
        if not all(domains):
            return False
    return True


def _agree(domains: Domains, first: int, second: int, table: list[int], work: Work) -> bool:
    """Take out the cells of two facts that no cell of the other goes with."""
    work.spend(len(table))
    here = there = 0
    for bit, mask in enumerate(table):
        if domains[first] >> bit & 1 and mask & domains[second]:
            here |= 1 << bit
            there |= mask
    there &= domains[second]
    changed = here != domains[first] or there != domains[second]
    domains[first], domains[second] = here, there
    return changed


def witness(space: Space, domains: Domains) -> dict[str, CellValue]:
    """Return a value for each fact of a solution, short decimals where there are some."""
    values: dict[str, CellValue] = {}
    here, work = list(domains), Work()
    for place, variable in enumerate(space.variables):
        bits = [bit for bit in range(len(variable.cells)) if here[place] >> bit & 1]
        bit = next((bit for bit in bits if _short(variable.cells[bit])), bits[0])
        here[place] = 1 << bit
        values |= {name: value for name, value in variable.cells[bit].values.items() if name}
        _follow(space, [], here, work)
    least = 0
    for name in CHAIN:  # each cell reaches up to what the one before it needs
        value = values.get(name)
        if isinstance(value, int):
            least = max(least, value)
            values[name] = least
    return values


def _short(cell: Cell) -> bool:
    return all(ends(Fraction(value)) for value in cell.values.values() if value is not None)
