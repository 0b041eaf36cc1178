"""Whether every document issued in the last two months has come from its issuer to each cell.

What the actions did has its audit: issued, sent, delivered. Each cell aimed at has it once, waits
for a meeting with it or has discussed it, and the matter before its meetings says the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from nenmong.core.models import AuditEntry
from nenmong.directives.models import Delivery, Directive, Sending
from nenmong.directives.queries.targets import of_sending
from nenmong.directives.rules.states import DRAFTS
from nenmong.meetings.models import Matter, Meeting
from nenmong.org.models import Unit

STATES = {  # of a delivery, and in which states its matter then is
    Delivery.State.WAITING: {Matter.State.WAITING, Matter.State.ON_AGENDA},
    Delivery.State.DISCUSSED: {Matter.State.DISCHARGED},
    Delivery.State.WITHDRAWN: {Matter.State.WITHDRAWN},
}
SENT_BY_ACTION = ("directives.sent", "directives.batch_delivered")


def of_documents(ward: Unit, since: date, day: date) -> tuple[int, list[str]]:
    """Return how many documents were issued in this time, and what is wrong with which.

    Seven queries, and four for each sending to cells.
    """
    issued = list(
        Directive.objects.exclude(state__in=DRAFTS)
        .filter(issued_on__gt=since, issued_on__lte=day)
        .select_related("issuer")
    )
    sendings = list(
        Sending.objects.filter(directive__in=issued)
        .select_related("directive", "unit", "root")
        .order_by("uid")
    )
    faults = _audited(issued, sendings, ward)
    for sending in sendings:
        faults += _arrived(sending)
    return len(issued), faults


def _audited(issued: Iterable[Directive], sendings: Sequence[Sending], ward: Unit) -> list[str]:
    """Return which steps the audit misses: of issuing, of what the ward and who issued it sent."""
    wanted = {one.uid: (one, ("directives.issued",)) for one in issued}
    verbs: dict[str, set[str]] = defaultdict(set)
    of_ward = [one for one in sendings if one.unit_id in {ward.uid, one.directive.issuer_id}]
    uids = [*wanted, *(one.uid for one in of_ward)]
    rows = AuditEntry.objects.filter(subject_uid__in=uids).values_list("subject_uid", "verb")
    for uid, verb in rows:
        verbs[uid].add(verb)
    sent = {one.directive_id for one in sendings}
    faults = []
    told = {uid for uid in wanted if not verbs[uid]}  # in bulk, at the beginning of that time
    by_actions = [one for one in of_ward if one.directive_id not in told]
    for uid, (one, steps) in wanted.items():
        missing = [verb for verb in steps if verb not in verbs[uid] and uid not in told]
        if uid not in sent:
            missing.append("directives.sent")
        faults += _named(one, one.issuer, missing)
    for sending in by_actions:
        missing = [verb for verb in SENT_BY_ACTION if verb not in verbs[sending.uid]]
        faults += _named(sending.directive, sending.unit, missing)
    return faults


def _named(one: Directive, unit: Unit, missing: Sequence[str]) -> list[str]:
    if not missing:
        return []
    return [
        _("%(unit)s, “%(title)s”: of its trail is missing: %(steps)s")
        % {"unit": unit.name, "title": one.name, "steps": ", ".join(missing)}
    ]


def _arrived(sending: Sending) -> list[str]:
    """Return to whom a document did not come, and where its matter and its meeting disagree."""
    one = sending.directive
    rows = {row.unit_id: row for row in sending.deliveries.select_related("unit")}
    if not one.in_work and not rows:
        return []
    aimed = {unit.uid: unit.name for unit in of_sending(sending)}
    elsewhere = set(
        Delivery.objects.filter(directive=one, unit__in=set(aimed) - set(rows)).values_list(
            "unit_id", flat=True
        )
    )
    faults = [
        _("%(unit)s never got “%(title)s”, sent by %(sender)s")
        % {"unit": name, "title": one.name, "sender": sending.unit.name}
        for uid, name in aimed.items()
        if uid not in rows and uid not in elsewhere
    ]
    if sending.pass_on:
        return faults
    matters = {
        matter.unit_id: matter
        for matter in Matter.objects.filter(
            unit__in=list(rows), kind=Matter.Kind.DIRECTIVE, source_uid=one.uid
        )
    }
    uids = {row.meeting_uid for row in rows.values() if row.meeting_uid}
    sealed = set(Meeting.objects.sealed().filter(uid__in=uids).values_list("uid", flat=True))
    for uid, row in rows.items():
        matter = matters.get(uid)
        right = matter is not None and matter.state in STATES.get(
            Delivery.State(row.state), set(Matter.State)
        )
        if row.state == Delivery.State.DISCUSSED:
            met = row.meeting_uid in sealed
            right = right and met and matter is not None and matter.meeting_uid == row.meeting_uid
        if not right:
            faults.append(
                _("%(unit)s, “%(title)s”: the document and its meeting do not agree")
                % {"unit": row.unit.name, "title": one.name}
            )
    return faults
