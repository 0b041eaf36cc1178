"""Circumstances under which the best meeting possible stays below the total of a form.

Criteria that share facts are weighed together, since one fact cannot suit two that want opposite
things; all others are independent. What gives points only by a person's judgement can be full.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from nenmong.scoring.rules.checking.cells import CHAIN, LENGTH, RATE_OF, REQUIRED, Space, space
from nenmong.scoring.rules.checking.solver import (
    Clause,
    Domains,
    TooIntricateError,
    Work,
    not_so,
    solve,
    true_ways,
)
from nenmong.scoring.rules.facts import FACTS
from nenmong.scoring.rules.findings import Finding
from nenmong.scoring.rules.pack import Criterion, Deduct, Levels, Pack, Test, YesNo
from nenmong.scoring.rules.scoring import deducted, half_up, rescaled

MOST_AT_ONCE = 3  # circumstances that only together keep a meeting from the total
MOST_TRIED = 400  # combinations of them, for criteria that hang together
MOST_FOUND = 20


@dataclass(frozen=True)
class Outcome:
    """Points a criterion can end with: what is lost, what is taken out, under which demands."""

    lost: Decimal
    out: Decimal
    clauses: list[Clause]


@dataclass(frozen=True)
class Loss:
    """What is lost at least, and what is taken out with it."""

    lost: Decimal
    out: Decimal


@dataclass(frozen=True)
class Given:
    """A circumstance with a value: the cells of its variable in which it has it."""

    name: str
    value: bool | int
    place: int
    mask: int


def unreachable(pack: Pack, work: Work) -> Iterator[Finding]:
    """Yield the least circumstances that keep every meeting below the total, and the best then."""
    if pack.total is None:
        return
    parts = _parts([each for each in pack.criteria.values() if each.is_measured])
    always: list[Loss] = []
    found: dict[tuple[tuple[str, bool | int], ...], Loss] = {}
    for criteria in parts:
        part_work = Work(min(work.left, 150_000))
        before = part_work.left
        try:
            base, under = _losses(criteria, part_work)
        except TooIntricateError:
            continue  # too many facts hang together: no statement is made
        finally:
            work.left -= before - max(part_work.left, 0)
        if base is not None and base.lost:
            always.append(base)
        for given, loss in under.items():
            old = found.get(given, Loss(Decimal(0), Decimal(0)))
            less = base.lost if base else Decimal(0)
            found[given] = Loss(old.lost + loss.lost - less, old.out + loss.out)
    lost = sum((loss.lost for loss in always), Decimal(0))
    out = sum((loss.out for loss in always), Decimal(0))
    if lost:
        yield from _finding(pack.total, (), lost, out)
    for given, loss in list(found.items())[:MOST_FOUND]:
        yield from _finding(pack.total, given, lost + loss.lost, out + loss.out)


def _finding(
    total: Decimal, given: tuple[tuple[str, bool | int], ...], lost: Decimal, out: Decimal
) -> Iterator[Finding]:
    left = total - out
    if left <= 0:
        return
    best = half_up(rescaled(left - lost, left, total)) if out else total - lost
    where = {**dict(given), "best": best}
    params = {"values": dict(given), "best": best, "total": total}
    reason = "unreachable" if given else "unreachable_always"
    yield Finding("warning", None, "unreachable-total", reason, params, where, path=("total",))


def _parts(criteria: list[Criterion]) -> list[list[Criterion]]:
    """Return the criteria by those that share a fact, or facts with a relation."""
    parts: list[tuple[set[str], list[Criterion]]] = []
    for criterion in criteria:
        facts, members = _related(criterion.facts), [criterion]
        apart = []
        for others, theirs in parts:
            if others & facts:
                facts |= others
                members = theirs + members
            else:
                apart.append((others, theirs))
        parts = [*apart, (facts, members)]
    return [members for _facts, members in parts]


def _related(facts: tuple[str, ...]) -> set[str]:
    """Return facts with those that a relation ties them to."""
    found = set(facts)
    if found & set(LENGTH):
        found |= set(LENGTH)
    if found & set(CHAIN):
        found |= set(CHAIN)
    if "committee_met_before" in found:
        found.add("has_cell_committee")
    for due, rate in RATE_OF.items():
        if found & {due, rate}:
            found |= {due, rate}
    if found & {"unexcused_absences", "attendance_rate"}:
        found |= {"unexcused_absences", "attendance_rate"}
    return found


def _losses(
    criteria: list[Criterion], work: Work
) -> tuple[Loss | None, dict[tuple[tuple[str, bool | int], ...], Loss]]:
    """Return what is lost at least under any circumstances, and under which more is lost."""
    cells = _space(criteria)
    outcomes = [_outcomes(cells, criterion) for criterion in criteria]
    base = _least(cells, outcomes, cells.domains(), work)
    if base is None:
        return None, {}
    circumstances = _circumstances(cells)
    tried, found = 0, {}  # type: int, dict[tuple[tuple[str, bool | int], ...], Loss]
    seen: set[tuple[tuple[str, ...], Decimal]] = set()
    for count in range(1, MOST_AT_ONCE + 1):
        for chosen in combinations(circumstances, count):
            names = tuple(given.name for given in chosen)
            if len(set(names)) < count:
                continue
            tried += 1
            if tried > MOST_TRIED:
                return base, found
            domains = cells.domains()
            for given in chosen:
                domains[given.place] &= given.mask
            if not all(domains):
                continue
            loss = _least(cells, outcomes, domains, work)
            key = tuple((given.name, given.value) for given in chosen)
            less = max(
                (known.lost for part, known in found.items() if set(part) < set(key)),
                default=base.lost,
            )
            if loss is None or loss.lost <= less or (names, loss.lost) in seen:
                continue
            seen.add((names, loss.lost))
            found[key] = loss
    return base, found


def _space(criteria: list[Criterion]) -> Space:
    facts = list(dict.fromkeys(name for criterion in criteria for name in criterion.facts))
    if {"speakers", "members_present"} & set(facts):
        facts.append("members_due")
    if "committee_met_before" in facts:
        facts.append("has_cell_committee")
    if set(facts) & {"duration_minutes", "duration_shortfall", "duration_ratio"}:
        facts.append("required_minutes")
    tests: list[Test] = []
    deducts: list[tuple[Deduct, Fraction]] = []
    for criterion in criteria:
        if criterion.not_applicable:
            tests += list(criterion.not_applicable.when)
        if isinstance(criterion.way, Levels):
            tests += [test for level in criterion.way.levels if level.when for test in level.when]
        if isinstance(criterion.way, Deduct):
            deducts.append((criterion.way, Fraction(criterion.max or 0)))
    return space(facts, tests, missing=True, deducts=deducts)


def _circumstances(cells: Space) -> list[Given]:
    """Return every value that a circumstance can have, one for each cell of it."""
    found = []
    for place, variable in enumerate(cells.variables):
        if len(variable.names) > 1:
            for required in REQUIRED:
                bits = [bit for bit, cell in enumerate(variable.cells)
                        if cell.values[""] == required]  # fmt: skip
                mask = sum(1 << bit for bit in bits)
                found.append(Given("required_minutes", required, place, mask))
            continue
        name = variable.names[0]
        if not FACTS[name].circumstance:
            continue
        for bit, cell in enumerate(variable.cells):
            value = cell.values[name]
            if isinstance(value, int):
                most = value if isinstance(value, bool) or cell.hi is None else cell.hi
                found.append(Given(name, most, place, 1 << bit))
    return found


def _outcomes(cells: Space, criterion: Criterion) -> list[Outcome]:
    """Return the ways a criterion can be determined by facts, those that lose least first."""
    most, none = criterion.max or Decimal(0), Decimal(0)
    found: list[Outcome] = []
    applies: list[Clause] = []
    if criterion.not_applicable:
        when = criterion.not_applicable.when
        out = most if criterion.not_applicable.gives == "excluded" else none
        found += [Outcome(none, out, way) for way in true_ways(cells, when)]
        applies = not_so(cells, when, decided=False)
    match criterion.way:
        case YesNo(fact=str() as fact):
            place = cells.place[fact]
            found += [Outcome(none, none, [*applies, {place: 2}]),
                      Outcome(most, none, [*applies, {place: 1}])]  # fmt: skip
        case Deduct():
            found += _deducted(cells, criterion.way, most, applies)
        case Levels(levels=levels):
            earlier = applies
            for level in levels:
                ways: list[list[Clause]] = true_ways(cells, level.when) if level.when else [[]]
                lost = most - Decimal(level.points)
                found += [Outcome(lost, none, earlier + way) for way in ways]
                if level.when is None:
                    break
                earlier = earlier + not_so(cells, level.when, decided=True)
    return sorted(found, key=lambda outcome: (outcome.lost, outcome.out))


def _deducted(cells: Space, way: Deduct, most: Decimal, applies: list[Clause]) -> Iterator[Outcome]:
    place = cells.place[way.fact]
    masks: dict[Decimal, int] = {}
    for bit, cell in enumerate(cells.variables[place].cells):
        value = cell.values[way.fact]
        if value is not None:
            lost = most - deducted(way, most, Fraction(value))
            masks[lost] = masks.get(lost, 0) | 1 << bit
    for lost, mask in masks.items():
        yield Outcome(lost, Decimal(0), [*applies, {place: mask}])


def _least(
    cells: Space, outcomes: list[list[Outcome]], domains: Domains, work: Work
) -> Loss | None:
    """Return the least that the criteria lose together; None where facts never determine all."""
    best: Loss | None = None
    stack: list[tuple[int, Decimal, Decimal, list[Clause]]] = [(0, Decimal(0), Decimal(0), [])]
    while stack:
        depth, lost, out, clauses = stack.pop()
        if best is not None and (lost, out) >= (best.lost, best.out):
            continue
        if solve(cells, clauses, work, domains) is None:
            continue
        if depth == len(outcomes):
            best = Loss(lost, out)
            continue
        stack += [
            (depth + 1, lost + each.lost, out + each.out, clauses + each.clauses)
            for each in reversed(outcomes[depth])
        ]
    return best
