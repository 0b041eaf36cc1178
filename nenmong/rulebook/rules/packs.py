"""Pure rules of the rulebook: what a pack is, and which value holds on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Source:
    """Where a value was said: the document, its short name on screen, its date."""

    document: str
    short: str
    on: date


@dataclass(frozen=True)
class Rule:
    """One value in force, with the sentence a screen quotes; `since` is the day it was first so."""

    key: str
    value: Any
    quote: Mapping[str, str]
    source: Source
    since: date
    strict: bool = False  # a bar that must be passed, not only reached
    secondary: bool = False  # seen only in secondary material

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.value)

    def reached(self, rate: Fraction) -> bool:
        """Say whether `rate` meets this bar, exactly."""
        return rate > self.fraction if self.strict else rate >= self.fraction


@dataclass(frozen=True)
class Pack:
    """A document's values and the days it holds, both counted."""

    code: str
    first_day: date
    last_day: date | None
    rules: Mapping[str, Rule]

    def holds(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def read_pack(data: Mapping[str, Any]) -> Pack:
    """Return the pack that a parsed YAML file says.

    Raises:
        KeyError, TypeError, ValueError: the file is not of the form of the others.
    """
    common = _source(data["source"])
    first_day = data["effective_from"]
    rules = {
        key: Rule(
            key=key,
            value=rule["value"],
            quote=rule["quote"],
            source=_source(rule["source"]) if "source" in rule else common,
            since=_since(rule, first_day),
            strict=bool(rule.get("strict", False)),
            secondary=bool(rule.get("secondary", False)),
        )
        for key, rule in data["rules"].items()
    }
    return Pack(data["pack"], first_day, data["effective_to"], rules)


def _since(rule: Mapping[str, Any], first_day: date) -> date:
    """Return from when a rule holds: as it says, else as its own document, else as the pack."""
    own = rule["source"]["date"] if "source" in rule else first_day
    since: date = rule.get("since", own)
    return since


def _source(data: Mapping[str, Any]) -> Source:
    return Source(data["document"], data["short"], data["date"])


def in_force(packs: Iterable[Pack], key: str, day: date) -> Rule | None:
    """Return the rule `key` of the latest pack that holds on `day` and names it, else None."""
    holding = [pack for pack in packs if pack.holds(day) and key in pack.rules]
    return max(holding, key=lambda pack: pack.first_day).rules[key] if holding else None
