"""`python -m benchmarks.scoring`: 100,000 meetings scored by one form, on one core.

Needs no database: forms and facts are all there is to it.
"""

import random
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

from nenmong.scoring.rules.facts import FACTS
from nenmong.scoring.rules.loading import parse
from nenmong.scoring.rules.scoring import score

FORM = Path(__file__).resolve().parent.parent / "packs" / "criteria" / "an-phu-2025.yaml"
MANY, AT_MOST_S = 100_000, 20
DIFFERENT = 1_000  # meetings that differ; each is scored many times, from its facts again


def meeting(drawn: random.Random) -> dict[str, Any]:
    """Return the facts of a believable meeting."""
    found: dict[str, Any] = {}
    for name, rule in FACTS.items():
        if rule.type == "bool":
            found[name] = drawn.random() < 0.8  # noqa: PLR2004 -- most things are done
        elif rule.type == "rate":
            due = drawn.randint(5, 40)
            found[name] = Fraction(drawn.randint(due // 2, due), due)
        else:
            found[name] = drawn.randint(0, 5)
    minutes = drawn.randint(40, 120)
    return found | {
        "duration_minutes": minutes, "required_minutes": 90,
        "duration_shortfall": max(0, 90 - minutes), "duration_ratio": Fraction(minutes, 90),
    }  # fmt: skip


def scored(many: int = MANY) -> dict[str, Any]:
    """Score so many meetings and return the CPU seconds it took."""
    pack = parse(FORM.read_bytes())
    drawn = random.Random(7)  # noqa: S311 -- the same meetings at every run
    meetings = [meeting(drawn) for _ in range(DIFFERENT)]
    said = {name: True for name, one in pack.criteria.items() if not one.is_measured}
    began = time.process_time()
    for number in range(many):
        score(pack, meetings[number % DIFFERENT], said)
    seconds = (time.process_time() - began) * MANY / many
    return {"meetings": MANY, "cpu_s": round(seconds, 2), "at_most_s": AT_MOST_S}


def main() -> None:
    """Print the figure."""
    found = scored()
    print(f"{found['meetings']:,} meetings scored: {found['cpu_s']} s, at most {AT_MOST_S}")


if __name__ == "__main__":
    sys.exit(main())
