"""The documents of one cell: what waits for its meeting, what it discussed; one to be read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.directives.access import VIEW
from nenmong.directives.models import CommentRequest, Delivery, Directive
from nenmong.directives.queries.bulletins import to_come
from nenmong.directives.rules.states import State
from nenmong.org import access
from nenmong.org.models import Unit

PAGE = 30
SOON = timedelta(days=10)  # before a bulletin is due


@dataclass(frozen=True)
class Shelf:
    """What a cell was sent: due first what waits, the latest first what is over."""

    waiting: list[Delivery]
    over: list[Delivery]
    more: bool  # than a page of what is over


def shelf(unit: Unit, words: str = "", offset: int = 0) -> Shelf:
    """Return the documents of a cell whose words all occur. Two queries."""
    rows = Delivery.objects.filter(unit=unit).select_related("directive")
    for word in fold(words).split():
        rows = rows.filter(directive__search_fold__contains=word)
    waits = Q(state=Delivery.State.WAITING)
    latest = F("discussed_on").desc(nulls_last=True)  # the engines differ on where none stands
    over = rows.exclude(waits).order_by(latest, "-uid")[offset : offset + PAGE + 1]
    listed = list(over)
    waiting = rows.filter(waits).order_by(F("due_on").asc(nulls_last=True), "uid")
    return Shelf(list(waiting), listed[:PAGE], len(listed) > PAGE)


@dataclass(frozen=True)
class Reading:
    """One document as a person of a unit reads it."""

    one: Directive
    delivery: Delivery | None  # with the person's own unit, where it was sent there
    changes: list[str]  # for that unit's kind, or all of them
    words: list[str]  # of the committees it came through, the nearest first
    over_why: list[str]  # why more than the quota was sent


def reading(actor: Actor, one: Directive) -> Reading:
    """Return a document with what it says to the person's own unit. Six queries at most."""
    own = {held.unit_uid for held in access.holdings(actor) if access.may(actor, VIEW, held.path)}
    rows = Delivery.objects.filter(directive=one, unit__in=own).select_related(
        "unit", "sending__unit", "sending__parent__parent"
    )
    delivery = rows.order_by("-unit__path").first()
    changes = dict(one.changes.values_list("cell_kind", "text"))
    if delivery is not None and delivery.unit.is_cell:
        kinds = dict.fromkeys(("", delivery.unit.cell_kind))
        changes = {kind: changes[kind] for kind in kinds if kind in changes}
    words: list[str] = []
    over: list[str] = []
    step = delivery.sending if delivery else None
    while step is not None:
        words += [step.words] if step.words else []
        over += [step.over_why] if step.over_why else []
        step = step.parent
    return Reading(one, delivery, list(changes.values()), words, over)


@dataclass(frozen=True)
class Waits:
    """What waits for the people of one unit."""

    for_meeting: int = 0
    reminded: int = 0
    to_pass_on: int = 0
    to_comment: int = 0
    to_issue: int = 0
    bulletins_late: int = 0  # said to who issues them alone
    bulletins_due: int = 0  # within days


def _bulletins(unit: Unit, found: dict[str, dict[str, int]]) -> None:
    """Count the bulletins that are not out: past their day, and due within days."""
    today = clock.today()
    rows = to_come(unit, today)
    counts = {
        "bulletins_late": sum(row.late for row in rows),
        "bulletins_due": sum(not row.late and row.due_on - today <= SOON for row in rows),
    }
    if any(counts.values()):
        found.setdefault(unit.uid, {}).update(counts)


def waits_of(units: Collection[Unit]) -> dict[str, Waits]:
    """Return what waits for each of these units, of those where something does.

    Three queries; of who issues bulletins two more.
    """
    if not units:
        return {}
    found: dict[str, dict[str, int]] = {}
    open_ = Q(state=Delivery.State.WAITING)
    rows = Delivery.objects.filter(
        unit__in=units, state__in=[Delivery.State.WAITING, Delivery.State.TO_PASS_ON]
    ).order_by()
    counted = rows.values("unit_id").annotate(
        waiting=Count("uid", filter=open_),
        reminded=Count("uid", filter=open_ & Q(reminded_on__isnull=False)),
        passing=Count("uid", filter=~open_),
    )
    columns = ("unit_id", "waiting", "reminded", "passing")
    for unit, waiting, reminded, passing in counted.values_list(*columns):
        found[unit] = {"for_meeting": waiting, "reminded": reminded, "to_pass_on": passing}
    asked = CommentRequest.objects.filter(
        unit__in=units, answered_on=None, directive__state=State.DRAFT
    ).order_by()
    for unit, count in asked.values_list("unit_id").annotate(count=Count("uid")):
        found.setdefault(unit, {})["to_comment"] = count
    adopted = Directive.objects.filter(issuer__in=units, state=State.ADOPTED).order_by()
    for unit, count in adopted.values_list("issuer_id").annotate(count=Count("uid")):
        found.setdefault(unit, {})["to_issue"] = count
    for unit in units:
        _bulletins(unit, found)
    return {unit: Waits(**counts) for unit, counts in found.items()}
