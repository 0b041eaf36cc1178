"""Sending a document down, what it asks of cells, where it was discussed."""

from typing import Annotated, Any

from ninja import Query, Status

from nenmong.accounts.requests import ApiRequest
from nenmong.directives import actions, doors
from nenmong.directives.access import DRAFT, SEND, VIEW
from nenmong.directives.api import sent, words
from nenmong.directives.api.shapes import (
    DeliveryOut,
    DirectiveOut,
    LoadsOut,
    SendingOut,
    delivery,
    directive,
)
from nenmong.directives.api.theme import router
from nenmong.directives.models import Delivery, Sending
from nenmong.directives.queries.targets import load_for, load_of
from nenmong.org import access as org
from nenmong.ui.api import After, Key, Limit, Page, Uid, page_of


@router.post("/units/{uid:uid}/load", response=LoadsOut, operation_id="directives_load")
def show_load(request: ApiRequest, uid: Uid, said: sent.LoadIn) -> dict[str, Any]:
    """What a sending would put on the cells it reaches, before it is sent. Changes nothing."""
    actor = request.auth
    unit = doors.unit_for(actor, uid, SEND)
    one = doors.directive_for(actor, said.document)
    kinds, quota = load_of(unit, said.to(), said.month.replace(day=1), load_for(one), one.uid)
    return {"quota": quota, "kinds": kinds}


@router.post(
    "/units/{uid:uid}/sendings", response={201: SendingOut}, operation_id="directives_send"
)
def send_directive(
    request: ApiRequest, uid: Uid, key: Key, said: sent.SendDocumentIn
) -> Status[Sending]:
    """Send a document to units under one's own; it goes out in batches behind this."""
    actor = request.auth
    doors.unit_for(actor, uid, SEND)
    doors.directive_for(actor, said.document)
    made = actions.send(
        actor=actor, key=key, directive_uid=said.document, unit_uid=uid, to=said.to(),
        month=said.month, words=said.words, over_why=said.over_why,
    )  # fmt: skip
    return Status(201, made)


@router.get(
    "/directives/{uid:uid}/sendings", response=list[SendingOut],
    operation_id="directives_list_sendings",
)  # fmt: skip
def list_sendings(request: ApiRequest, uid: Uid) -> list[Sending]:
    """The sendings of a document by units one stands at or above, and how far each has come."""
    actor = request.auth
    one = doors.directive_for(actor, uid)
    seen = org.scope(actor, VIEW, path="unit__path")
    return list(one.sendings.filter(seen))


@router.get(
    "/directives/{uid:uid}/deliveries", response=Page[DeliveryOut],
    operation_id="directives_list_deliveries",
)  # fmt: skip
def list_deliveries(
    request: ApiRequest,
    uid: Uid,
    state: Annotated[words.DeliveryState | None, Query()] = None,
    after: After = None,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Where a document is and what became of it, unit by unit, within one's sight."""
    actor = request.auth
    one = doors.directive_for(actor, uid)
    rows = (
        Delivery.objects.filter(org.scope(actor, VIEW, path="unit__path"), directive=one)
        .select_related("unit")
        .prefetch_related("unclear_points")
    )
    if state is not None:
        rows = rows.filter(state=state)
    page = page_of(rows, after, limit)
    return page | {"items": [delivery(row) for row in page["items"]]}


@router.get(
    "/units/{uid:uid}/deliveries", response=Page[DeliveryOut],
    operation_id="directives_of_unit",
)  # fmt: skip
def list_received(
    request: ApiRequest,
    uid: Uid,
    state: Annotated[words.DeliveryState | None, Query()] = None,
    after: After = None,
    limit: Limit = 100,
) -> dict[str, Any]:
    """The documents a unit was sent, and what it made of each."""
    unit = doors.unit_for(request.auth, uid)
    rows = Delivery.objects.filter(unit=unit)
    if state is not None:
        rows = rows.filter(state=state)
    rows = rows.select_related("unit").prefetch_related("unclear_points")
    page = page_of(rows, after, limit)
    return page | {"items": [delivery(row) for row in page["items"]]}


@router.post(
    "/directives/{uid:uid}/remind", response=DirectiveOut, operation_id="directives_remind"
)
def remind_of_directive(
    request: ApiRequest, uid: Uid, key: Key, said: sent.RemindIn
) -> dict[str, Any]:
    """Remind those where it still waits, and nobody else."""
    actor = request.auth
    doors.unit_for(actor, said.unit, SEND)
    doors.directive_for(actor, uid)
    return directive(actions.remind(actor=actor, key=key, directive_uid=uid, unit_uid=said.unit))


@router.post("/deliveries/{uid:uid}/report", response=DeliveryOut, operation_id="directives_report")
def report_directive(
    request: ApiRequest, uid: Uid, key: Key, said: sent.DirectiveReportIn
) -> dict[str, Any]:
    """Say what came of a document that asks for it."""
    actor = request.auth
    org.require(actor, DRAFT, doors.delivery_for(actor, uid).unit)
    made = actions.report_back(actor=actor, key=key, delivery_uid=uid, text=said.text)
    return delivery(doors.delivery_for(actor, made.uid))
