"""From the bytes of a file to a form: what stands in it, and everything that is not as it must be.

Here lies what can be said of each place by itself (codes `shape` and `unknown-fact`); what needs
the whole form is found by `checking`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from nenmong.scoring.rules.findings import Finding, Path
from nenmong.scoring.rules.pack import (
    OPERATORS,
    Broken,
    Comparison,
    Condition,
    Criterion,
    Deduct,
    Grade,
    Group,
    Judged,
    Level,
    Levels,
    Met,
    NotApplicable,
    Override,
    Pack,
    Source,
    Test,
    Text,
    Way,
    YesNo,
)
from nenmong.scoring.rules.reading import UnreadableError, read
from nenmong.scoring.rules.shape import Notes, Part, known_fact

MOST_CRITERIA = 300
MOST_LEVELS = 50
MOST_ENTRIES = 20  # of an `any`
MOST_EXPLAINED = 3  # `explain_full`
WAYS = ("judged", "yes_no", "levels", "deduct", "met")
REQUIRED = (
    "pack", "version", "name", "source", "completeness", "effective_from", "total", "groups",
    "grades",
)  # fmt: skip
OPTIONAL = ("effective_to", "applies_to", "step", "explain_full", "overrides")
_CODE = re.compile(r"[a-z0-9-]{1,60}")
_VERSION = re.compile(r"\S{1,40}")
_FIRST_DAY = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file holds. `draft` is all that could be read; `pack` is it where nothing is wrong."""

    pack: Pack | None
    findings: tuple[Finding, ...]
    draft: Pack | None = None
    lines: Mapping[Path, int] = field(default_factory=dict)


class BrokenPackError(ValueError):
    """The file is no form that can be scored by; carries the errors that were found."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(finding.reason for finding in findings[:5]))
        self.findings = findings


def load(data: bytes) -> Loaded:
    """Read a form and note what is not of its shape."""
    try:
        document = read(data)
    except UnreadableError as error:
        return Loaded(None, (error.finding,))
    notes = Notes()
    draft = _Form(document.content, notes).pack()
    findings = tuple(finding.on_line(document.lines) for finding in notes.findings)
    return Loaded(None if findings else draft, findings, draft, document.lines)


@lru_cache(maxsize=256)
def parse(data: bytes) -> Pack:
    """Return the form, read once for the same bytes.

    Raises:
        BrokenPackError: it is not of the shape of a form, or names what is not there. What only
            checking finds (a level that is hidden, a gap) does not keep it from being scored by.
    """
    from nenmong.scoring.rules.checking.structure import names  # noqa: PLC0415 -- it reads packs

    loaded = load(data)
    if loaded.pack is None:
        raise BrokenPackError(loaded.findings)
    findings = tuple(finding.on_line(loaded.lines) for finding in names(loaded.pack))
    if findings:
        raise BrokenPackError(findings)
    return loaded.pack


class _Form:
    """Reads one form from the top down."""

    def __init__(self, content: dict[str, Any], notes: Notes) -> None:
        self.notes = notes
        self.top = Part(content, (), notes)
        self.with_points = self.top.values.get("total") is not None
        self.criteria = 0

    def pack(self) -> Pack:
        top = self.top
        top.known(*REQUIRED, *OPTIONAL, needed=REQUIRED)
        first, last = top.day("effective_from"), top.day("effective_to")
        if first is None and "effective_from" in top and top.values["effective_from"] is None:
            self.notes.shape("not_a_day", top.at("effective_from"), key="effective_from")
        if first and last and last < first:
            self.notes.shape("days_reversed", top.at("effective_to"))
        kinds = top.part("applies_to")
        kinds.known("cell_kinds", "meeting_kinds")
        explained = top.words("explain_full")
        if len(explained) > MOST_EXPLAINED:
            self.notes.shape("explain_full", top.at("explain_full"), most=MOST_EXPLAINED)
        return Pack(
            code=top.word("pack", _CODE),
            version=top.word("version", _VERSION),
            name=_text(top, "name"),
            source=self._source(),
            completeness=top.choice("completeness", ("full", "partial")),
            effective_from=first or _FIRST_DAY,
            effective_to=last,
            cell_kinds=kinds.words("cell_kinds"),
            meeting_kinds=kinds.words("meeting_kinds"),
            total=top.points("total", positive=True) if self.with_points else None,
            step=self._step(),
            explain_full=explained,
            groups=tuple(self._group(part) for part in top.parts("groups")),
            grades=tuple(self._grade(part) for part in top.parts("grades")),
            overrides=self._overrides(),
        )

    def _source(self) -> Source:
        part = self.top.part("source")
        part.known("document", "date", "url", needed=("document",) if "source" in self.top else ())
        return Source(part.text("document"), part.day("date"), part.text("url", empty=True))

    def _step(self) -> Decimal | None:
        if self.with_points and "step" not in self.top:
            self.notes.shape("missing_key", (), key="step")
        if "step" not in self.top or (not self.with_points and self.top.values["step"] is None):
            return None
        return self.top.points("step", positive=True)

    def _max(self, part: Part) -> Decimal | None:
        """Return the maximum; a form without points has none anywhere."""
        if self.with_points:
            if "max" not in part:
                self.notes.shape("missing_key", part.path, key="max")
            return part.points("max")
        if part.values.get("max") is not None:
            self.notes.shape("max_without_total", part.at("max"))
        return None

    def _group(self, part: Part) -> Group:
        part.known("id", "name", "max", "criteria", needed=("id", "name", "criteria"))
        return Group(
            id=part.word("id"),
            name=_text(part, "name"),
            max=self._max(part),
            criteria=tuple(self._criterion(each) for each in part.parts("criteria")),
        )

    def _criterion(self, part: Part) -> Criterion:
        self.criteria += 1
        if self.criteria == MOST_CRITERIA + 1:
            self.notes.shape("too_many", part.path, key="criteria", most=MOST_CRITERIA)
        identity = part.values.get("id")
        self.notes.criterion = identity[:100] if isinstance(identity, str) else None
        part.known("id", "name", "max", "not_applicable", *WAYS, needed=("id", "name"))
        criterion = Criterion(
            id=part.word("id"),
            name=_text(part, "name"),
            max=self._max(part),
            way=self._way(part),
            not_applicable=self._not_applicable(part),
        )
        self.notes.criterion = None
        return criterion

    def _way(self, part: Part) -> Way:
        named = [way for way in WAYS if way in part]
        if len(named) != 1:
            reason = "ways_several" if named else "way_missing"
            self.notes.shape(reason, part.path, ways=", ".join(named))
            return Broken()
        way = named[0]
        if (way == "met") is self.with_points:
            self.notes.shape("met_with_points" if way == "met" else "points_without_total",
                             part.at(way), way=way)  # fmt: skip
        before = self.notes.count
        read_way = {
            "judged": _judged, "yes_no": _yes_no, "levels": _levels, "deduct": _deduct, "met": _met,
        }[way]  # fmt: skip
        found = read_way(part)
        return found if self.notes.count == before else Broken()

    def _not_applicable(self, part: Part) -> NotApplicable | None:
        if "not_applicable" not in part:
            return None
        inner = part.part("not_applicable")
        inner.known("when", "gives", needed=("when", "gives"))
        before = self.notes.count
        when = condition(inner, "when")
        gives = inner.choice("gives", ("full", "excluded"))
        whole = when is not None and self.notes.count == before
        return NotApplicable(when, gives) if when is not None and whole else None

    def _grade(self, part: Part) -> Grade:
        bar, other = ("min", "missed_at_most") if self.with_points else ("missed_at_most", "min")
        part.known("id", "name", "full_marks", "min", "missed_at_most",
                   needed=("id", "name", bar))  # fmt: skip
        if other in part:
            self.notes.shape("grade_bar", part.at(other), key=other, wanted=bar)
        missed = None
        if not self.with_points and part.values.get(bar) is not None:
            number = part.points(bar)
            if number is not None and number != int(number):
                self.notes.shape("not_points", part.at(bar), key=bar, value=number)
            missed = None if number is None else int(number)
        return Grade(
            id=part.word("id"),
            name=_text(part, "name"),
            min=self._least(part) if self.with_points and "min" in part else None,
            full_marks=part.words("full_marks"),
            missed_at_most=missed,
        )

    def _least(self, part: Part) -> Decimal | None:
        """Return a grade's bar; one below 0 is a matter of their order, not of its shape."""
        number = part.number("min")
        return number if number is None or number < 0 else part.points("min")

    def _overrides(self) -> tuple[Override, ...]:
        found = []
        for part in self.top.parts("overrides", empty=True):
            needed = ("id", "grade", "when", "reason")
            part.known(*needed, needed=needed)
            when = condition(part, "when") or Condition(())
            found.append(Override(part.word("id"), part.word("grade"), when, _text(part, "reason")))
        return tuple(found)


def _text(part: Part, key: str) -> Text:
    inner = part.part(key)
    if key not in part:
        return Text("")
    inner.known("vi", "en", needed=("vi",))
    return Text(inner.text("vi"), inner.text("en", empty=True))


def _judged(part: Part) -> Way:
    part.part("judged").known()
    return Judged()


def _yes_no(part: Part) -> Way:
    inner = part.part("yes_no")
    inner.known("fact")
    rule = inner.fact("fact")
    if rule is not None and rule.numeric:
        part.notes.shape("fact_not_yes_no", inner.at("fact"), name=rule.name)
    return YesNo(rule.name if rule else None)


def _levels(part: Part) -> Way:
    levels = list(part.parts("levels"))
    if len(levels) > MOST_LEVELS:
        part.notes.shape("too_many", part.at("levels"), key="levels", most=MOST_LEVELS)
    found = []
    for inner in levels:
        inner.known("points", "when", needed=("points",))
        points = inner.points("points")
        when = condition(inner, "when") if "when" in inner else None
        found.append(Level(Decimal(0) if points is None else points, when))
    return Levels(tuple(found))


def _deduct(part: Part) -> Way:
    inner = part.part("deduct")
    needed = ("fact", "per", "points")
    inner.known(*needed, "floor", needed=needed)
    rule, per = inner.fact("fact"), inner.number("per")
    if rule is not None and not rule.numeric:
        part.notes.shape("fact_not_number", inner.at("fact"), name=rule.name)
    if per is not None and per <= 0:
        part.notes.shape("not_positive", inner.at("per"), key="per")
    points = inner.points("points", positive=True)
    floor = inner.points("floor") if "floor" in inner else Decimal(0)
    if rule is None or per is None or points is None or floor is None:
        return Broken()
    return Deduct(rule.name, per, points, floor)


def _met(part: Part) -> Way:
    inner = part.part("met")
    inner.known("when")
    return Met(condition(inner, "when") if "when" in inner else None)


def condition(part: Part, key: str) -> Condition | None:
    """Read a `when`: facts with bounds, and `any` beside them."""
    if key not in part:
        return None
    when = part.part(key)
    if not when.values:
        if isinstance(part.values[key], dict):
            part.notes.shape("empty_condition", part.at(key))
        return None
    tests = _tests(when)
    if "any" not in when:
        return Condition(tests)
    entries = list(when.parts("any"))
    if len(entries) > MOST_ENTRIES:
        part.notes.shape("too_many", when.at("any"), key="any", most=MOST_ENTRIES)
    found = []
    for entry in entries:
        if "any" in entry:
            part.notes.shape("nested_any", entry.at("any"))
        elif not entry.values:
            part.notes.shape("empty_condition", entry.path)
        found.append(_tests(entry))
    return Condition(tests, tuple(found))


def _tests(part: Part) -> tuple[Test, ...]:
    found = []
    for name in part.values:
        rule = known_fact(name, part.at(name), part.notes) if name != "any" else None
        if rule is None:
            continue
        bounds = part.part(name)
        if not rule.numeric:
            bounds.known("is", needed=("is",))
            value = bounds.values.get("is")
            if "is" in bounds and not isinstance(value, bool):
                part.notes.shape("not_yes_no", bounds.at("is"), name=name)
            found.append(Test(name, (Comparison("is", value is True),)))
            continue
        bounds.known(*OPERATORS)
        if not bounds.values and isinstance(part.values[name], dict):
            part.notes.shape("empty_condition", part.at(name))
        numbers = [(key, bounds.number(key)) for key in OPERATORS if key in bounds]
        found.append(Test(name, tuple(Comparison(key, n) for key, n in numbers if n is not None)))
    return tuple(found)
