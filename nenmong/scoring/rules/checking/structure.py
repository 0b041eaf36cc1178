"""What the whole form must agree in: sums, ids, names, the order of grades."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from nenmong.scoring.rules.facts import nearest
from nenmong.scoring.rules.findings import Finding, Path
from nenmong.scoring.rules.pack import Criterion, Deduct, Levels, Pack

_Ids = list[tuple[str, Path]]


def structure(pack: Pack) -> Iterator[Finding]:
    """Yield what does not agree."""
    yield from names(pack)
    yield from _sums(pack)
    yield from _grade_order(pack)


def names(pack: Pack) -> Iterator[Finding]:
    """Yield ids that stand twice, and names of what the form has not."""
    yield from _duplicates(pack)
    grades = [grade.id for grade in pack.grades]
    for place, name in enumerate(pack.explain_full):
        if name not in pack.criteria:
            yield _unknown("criterion", name, pack.criteria, ("explain_full", place))
    for at, grade in enumerate(pack.grades):
        for place, name in enumerate(grade.full_marks):
            if name not in pack.criteria:
                path = ("grades", at, "full_marks", place)
                yield _unknown("criterion", name, pack.criteria, path)
    for at, override in enumerate(pack.overrides):
        if override.grade not in grades:
            yield _unknown("grade", override.grade, grades, ("overrides", at, "grade"))


def _unknown(what: str, name: str, known: Iterable[str], path: Path) -> Finding:
    params = {"name": name, "nearest": nearest(name, known)}
    return Finding("error", None, f"unknown-{what}", f"unknown_{what}", params, path=path)


def each_criterion(pack: Pack) -> Iterator[tuple[Path, Criterion]]:
    """Yield every criterion with its place in the file; of two with one id, both."""
    for at, group in enumerate(pack.groups):
        for place, criterion in enumerate(group.criteria):
            yield ("groups", at, "criteria", place), criterion


def _duplicates(pack: Pack) -> Iterator[Finding]:
    criteria: _Ids = [(criterion.id, path) for path, criterion in each_criterion(pack)]
    groups: _Ids = [(group.id, ("groups", at)) for at, group in enumerate(pack.groups)]
    grades: _Ids = [(grade.id, ("grades", at)) for at, grade in enumerate(pack.grades)]
    overrides: _Ids = [(one.id, ("overrides", at)) for at, one in enumerate(pack.overrides)]
    sorts: list[tuple[str, _Ids]] = [
        ("criterion", criteria), ("group", groups), ("grade", grades), ("override", overrides),
    ]  # fmt: skip
    for sort, ids in sorts:
        seen: set[str] = set()
        for identity, path in ids:
            if identity and identity in seen:
                criterion = identity if sort == "criterion" else None
                params = {"id": identity}
                yield Finding("error", criterion, "duplicate", f"duplicate_{sort}", params,
                              path=(*path, "id"))  # fmt: skip
            seen.add(identity)


def _sums(pack: Pack) -> Iterator[Finding]:
    if pack.total is None:
        return
    groups = [group.max for group in pack.groups]
    yield from _sum("sum_total", groups, pack.total, ("total",))
    for at, group in enumerate(pack.groups):
        maxima = [criterion.max for criterion in group.criteria]
        yield from _sum("sum_group", maxima, group.max, ("groups", at, "max"), id=group.id)
    for path, criterion in each_criterion(pack):
        yield from _above_max(path, criterion)


def _sum(
    reason: str, parts: list[Decimal | None], whole: Decimal | None, path: Path, **params: Any
) -> Iterator[Finding]:
    known = [part for part in parts if part is not None]
    if whole is None or len(known) < len(parts) or not parts:
        return  # noted as a matter of shape
    if sum(known) != whole:
        params |= {"sum": sum(known), "whole": whole}
        yield Finding("error", None, "sum", reason, params, path=path)


def _above_max(path: Path, criterion: Criterion) -> Iterator[Finding]:
    most = criterion.max
    if most is None:
        return
    found: list[tuple[Decimal | bool, Path]] = []
    match criterion.way:
        case Levels(levels=levels):
            found = [
                (level.points, (*path, "levels", place, "points"))
                for place, level in enumerate(levels)
            ]
        case Deduct(floor=floor):
            found = [(floor, (*path, "deduct", "floor"))]
    for points, place in found:
        if points > most:
            params = {"points": points, "max": most}
            yield Finding("error", criterion.id, "sum", "points_above_max", params, path=place)


def _grade_order(pack: Pack) -> Iterator[Finding]:
    if not pack.grades:
        return
    with_points = pack.total is not None
    key = "min" if with_points else "missed_at_most"
    bars = [grade.min if with_points else grade.missed_at_most for grade in pack.grades]
    in_order: Callable[[Any, Any], bool] = (
        (lambda above, here: above > here) if with_points else (lambda above, here: above < here)
    )
    for place in range(1, len(bars)):
        above, here = bars[place - 1], bars[place]
        last = place == len(bars) - 1
        if above is None:
            if not with_points:
                yield _order("grade_missed_open", pack, place - 1, key)
        elif here is not None and not in_order(above, here):
            yield _order(f"grade_{key}_order", pack, place, key)
        elif here is None and not with_points and not last:
            continue  # said of the next one
    end = bars[-1]
    if with_points and end is not None and end != 0:
        yield _order("grade_last_not_0", pack, len(bars) - 1, key)
    if not with_points and end is not None:
        yield _order("grade_last_not_open", pack, len(bars) - 1, key)


def _order(reason: str, pack: Pack, place: int, key: str) -> Finding:
    params = {"id": pack.grades[place].id}
    return Finding("error", None, "grade-order", reason, params, path=("grades", place, key))
