"""Counting loads and month tables anew from the deliveries; where all is right nothing changes."""

from collections import Counter, defaultdict
from datetime import date

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.directives.access import RECOUNT
from nenmong.directives.models import CellLoad, Delivery, DirectiveMonth
from nenmong.directives.models.month import LOADS, SUMS
from nenmong.org import access
from nenmong.org.models import CELLS, Unit

BATCH = 2000
Key = tuple[int, str, date]
Sums = dict[Key, Counter[str]]


def counted() -> tuple[Sums, Sums]:
    """Return the sums of every (bucket, organisation, month), and the load of every cell."""
    sums: Sums = defaultdict(Counter)
    loads: Sums = defaultdict(Counter)
    rows = Delivery.objects.filter(sending__pass_on=False).order_by()
    columns = (
        "bucket", "first_unit_id", "counted", "grassroots_id", "first_unit__kind", "month",
        "came_on", "due_on", "discussed_on", "told_on", "ended_on", "unclear", "sending__pages",
        "sending__minutes", "sending__fields",
    )  # fmt: skip
    for one in rows.values(*columns).iterator(BATCH):
        at = (one["bucket"], one["grassroots_id"])
        if one["told_on"]:
            late = one["due_on"] is not None and one["discussed_on"] > one["due_on"]
            sums[*at, one["told_on"].replace(day=1)].update(
                discussed=1, late=int(late), unclear=one["unclear"]
            )
        if not one["counted"]:
            continue
        sums[*at, one["came_on"].replace(day=1)]["delivered"] += 1
        if one["ended_on"]:
            sums[*at, one["ended_on"].replace(day=1)]["withdrawn"] += 1
        elif one["first_unit__kind"] in CELLS:
            load = {name: one[f"sending__{name}"] for name in LOADS if name != "documents"}
            loads[one["bucket"], one["first_unit_id"], one["month"]].update(documents=1, **load)
    return sums, loads


def differences() -> list[str]:
    """Return a line for every sum that is not what the deliveries say."""
    sums, loads = counted()
    return [*_differ(DirectiveMonth, SUMS, sums), *_differ(CellLoad, LOADS, loads)]


def _differ(
    model: type[DirectiveMonth] | type[CellLoad], names: tuple[str, ...], right: Sums
) -> list[str]:
    found, left = [], dict(right)
    for row in model._default_manager.order_by("uid"):
        said = left.pop((row.bucket, row.unit_id, row.month), Counter())
        found += [
            f"directives.{model.__name__} {row}: {name} {getattr(row, name)}, {said[name]}"
            for name in names
            if getattr(row, name) != said[name]
        ]
    missing = sorted(key for key, said in left.items() if said.total())
    label = f"directives.{model.__name__}"
    return found + [f"{label} {unit} {on:%Y-%m}: 0 rows" for _bucket, unit, on in missing]


@action
def rebuild_counts(*, actor: Actor) -> list[str]:
    """Write both tables anew and return what was different, a line each.

    Raises:
        NotAllowed: `actor` is not the installation.
    """
    root = Unit.objects.filter(parent=None).first()
    if root is None:
        return []
    access.require(actor, RECOUNT, root)
    if not (found := differences()):
        return []
    sums, loads = counted()
    months = DirectiveMonth.objects.values_list("bucket", "unit_id", "month", "path")
    as_it_was = {tuple(key): path for *key, path in months}  # a unit may have moved since
    paths = dict(Unit.objects.values_list("uid", "path"))
    DirectiveMonth.objects.all().delete()
    DirectiveMonth.objects.bulk_create(
        DirectiveMonth(
            bucket=key[0], unit_id=key[1], month=key[2], path=as_it_was.get(key, paths[key[1]]),
            **said,
        )
        for key, said in sums.items()
    )  # fmt: skip
    CellLoad.objects.all().delete()
    CellLoad.objects.bulk_create(
        (
            CellLoad(bucket=key[0], unit_id=key[1], month=key[2], **said)
            for key, said in loads.items()
        ),
        batch_size=BATCH,
    )
    audit.record(actor, "directives.recounted", root, unit_path=root.path, differences=len(found))
    return found
