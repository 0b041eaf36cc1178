"""What becomes of documents when units are reorganised.

The organisation calls this by its settings (`nenmong.org.attached`), inside its own action.
"""

from collections.abc import Collection, Mapping
from datetime import date

from nenmong.core.actions import within_action
from nenmong.directives.actions import months
from nenmong.directives.actions.sending import load_for
from nenmong.directives.models import CommentRequest, Delivery, Directive, Sending
from nenmong.directives.rules import states
from nenmong.org.attached import Hanging, Remembers
from nenmong.org.models import Reorganisation

BATCH = 500
WAITS = (Delivery.State.WAITING, Delivery.State.TO_PASS_ON)


def hanging(unit_uids: Collection[str], _day: date) -> dict[str, Hanging]:
    """Return nothing of their own: what waits for a meeting is a matter, which meetings count."""
    return {uid: Hanging() for uid in unit_uids}


@within_action
def hand_over(heirs: Mapping[str, str | None], day: date, journal: Remembers) -> None:
    """Let what waits for an ended unit wait for its heir, once; drafts and sendings go on there.

    What was issued stays with who issued it: its heirs read it there. Without an heir nothing is
    handed over, and what waited waits for nobody.
    """
    for before, after in heirs.items():
        waiting = Delivery.objects.filter(unit=before, state__in=WAITS)
        rows = list(waiting.select_related("directive", "unit"))
        journal.before(Delivery, [row.uid for row in rows])
        has = set()
        if after is not None:
            has = set(Delivery.objects.filter(unit=after).values_list("directive_id", flat=True))
            _own(before, after, journal)
        for row in rows:
            lost = after is None or row.directive_id in has
            if row.state == Delivery.State.WAITING and row.unit.is_cell:
                months.bear([(row.bucket, before)], row.month, load_for(row.directive), sign=-1)
                if after is not None and not lost:
                    months.bear([(row.bucket, after)], row.month, load_for(row.directive))
            if not lost:
                Delivery.objects.filter(uid=row.uid).update(unit=after)
                continue
            if row.state == Delivery.State.WAITING:
                months.add([row], "withdrawn")
            Delivery.objects.filter(uid=row.uid).update(
                state=Delivery.State.WITHDRAWN, ended_on=day
            )


def _own(before: str, after: str, journal: Remembers) -> None:
    """Give the heir what an ended unit was making, was asked, and was sending."""
    making = Directive.objects.filter(issuer=before, state__in=states.BEING_MADE)
    there = Directive.objects.filter(issuer=after, for_month__isnull=False)
    months_there = set(there.values_list("kind", "for_month"))
    drafts = [
        uid
        for uid, kind, month in making.values_list("uid", "kind", "for_month")
        if (kind, month) not in months_there
    ]
    journal.before(Directive, drafts)
    Directive.objects.filter(uid__in=drafts).update(issuer=after)
    asked = set(CommentRequest.objects.filter(unit=after).values_list("directive_id", flat=True))
    requests = CommentRequest.objects.filter(unit=before, answered_on=None)
    uids = list(requests.exclude(directive__in=asked).values_list("uid", flat=True))
    journal.before(CommentRequest, uids)
    CommentRequest.objects.filter(uid__in=uids).update(unit=after)
    going = Sending.objects.filter(root=before, state=Sending.State.GOING)
    sendings = list(going.values_list("uid", flat=True))
    journal.before(Sending, sendings)
    Sending.objects.filter(uid__in=sendings).update(root=after)


def done_since(unit_uids: Collection[str], plan: Reorganisation) -> str | None:
    """Return a unit that discussed or got a document behind the plan."""
    listed = sorted(unit_uids)
    for start in range(0, len(listed), BATCH):
        rows = Delivery.objects.filter(unit__in=listed[start : start + BATCH])
        changed = rows.filter(uid__gt=plan.uid) | rows.filter(told_on__gte=plan.applied_at)
        if found := changed.values_list("unit_id", flat=True).first():
            return found
    return None
