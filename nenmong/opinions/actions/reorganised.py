"""What becomes of opinions, and of the desks they lie on, when units are reorganised.

The organisation calls this by its settings (`nenmong.org.attached`), inside its own action.
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count, Q

from nenmong.core.actions import within_action
from nenmong.opinions.models import DeskField, DeskStay, Opinion
from nenmong.org.attached import Hanging, Remembers
from nenmong.org.models import Reorganisation

BATCH = 500


def _parts(uids: Collection[str]) -> list[list[str]]:
    listed = sorted(uids)
    return [listed[start : start + BATCH] for start in range(0, len(listed), BATCH)]


def hanging(unit_uids: Collection[str], day: date) -> dict[str, Hanging]:
    """Return how many open opinions lie on the desk of each unit. One query for each 500."""
    found: dict[str, Hanging] = {}
    for part in _parts(unit_uids):
        rows = Opinion.objects.open().filter(desk__in=part).order_by().values_list("desk_id")
        counts = dict(rows.annotate(Count("uid")))
        found |= {unit: Hanging(opinions=counts.get(unit, 0)) for unit in part}
    return found


@within_action
def hand_over(heirs: Mapping[str, str | None], day: date, journal: Remembers) -> None:
    """Let open opinions lie with the heir, clocks going on, and be told in the heir's meetings.

    What has ended stays with the unit it was raised in; its heirs read it there. A unit that has no
    heir has no open opinions either: the plan is refused.
    """
    for before, after in heirs.items():
        if after is None:
            continue
        open_ = Opinion.objects.open()
        touched = open_.filter(Q(desk=before) | Q(unit=before) | Q(answerer=before))
        uids = list(touched.values_list("uid", flat=True))
        for part in _parts(uids):
            journal.before(Opinion, part)
            rows = Opinion.objects.filter(uid__in=part)
            for column in ("desk", "unit", "answerer"):
                rows.filter(**{column: before}).update(**{column: after})
            stays = DeskStay.objects.filter(opinion__in=part, desk=before, left_on=None)
            open_stays = list(stays.values_list("uid", flat=True))
            journal.before(DeskStay, open_stays)
            DeskStay.objects.filter(uid__in=open_stays).update(desk=after)
        _fields(before, after, journal)


def _fields(before: str, after: str, journal: Remembers) -> None:
    """Give the heir the fields that the old desk handled and it does not yet."""
    has = set(DeskField.objects.filter(unit=after).values_list("field", flat=True))
    rows = DeskField.objects.filter(unit=before).exclude(field__in=has)
    uids = list(rows.values_list("uid", flat=True))
    journal.before(DeskField, uids)
    DeskField.objects.filter(uid__in=uids).update(unit=after)


def done_since(unit_uids: Collection[str], plan: Reorganisation) -> str | None:
    """Return a unit whose opinions moved behind the plan: it cannot simply be taken back."""
    for part in _parts(unit_uids):
        rows = Opinion.objects.filter(unit__in=part, moves__uid__gt=plan.uid)
        if found := rows.values_list("unit_id", flat=True).first():
            return found
    return None
