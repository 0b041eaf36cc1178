"""Units from a file: new ones founded below those above them, what is blank in old ones filled."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.org import access, queries, rules
from nenmong.org.actions.judging import Draft, Judge, differing, reach, record, refuse_faults
from nenmong.org.actions.units import last_number, lock_tree
from nenmong.org.actions.uploading import drop_upload
from nenmong.org.models import CELLS, Unit, UnitKind, UnitVersion
from nenmong.org.rules import cells, may_stand_under
from nenmong.org.rules.cells import KIND_WORDS, REGISTRY_CODE, Fault
from nenmong.org.rules.columns import Line

BATCH = 500
DATED = ("cell_kind", "organization_name", "locality")  # what a version repeats
MENDED = [*DATED, "code", "registry_code"]


@dataclass(frozen=True)
class Founded:
    """A unit to be made; `parent` is there, or comes from the same file."""

    unit: Unit
    parent: Unit | None
    first_day: date
    line: Line


class _Tree:
    """The units within reach, and the codes of all."""

    def __init__(self, actor: Actor) -> None:
        units = list(reach(actor, "org.manage_units").filter(last_day=None).order_by("path"))
        self.there = {unit.uid: unit for unit in units}
        self.by_code = self.there | {unit.code: unit for unit in units if unit.code}
        self.by_registry = {unit.registry_code: unit for unit in units if unit.registry_code}
        self.by_name: dict[tuple[Any, str], list[Unit]] = defaultdict(list)
        for unit in units:
            self.by_name[unit.parent_id, fold(unit.name)].append(unit)
        self.taken = set(Unit.objects.exclude(code="").values_list("code", flat=True))
        rows = Unit.objects.exclude(registry_code="")
        self.taken_registry = set(rows.values_list("registry_code", flat=True))
        self.kinds = {
            fold(word): kind.code
            for kind in queries.cell_kinds().values()
            for word in (kind.name_en, kind.code, kind.name_vi)
        }
        self.may_found_roots = access.may(actor, "org.found_province", "")


def draft_units(actor: Actor, lines: list[Line], *, overwrite: bool = False) -> Draft:
    """Return what importing these rows would do. Five queries.

    Raises:
        NotAllowed: `actor` manages units nowhere.
    """
    tree, draft = _Tree(actor), Draft(overwrite=overwrite)
    seen: dict[str, int] = {}
    coming: dict[str, Founded] = {}
    for line in _parents_first(lines):
        judge = Judge(line)
        _judge(judge, tree, draft, seen, coming)
        draft.faults += judge.faults
    return draft


def _parents_first(lines: list[Line]) -> list[Line]:
    """Return the rows so that a unit comes after the one above it; a ring is left at the end."""
    codes = {line["code"] for line in lines if line["code"]}
    below: dict[str, list[Line]] = defaultdict(list)
    waiting = []
    for line in lines:
        if line["parent"] in codes:
            below[line["parent"]].append(line)
        else:
            waiting.append(line)
    ordered, waiting = [], waiting[::-1]
    while waiting:
        line = waiting.pop()
        ordered.append(line)
        waiting += below.pop(line["code"], [])[::-1]
    return [*ordered, *(line for left in below.values() for line in left)]


def _judge(
    judge: Judge, tree: _Tree, draft: Draft, seen: dict[str, int], coming: dict[str, Founded]
) -> None:
    line = judge.line
    said = _said(judge, tree)
    first_day = judge.day("first_day")
    parent = _parent(judge, tree, coming)
    if judge.faults:
        return
    found = _found(judge, tree, draft, said, parent)
    if found is None:
        return
    key = found.uid or said["code"] or f"{line['parent']} {fold(said['name'])}"
    if key in seen:
        judge.wrong("code" if line["code"] else "name", "twice", str(seen[key]))
        return
    seen[key] = line.number
    if said["code"] == found.uid:
        said["code"] = ""
    for field, taken in (("code", tree.taken), ("registry_code", tree.taken_registry)):
        if said[field] and said[field] != getattr(found, field):
            if said[field] in taken:
                judge.wrong(field, "code_taken")
            taken.add(said[field])
    if judge.faults:
        return
    if found.uid:
        _compare(judge, draft, found, said, parent)
        return
    if not may_stand_under(said["kind"], parent.kind if parent else None):
        judge.wrong("kind", "does_not_fit_under")
        return
    made = Founded(Unit(**said), parent, first_day, line)
    draft.made.append(made)
    if said["code"]:
        coming[said["code"]] = made


def _said(judge: Judge, tree: _Tree) -> dict[str, str]:
    line = judge.line
    name = judge.text("name", 200, needed=True)
    kind = cells.word(line["kind"], KIND_WORDS)
    if kind is None:
        judge.wrong("kind", "unknown_kind" if line["kind"] else "empty")
    cell_kind = tree.kinds.get(fold(line["cell_kind"])) if line["cell_kind"] else ""
    if cell_kind is None:
        judge.wrong("cell_kind", "unknown_cell_kind")
    if line["registry_code"] and not REGISTRY_CODE.fullmatch(line["registry_code"]):
        judge.wrong("registry_code", "bad_registry_code")
    return {
        "name": name, "kind": kind or "", "cell_kind": cell_kind or "",
        "code": judge.text("code", 40), "registry_code": line["registry_code"],
        "organization_name": judge.text("organization_name", 200) or name,
        "locality": judge.text("locality", 100),
    }  # fmt: skip


def _parent(judge: Judge, tree: _Tree, coming: dict[str, Founded]) -> Unit | None:
    code = judge.line["parent"]
    if not code:
        if judge.line["code"] not in tree.by_code and not tree.may_found_roots:
            judge.wrong("parent", "no_root")
        return None
    parent = coming[code].unit if code in coming else tree.by_code.get(code)
    if parent is None and judge.line["code"] not in tree.by_code:
        judge.wrong("parent", "unknown_parent")
    elif parent is not None and parent.kind in CELLS:
        judge.wrong("parent", "under_a_cell")
    return parent


def _found(
    judge: Judge, tree: _Tree, draft: Draft, said: dict[str, str], parent: Unit | None
) -> Unit | None:
    """Return which unit a row means, a blank one for a new unit, None when that is a question."""
    if found := tree.by_code.get(said["code"]) or tree.by_registry.get(said["registry_code"]):
        return found
    if parent is not None and not parent.uid:
        return Unit()
    parent_uid = parent.uid if parent else None
    candidates = tree.by_name.get((parent_uid, fold(said["name"])), [])
    if said["code"]:
        candidates = [unit for unit in candidates if not unit.code]
    if len(candidates) > 1:
        draft.questions.append(Fault(judge.line.number, "name", said["name"], "two_units"))
        return None
    return candidates[0] if candidates else Unit()


def _compare(
    judge: Judge, draft: Draft, found: Unit, said: dict[str, str], parent: Unit | None
) -> None:
    line = judge.line
    moved = parent is not None and found.parent_id != parent.uid
    for field, differs in (
        ("name", found.name != said["name"]), ("kind", found.kind != said["kind"]),
        ("parent", moved),
    ):  # fmt: skip
        if differs:
            draft.left.append(Fault(line.number, field, line[field], "by_hand"))
    fields = ("cell_kind", "locality", "code", "registry_code")
    values = {field: (field, said[field]) for field in fields}
    if line["organization_name"]:
        values["organization_name"] = ("organization_name", said["organization_name"])
    draft.settle(found, differing(judge, draft, found, values))


@action
def import_units(
    *,
    actor: Actor,
    lines: list[Line],
    digest: str,
    good_only: bool = False,
    overwrite: bool = False,
    upload_uid: str = "",
) -> int:
    """Take units in from a file; return how many were made or changed. Twice finds nothing to do.

    Raises:
        NotAllowed: `actor` manages units nowhere.
        DomainError: `org.import_faults` when a row is faulty and not only the good ones are wanted.
    """
    lock_tree()
    draft = draft_units(actor, lines, overwrite=overwrite)
    refuse_faults(draft, good_only=good_only)
    drop_upload(actor, upload_uid)
    if not draft.made and not draft.changed:
        return 0
    made = _found_all(draft.made)
    changed = _mend_all(draft)
    record(actor, "org.units_imported", draft, [*made, *changed], digest)
    return len(made) + len(changed)


def _found_all(founded: list[Founded]) -> list[Unit]:
    numbers: dict[str, int] = {}
    bucket = Unit.objects.aggregate(last=Max("bucket"))["last"] or 0
    made, levels = [], defaultdict(list)
    for new in founded:
        unit, parent = new.unit, new.parent
        above = parent.path if parent else ""
        if above not in numbers:
            there = parent is None or parent.uid
            numbers[above] = last_number(parent) if there else 0
        numbers[above] += 1
        unit.path = rules.child_path(above, numbers[above])
        if parent is None:
            unit.bucket = 0
        elif parent.kind == UnitKind.PROVINCIAL_COMMITTEE:
            bucket += 1
            unit.bucket = bucket
        else:
            unit.bucket = parent.bucket
        levels[len(unit.path)].append(new)
        made.append(unit)
    for level in sorted(levels):  # a unit is written after the one above it: then that has its id
        for new in levels[level]:
            new.unit.parent = new.parent
        Unit.objects.bulk_create([new.unit for new in levels[level]], batch_size=BATCH)
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(
                unit=new.unit, parent=new.parent, first_day=new.first_day, path=new.unit.path,
                **{f: getattr(new.unit, f) for f in ("kind", "name", *DATED)},
            )
            for new in founded
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return made


def _mend_all(draft: Draft) -> list[Unit]:
    units, versions = [], []
    by_unit: dict[str, UnitVersion] = {}
    for unit, new in draft.changed.values():
        for attribute, value in new.items():
            setattr(unit, attribute, value)
        units.append(unit)
    for start in range(0, len(units), BATCH):
        part = [unit.pk for unit in units[start : start + BATCH]]
        rows = UnitVersion.objects.filter(unit__in=part, last_day=None)
        by_unit |= {version.unit_id: version for version in rows}
    for unit in units:
        version = by_unit[unit.uid]
        for attribute in DATED:
            setattr(version, attribute, getattr(unit, attribute))
        versions.append(version)
    Unit.objects.bulk_update(units, MENDED, batch_size=BATCH // 5)
    UnitVersion.objects.bulk_update(versions, list(DATED), batch_size=BATCH // 5)
    return units
