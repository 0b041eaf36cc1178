"""Takes values out of what was read, and notes each that is not of the form of a form."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from nenmong.scoring.rules.facts import FACTS, FactRule, nearest
from nenmong.scoring.rules.findings import Finding, Path

MOST_POINTS = 1_000_000
PLACES_AFTER_POINT = 4
MOST_WORDS = 1000  # characters of one text
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID = re.compile(r"[A-Za-z0-9_.-]{1,100}")


@dataclass
class Notes:
    """What has been found so far, and the criterion that is being read."""

    findings: list[Finding] = field(default_factory=list)
    criterion: str | None = None

    def shape(self, reason: str, path: Path, **params: Any) -> None:
        self.add("shape", reason, path, **params)

    def add(self, code: str, reason: str, path: Path, **params: Any) -> None:
        self.findings.append(Finding("error", self.criterion, code, reason, params, path=path))

    @property
    def count(self) -> int:
        return len(self.findings)


class Part:
    """One mapping of the file: its keys are asked for one by one."""

    def __init__(self, value: Any, path: Path, notes: Notes) -> None:
        self.path, self.notes = path, notes
        self.values: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            notes.shape("not_a_mapping", path, key=_last(path))

    def known(self, *keys: str, needed: tuple[str, ...] = ()) -> None:
        """Note keys that a form has not, and those that lack."""
        for key in sorted(self.values.keys() - set(keys)):
            near = nearest(key, keys)
            reason = "unknown_key" if near else "no_such_key"
            self.notes.shape(reason, (*self.path, key), key=key[:60], nearest=near)
        for key in needed:
            if key not in self.values:
                self.notes.shape("missing_key", self.path, key=key)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def at(self, key: str) -> Path:
        return (*self.path, key)

    def part(self, key: str) -> "Part":
        return Part(self.values.get(key, {}), self.at(key), self.notes)

    def parts(self, key: str, *, empty: bool = False) -> Iterator["Part"]:
        """Yield each mapping of a list."""
        for place, value in enumerate(self.list(key, empty=empty)):
            yield Part(value, (*self.at(key), place), self.notes)

    def list(self, key: str, *, empty: bool = False) -> list[Any]:
        value = self.values.get(key)
        if key not in self.values or (value is None and empty):
            return []
        if not isinstance(value, list) or not (value or empty):
            self.notes.shape("not_a_list", self.at(key), key=key)
            return []
        return value

    def word(self, key: str, pattern: re.Pattern[str] = _ID) -> str:
        """Return an id or a code."""
        value = self.values.get(key)
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        if key in self.values:
            self.notes.shape("not_an_id", self.at(key), key=key, value=_shown(value))
        return ""

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of ids."""
        found = []
        for place, value in enumerate(self.list(key, empty=True)):
            if isinstance(value, str) and _ID.fullmatch(value):
                found.append(value)
            else:
                path = (*self.at(key), place)
                self.notes.shape("not_an_id", path, key=key, value=_shown(value))
        return tuple(found)

    def text(self, key: str, *, empty: bool = False) -> str:
        value = self.values.get(key)
        if value is None and (empty or key not in self.values):
            return ""
        if isinstance(value, str) and (value.strip() or empty) and len(value) <= MOST_WORDS:
            return value.strip()
        self.notes.shape("not_text", self.at(key), key=key)
        return ""

    def choice(self, key: str, choices: tuple[str, ...]) -> Any:
        value = self.values.get(key)
        if value in choices:
            return value
        if key in self.values:
            self.notes.shape("not_one_of", self.at(key), key=key, choices=", ".join(choices))
        return choices[0]

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        if value is None or isinstance(value, date):
            return value
        if isinstance(value, str) and _DAY.fullmatch(value):  # quotes do a day no harm
            with suppress(ValueError):
                return date.fromisoformat(value)
        self.notes.shape("not_a_day", self.at(key), key=key)
        return None

    def points(self, key: str, *, positive: bool = False) -> Decimal | None:
        """Return points: a number from 0, of few digits."""
        number = self.number(key)
        if number is None:
            return None
        exponent = int(number.as_tuple().exponent)
        if not 0 <= number <= MOST_POINTS or -exponent > PLACES_AFTER_POINT:
            self.notes.shape("not_points", self.at(key), key=key, value=_shown(number))
            return None
        if positive and not number:
            self.notes.shape("not_positive", self.at(key), key=key)
            return None
        return number

    def number(self, key: str) -> Decimal | None:
        """Return a number that was written as one."""
        value = self.values.get(key)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return plain(Decimal(value))
        if isinstance(value, str) and re.fullmatch(r"\s*[-+]?[0-9][0-9.,_]*\s*%?\s*", value):
            self.notes.shape("number_as_text", self.at(key), key=key, value=_shown(value))
        elif key in self.values:
            self.notes.shape("not_a_number", self.at(key), key=key, value=_shown(value))
        return None

    def fact(self, key: str) -> FactRule | None:
        """Return the rule of a fact that is named as a value."""
        value = self.values.get(key)
        if isinstance(value, str):
            return known_fact(value, self.at(key), self.notes)
        if key in self.values:
            self.notes.shape("not_an_id", self.at(key), key=key, value=_shown(value))
        return None


def known_fact(name: str, path: Path, notes: Notes) -> FactRule | None:
    """Return the rule of a fact; one that is not known is noted with the nearest that is."""
    if name in FACTS:
        return FACTS[name]
    notes.add("unknown-fact", "unknown_fact", path, name=name[:60], nearest=nearest(name))
    return None


def plain(number: Decimal) -> Decimal:
    """Return the same number without an exponent above 0 or zeros at its end: 90, 92.5."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1)) + 0
    return number.normalize()


def _last(path: Path) -> str:
    return next((key for key in reversed(path) if isinstance(key, str)), "")


def _shown(value: Any) -> str:
    return str(value)[:60]
