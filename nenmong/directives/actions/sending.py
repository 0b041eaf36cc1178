"""Sending a document down: within the quota or with the head's reason, in batches, once to each."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from nenmong.core import audit, clock, events
from nenmong.core.actions import action, within_action
from nenmong.core.audit import Actor
from nenmong.core.errors import DomainError, NotAllowed
from nenmong.directives.access import OVER_QUOTA, SEND
from nenmong.directives.actions import months
from nenmong.directives.actions.issuing import in_work
from nenmong.directives.actions.moving import only_the_program, reason_of, text_of
from nenmong.directives.events import BatchDelivered, SendingBegun
from nenmong.directives.models import Delivery, Directive, Sending
from nenmong.directives.queries.targets import To, load_for, load_of, of_sending, targets
from nenmong.directives.rules.reach import Level
from nenmong.org import access
from nenmong.org.models import GRASSROOTS, Unit
from nenmong.org.rules import lineage

BATCH = 500
LONGEST_WORDS = 1000


@action
def send(
    *,
    actor: Actor,
    directive_uid: str,
    unit_uid: str,
    to: To,
    month: date,
    words: str = "",
    over_why: str = "",
) -> Sending:
    """Send a document to units under one's own; it goes out in batches behind this.

    The unit is who issued it, or one that was asked to pass it on.

    Args:
        month: for whose meetings.
        words: the sender's own, read out before the gist.
        over_why: the head's reason, where a cell would get more than the quota; cells read it.

    Raises:
        NotAllowed, DomainError: `directives.not_in_work`, `directives.no_gist`,
            `directives.not_here`, `directives.month_is_past`, `directives.unknown_level`,
            `directives.nobody`, `directives.over_quota`, `core.too_long`.
    """
    one = Directive.objects.select_for_update(of=("self",)).get(uid=directive_uid)
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, SEND, unit)
    # One sends at a time in a tree: two at once would each see the quota without the other.
    Unit.objects.select_for_update().get(path=lineage(unit.path)[0])
    in_work(one)
    if not one.gist:
        raise DomainError(
            "directives.no_gist",
            _("The document has no gist yet. Write one page that can be read out in a meeting."),
        )
    received = _received(one, unit)
    month = month.replace(day=1)
    if month < clock.today().replace(day=1):
        raise DomainError(
            "directives.month_is_past", _("That month is past. Choose this month or a later one.")
        )
    if to.level not in set(Level):
        raise DomainError("directives.unknown_level", _("To whom? Choose one of those shown."))
    if not (total := targets(unit, to).count()):
        raise DomainError(
            "directives.nobody", _("Nobody is reached by that. Choose more kinds, or other units.")
        )
    reason = _within_quota(actor, one, unit, to, month, over_why)
    sending = Sending.objects.create(
        directive=one, unit=unit, root=unit, parent=received.sending if received else None,
        level=to.level, cell_kinds=sorted(to.cell_kinds), picked=sorted(to.picked),
        pass_on=to.pass_on and to.level != Level.CELLS, month=month, asked=one.asked,
        words=text_of(words, LONGEST_WORDS), due_on=one.due_on, pages=one.pages,
        minutes=one.minutes, fields=one.fields, over_why=reason, sent_at=clock.now(), total=total,
    )  # fmt: skip
    if received is not None:
        received.state = Delivery.State.PASSED_ON
        received.discussed_on = clock.today()
        received.save(update_fields=["state", "discussed_on"])
    audit.record(
        actor, "directives.sent", sending, unit_path=unit.path, directive=one.uid, units=total,
        month=month.isoformat(), over=bool(reason),
    )  # fmt: skip
    events.emit(SendingBegun(sending_uid=sending.uid))
    return sending


def _received(one: Directive, unit: Unit) -> Delivery | None:
    """Return by which delivery a unit passes a document on; None where it issued it itself."""
    if one.issuer_id == unit.uid:
        return None
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("sending")
    received = rows.filter(
        unit=unit, directive=one, state__in=[Delivery.State.TO_PASS_ON, Delivery.State.PASSED_ON]
    ).first()
    if received is None:
        raise DomainError(
            "directives.not_here",
            _("%(unit)s neither issued this document nor was asked to pass it on.")
            % {"unit": unit.name},
        )
    return received


def _within_quota(
    actor: Actor, one: Directive, unit: Unit, to: To, month: date, over_why: str
) -> str:
    """Return the reason to go over quota, "" where nobody would."""
    rows, _quota = load_of(unit, to, month, load_for(one), one.uid)
    over = sum(row.over for row in rows)
    if not over:
        return ""
    if not over_why.strip() or not access.may(actor, OVER_QUOTA, unit.path):
        raise DomainError(
            "directives.over_quota",
            _(
                "%(cells)s cells would get more in %(month)s than they can bear. Choose a later "
                "month, or let the head of the committee send it and say why; the cells read it."
            )
            % {"cells": over, "month": f"{month:%m/%Y}"},
        )
    return reason_of(over_why)


@action
def deliver_batch(*, actor: Actor, sending_uid: str) -> Sending:
    """Bring a document to the next units of its sending; to each once, whoever sent it first.

    Repeated it goes on where it stopped; at the end it changes nothing.

    Raises:
        NotAllowed: only the program does this.
    """
    only_the_program(actor)
    sending = (
        Sending.objects.select_for_update(of=("self",)).select_related("root").get(uid=sending_uid)
    )
    if sending.state != Sending.State.GOING:
        return sending
    one = Directive.objects.select_for_update(of=("self",)).get(uid=sending.directive_id)
    if not one.in_work:
        sending.state = Sending.State.WITHDRAWN
        sending.save(update_fields=["state"])
        audit.record(actor, "directives.sending_stopped", sending, unit_path=sending.root.path)
        return sending
    units = list(of_sending(sending).filter(path__gt=sending.reached)[:BATCH])
    deliver_to(one, sending, units, sending.batches)
    sending.batches += 1
    sending.done += len(units)
    if units:
        sending.reached = units[-1].path
    if len(units) < BATCH:
        sending.state = Sending.State.SENT
    sending.save(update_fields=["batches", "done", "reached", "state"])
    audit.record(
        actor, "directives.batch_delivered", sending, unit_path=sending.root.path, units=len(units)
    )
    events.emit(BatchDelivered(sending_uid=sending.uid, batch=str(sending.batches - 1)))
    return sending


@within_action
def deliver_to(
    one: Directive, sending: Sending, units: Collection[Unit], batch: int
) -> list[Delivery]:
    """Write the deliveries of units that do not have the document yet, and what it asks of them."""
    has = set(
        Delivery.objects.filter(directive=one, unit__in=units).values_list("unit_id", flat=True)
    )
    new = [unit for unit in units if unit.uid not in has]
    counted = _grassroots(new)
    state = Delivery.State.TO_PASS_ON if sending.pass_on else Delivery.State.WAITING
    made = Delivery.objects.bulk_create(
        Delivery(
            bucket=unit.bucket, unit=unit, first_unit=unit, grassroots_id=counted[unit.uid],
            directive=one, sending=sending, batch=batch, state=state, month=sending.month,
            came_on=clock.today(), due_on=one.due_on,
        )
        for unit in new
    )  # fmt: skip
    if not sending.pass_on:
        cells = [(unit.bucket, unit.uid) for unit in new if unit.is_cell]
        months.bear(cells, sending.month, load_for(one))
        months.add(made, "delivered")
    return made


def _grassroots(units: Collection[Unit]) -> dict[str, str]:
    """Return the grassroots organisation each unit stands in, else itself. One query."""
    paths = {path for unit in units for path in lineage(unit.path)}
    rows = Unit.objects.filter(path__in=paths, kind__in=GRASSROOTS)
    at = dict(rows.values_list("path", "uid"))
    return {
        unit.uid: next((at[path] for path in reversed(lineage(unit.path)) if path in at), unit.uid)
        for unit in units
    }


@action
def settle_batch(*, actor: Actor, sending_uid: str, batch: int) -> Sending:
    """Let one batch of a sending follow what became of its document: withdrawn, or prolonged.

    Raises:
        NotAllowed: only the program does this.
    """
    only_the_program(actor)
    sending = (
        Sending.objects.select_for_update(of=("self",))
        .select_related("root", "directive")
        .get(uid=sending_uid)
    )
    one = sending.directive
    waits = [Delivery.State.WAITING, Delivery.State.TO_PASS_ON]
    rows = Delivery.objects.select_for_update(of=("self",)).filter(
        sending=sending, batch=batch, state__in=waits
    )
    if one.in_work:
        changed = rows.exclude(due_on=one.due_on).update(due_on=one.due_on)
    else:
        changed = _end(one, list(rows.select_related("first_unit")))
    if changed:
        audit.record(
            actor, "directives.batch_settled", sending, unit_path=sending.root.path, units=changed
        )
        events.emit(BatchDelivered(sending_uid=sending.uid, batch=str(batch)))
    return sending


@within_action
def _end(one: Directive, rows: list[Delivery]) -> int:
    """End deliveries of a document that is in work no more; take its load off their cells."""
    waiting = [row for row in rows if row.state == Delivery.State.WAITING and row.counted]
    uids = [row.uid for row in rows]
    Delivery.objects.filter(uid__in=uids).update(
        state=Delivery.State.WITHDRAWN, ended_on=clock.today()
    )
    months.add(waiting, "withdrawn")
    for month in {row.month for row in waiting}:
        of_month = [row for row in waiting if row.month == month and row.first_unit.is_cell]
        cells = [(row.bucket, row.first_unit_id) for row in of_month]
        months.bear(cells, month, load_for(one), sign=-1)
    return len(rows)


@action
def remind(*, actor: Actor, directive_uid: str, unit_uid: str) -> Directive:
    """Remind those under a unit where the document still waits; nobody else hears of it.

    A second time on the same day reminds nobody twice.

    Raises:
        NotAllowed, DomainError: `directives.not_in_work`.
    """
    one = Directive.objects.select_for_update(of=("self",)).get(uid=directive_uid)
    unit = Unit.objects.get(uid=unit_uid)
    access.require(actor, SEND, unit)
    in_work(one)
    if not _sent_it(one, unit):
        raise NotAllowed(
            "access.denied",
            _("%(unit)s did not send this document: who sent it reminds.") % {"unit": unit.name},
        )
    waits = [Delivery.State.WAITING, Delivery.State.TO_PASS_ON]
    rows = Delivery.objects.filter(
        directive=one, state__in=waits, unit__path__under=unit.path, came_on__lt=clock.today()
    ).exclude(reminded_on=clock.today())
    uids = list(rows.values_list("uid", flat=True))
    if uids:
        Delivery.objects.filter(uid__in=uids).update(reminded_on=clock.today())
        audit.record(actor, "directives.reminded", one, unit_path=unit.path, units=len(uids))
    return one


def _sent_it(one: Directive, unit: Unit) -> bool:
    return one.issuer_id == unit.uid or one.sendings.filter(unit=unit).exists()
