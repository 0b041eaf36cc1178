"""What a form is once it has been read: groups, criteria, ways of giving points, grades.

Source: criteria/README.md, "A pack" and "How a criterion gets its points".
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Operator = Literal["min", "max", "above", "below", "is"]
OPERATORS: tuple[Operator, ...] = ("min", "max", "above", "below", "is")


@dataclass(frozen=True, slots=True)
class Text:
    """Words in Vietnamese, and in English where they were given."""

    vi: str
    en: str = ""

    def __str__(self) -> str:
        return self.vi

    def in_language(self, language: str) -> str:
        return self.en if language == "en" and self.en else self.vi


@dataclass(frozen=True, slots=True)
class Comparison:
    """One bound that a fact is held against."""

    operator: Operator
    value: Decimal | bool


@dataclass(frozen=True, slots=True)
class Test:
    """A fact and its bounds, all of which must hold."""

    fact: str
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A `when`: every test holds, and one entry of `any` where there are some."""

    tests: tuple[Test, ...]
    any: tuple[tuple[Test, ...], ...] = ()

    def __iter__(self) -> Iterator[Test]:
        yield from self.tests
        for entry in self.any:
            yield from entry

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that are named, each once, as they come."""
        return tuple(dict.fromkeys(test.fact for test in self))


@dataclass(frozen=True, slots=True)
class Judged:
    """A person gives 0..max in steps."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Max or 0, from a fact or else from a person."""

    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """Points for a condition; without one it is "otherwise". For `met` the points are true."""

    points: Decimal | bool
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Levels:
    """The first level whose condition holds gives its points."""

    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Deduct:
    """Max less `points` for each whole `per` of a fact, never below `floor`."""

    fact: str
    per: Decimal
    points: Decimal
    floor: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Met:
    """Met or not, without points; without a condition a person says so."""

    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A way that could not be read: only in a draft, never in a pack that is given out."""


Way = Judged | YesNo | Levels | Deduct | Met | Broken


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """When a criterion does not apply, and whether it then gives full marks or is taken out."""

    when: Condition
    gives: Literal["full", "excluded"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a form; `max` is None where the form has no points."""

    id: str
    name: Text
    max: Decimal | None
    way: Way
    not_applicable: NotApplicable | None = None

    @property
    def is_measured(self) -> bool:
        """Whether a fact gives the points; else a person has to."""
        return bool(self.way_facts)

    @property
    def way_facts(self) -> tuple[str, ...]:
        """The facts that the way of giving points names, each once."""
        match self.way:
            case YesNo(fact=str() as fact) | Deduct(fact=fact):
                return (fact,)
            case Levels(levels=levels):
                named = [name for level in levels if level.when for name in level.when.facts]
                return tuple(dict.fromkeys(named))
            case Met(when=Condition() as when):
                return when.facts
        return ()

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact the criterion names, each once: those of its points, then `not_applicable`."""
        more = self.not_applicable.when.facts if self.not_applicable else ()
        return tuple(dict.fromkeys(self.way_facts + more))


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria under one heading; `max` is None where the form has no points."""

    id: str
    name: Text
    max: Decimal | None
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade by points (`min`) or by how many criteria may be missed, None being any number."""

    id: str
    name: Text
    min: Decimal | None = None
    full_marks: tuple[str, ...] = ()
    missed_at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A condition under which the grade is at best this one."""

    id: str
    grade: str
    when: Condition
    reason: Text


@dataclass(frozen=True, slots=True)
class Source:
    """The document a form was issued by."""

    document: str
    date: datetime.date | None = None
    url: str = ""


# Told apart by identity: what is reckoned once for a pack is kept beside it.
@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Pack:
    """One issued form. Kinds left empty are all kinds; both days of validity are counted."""

    code: str
    version: str
    name: Text
    source: Source
    completeness: Literal["full", "partial"]
    effective_from: datetime.date
    effective_to: datetime.date | None
    cell_kinds: tuple[str, ...]
    meeting_kinds: tuple[str, ...]
    total: Decimal | None
    step: Decimal | None
    explain_full: tuple[str, ...]
    groups: tuple[Group, ...]
    grades: tuple[Grade, ...]
    overrides: tuple[Override, ...] = ()
    criteria: Mapping[str, Criterion] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        each = {criterion.id: criterion for group in self.groups for criterion in group.criteria}
        object.__setattr__(self, "criteria", each)

    def applies(self, cell_kind: str, meeting_kind: str, day: datetime.date) -> bool:
        """Say whether the form holds for such a meeting, held on `day`."""
        return (
            self.effective_from <= day
            and (self.effective_to is None or day <= self.effective_to)
            and (not self.cell_kinds or cell_kind in self.cell_kinds)
            and (not self.meeting_kinds or meeting_kind in self.meeting_kinds)
        )

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact the form names, each once, as they come."""
        named = [name for criterion in self.criteria.values() for name in criterion.facts]
        named += [name for override in self.overrides for name in override.when.facts]
        return tuple(dict.fromkeys(named))
