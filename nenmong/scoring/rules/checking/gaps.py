"""Conditions that nothing satisfies, levels that are never reached, and values that reach none."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from nenmong.scoring.rules.checking.cells import CellValue, Space, ends, space
from nenmong.scoring.rules.checking.solver import (
    Clause,
    Domains,
    Work,
    not_so,
    solve,
    true_ways,
    witness,
)
from nenmong.scoring.rules.findings import Finding, Path
from nenmong.scoring.rules.pack import Condition, Criterion, Level, Levels, Met, Pack

MOST_GAPS = 20  # of one criterion


def conditions(pack: Pack, at: Path, criterion: Criterion) -> Iterator[tuple[Path, Condition]]:
    """Yield the conditions of a criterion with their place in the file."""
    if criterion.not_applicable:
        yield (*at, "not_applicable", "when"), criterion.not_applicable.when
    match criterion.way:
        case Met(when=Condition() as when):
            yield (*at, "met", "when"), when
        case Levels(levels=levels):
            for place, level in enumerate(levels):
                if level.when:
                    yield (*at, "levels", place, "when"), level.when


def impossible(criterion: str | None, path: Path, when: Condition, work: Work) -> Iterator[Finding]:
    """Yield a finding where no value satisfies a condition, or one entry of its `any`."""
    if not satisfiable(when, work):
        params = {"when": when}
        yield Finding("error", criterion, "impossible", "impossible", params, path=path)
        return
    for place, entry in enumerate(when.any):
        alone = Condition(entry)
        if not satisfiable(alone, work):
            at = (*path, "any", place)
            params = {"when": alone}
            yield Finding("error", criterion, "impossible", "impossible", params, path=at)


def satisfiable(when: Condition, work: Work) -> bool:
    """Say whether some values decide a condition true."""
    cells = space(when.facts, when, missing=True)
    return any(solve(cells, way, work) is not None for way in true_ways(cells, when))


def hidden(at: Path, criterion: Criterion, work: Work) -> Iterator[Finding]:
    """Yield the levels that no values reach, because an earlier one takes them all."""
    if not isinstance(criterion.way, Levels):
        return
    levels = criterion.way.levels
    named = [test for level in levels if level.when for test in level.when]
    cells = space([test.fact for test in named], named, missing=True)
    earlier: list[Clause] = []
    for place, level in enumerate(levels):
        path = (*at, "levels", place)
        if level.when is None and place < len(levels) - 1:
            yield Finding("error", criterion.id, "shape", "otherwise_not_last",
                          {"number": place + 1}, path=path)  # fmt: skip
        ways = true_ways(cells, level.when) if level.when else [[]]
        possible = level.when is None or satisfiable(level.when, work)
        if possible and not any(solve(cells, earlier + way, work) for way in _any(ways)):
            params = {"number": place + 1, "when": level.when}
            yield Finding("error", criterion.id, "hidden", "hidden", params, path=path)
        earlier = earlier + _failing(cells, level)


def _any(ways: list[list[Clause]]) -> Iterator[list[Clause]]:
    yield from ways


def _failing(cells: Space, level: Level) -> list[Clause]:
    """Return what makes a level be passed over; an empty clause, which nothing does."""
    return not_so(cells, level.when, decided=True) if level.when else [{}]


def gaps(at: Path, criterion: Criterion, work: Work) -> Iterator[Finding]:
    """Yield where a criterion is undetermined although no fact it names is missing.

    Of a criterion that names one fact each stretch is found by itself, of others one witness.
    """
    if not isinstance(criterion.way, Levels):
        return  # every other way that reads facts gives points for any value
    named = [test for level in criterion.way.levels if level.when for test in level.when]
    away = criterion.not_applicable
    if away:
        named += list(away.when)
    cells = space(criterion.facts, named)
    clauses = not_so(cells, away.when, decided=True) if away else []
    for level in criterion.way.levels:
        clauses = clauses + _failing(cells, level)
    found = solve(cells, clauses, work)
    if found is None:
        return
    for domains in _stretches(cells, found):
        where = {
            name: shown(value, [Fraction(one.value) for test in named if test.fact == name
                                for one in test.comparisons])
            for name, value in sorted(witness(cells, domains).items(), key=_order(criterion))
        }  # fmt: skip
        yield Finding("warning", criterion.id, "gap", "gap", {"values": where}, where,
                      path=at)  # fmt: skip


def _order(criterion: Criterion) -> Callable[[tuple[str, CellValue]], int]:
    """Return the place of a fact in the order the criterion names them."""
    places = {name: place for place, name in enumerate(criterion.facts)}
    return lambda pair: places[pair[0]]


def _stretches(cells: Space, found: Domains) -> list[Domains]:
    """Return the separate stretches of a solution over one fact; over several, the solution."""
    if len(cells.variables) != 1 or len(cells.variables[0].names) != 1:
        return [found]
    variable = cells.variables[0]
    name = variable.names[0]
    in_order = sorted(
        range(len(variable.cells)), key=lambda bit: variable.cells[bit].values[name] or 0
    )
    stretches: list[int] = []
    going = False
    for bit in in_order:
        inside = bool(found[0] >> bit & 1)
        if inside and going:
            stretches[-1] |= 1 << bit
        elif inside:
            stretches.append(1 << bit)
        going = inside
    return [[stretch] for stretch in stretches[:MOST_GAPS]]


def shown(value: CellValue, bounds: list[Fraction]) -> bool | int | Decimal | None:
    """Return a value as a facts file can hold it.

    A share without end as a decimal is cut where the decimal still lies between the same bounds.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if value.denominator == 1:
        return int(value)
    if ends(value):
        places = 0
        while (value * 10**places).denominator != 1:
            places += 1
        return Decimal(int(value * 10**places)).scaleb(-places)
    places = 3
    while True:
        cut = Fraction(int(value * 10**places), 10**places)
        if not any(cut <= bound < value for bound in bounds):
            return Decimal(cut.numerator) / Decimal(cut.denominator)
        places += 1
