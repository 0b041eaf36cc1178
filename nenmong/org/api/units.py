"""Units: which are in reach, what each was, one founded, one renamed."""

from typing import Any

from ninja import Router, Status

from nenmong.accounts.requests import ApiRequest
from nenmong.org import actions, doors
from nenmong.org.api.shapes import NewNameIn, NewUnitIn, UnitOut, VersionOut
from nenmong.org.models import Unit, UnitKind
from nenmong.org.queries import reach
from nenmong.ui.api import After, Key, Limit, Page, Uid, page_of

router = Router(tags=["units"])


@router.get("/units", response=Page[UnitOut], operation_id="org_list_units")
def list_units(
    request: ApiRequest,
    under: Uid | None = None,
    kind: UnitKind | None = None,
    after: After = None,
    limit: Limit = 100,
) -> dict[str, Any]:
    """All units in your reach, or those under one of them with itself; of one kind, or of all."""
    actor = request.auth
    top = doors.unit_for(actor, under, "org.view_unit") if under else None
    rows = reach.units_in_reach(actor, top)
    return page_of(rows.filter(kind=kind) if kind else rows, after, limit)


@router.post("/units", response={201: UnitOut}, operation_id="org_create_unit")
def create_unit(request: ApiRequest, key: Key, said: NewUnitIn) -> Status[Unit]:
    """Found a unit under another one."""
    actor = request.auth
    if said.parent is not None:
        doors.unit_for(actor, said.parent, "org.manage_units")
    unit = actions.NewUnit(
        said.kind.value, said.name, said.organization_name, said.locality, said.cell_kind, said.code
    )
    made = actions.create_unit(
        actor=actor, key=key, parent_uid=said.parent, unit=unit, first_day=said.first_day
    )
    return Status(201, made)


@router.get("/units/{uid:uid}", response=UnitOut, operation_id="org_show_unit")
def show_unit(request: ApiRequest, uid: Uid) -> Unit:
    """One unit as it is today."""
    return doors.unit_for(request.auth, uid, "org.view_unit")


@router.get(
    "/units/{uid:uid}/versions", response=list[VersionOut], operation_id="org_list_versions"
)
def list_versions(request: ApiRequest, uid: Uid) -> list[Any]:
    """What a unit was called and where it stood, from one day to another; the latest first."""
    unit = doors.unit_for(request.auth, uid, "org.view_unit")
    return list(unit.versions.order_by("-first_day"))


@router.post("/units/{uid:uid}/rename", response=UnitOut, operation_id="org_rename_unit")
def rename_unit(request: ApiRequest, uid: Uid, key: Key, said: NewNameIn) -> Unit:
    """Give a unit another name from a day on; before that day it keeps the one it had."""
    actor = request.auth
    unit = doors.unit_for(actor, uid, "org.manage_units")
    return actions.rename_unit(
        actor=actor, key=key, unit_uid=unit.uid, name=said.name,
        organization_name=said.organization_name, from_day=said.from_day,
    )  # fmt: skip
