"""Issues: opinions that are one matter, joined and parted by a person."""

from typing import Any

from ninja import Status

from nenmong.accounts.requests import ApiRequest
from nenmong.core.actions import answered
from nenmong.core.audit import Actor
from nenmong.opinions import actions, doors
from nenmong.opinions.api import sent
from nenmong.opinions.api.reading import Offset, onward
from nenmong.opinions.api.shapes import IssueOut, IssuesOut, MovedOut, moved
from nenmong.opinions.api.theme import router
from nenmong.opinions.queries import issues
from nenmong.org import doors as at_units
from nenmong.ui.api import Key, Uid


def _told(actor: Actor, uid: str) -> dict[str, Any]:
    found = doors.issue_for(actor, uid)
    summary = {
        name: getattr(found.summary, name) for name in IssueOut.model_fields if name != "opinions"
    }
    return summary | {"opinions": found.rows}


@router.get("/issues", response=IssuesOut, operation_id="opinions_list_issues")
def list_issues(request: ApiRequest, ended: bool = False, offset: Offset = 0) -> dict[str, Any]:
    """Issues, the largest first, a hundred at once; with `ended` those that ended too."""
    found = issues.issues(request.auth, open_only=not ended, offset=offset)
    return {"items": found, "next": onward(found, offset, issues.PAGE)}


@router.get("/issues/{uid:uid}", response=IssueOut, operation_id="opinions_show_issue")
def show_issue(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """One issue with the parts you see."""
    return _told(request.auth, uid)


@router.post("/units/{uid:uid}/issues", response={201: IssueOut}, operation_id="opinions_join")
def join(request: ApiRequest, uid: Uid, key: Key, said: sent.JoinIn) -> Status[dict[str, Any]]:
    """Join opinions at a desk; they share every move and one answer from now on."""
    actor = request.auth
    if not answered(actor, key):
        at_units.unit_for(actor, uid, "org.view_unit")
        doors.all_seen(actor, said.opinions)
    made = actions.join(
        actor=actor, key=key, desk_uid=uid, opinion_uids=sorted(set(said.opinions)),
        title=said.title,
    )  # fmt: skip
    return Status(201, _told(actor, made.uid))


@router.post("/issues/{uid:uid}/opinions", response=IssueOut, operation_id="opinions_join_more")
def join_more(request: ApiRequest, uid: Uid, key: Key, said: sent.AddIn) -> dict[str, Any]:
    """Add opinions to an issue, at a desk."""
    actor = request.auth
    if not answered(actor, key):
        doors.issue_for(actor, uid)
        at_units.unit_for(actor, said.desk, "org.view_unit")
        doors.all_seen(actor, said.opinions)
    actions.join(
        actor=actor, key=key, desk_uid=said.desk, opinion_uids=sorted(set(said.opinions)),
        title="", issue_uid=uid,
    )  # fmt: skip
    return _told(actor, uid)


@router.put("/issues/{uid:uid}/title", response=IssueOut, operation_id="opinions_rename_issue")
def rename_issue(request: ApiRequest, uid: Uid, key: Key, said: sent.TitleIn) -> dict[str, Any]:
    """Call an issue otherwise."""
    actor = request.auth
    doors.issue_for(actor, uid)
    actions.rename_issue(actor=actor, key=key, issue_uid=uid, title=said.title)
    return _told(actor, uid)


@router.post("/opinions/{uid:uid}/part", response=MovedOut, operation_id="opinions_part")
def part(request: ApiRequest, uid: Uid, key: Key, said: sent.PartIn) -> dict[str, Any]:
    """Take an opinion out of its issue."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(actor, actions.part(actor=actor, key=key, opinion_uid=uid, reason=said.reason))
