"""A document as it comes before a meeting: what is read out, or why it waits no more."""

from collections.abc import Mapping
from typing import Any

from nenmong.directives.models import Delivery, Directive, Sending
from nenmong.directives.rules.states import State
from nenmong.directives.rules.texts import numbered, read_out
from nenmong.directives.sentences import over_quota, to_discuss


def of_batch(sending_uid: str, batch: int) -> list[dict[str, Any]]:
    """Return what stands before the meetings of one batch of units. Five queries at most.

    What units pass on comes before no meeting of theirs.
    """
    sending = (
        Sending.objects.select_related("directive__issuer", "unit", "parent")
        .filter(uid=sending_uid)
        .first()
    )
    if sending is None or sending.pass_on:
        return []
    texts = _texts(sending)
    rows = sending.deliveries.filter(batch=batch).exclude(state=Delivery.State.DISCUSSED)
    found = []
    for unit_uid, cell_kind, state, due_on in rows.values_list(
        "unit_id", "unit__cell_kind", "state", "due_on"
    ):
        ended = state == Delivery.State.WITHDRAWN
        found.append(
            _before(sending.directive, sending.unit.name) | {
                "unit_uid": unit_uid, "text": texts(cell_kind), "due_on": due_on, "ended": ended,
                "ended_why": sending.directive.ended_why if ended else "",
            }
        )  # fmt: skip
    return found


def _texts(sending: Sending) -> Any:
    """Return the function from a kind of cell to what is read out there. One query a step up."""
    changes = dict(sending.directive.changes.values_list("cell_kind", "text"))
    known: dict[str, str] = {}

    def text(cell_kind: str) -> str:
        if cell_kind not in known:
            known[cell_kind] = as_read_out(sending, changes, cell_kind)
        return known[cell_kind]

    return text


def as_read_out(sending: Sending, changes: Mapping[str, str], cell_kind: str) -> str:
    """Return what is read out in a kind of cell.

    Args:
        changes: what changes by the document, by kind of cell; "" = for all.
    """
    one = sending.directive
    words: list[str] = []
    step: Sending | None = sending
    while step is not None:
        words.append(step.words)
        step = step.parent
    above = [over_quota(sending)] if sending.over_why else []
    for_it = [changes[kind] for kind in dict.fromkeys(("", cell_kind)) if kind in changes]
    asked = [to_discuss(numbered(one.questions))] if one.questions else []
    return read_out(gist=one.gist, changes=[*for_it, *asked], words=[*reversed(words), *above])


def _before(one: Directive, sender: str) -> dict[str, Any]:
    return {
        "source_uid": one.uid, "title": one.name, "sender": sender, "asked": one.asked,
        "minutes": one.minutes,
    }  # fmt: skip


def of_draft(directive_uid: str) -> dict[str, Any] | None:
    """Return a draft as it comes before the meeting that adopts it; ended where it does no more.

    One query. What was adopted meanwhile is no matter of this.
    """
    one = Directive.objects.select_related("issuer").filter(uid=directive_uid).first()
    if one is None or one.state not in {State.SUBMITTED, State.DRAFT, State.DROPPED}:
        return None
    return _before(one, one.issuer.name) | {
        "unit_uid": one.issuer_id, "text": one.gist or one.text[:4000], "due_on": None,
        "asked": Directive.Asked.DECIDE, "ended": one.state != State.SUBMITTED,
        "ended_why": one.ended_why,
    }  # fmt: skip


def batches(directive_uid: str) -> list[tuple[str, int]]:
    """Return every batch a document went out in: (sending, number). One query."""
    rows = Sending.objects.filter(directive=directive_uid).values_list("uid", "batches")
    return [(uid, batch) for uid, count in rows for batch in range(count)]


def is_draft(directive_uid: str) -> bool:
    """Say whether a document is before the meeting that adopts it. One query."""
    return Directive.objects.filter(uid=directive_uid, state=State.SUBMITTED).exists()


def issuer_of(directive_uid: str) -> str | None:
    """Return the unit to whom questions on a document go: its issuer. One query."""
    rows = Directive.objects.filter(uid=directive_uid)
    return rows.values_list("issuer_id", flat=True).first()
