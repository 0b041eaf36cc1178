"""The tree: a province, its districts and communes; the cells of a district, or all of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from random import Random
from typing import Any

from nenmong.config.demo.chance import chance
from nenmong.config.demo.choices import FOUNDED, Choices
from nenmong.config.demo.habits import USUAL, Temper, habits_of, temper_of
from nenmong.config.demo.packs import UnitRow, pack, units
from nenmong.config.demo.program import soon
from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.org import rules
from nenmong.org.models import Unit, UnitKind, UnitVersion

BATCH = 500
LEAST_MEMBERS, LEAST_CELLS = 5, 12
WITH_COMMITTEE = 20  # members: a cell this large has a committee of three
# (kind, how the committee is called, how its body is called)
SHAPES = {
    "tỉnh": (UnitKind.PROVINCIAL_COMMITTEE, "Tỉnh ủy {place}", "Đảng bộ tỉnh {place}"),
    "thành phố": (UnitKind.DISTRICT_COMMITTEE, "Thành ủy {place}", "Đảng bộ thành phố {place}"),
    "huyện": (UnitKind.DISTRICT_COMMITTEE, "Huyện ủy {place}", "Đảng bộ huyện {place}"),
    "phường": (UnitKind.COMMUNE_COMMITTEE, "Đảng ủy phường {place}", "Đảng bộ phường {place}"),
    "thị trấn": (
        UnitKind.COMMUNE_COMMITTEE, "Đảng ủy thị trấn {place}", "Đảng bộ thị trấn {place}",
    ),
    "xã": (UnitKind.COMMUNE_COMMITTEE, "Đảng ủy xã {place}", "Đảng bộ xã {place}"),
}  # fmt: skip


@dataclass
class Cell:
    """A cell to fill: its unit, how many members, and what the pack says of it, or its habits."""

    unit: Unit
    members: int
    young: bool = False
    said: Mapping[str, Any] = field(default_factory=dict)
    in_ward: bool = True  # one of those the demo shows at work
    temper: Temper = USUAL
    committee: int = 0  # members of its committee beside secretary and deputy


@dataclass
class Tree:
    """The units of the demo, and its cells."""

    units: list[Unit]
    ward: Unit
    cells: list[Cell]
    desks: list[Unit] = field(default_factory=list)  # authorities, beside the committees
    # By code of the unit, which fields its desk handles, with days of its own or none.
    desk_fields: dict[str, Mapping[str, int | None]] = field(default_factory=dict)


def place_of(row: UnitRow) -> str:
    """Return a unit's name without the word for its type, in the one spelling the house prints."""
    place = row.name[len(row.division_type) :].strip()
    return re.sub(r"oà\b", "òa", place)


def shares(total: int, count: int, *, least: int, rng: Random) -> list[int]:
    """Return `count` believable numbers, none below `least`, that add up to `total` exactly."""
    weights = [rng.uniform(0.5, 1.5) for _ in range(count)]
    free = total - least * count
    parts = [least + int(free * weight / sum(weights)) for weight in weights]
    for number in range(total - sum(parts)):
        parts[number % count] += 1
    return parts


def plan(choices: Choices) -> Tree:
    """Return the tree that `choices` ask for; nothing is written."""
    by_code: dict[str, Unit] = {}
    children: dict[str, int] = {}
    made = []
    types = {}
    for row in units():
        parent = by_code.get(row.parent_code)
        unit = _committee(row, parent, children)
        types[unit.code] = row.division_type
        by_code[row.code] = unit
        made.append(unit)
    ward = by_code[pack("cells")["ward"]]
    cells = [
        Cell(_cell(ward, said["name"], said["kind"], children), said["members"],
             said=_on_day(said, choices),
             young=said.get("young", False), committee=said.get("committee", 0))
        for said in pack("cells")["cells"]
        if not choices.only or said["name"] in choices.only
    ]  # fmt: skip
    if not choices.only:
        whole = choices.scale == "province"
        communes = [
            unit for unit in made
            if unit.kind == UnitKind.COMMUNE_COMMITTEE and unit is not ward
            and (whole or unit.parent is ward.parent)
        ]  # fmt: skip
        totals = pack("cells")["elsewhere" if whole else "district"]
        cells += _elsewhere(communes, types, cells, children, totals, choices.seed)
    return Tree(made + [cell.unit for cell in cells], ward, cells)


def _on_day(said: Mapping[str, Any], choices: Choices) -> Mapping[str, Any]:
    """Return what the pack says of a cell; who is shown preparing meets within days of today."""
    return {**said, "fixed": soon(choices.day)} if said.get("prepares") else said


def _committee(row: UnitRow, parent: Unit | None, children: dict[str, int]) -> Unit:
    kind, name, organization = SHAPES[row.division_type]
    place = place_of(row)
    path = next_path(parent, children)
    # One bucket for each committee directly under the province; what is born below takes its own.
    bucket = 0 if parent is None else parent.bucket or rules.number_of(path)
    return Unit(
        bucket=bucket, code=row.code, kind=kind, name=name.format(place=place), locality=place,
        organization_name=organization.format(place=place), parent=parent, path=path,
    )  # fmt: skip


def _cell(parent: Unit, name: str, kind: str, children: dict[str, int]) -> Unit:
    return Unit(
        bucket=parent.bucket, kind=UnitKind.CELL, cell_kind=kind, name=name, organization_name=name,
        locality=parent.locality, parent=parent, path=next_path(parent, children),
    )  # fmt: skip


def next_path(parent: Unit | None, children: dict[str, int]) -> str:
    above = parent.path if parent else ""
    children[above] = children.get(above, 0) + 1
    return rules.child_path(above, children[above])


def _elsewhere(
    communes: Sequence[Unit],
    types: Mapping[str, str],
    here: Sequence[Cell],
    children: dict[str, int],
    totals: Mapping[str, int],
    seed: int,
) -> Iterator[Cell]:
    """Yield the cells of the other communes: with those here they make `totals`."""
    rng = chance(seed, "elsewhere")
    said = pack("cells")["elsewhere"]
    counts = shares(totals["cells"] - len(here), len(communes), least=LEAST_CELLS, rng=rng)
    sizes = iter(
        shares(
            totals["members"] - sum(cell.members for cell in here), sum(counts),
            least=LEAST_MEMBERS, rng=rng,
        )
    )  # fmt: skip
    for commune, count in zip(communes, counts, strict=True):
        kind_of_place = types[commune.code]
        common = said["then"][kind_of_place]
        lines = chain(said["first"], (common for _ in range(count - len(said["first"]))))
        for number, line in enumerate(lines, start=1 - len(said["first"])):
            name = line["name"].format(commune=kind_of_place, number=number)
            unit = _cell(commune, name, line["kind"], children)
            members = next(sizes)
            yield Cell(
                unit, members, young=line.get("young", False), in_ward=False,
                said=habits_of(unit, line, number, seed),
                temper=temper_of(chance(seed, "temper", unit.path)),
                committee=int(members >= WITH_COMMITTEE),
            )  # fmt: skip


@action
def found_units(*, actor: Actor, tree: Tree) -> None:
    """Write all units with their first version, as of the day the demo's world begins."""
    Unit.objects.bulk_create(tree.units, batch_size=BATCH)
    UnitVersion.objects.bulk_create(
        (
            UnitVersion(
                unit=unit, parent=unit.parent, first_day=FOUNDED, kind=unit.kind,
                cell_kind=unit.cell_kind, name=unit.name, path=unit.path,
                organization_name=unit.organization_name, locality=unit.locality,
            )
            for unit in tree.units
        ),
        batch_size=BATCH,
    )  # fmt: skip
    root = tree.units[0]
    audit.record(actor, "org.units_imported", root, unit_path=root.path, units=len(tree.units))
