"""Counting the month table anew from the timelines; where nothing went wrong nothing changes."""

from collections import Counter, defaultdict
from datetime import date

from nenmong.core import audit
from nenmong.core.actions import action
from nenmong.core.audit import Actor
from nenmong.opinions.models import Answer, OpinionMonth, OpinionMove
from nenmong.opinions.models.month import SUMS
from nenmong.org import access
from nenmong.org.models import Unit

BATCH = 2000
SUM_OF = {
    "raised": "raised", "send": "sent", "solved": "solved", "partly": "partly",
    "not_solved": "not_solved", "heard": "heard", "withdraw": "withdrawn", "reopen": "reopened",
}  # fmt: skip


Key = tuple[int, str, date]


def counted() -> dict[Key, Counter[str]]:
    """Return the sums of every (bucket, organisation, month), from the timelines and answers."""
    sums: dict[Key, Counter[str]] = defaultdict(Counter)
    moves = OpinionMove.objects.filter(what__in=list(SUM_OF)).order_by()
    columns = ("bucket", "opinion__grassroots_id", "on", "what")
    for bucket, unit, on, what in moves.values_list(*columns).iterator(BATCH):
        sums[bucket, unit, on.replace(day=1)][SUM_OF[what]] += 1
    signed = Answer.objects.filter(state=Answer.State.SIGNED).order_by()
    said = ("bucket", "opinion__grassroots_id", "signed_on", "late", "desk_days")
    for bucket, unit, on, late, days in signed.values_list(*said).iterator(BATCH):
        of_month = sums[bucket, unit, on.replace(day=1)]
        of_month.update(answered=1, late=int(late), desk_days=days or 0)
    return sums


def differences() -> list[str]:
    """Return a line for every sum that is not what the timelines say."""
    sums, found = counted(), []
    for row in OpinionMonth.objects.order_by("uid"):
        right = sums.pop((row.bucket, row.unit_id, row.month), Counter())
        found += [
            f"opinions.OpinionMonth {row}: {name} {getattr(row, name)}, {right[name]}"
            for name in SUMS
            if getattr(row, name) != right[name]
        ]
    missing = sorted(key for key, right in sums.items() if right.total())
    return found + [f"opinions.OpinionMonth {unit} {on:%Y-%m}: 0 rows" for _b, unit, on in missing]


@action
def rebuild_counts(*, actor: Actor) -> list[str]:
    """Write the month table anew and return what was different, a line each.

    Raises:
        NotAllowed: `actor` is not the installation.
    """
    root = Unit.objects.filter(parent=None).first()
    if root is None:
        return []
    access.require(actor, "opinions.recount", root)
    if not (found := differences()):
        return []
    months = OpinionMonth.objects.values_list("bucket", "unit_id", "month", "path")
    as_it_was = {tuple(key): path for *key, path in months}  # a unit may have moved since
    OpinionMonth.objects.all().delete()
    paths = dict(Unit.objects.values_list("uid", "path"))
    OpinionMonth.objects.bulk_create(
        OpinionMonth(
            bucket=key[0], unit_id=key[1], month=key[2], path=as_it_was.get(key, paths[key[1]]),
            **sums,
        )
        for key, sums in counted().items()
    )  # fmt: skip
    audit.record(actor, "opinions.recounted", root, unit_path=root.path, differences=len(found))
    return found
