"""Counting a roll: who is due, who came, and how often in a row someone was excused."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

CAME = frozenset({"present", "late", "left_early"})
# Those in the room: an exempt member who came may speak and vote, though not counted as due.
THERE = CAME | {"exempt_present"}
ABSENT = frozenset({"excused", "unexcused"})
NOT_DUE = frozenset({"exempt", "exempt_present", "special_duty"})
CHOICES_DUE = ("present", "excused", "unexcused", "late", "left_early", "special_duty")
CHOICES_EXEMPT = ("exempt", "exempt_present")


def first_status(membership: str) -> str:
    """Return how a person stands on the roll before it is called: all who are due are present."""
    if membership == "exempt":
        return "exempt"
    return "special_duty" if membership in {"special_duty", "away"} else "present"


def choices_for(membership: str) -> tuple[str, ...]:
    """Return the states a person of this membership can be noted in."""
    if membership == "exempt":
        return CHOICES_EXEMPT
    return CHOICES_DUE


@dataclass(frozen=True)
class Counts:
    """The numbers of a roll: `due` is all less exempt and special duty, `present` are of those due.

    `official_present` are those who may vote: everyone there but probationary members, an exempt
    member who came included.
    """

    total: int
    official: int
    probationary: int
    temporary: int
    exempt: int
    exempt_present: int
    special_duty: int
    due: int
    present: int
    official_present: int
    excused: int
    unexcused: int
    late: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def count(roll: Iterable[tuple[str, str]]) -> Counts:
    """Return the numbers of a roll of (membership, status) pairs."""
    rows = list(roll)
    members = Counter(membership for membership, _ in rows)
    states = Counter(status for _, status in rows)
    due = [(membership, status) for membership, status in rows if status not in NOT_DUE]
    return Counts(
        total=len(rows),
        official=members["official"],
        probationary=members["probationary"],
        temporary=members["temporary"],
        exempt=states["exempt"] + states["exempt_present"],
        exempt_present=states["exempt_present"],
        special_duty=states["special_duty"],
        due=len(due),
        present=sum(status in CAME for _, status in due),
        official_present=sum(
            status in THERE and membership != "probationary" for membership, status in rows
        ),
        excused=states["excused"],
        unexcused=states["unexcused"],
        late=states["late"],
    )


@dataclass(frozen=True)
class Group:
    """The numbers of one party group on a roll; those in none have no name."""

    name: str
    due: int
    present: int


def by_group(roll: Iterable[tuple[str, str]]) -> list[Group]:
    """Return the numbers of each group of (group, status) pairs, by name, those in none last."""
    due: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for group, status in roll:
        due[group] += status not in NOT_DUE
        present[group] += status in CAME
    names = sorted(due, key=lambda name: (not name, name))
    return [Group(name, due[name], present[name]) for name in names]


def rate(*, present: int, due: int) -> Fraction | None:
    """Return attendance as an exact fraction, 0 to 1; None when nobody was due.

    Raises:
        ValueError: `present` lies outside 0..due.

    Source: 12-HD/BTCTW (2018); 42-HD/BTCTW (2025).
    """
    if not 0 <= present <= due:
        raise ValueError(f"present={present} does not fit due={due}")
    return Fraction(present, due) if due else None


def longest_run(meetings: Sequence[bool]) -> int:
    """Return the longest run of True: meetings in a row that one member missed with a reason."""
    longest = run = 0
    for missed in meetings:
        run = run + 1 if missed else 0
        longest = max(longest, run)
    return longest
