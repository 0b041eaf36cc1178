"""The list of fields, and which desk handles which of them."""

from typing import Any

from django.http import Http404
from ninja import Status

from nenmong.accounts.requests import ApiRequest
from nenmong.opinions import actions
from nenmong.opinions.access import EDIT_DESKS
from nenmong.opinions.api import sent
from nenmong.opinions.api.shapes import DeskFieldsOut, FieldOut
from nenmong.opinions.api.theme import router
from nenmong.opinions.models import DeskField
from nenmong.opinions.queries.fields import fields
from nenmong.opinions.rules.fields import Field
from nenmong.org import doors as at_units
from nenmong.ui.api import Key, Uid


@router.get("/fields", response=list[FieldOut], operation_id="opinions_list_fields")
def list_fields(request: ApiRequest) -> list[Field]:
    """Every field, those no longer offered too."""
    return list(fields().values())


@router.post("/fields", response={201: FieldOut}, operation_id="opinions_add_field")
def add_field(request: ApiRequest, key: Key, said: sent.FieldIn) -> Status[Field]:
    """Add a field; its code is made of its name and never changes."""
    made = actions.set_field(
        actor=request.auth, key=key, name_vi=said.name_vi, name_en=said.name_en,
        retired=said.retired,
    )  # fmt: skip
    return Status(201, fields()[made.code])


@router.put("/fields/{slug:code}", response=FieldOut, operation_id="opinions_change_field")
def change_field(request: ApiRequest, code: str, key: Key, said: sent.FieldIn) -> Field:
    """Rename a field, or offer it no longer."""
    if code not in fields():
        raise Http404
    actions.set_field(
        actor=request.auth, key=key, code=code, name_vi=said.name_vi, name_en=said.name_en,
        retired=said.retired,
    )  # fmt: skip
    return fields()[code]


def _handled(uid: str) -> dict[str, Any]:
    rows = DeskField.objects.filter(unit=uid).order_by("field")
    return {"days": dict(rows.values_list("field", "answer_days"))}


@router.get(
    "/units/{uid:uid}/desk-fields", response=DeskFieldsOut, operation_id="opinions_desk_fields"
)
def show_desk_fields(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """The fields a desk handles."""
    return _handled(at_units.unit_for(request.auth, uid, "org.view_unit").uid)


@router.put(
    "/units/{uid:uid}/desk-fields", response=DeskFieldsOut, operation_id="opinions_set_desk_fields"
)
def set_desk_fields(
    request: ApiRequest, uid: Uid, key: Key, said: sent.DeskFieldsIn
) -> dict[str, Any]:
    """Say which fields a desk handles, and within how many working days."""
    actor = request.auth
    unit = at_units.unit_for(actor, uid, EDIT_DESKS)
    actions.set_desk_fields(actor=actor, key=key, unit_uid=unit.uid, days=said.days)
    return _handled(uid)
