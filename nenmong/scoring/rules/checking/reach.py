"""Circumstances under which the best meeting possible stays below the total of a form.

Criteria that share facts are weighed together, since one fact cannot suit two that want opposite
things; all others are independent. What gives points only by a person's judgement can be full.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, islice

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
from nenmong.scoring.rules.scoring import deducted, half_up

MOST_AT_ONCE = 3  # circumstances that only together keep a meeting from the total
MOST_TRIED = 400  # combinations of them, for criteria that hang together
MOST_FOUND = 20
MOST_WORK = 150_000


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


Losses = tuple[Loss, ...]  # those that no other beats
Circumstances = tuple[tuple[str, bool | int], ...]
NOTHING = Loss(Decimal(0), Decimal(0))


@dataclass(frozen=True)
class Given:
    """A circumstance with a value: the cells of its variable in which it has it."""

    name: str
    value: bool | int
    place: int
    mask: int


@dataclass(frozen=True)
class Part:
    """Criteria that hang together: what they lose at least, and under which circumstances more."""

    always: Losses
    under: dict[Circumstances, Losses]

    def given(self, circumstances: Circumstances) -> Losses:
        """Return what is lost under circumstances, of which some may not matter here."""
        fitting = [losses for some, losses in self.under.items() if set(some) <= set(circumstances)]
        return fitting[-1] if fitting else self.always  # those of more circumstances come last


def unreachable(pack: Pack, work: Work) -> Iterator[Finding]:
    """Yield the least circumstances that keep every meeting below the total, and the best then."""
    if pack.total is None:
        return
    parts = []
    for criteria in _parts([each for each in pack.criteria.values() if each.is_measured]):
        mine = Work(min(work.left, MOST_WORK))
        before = mine.left
        with suppress(TooIntricateError):  # too many facts hang together: no statement is made
            parts.append(_part(criteria, pack.total, mine))
        work.left -= before - max(mine.left, 0)
    wanted = dict.fromkeys(given for part in parts for given in part.under)
    for given in [(), *wanted][: MOST_FOUND + 1]:
        losses: Losses = (NOTHING,)
        for part in parts:
            losses = _least_of(
                Loss(one.lost + other.lost, one.out + other.out)
                for one in losses
                for other in part.given(given)
            )
        yield from _finding(pack.total, given, losses)


def _finding(total: Decimal, given: Circumstances, losses: Losses) -> Iterator[Finding]:
    share = _share(losses, total)
    if not share:
        return
    best = half_up(Fraction(total) * (1 - share))
    if all(loss.out == 0 for loss in losses):
        best = total - losses[0].lost  # a sum: nothing is rounded
    where = {**dict(given), "best": best}
    params = {"values": dict(given), "best": best, "total": total}
    reason = "unreachable" if given else "unreachable_always"
    yield Finding("warning", None, "unreachable-total", reason, params, where, path=("total",))


def _share(losses: Losses, total: Decimal) -> Fraction:
    """Return the least share that must be lost of what then counts; 0 where nothing counts."""
    shares = [
        Fraction(loss.lost) / Fraction(total - loss.out) for loss in losses if total > loss.out
    ]
    return min(shares, default=Fraction(0))


def _least_of(losses: Iterable[Loss]) -> Losses:
    """Return those that no other beats, losing no more and taking out no more."""
    kept: list[Loss] = []
    for loss in sorted(losses, key=lambda each: (each.lost, each.out)):
        if not kept or loss.out < kept[-1].out:
            kept.append(loss)
    return tuple(kept)


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


def _part(criteria: list[Criterion], total: Decimal, work: Work) -> Part:
    """Return what is lost at least under any circumstances, and under which more is lost."""
    cells = _space(criteria)
    outcomes = [_outcomes(cells, criterion) for criterion in criteria]
    always = _least(cells, outcomes, cells.domains(), work)
    found: dict[Circumstances, Losses] = {}
    seen: set[tuple[tuple[str, ...], Losses]] = set()
    if not always:  # facts alone never determine them
        return Part((NOTHING,), {})
    for chosen in islice(_chosen(_circumstances(cells)), MOST_TRIED):
        domains = cells.domains()
        for given in chosen:
            domains[given.place] &= given.mask
        losses = _least(cells, outcomes, domains, work) if all(domains) else ()
        key = tuple((given.name, given.value) for given in chosen)
        names = tuple(given.name for given in chosen)
        fewer = [known for part, known in found.items() if set(part) < set(key)]
        less = max(_share(known, total) for known in [always, *fewer])
        if losses and _share(losses, total) > less and (names, losses) not in seen:
            seen.add((names, losses))
            found[key] = losses
    return Part(always, found)


def _chosen(circumstances: list[Given]) -> Iterator[tuple[Given, ...]]:
    """Yield one circumstance after the other, then two together, and so on."""
    for count in range(1, MOST_AT_ONCE + 1):
        for chosen in combinations(circumstances, count):
            if len({given.name for given in chosen}) == count:
                yield chosen


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


def _least(cells: Space, outcomes: list[list[Outcome]], domains: Domains, work: Work) -> Losses:
    """Return the least that the criteria lose together; none where facts never determine all."""
    best: list[Loss] = []
    stack: list[tuple[int, Loss, list[Clause]]] = [(0, NOTHING, [])]
    while stack:
        depth, loss, clauses = stack.pop()
        if any(known.lost <= loss.lost and known.out <= loss.out for known in best):
            continue
        if solve(cells, clauses, work, domains) is None:
            continue
        if depth == len(outcomes):
            best.append(loss)
            continue
        stack += [
            (depth + 1, Loss(loss.lost + each.lost, loss.out + each.out), clauses + each.clauses)
            for each in reversed(outcomes[depth])
        ]
    return _least_of(best)
