"""What a plan does to the tree, worked out step by step without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from nenmong.org.rules.paths import child_path, is_under, lineage, moved, number_of
from nenmong.org.rules.plan import CELLS, Fault, New, Plan, Step

MAX_DEPTH = 20
KINDS = frozenset(
    {
        "provincial_committee", "district_committee", "direct_superior", "commune_committee",
        "grassroots_committee", "sectional_committee", "party_building_board",
        "inspection_committee", "authority",
    }
) | CELLS  # fmt: skip


@dataclass(frozen=True)
class Node:
    """A unit in the plan's eyes. `key` is its uid, or `+3` for the third the plan founds."""

    key: str
    path: str
    parent: str | None
    kind: str
    name: str
    cell_kind: str = ""
    organization_name: str = ""
    locality: str = ""
    code: str = ""
    since: date = date.min  # first day of the version in force; of an ended unit it says nothing
    ended: bool = False

    @property
    def is_cell(self) -> bool:
        return self.kind in CELLS

    @property
    def shape(self) -> tuple[str | None, ...]:
        """What is dated about it."""
        return (
            self.path, self.parent, self.kind, self.cell_kind, self.name,
            self.organization_name, self.locality,
        )  # fmt: skip


@dataclass(frozen=True)
class Repath:
    """A subtree that moves: everything under `old` stands under `new` from here on."""

    key: str
    old: str
    new: str


@dataclass(frozen=True)
class Heir:
    """What a unit that ends goes on in; `after` is empty where it goes on in nothing."""

    before: str
    after: str
    kind: str
    step: int = 0
    line: int = 0


@dataclass
class Reshaped:
    """The tree behind a plan, and what was done on the way, in order."""

    nodes: dict[str, Node]
    done: list[Node | Repath] = field(default_factory=list)  # a node: founded here
    heirs: list[Heir] = field(default_factory=list)
    members: dict[str, tuple[str, Step]] = field(default_factory=dict)  # who goes to which part
    posts: list[tuple[Step, str]] = field(default_factory=list)
    touched: dict[str, list[str]] = field(default_factory=dict)  # unit → what a step did to it
    faults: list[Fault] = field(default_factory=list)

    def heir_of(self) -> dict[str, str]:
        """Return where all that is not told otherwise goes: the first heir, by ended unit."""
        first: dict[str, str] = {}
        for heir in self.heirs:
            first.setdefault(heir.before, heir.after)
        return first


class _Refused(Exception):  # noqa: N818
    def __init__(self, fault: str, **said: str | int) -> None:
        super().__init__(fault)
        self.fault, self.said = fault, said


def reshape(
    plan: Plan,
    nodes: Iterable[Node],
    *,
    refs: Mapping[str, str],
    last_numbers: Mapping[str, int],
    codes: Iterable[str] = (),
) -> Reshaped:
    """Carry a plan out on a copy of the tree; faults are listed, their steps left out.

    Args:
        nodes: every unit the plan names, all below those it moves or ends, and all above them.
        refs: the uid behind every name in the plan that is a unit.
        last_numbers: the highest number ever given below a unit; none is given twice.
        codes: codes that units bear already.
    """
    work = _Work(plan, nodes, refs, last_numbers, codes)
    for step in plan.steps:
        try:
            getattr(work, f"_{step.verb}")(step)
        except _Refused as refused:
            work.out.faults.append(Fault(refused.fault, step.number, step.line, refused.said))
    return work.out


class _Work:
    def __init__(
        self,
        plan: Plan,
        nodes: Iterable[Node],
        refs: Mapping[str, str],
        last_numbers: Mapping[str, int],
        codes: Iterable[str],
    ) -> None:
        self.day = plan.day
        self.out = Reshaped({node.key: node for node in nodes})
        self.nodes = self.out.nodes
        self.refs = dict(refs)
        self.numbers = dict(last_numbers)
        self.codes = set(codes)
        self.parts: dict[str, str] = {}

    # ── looking up ──────────────────────────────────────────────────────────────────────────

    def _unit(self, name: str) -> Node:
        if name not in self.refs:
            raise _Refused("org.plan_no_such_unit", unit=name)
        node = self.nodes[self.refs[name]]
        if node.ended:
            raise _Refused("org.plan_unit_ended", unit=node.name)
        return node

    def _source(self, name: str) -> Node:
        """Return a unit that a step changes; nothing changed it on that day or later."""
        node = self._unit(name)
        if node.key.startswith("+"):
            raise _Refused("org.plan_made_here", unit=node.name)
        self._unchanged(node)
        return node

    def _unchanged(self, node: Node) -> None:
        if node.since >= self.day:
            raise _Refused("org.plan_before_change", unit=node.name, since=node.since.isoformat())

    def _target(self, name: str) -> Node:
        """Return a unit that others go to; it must have been there, as it is, on that day."""
        node = self._unit(name)
        if not node.key.startswith("+") and node.since > self.day:
            raise _Refused("org.plan_before_change", unit=node.name, since=node.since.isoformat())
        return node

    def _above(self, name: str) -> Node:
        node = self._target(name)
        if node.is_cell:
            raise _Refused("org.plan_under_a_cell", unit=node.name)
        return node

    def _below(self, node: Node) -> list[Node]:
        return [n for n in self.nodes.values() if n.parent == node.key and not n.ended]

    # ── changing ────────────────────────────────────────────────────────────────────────────

    def _touch(self, node: Node, what: str) -> None:
        self.out.touched.setdefault(node.key, []).append(what)

    def _next_path(self, parent: Node | None) -> str:
        key = parent.key if parent else ""
        self.numbers[key] = self.numbers.get(key, 0) + 1
        path = child_path(parent.path if parent else "", self.numbers[key])
        if len(lineage(path)) > MAX_DEPTH:
            raise _Refused("org.plan_too_deep", unit=parent.name if parent else "")
        return path

    def _move_node(self, node: Node, parent: Node | None) -> None:
        """Put a unit with everything below it under another one; an ended one moves for reading."""
        if parent and is_under(parent.path, node.path):
            raise _Refused("org.plan_under_itself", unit=node.name, under=parent.name)
        depth = max(len(n.path) for n in self.nodes.values() if is_under(n.path, node.path))
        room = len(parent.path) if parent else 0
        if (room + depth - len(node.path)) // 4 + 1 > MAX_DEPTH:
            raise _Refused("org.plan_too_deep", unit=node.name)
        old, new = node.path, self._next_path(parent)
        for key, other in self.nodes.items():
            if is_under(other.path, old):
                if not other.ended:
                    self._unchanged(other)
                self.nodes[key] = replace(other, path=moved(other.path, old, new))
        self.nodes[node.key] = replace(self.nodes[node.key], parent=parent.key if parent else None)
        self.out.done.append(Repath(node.key, old, new))

    def _make(self, new: New, pattern: Node | None) -> Node:
        """Found a unit; what is not said of it is as with `pattern`."""
        kind = new.kind or (pattern.kind if pattern else "")
        if kind not in KINDS:
            raise _Refused("org.plan_unknown_kind", kind=kind)
        if new.under:
            parent = self._above(new.under)
        else:
            key = pattern.parent if pattern else None
            if key is None:
                raise _Refused("org.plan_no_place", unit=new.name)
            parent = self.nodes[key]
            if parent.ended:
                raise _Refused("org.plan_unit_ended", unit=parent.name)
        if new.code and new.code in self.codes:
            raise _Refused("org.plan_code_taken", code=new.code)
        self.codes.add(new.code)
        same = pattern if pattern and pattern.kind == kind else None
        node = Node(
            key=f"+{sum(n.startswith('+') for n in self.nodes) + 1}",
            path=self._next_path(parent), parent=parent.key, kind=kind, name=new.name,
            cell_kind=new.cell_kind or (same.cell_kind if same else ""),
            organization_name=new.organization_name or new.name,
            locality=new.locality or (pattern.locality if pattern else parent.locality),
            code=new.code, since=self.day,
        )  # fmt: skip
        self.nodes[node.key] = node
        self.out.done.append(node)
        self._touch(node, "founded")
        if new.alias:
            if new.alias in self.refs:
                raise _Refused("org.plan_alias_taken", alias=new.alias)
            self.refs[new.alias] = node.key
        return node

    def _end(self, node: Node, heirs: list[Node], step: Step) -> None:
        """End a unit; whoever reads above its first heir reads its past from then on."""
        for heir in heirs:
            self.out.heirs.append(Heir(node.key, heir.key, step.verb, step.number, step.line))
        if not heirs:
            self.out.heirs.append(Heir(node.key, "", step.verb, step.number, step.line))
        self.nodes[node.key] = replace(self.nodes[node.key], ended=True)
        self._touch(node, "ended")
        if heirs:
            first = heirs[0]
            place = first if not first.is_cell else self.nodes.get(first.parent or "")
            if place is not None and place.key != node.parent:
                self._move_node(self.nodes[node.key], place)

    # ── the steps ───────────────────────────────────────────────────────────────────────────

    def _found(self, step: Step) -> None:
        self._make(step.new[0], None)

    def _rename(self, step: Step) -> None:
        node = self._source(step.units[0])
        said = dict(step.said)
        if said.get("name") and "organization_name" not in said:
            said["organization_name"] = said["name"]
        code = said.get("code", node.code)
        if code and code != node.code and code in self.codes:
            raise _Refused("org.plan_code_taken", code=code)
        self.codes.add(code)
        changed = replace(node, **said)  # type: ignore[arg-type]
        if changed == node:
            raise _Refused("org.plan_nothing_changes", unit=node.name)
        self.nodes[node.key] = changed
        self._touch(node, "renamed")

    def _move(self, step: Step) -> None:
        parent = self._above(step.into)
        for name in step.units:
            node = self._source(name)
            if node.parent == parent.key:
                raise _Refused("org.plan_nothing_changes", unit=node.name)
            self._move_node(node, self.nodes[parent.key])
            self._touch(node, "moved")

    def _merge(self, step: Step) -> None:
        olds = [self._source(name) for name in step.units]
        if step.new:
            if not step.new[0].under and any(o.parent != olds[0].parent for o in olds):
                raise _Refused("org.plan_no_place", unit=step.new[0].name)
            kind = step.new[0].kind or olds[0].kind
        else:
            kind = self._target(step.into).kind
        self._alike(olds, kind)
        if not step.new and self.refs[step.into] in {old.key for old in olds}:
            raise _Refused("org.plan_into_itself", unit=olds[0].name)
        heir = self._make(step.new[0], olds[0]) if step.new else self._target(step.into)
        for old in olds:
            self._hand_over(old, heir)
            self._end(self.nodes[old.key], [self.nodes[heir.key]], step)
        self._joined(heir)

    def _alike(self, olds: Iterable[Node], kind: str) -> None:
        for old in olds:
            if old.is_cell != (kind in CELLS):
                raise _Refused("org.plan_mixed", unit=old.name)

    def _joined(self, heir: Node) -> None:
        if not heir.key.startswith("+"):
            self._touch(heir, "joined")

    def _hand_over(self, old: Node, heir: Node) -> None:
        if is_under(heir.path, old.path):
            raise _Refused("org.plan_under_itself", unit=old.name, under=heir.name)
        for child in self._below(old):
            self._move_node(child, self.nodes[heir.key])
            self._touch(child, "moved")

    def _split(self, step: Step) -> None:
        old = self._source(step.units[0])
        self._alike([old], step.new[0].kind or old.kind)
        for part in step.new:
            self._alike([old], part.kind or old.kind)
            if part.members and not old.is_cell:
                raise _Refused("org.plan_members_of_a_cell", unit=old.name)
        parts = [self._make(part, old) for part in step.new]
        for part, made in zip(step.new, parts, strict=True):
            for name in part.units:
                child = self._source(name)
                if child.parent != old.key:
                    raise _Refused("org.plan_not_below", unit=child.name, under=old.name)
                self._move_node(child, self.nodes[made.key])
                self._touch(child, "moved")
            for member in part.members:
                self.out.members[member] = (made.key, step)
        self._hand_over(self.nodes[old.key], parts[0])
        self._end(self.nodes[old.key], [self.nodes[made.key] for made in parts], step)

    def _dissolve(self, step: Step) -> None:
        heir = self._target(step.into) if step.into else None
        for name in step.units:
            old = self._source(name)
            if heir:
                if heir.key == old.key:
                    raise _Refused("org.plan_into_itself", unit=old.name)
                self._alike([old], heir.kind)
                self._hand_over(old, self.nodes[heir.key])
                self._joined(heir)
            elif left := self._below(old):
                raise _Refused(
                    "org.plan_not_empty", unit=old.name, count=len(left), first=left[0].name
                )
            self._end(self.nodes[old.key], [self.nodes[heir.key]] if heir else [], step)

    def _post(self, step: Step) -> None:
        self.out.posts.append((step, self._target(step.units[0]).key))


def last_number(paths: Iterable[str]) -> int:
    """Return the highest number among sibling paths, 0 where there is none."""
    return max((number_of(path) for path in paths), default=0)
