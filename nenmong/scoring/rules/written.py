"""Facts and results as JSON: numbers by their digits on the way in and on the way out."""

import json
import re
from decimal import Decimal
from typing import Any

from nenmong.scoring.rules.facts import FACTS, MOST_DIGITS, fits, nearest
from nenmong.scoring.rules.pack import Pack
from nenmong.scoring.rules.scoring import Excluded, Points, Result
from nenmong.scoring.rules.shape import plain

_EXPONENT = re.compile(r"[eE][-+]?[0-9]{4,}")


def read_json(data: bytes) -> Any:
    """Return what JSON says, decimals by their digits.

    Raises:
        ValueError: it is none, says a name twice, or holds a number that is none.
    """
    return json.loads(
        data.decode("utf-8-sig"), parse_float=_decimal, parse_int=_whole, parse_constant=_constant,
        object_pairs_hook=_once,
    )  # fmt: skip


def _decimal(text: str) -> Decimal:
    if len(text) > 2 * MOST_DIGITS or _EXPONENT.search(text):
        raise ValueError(text[:40])
    return Decimal(text)


def _whole(text: str) -> int:
    if len(text) > 2 * MOST_DIGITS:
        raise ValueError(text[:40])
    return int(text)


def _constant(text: str) -> Any:
    raise ValueError(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name twice")
    return found


def fact_problem(name: str, value: object) -> tuple[str | None, str | None]:
    """Return what is wrong with a fact: `unknown`, with the nearest name, or the type it has."""
    rule = FACTS.get(name)
    if rule is None:
        return "unknown", nearest(name)
    return (None if fits(rule, value) else rule.type), None


def result_of(pack: Pack, result: Result) -> dict[str, Any]:
    """Return a result in the form of criteria/README.md, "From the command line"."""
    return {
        "pack": pack.code,
        "version": pack.version,
        "points": {name: _points(value) for name, value in result.points.items()},
        "total": result.total,
        "so_far": result.so_far,
        "at_most": result.at_most,
        "grade": result.grade,
        "undetermined": list(result.undetermined),
        "unchecked": list(result.unchecked),
        "missed": result.missed,
    }


def _points(value: Points) -> Any:
    return value.value if isinstance(value, Excluded) else value


def json_text(value: Any) -> str:
    """Return JSON in which a decimal stands by its digits: 92.5, and 90 for 90.00."""
    if isinstance(value, Decimal):
        return format(plain(value), "f")
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}: {json_text(each)}"
                 for key, each in value.items())  # fmt: skip
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(json_text(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)
