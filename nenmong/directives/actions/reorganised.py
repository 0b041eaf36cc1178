"""What becomes of documents when units are reorganised.

The organisation calls this by its settings (`nenmong.org.attached`), inside its own action.
"""

from collections.abc import Collection, Mapping
from datetime import date

from nenmong.core.actions import within_action
from nenmong.directives.models import CommentRequest, Delivery, Directive, Sending
from nenmong.directives.rules import states
from nenmong.org.attached import Hanging, Remembers
from nenmong.org.models import Reorganisation, UnitSuccession

BATCH = 500
WAITS = (Delivery.State.WAITING, Delivery.State.TO_PASS_ON)


def hanging(unit_uids: Collection[str], _day: date) -> dict[str, Hanging]:
    """Return nothing of their own: what waits for a meeting is a matter, which meetings count."""
    return {uid: Hanging() for uid in unit_uids}


@within_action
def hand_over(heirs: Mapping[str, str | None], day: date, journal: Remembers) -> None:
    """Let what waits for an ended unit wait for all it goes on in, once in each.

    Drafts, comments asked and sendings go on in the heir. What was issued stays with who issued it:
    its heirs read it there. What documents asked of a cell, and what was counted, stays as it was.
    """
    for before, after in heirs.items():
        rows = list(Delivery.objects.filter(unit=before, state__in=WAITS))
        journal.before(Delivery, [row.uid for row in rows])
        has: set[str] = set()
        if after is not None:
            has = set(Delivery.objects.filter(unit=after).values_list("directive_id", flat=True))
            _own(before, after, journal)
            _parts(before, after, rows, journal)
        for row in rows:
            mine = Delivery.objects.filter(uid=row.uid)
            if after is None or row.directive_id in has:
                mine.update(state=Delivery.State.TAKEN_IN)
            else:
                mine.update(unit=after)


def _parts(before: str, after: str, rows: Collection[Delivery], journal: Remembers) -> None:
    """Let the other parts of a cell that was split have what waited for it, too."""
    split = UnitSuccession.objects.filter(from_unit=before, kind=UnitSuccession.Kind.SPLIT)
    others = [one.to_unit for one in split.exclude(to_unit=after).select_related("to_unit")]
    made = Delivery.objects.bulk_create(
        Delivery(
            bucket=unit.bucket, unit=unit, first_unit=unit, counted=False,
            grassroots_id=row.grassroots_id, directive_id=row.directive_id,
            sending_id=row.sending_id, batch=row.batch, state=row.state, month=row.month,
            came_on=row.came_on, due_on=row.due_on,
        )
        for unit in others
        for row in rows
    )  # fmt: skip
    journal.made(made)


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
    """Return a unit that was sent a document behind the plan; what it discussed, meetings know."""
    listed = sorted(unit_uids)
    for start in range(0, len(listed), BATCH):
        rows = Delivery.objects.filter(unit__in=listed[start : start + BATCH])
        if (
            found := rows.filter(counted=True, uid__gt=plan.uid)
            .values_list("unit_id", flat=True)
            .first()
        ):
            return found
    return None
