"""Whoever follows a unit that ends follows the one it goes on in; its party groups end with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from nenmong.org.actions.journal import Journal, parts
from nenmong.org.models import Following, PartyGroup, Unit


@dataclass
class Charge:
    """What ends with units: who follows them, and their party groups."""

    follows: list[Following] = field(default_factory=list)
    groups: list[PartyGroup] = field(default_factory=list)


def charge_of(unit_uids: Iterable[str], day: date) -> Charge:
    """Return what is in force in these units on `day` or later."""
    found = Charge()
    for part in parts(unit_uids):
        found.follows += _lasting(Following.objects.filter(unit__in=part), day).select_related(
            "member"
        )
        found.groups += _lasting(PartyGroup.objects.filter(unit__in=part), day)
    return found


def _lasting(rows: QuerySet, day: date) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(Q(last_day=None) | Q(last_day__gte=day)).order_by("uid")


def hand_on(charge: Charge, heirs: Mapping[str, Unit], day: date, journal: Journal) -> None:
    """End what ends on the eve of `day`; who follows a unit goes on with its heir, once."""
    eve = day - timedelta(days=1)
    for model, rows in ((Following, charge.follows), (PartyGroup, charge.groups)):
        uids = [row.uid for row in rows]
        journal.before(model, uids)
        for part in parts(uids):
            model._default_manager.filter(uid__in=part).update(last_day=eve)
    goes_on = [row for row in charge.follows if row.group_uid is None and row.unit_id in heirs]
    there = {
        (row.member_id, row.unit_id)
        for part in parts({row.member_id for row in goes_on})
        for row in Following.objects.filter(member__in=part, last_day=None, group_uid=None)
    }
    begun = []
    for row in goes_on:
        heir = heirs[row.unit_id]
        if (row.member_id, heir.uid) in there:
            continue
        there.add((row.member_id, heir.uid))
        begun.append(
            Following(
                bucket=row.bucket, member=row.member, unit=heir, tier=row.tier, first_day=day,
                last_day=row.last_day,
            )
        )  # fmt: skip
    Following.objects.bulk_create(begun, batch_size=500)
    journal.made(begun)
