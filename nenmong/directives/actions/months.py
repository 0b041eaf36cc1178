"""Writing the tables of months, inside the action that changes a delivery."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F

from nenmong.core import clock
from nenmong.core.actions import within_action
from nenmong.directives.models import CellLoad, Delivery, DirectiveMonth
from nenmong.directives.models.month import LOADS, SUMS
from nenmong.directives.rules.load import Load
from nenmong.org.models import Unit


@within_action
def add(deliveries: Collection[Delivery], name: str, amounts: Iterable[int] | None = None) -> None:
    """Add to one sum of this month, each of the organisation a delivery was counted in first.

    Args:
        amounts: how much each adds; one where nothing is said.
    """
    if name not in SUMS:
        raise ValueError(f"no such sum: {name}")
    sums: Counter[tuple[int, str]] = Counter()
    for row, amount in zip(deliveries, amounts or [1] * len(deliveries), strict=True):
        sums[row.bucket, row.grassroots_id] += amount
    month = clock.today().replace(day=1)
    missing: list[tuple[int, str, int]] = []
    for (bucket, uid), amount in sums.items():
        rows = DirectiveMonth.objects.filter(bucket=bucket, unit=uid, month=month)
        if amount and not rows.update(**{name: F(name) + amount}):
            missing.append((bucket, uid, amount))
    if not missing:
        return
    at = Unit.objects.filter(uid__in=[uid for _bucket, uid, _amount in missing])
    paths = dict(at.values_list("uid", "path"))
    for bucket, uid, amount in missing:
        key = {"bucket": bucket, "unit_id": uid, "month": month}
        DirectiveMonth.objects.get_or_create(**key, defaults={"path": paths[uid]})
        DirectiveMonth.objects.filter(**key).update(**{name: F(name) + amount})


@within_action
def bear(cells: Collection[tuple[int, str]], month: date, load: Load, *, sign: int = 1) -> None:
    """Lay a load on cells for a month, or take it off again (`sign` -1).

    Args:
        cells: (bucket, uid) of each; three queries for every bucket among them.
    """
    amounts = {name: sign * getattr(load, name) for name in LOADS}
    changed = {name: F(name) + amount for name, amount in amounts.items()}
    for bucket in sorted({bucket for bucket, _uid in cells}):
        uids = [uid for at, uid in cells if at == bucket]
        rows = CellLoad.objects.filter(bucket=bucket, month=month, unit__in=uids)
        there = set(rows.values_list("unit_id", flat=True))
        rows.update(**changed)
        CellLoad.objects.bulk_create(
            CellLoad(bucket=bucket, unit_id=uid, month=month, **amounts)
            for uid in uids
            if uid not in there
        )
