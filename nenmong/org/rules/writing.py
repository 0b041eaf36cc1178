"""A plan of one step, written from what a form asks; `rules.plan.read` reads it like any other."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import yaml

MERGE, RENAME, MOVE, DISSOLVE = "merge", "rename", "move", "dissolve"
VERBS = (MERGE, RENAME, MOVE, DISSOLVE)


def written(
    *, name: str, day: date, verb: str, units: Sequence[str], new_name: str = "", into: str = ""
) -> str:
    """Return the text of a plan with one step on `units`, codes or uids.

    Args:
        verb: one of VERBS; two units or more are merged, others renamed one at a time.
        new_name: of the unit they become, or the new name.
        into: an existing unit they go to; for `move` the one they come to stand under.

    Raises:
        ValueError: `verb` is none of them.
    """
    step: dict[str, Any] = {verb: list(units)}
    if verb == RENAME:
        step = {verb: "".join(units[:1]), "name": new_name}
    elif verb == MOVE:
        step["under"] = into
    elif verb == MERGE:
        step["into"] = {"as": "don-vi-moi", "name": new_name} if new_name else into
    elif verb == DISSOLVE:
        if into:
            step["into"] = into
    else:
        raise ValueError(f"{verb!r} is no step of this form")
    plan = {"plan": name, "day": day, "steps": [step]}
    return yaml.safe_dump(plan, allow_unicode=True, sort_keys=False)
