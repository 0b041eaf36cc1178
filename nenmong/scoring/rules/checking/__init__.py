"""What is wrong with a form, found by reasoning over it, never by trying values at random."""

from collections.abc import Iterator

from nenmong.scoring.rules.checking.gaps import conditions, gaps, hidden, impossible
from nenmong.scoring.rules.checking.reach import unreachable
from nenmong.scoring.rules.checking.solver import TooIntricateError, Work
from nenmong.scoring.rules.checking.structure import each_criterion, structure
from nenmong.scoring.rules.findings import Finding, Path
from nenmong.scoring.rules.loading import Loaded, load
from nenmong.scoring.rules.pack import Broken, Criterion, Pack

__all__ = ["check", "examine"]

WHOLE_WORK = 6_000_000  # for one form: some seconds
CRITERION_WORK = 1_500_000


def examine(data: bytes) -> Loaded:
    """Read a form and return it with everything that was found, each with its line."""
    loaded = load(data)
    if loaded.draft is None:
        return loaded
    more = [finding.on_line(loaded.lines) for finding in check(loaded.draft)]
    findings = (*loaded.findings, *(one for one in more if one not in loaded.findings))
    in_order = sorted(findings, key=lambda one: (one.severity != "error", one.line or 0))
    broken = any(finding.severity == "error" for finding in findings)
    return Loaded(None if broken else loaded.draft, tuple(in_order), loaded.draft, loaded.lines)


def check(pack: Pack) -> tuple[Finding, ...]:
    """Return what is wrong with a form, and what whoever issues it should know."""
    found = list(structure(pack))
    work = Work(WHOLE_WORK)
    for at, criterion in each_criterion(pack):
        if not isinstance(criterion.way, Broken):
            found += _criterion(pack, at, criterion, work)
    for place, override in enumerate(pack.overrides):
        if override.when.facts:
            path = ("overrides", place, "when")
            found += impossible(None, path, override.when, Work(CRITERION_WORK))
    if not any(finding.severity == "error" for finding in found):
        whole = all(not isinstance(one.way, Broken) for one in pack.criteria.values())
        found += unreachable(pack, work) if whole else []
    return tuple(found)


def _criterion(pack: Pack, at: Path, criterion: Criterion, work: Work) -> Iterator[Finding]:
    """Yield what reasoning finds in one criterion; one that is too intricate is refused."""
    mine = Work(min(work.left, CRITERION_WORK))
    before = mine.left
    found: list[Finding] = []
    try:
        for path, when in conditions(pack, at, criterion):
            found += impossible(criterion.id, path, when, mine)
        found += hidden(at, criterion, mine)
        found += gaps(at, criterion, mine)
    except TooIntricateError:
        found.append(Finding("error", criterion.id, "shape", "too_intricate", path=at))
    work.left -= before - max(mine.left, 0)
    yield from found
