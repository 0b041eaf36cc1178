"""A plan of reorganisation as written: YAML read into steps, each fault with its step and line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from nenmong.core.rules import clean

CELLS = frozenset({"cell", "grassroots_cell"})
MAX_STEPS = 5000


@dataclass(frozen=True)
class Fault:
    """What is wrong with a plan; `step` is 0 where it is no step's."""

    code: str
    step: int = 0
    line: int = 0
    said: Mapping[str, Any] = field(default_factory=dict)


class Faulty(Exception):  # noqa: N818 -- a list of faults
    """A plan cannot be carried out; every fault found is listed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class New:
    """A unit the plan founds; what is left empty is taken from the unit it comes from."""

    alias: str = ""
    name: str = ""
    kind: str = ""
    cell_kind: str = ""
    organization_name: str = ""
    locality: str = ""
    code: str = ""
    under: str = ""
    units: tuple[str, ...] = ()  # of a part: what goes below it
    members: tuple[str, ...] = ()  # of a part: who goes there


@dataclass(frozen=True)
class Step:
    """One line of a plan: what is done, to which units, and with what they end up.

    `into` names a unit that is there; `new` are the units founded instead (several: a split).
    """

    number: int
    line: int
    verb: str
    units: tuple[str, ...] = ()
    into: str = ""
    new: tuple[New, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """All steps hold from one day on."""

    code: str
    day: date
    steps: tuple[Step, ...]


NEW_KEYS = frozenset(
    {"as", "name", "kind", "cell_kind", "organization_name", "locality", "code", "under"}
)
RENAME_KEYS = frozenset({"name", "organization_name", "locality", "code"})
# What may stand beside each verb.
KEYS: dict[str, frozenset[str]] = {
    "found": frozenset(),
    "rename": RENAME_KEYS,
    "move": frozenset({"under"}),
    "merge": frozenset({"into"}),
    "split": frozenset({"into"}),
    "dissolve": frozenset({"into"}),
    "post": frozenset({"member", "unit", "title"}),
}
# What must.
NEEDED: dict[str, frozenset[str]] = {
    "move": frozenset({"under"}),
    "merge": frozenset({"into"}),
    "split": frozenset({"into"}),
    "post": frozenset({"member", "unit"}),
}


def read(text: str) -> Plan:
    """Return the plan written in `text`.

    Raises:
        Faulty: `org.plan_unreadable`, `org.plan_no_code`, `org.plan_no_day`, `org.plan_no_steps`,
            `org.plan_step_unknown`, `org.plan_key_unknown`, `org.plan_key_missing`,
            `org.plan_key_twice`, `org.plan_not_text`, `org.plan_not_units`, `org.plan_alias_twice`.
    """
    nodes = _top(text)
    faults = [
        Fault("org.plan_key_unknown", line=_line(nodes[key]), said={"key": key})
        for key in sorted(nodes.keys() - {"plan", "day", "steps"})
    ]
    code = _scalar(nodes.get("plan"))
    if not code or len(code) > 80:  # noqa: PLR2004 -- its column
        faults.append(Fault("org.plan_no_code"))
    day = _day(_scalar(nodes.get("day")))
    if day is None:
        faults.append(Fault("org.plan_no_day", line=_line(nodes.get("day"))))
    listed = nodes.get("steps")
    if not isinstance(listed, yaml.SequenceNode) or not 0 < len(listed.value) <= MAX_STEPS:
        raise Faulty([*faults, Fault("org.plan_no_steps", line=_line(listed))])
    steps = []
    for number, node in enumerate(listed.value, start=1):
        reader = _Reader(number, _line(node))
        if step := reader.step(node):
            steps.append(step)
        faults += reader.faults
    faults += _aliases_twice(steps)
    if faults or day is None:
        raise Faulty(faults)
    return Plan(code, day, tuple(steps))


def _top(text: str) -> dict[str, Any]:
    """Return what stands at the left margin."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Faulty([Fault("org.plan_unreadable", line=mark.line + 1 if mark else 0)]) from error
    except RecursionError as error:
        raise Faulty([Fault("org.plan_unreadable")]) from error
    if not isinstance(root, yaml.MappingNode):
        raise Faulty([Fault("org.plan_unreadable", line=1)])
    return {str(key.value): value for key, value in root.value}


def _aliases_twice(steps: Iterable[Step]) -> Iterator[Fault]:
    seen: set[str] = set()
    for step in steps:
        for alias in [new.alias for new in step.new if new.alias]:
            if alias in seen:
                yield Fault("org.plan_alias_twice", step.number, step.line, {"alias": alias})
            seen.add(alias)


def _line(node: Any) -> int:
    return node.start_mark.line + 1 if node is not None else 0


def _scalar(node: Any) -> str:
    return node.value.strip() if isinstance(node, yaml.ScalarNode) else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class _Reader:
    """Reads one step; everything is text, so that the code 0123 stays what it is."""

    def __init__(self, number: int, line: int) -> None:
        self.number, self.line = number, line
        self.faults: list[Fault] = []

    def _fault(self, code: str, node: Any = None, **said: Any) -> None:
        self.faults.append(Fault(code, self.number, _line(node) or self.line, said))

    def step(self, node: Any) -> Step | None:
        if not isinstance(node, yaml.MappingNode):
            self._fault("org.plan_step_unknown", verb="")
            return None
        parts = self._parts(node)
        verbs = [name for name in parts if name in KEYS]
        if len(verbs) != 1:
            self._fault("org.plan_step_unknown", verb=", ".join(verbs or parts))
            return None
        (verb,) = verbs
        for key in parts.keys() - KEYS[verb] - {verb}:
            self._fault("org.plan_key_unknown", parts[key], key=key)
        for key in NEEDED.get(verb, frozenset()) - parts.keys():
            self._fault("org.plan_key_missing", key=key)
        made: Callable[[str, dict[str, Any]], Step] = getattr(self, f"_{verb}")
        step = made(verb, parts)
        return None if self.faults else step

    def _parts(self, node: Any) -> dict[str, Any]:
        parts: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in parts:
                self._fault("org.plan_key_twice", key, key=key.value)
            parts[str(key.value)] = value
        return parts

    def _text(self, node: Any) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self._fault("org.plan_not_text", node)
            return ""
        return clean(str(node.value))

    def _units(self, node: Any) -> tuple[str, ...]:
        """Return what one name or a list of names says; never nothing, never one twice."""
        listed = node.value if isinstance(node, yaml.SequenceNode) else [node]
        names = tuple(self._text(one) for one in listed)
        if not names or "" in names or len(set(names)) < len(names):
            self._fault("org.plan_not_units", node)
        return names

    def _new(self, node: Any, *, part: bool = False) -> New:
        if not isinstance(node, yaml.MappingNode):
            self._fault("org.plan_not_units", node)
            return New()
        parts = self._parts(node)
        lists = {"units", "members"} if part else set()
        for key in parts.keys() - NEW_KEYS - lists:
            self._fault("org.plan_key_unknown", parts[key], key=key)
        if "name" not in parts:
            self._fault("org.plan_key_missing", node, key="name")
        said: dict[str, Any] = {key: self._text(parts[key]) for key in parts.keys() & NEW_KEYS}
        said["alias"] = said.pop("as", "")
        said |= {key: self._units(parts[key]) for key in parts.keys() & lists}
        return New(**said)

    def _found(self, verb: str, parts: dict[str, Any]) -> Step:
        new = self._new(parts[verb])
        for key in ("kind", "under"):
            if not getattr(new, key):
                self._fault("org.plan_key_missing", parts[verb], key=key)
        return Step(self.number, self.line, verb, new=(new,))

    def _rename(self, verb: str, parts: dict[str, Any]) -> Step:
        said = {key: self._text(parts[key]) for key in parts.keys() & RENAME_KEYS}
        if not said or not said.get("name", "x"):
            self._fault("org.plan_key_missing", key="name")
        unit = self._text(parts[verb])
        return Step(self.number, self.line, verb, units=(unit,), said=said)

    def _move(self, verb: str, parts: dict[str, Any]) -> Step:
        units, under = self._units(parts[verb]), self._text(parts.get("under"))
        return Step(self.number, self.line, verb, units=units, into=under)

    def _merge(self, verb: str, parts: dict[str, Any]) -> Step:
        units, into = self._units(parts[verb]), parts.get("into")
        if isinstance(into, yaml.MappingNode):
            return Step(self.number, self.line, verb, units=units, new=(self._new(into),))
        return Step(self.number, self.line, verb, units=units, into=self._text(into))

    def _split(self, verb: str, parts: dict[str, Any]) -> Step:
        into = parts.get("into")
        listed = into.value if isinstance(into, yaml.SequenceNode) else []
        if len(listed) < 2:  # noqa: PLR2004 -- one part is no split
            self._fault("org.plan_key_missing", into, key="into")
        new = tuple(self._new(node, part=True) for node in listed)
        named = [name for one in new for name in (*one.units, *one.members)]
        if len(set(named)) < len(named):
            self._fault("org.plan_not_units", into)
        return Step(self.number, self.line, verb, units=(self._text(parts[verb]),), new=new)

    def _dissolve(self, verb: str, parts: dict[str, Any]) -> Step:
        units, into = self._units(parts[verb]), self._text(parts.get("into"))
        return Step(self.number, self.line, verb, units=units, into=into)

    def _post(self, verb: str, parts: dict[str, Any]) -> Step:
        said = {"role": self._text(parts[verb]), "title": self._text(parts.get("title"))}
        said["member"] = self._text(parts.get("member"))
        unit = self._text(parts.get("unit"))
        return Step(self.number, self.line, verb, units=(unit,), said=said)


def sources(plan: Plan) -> Iterator[str]:
    """Yield what names a unit whose subtree a step changes."""
    for step in plan.steps:
        if step.verb in {"move", "merge", "split", "dissolve"}:
            yield from step.units


def named(plan: Plan) -> set[str]:
    """Return every name in a plan that is or could be a unit's, those of new ones too."""
    names = {""}
    for step in plan.steps:
        names |= {*step.units, step.into}
        for new in step.new:
            names |= {new.alias, new.under, *new.units}
    return names - {""}
