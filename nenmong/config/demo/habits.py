"""How a cell outside the ward meets: hour, place, and whether it is strong, usual or weak.

The ward's cells stand in the pack one by one; the others get what their kind has, by chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from nenmong.config.demo.chance import chance
from nenmong.config.demo.packs import pack
from nenmong.org.models import Unit


@dataclass(frozen=True)
class Temper:
    """How well a cell does what it has to. The usual one is that of the ward's cells."""

    away: float = 1.0  # times as many are away
    unexcused: float = 0.08  # of those away
    talk: float = 1.0  # times as many speak
    done: float = 0.8  # of the tasks, when they are first asked about
    pace: float = 1.0  # times as long
    missed: float = 0.0  # of the months
    postponed: float = 0.0  # of the meetings, by some days
    unsealed: float = 0.0  # of the meetings held
    unfiled: float = 0.0  # of the minutes sealed
    thematic: float = 1.0  # of the quarters
    committee: float = 0.8  # of the meetings, prepared by the cell committee where there is one


DUES, ON_PAPER, OUT_OF_TURN = 0.3, 0.15, 0.2  # of the cells
TYPISTS = ("office", "cell")  # who types the form in
USUAL = Temper()
# (how many of a hundred cells, between what and what each of their habits lies)
TEMPERS = (
    (30, Temper(0.3, 0.02, 1.0, 0.88, 1.0, 0.0, 0.02, 0.0, 0.0, 1.0, 0.5),
     Temper(0.9, 0.06, 1.2, 0.97, 1.15, 0.01, 0.08, 0.0, 0.03, 1.0, 0.9)),
    (50, Temper(0.8, 0.05, 0.8, 0.7, 0.85, 0.01, 0.05, 0.0, 0.02, 0.8, 0.1),
     Temper(2.0, 0.15, 1.0, 0.86, 1.05, 0.04, 0.2, 0.02, 0.1, 1.0, 0.4)),
    (20, Temper(2.0, 0.15, 0.3, 0.4, 0.55, 0.05, 0.2, 0.03, 0.15, 0.2, 0.0),
     Temper(4.5, 0.4, 0.7, 0.65, 0.85, 0.14, 0.5, 0.12, 0.5, 0.7, 0.1)),
)  # fmt: skip


def temper_of(rng: Random) -> Temper:
    """Return the temper of one cell."""
    ((_share, low, high),) = rng.choices(TEMPERS, [share for share, *_rest in TEMPERS])
    return Temper(**{
        name: rng.uniform(value, getattr(high, name)) for name, value in vars(low).items()
    })  # fmt: skip


def habits_of(unit: Unit, line: Mapping[str, Any], number: int, seed: int) -> dict[str, Any]:
    """Return what the pack would say of a cell: when and where it meets, how it calls its place."""
    rng = chance(seed, "habits", unit.path)
    kind = pack("cells")["habits"][unit.cell_kind]
    words = {"number": number, "name": unit.name.removeprefix("Chi bộ "), "place": unit.locality}
    return {
        "hour": rng.choice(kind["hours"]),
        "offset": rng.choice(kind["offsets"]),
        "workday": kind.get("workday", False),
        "area": line.get("area", kind["area"]).format(**words),
        "place": line.get("place", kind["place"]).format(**words),
        "deck": line.get("deck", unit.cell_kind),
    } | _at_times(rng)


def _at_times(rng: Random) -> dict[str, Any]:
    """Return what is so with some cells only: paper, a meeting out of turn, an admission, dues."""
    said: dict[str, Any] = {"dues": rng.random() < DUES, "admits": rng.randint(0, 60)}
    if rng.random() < ON_PAPER:
        said["paper"] = rng.choice(TYPISTS)
    if rng.random() < OUT_OF_TURN:
        said["events"] = [{"what": "extraordinary", "ago": rng.randint(3, 24)}]
    return said
