"""The desks that answer what cells say: authorities beside the committees, who sits there."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from nenmong.config.demo.chance import chance
from nenmong.config.demo.choices import FOUNDED, Choices
from nenmong.config.demo.names import Names
from nenmong.config.demo.packs import pack
from nenmong.config.demo.tree import BATCH, Tree, next_path
from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.opinions.models import DeskField
from nenmong.org.models import Member, Post, Unit, UnitKind

WORDS = ("thành phố", "thị trấn", "huyện", "phường", "xã")


def add_desks(tree: Tree) -> None:
    """Put the desks beside every commune that has cells, beside its district, and the province.

    They come after all cells, so that the places of those in the tree stay what they were.
    """
    children: dict[str, int] = {}
    for unit in tree.units:
        if unit.parent:
            children[unit.parent.path] = children.get(unit.parent.path, 0) + 1
    said = pack("opinions")["desks"]
    above = (tree.ward, *(cell.unit.parent for cell in tree.cells))
    communes = list({id(one): one for one in above}.values())
    districts: dict[int, Unit] = {}
    provinces: dict[int, Unit] = {}
    for commune in communes:
        assert commune is not None  # noqa: S101 -- every cell of the demo stands under one
        _add(tree, commune, said["commune"], children)
        if commune.parent is not None:
            districts[id(commune.parent)] = commune.parent
        tree.desk_fields[commune.code] = dict(said["own"])
    for district in districts.values():
        for desk in said["district"]:
            _add(tree, district, desk, children)
        if district.parent is not None:
            provinces[id(district.parent)] = district.parent
    for province in provinces.values():
        for desk in said["province"]:
            _add(tree, province, desk, children)


def _add(tree: Tree, above: Unit, said: dict[str, Any], children: dict[str, int]) -> None:
    word = word_of(above)
    name = said["name"][word] if isinstance(said["name"], dict) else said["name"]
    name = name.format(commune=word, place=above.locality)
    unit = Unit(
        bucket=above.bucket, code=f"{above.code}-{said['end']}",
        kind=UnitKind(said.get("kind", UnitKind.AUTHORITY)), name=name, organization_name=name,
        locality=above.locality, parent=above, path=next_path(above, children),
    )  # fmt: skip
    tree.units.append(unit)
    tree.desks.append(unit)
    tree.desk_fields[unit.code] = dict(said["fields"])


def word_of(committee: Unit) -> str:
    """Return what the place of a committee is: phường, xã, thị trấn, huyện, thành phố."""
    name = committee.organization_name
    return next((word for word in WORDS if f" {word} " in name), WORDS[0])


@action
def open_desks(*, actor: Actor, tree: Tree, choices: Choices) -> None:
    """Write which desk handles which fields, and who sits there.

    Where nobody signs in to see a desk of another commune, who sits there has a name only.
    """
    DeskField.objects.bulk_create(_fields(tree), batch_size=BATCH)
    seats = [(unit, _title(unit)) for unit in tree.desks if unit.code not in _shown()]
    members = list(_members(seats, choices))
    Member.objects.bulk_create(members, batch_size=BATCH)
    Post.objects.bulk_create(
        (
            Post(
                bucket=unit.bucket, member=member, unit=unit, role="desk", title=title,
                first_day=FOUNDED,
            )
            for (unit, title), member in zip(seats, members, strict=True)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    root = tree.units[0]
    audit.record(actor, "opinions.desks_opened", root, unit_path=root.path, desks=len(tree.desks))


def _fields(tree: Tree) -> Iterator[DeskField]:
    for unit in tree.units:
        for field, days in tree.desk_fields.get(unit.code, {}).items():
            yield DeskField(unit=unit, field=field, answer_days=days)


def _members(seats: Sequence[tuple[Unit, str]], choices: Choices) -> Iterator[Member]:
    for unit, _title in seats:
        rng: Random = chance(choices.seed, "desk", unit.code)
        yield Member(bucket=unit.bucket, full_name=Names(rng).new())


def _shown() -> set[str]:
    return {said["at"] for said in pack("cells")["beyond"] if "at" in said}


def _title(unit: Unit) -> str:
    said = pack("opinions")["desks"]
    at_commune = unit.code.endswith(said["commune"]["end"])
    found: str = said["commune"]["title"] if at_commune else said["district"][0]["title"]
    return found
