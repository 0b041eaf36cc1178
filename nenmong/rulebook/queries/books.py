"""The rules of one unit on one day: the nearest unit above that has set one, else the packs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Substr

from nenmong.org.models import Unit, UnitVersion, in_force
from nenmong.org.rules import SEGMENT, lineage
from nenmong.rulebook import rules
from nenmong.rulebook.models import UnitRule
from nenmong.rulebook.queries import packs
from nenmong.rulebook.rules import Rule, Source

DEEPEST = 6  # levels of a tree; the country has five


@dataclass(frozen=True)
class Book:
    """What holds in one unit on one day. Reading it asks the database nothing."""

    on: date
    own: Mapping[str, UnitRule] = field(default_factory=dict)  # set by a unit, the nearest one

    def rule(self, key: str) -> Rule:
        """Return the rule in force.

        Raises:
            KeyError: no pack names `key`.
        """
        country = packs.rule(key, self.on)
        found = self.own.get(key)
        if found is None:
            return country
        source = Source(found.document, found.short, found.first_day)
        return rules.own_rule(country, found.value, source, found.first_day)

    def value(self, key: str) -> Any:
        """Return only the value of `rule(key)`."""
        return self.rule(key).value


def book(unit_uid: str, on: date) -> Book:
    """Return the rules of a unit on a day, as the tree was on that day. One query.

    A unit that was not there then has the packs' rules.
    """
    here = UnitVersion.objects.filter(in_force(on), unit=unit_uid).values("path")[:1]
    rows = _then(on).annotate(here=Subquery(here)).filter(here__startswith=F("at"))
    return Book(on, {row.key: row for row in rows.order_by("at")})  # the nearest comes last


def book_now(unit: Unit, on: date) -> Book:
    """Return the rules of a unit on a day, in today's tree: for a meeting to come or under way.

    One query, and a cheaper one than `book`.
    """
    rows = UnitRule.objects.standing().filter(in_force(on), unit__path__in=lineage(unit.path))
    return Book(on, {row.key: row for row in rows.order_by("unit__path")})


def line_of(path: str) -> list[Substr]:
    """Return the paths from the root to that of the outer row: it and all above it."""
    return [Substr(OuterRef(path), 1, SEGMENT * depth) for depth in range(1, DEEPEST + 1)]


def nearest(key: str, on: date) -> Subquery:
    """Return, to be annotated to units, the value that the nearest unit above has set; else None.

    In today's tree: for lists, where a query for each unit or for all rules would be too many.
    """
    rows = UnitRule.objects.standing().filter(in_force(on), key=key, unit__path__in=line_of("path"))
    return Subquery(rows.order_by("-unit__path").values("value")[:1])


def _then(on: date) -> Any:
    """Return the rules in force on a day, each `at` the path its unit had then."""
    rows = UnitRule.objects.standing().filter(in_force(on), in_force(on, "unit__versions__"))
    return rows.annotate(at=F("unit__versions__path"))
