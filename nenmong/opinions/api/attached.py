"""Files of opinions and answers: attached, taken off, saved."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Status

from nenmong.accounts.requests import ApiRequest
from nenmong.core.actions import answered
from nenmong.core.files.naming import TYPES
from nenmong.opinions import access, actions, attached, doors
from nenmong.opinions.api.shapes import GoneFileOut, OpinionFileOut
from nenmong.opinions.api.theme import router
from nenmong.opinions.models import OpinionFile
from nenmong.opinions.rules.states import Who
from nenmong.ui.api import ONE_FILE, Key, Uid
from nenmong.ui.files import files_in, take_in, taking

FILE: dict[str, Any] = {
    "responses": {200: {"description": "The file.", "content": {
        kind: {"schema": {"type": "string", "format": "binary"}} for kind in TYPES.values()
    }}}
}  # fmt: skip
Looked = Annotated[
    bool,
    Query(description="Asked by a desk: what stands in the file was looked at; it goes at once."),
]


@router.post(
    "/opinions/{uid:uid}/files", response={201: OpinionFileOut},
    operation_id="opinions_attach_file", openapi_extra=ONE_FILE,
)  # fmt: skip
def attach_file(request: ApiRequest, uid: Uid, looked: Looked = False) -> Status[OpinionFile]:
    """Attach one file while the opinion is with its cell; the same file again is the same row.

    No key is taken: the table of keys would say who brought it.
    """
    actor = request.auth
    access.require_speaks(actor, doors.opinion_for(actor, uid))
    with taking(request, attached.all_mb()) as handler:
        title, sent = files_in(request, handler)[0]
        kept = take_in(sent)
    row = actions.attach_file(actor=actor, opinion_uid=uid, title=title, file=kept, looked=looked)
    return Status(201, row)


@router.post(
    "/opinions/{uid:uid}/draft/files", response={201: OpinionFileOut},
    operation_id="opinions_attach_to_answer", openapi_extra=ONE_FILE,
)  # fmt: skip
def attach_to_answer(request: ApiRequest, uid: Uid, key: Key) -> Status[OpinionFile]:
    """Lay one file beside the answer being written; its draft is kept first."""
    actor = request.auth
    if not answered(actor, key):
        access.require_act(actor, doors.opinion_for(actor, uid), Who.DESK)
    with taking(request, attached.all_mb()) as handler:
        title, sent = files_in(request, handler)[0]
        kept = take_in(sent)
    row = actions.attach_to_answer(actor=actor, key=key, opinion_uid=uid, title=title, file=kept)
    return Status(201, row)


@router.delete(
    "/opinion-files/{uid:uid}", response=GoneFileOut, operation_id="opinions_remove_file"
)
def remove_file(request: ApiRequest, uid: Uid) -> dict[str, str]:
    """Take a file off before it is sent, or before its answer is signed. No key, as above."""
    actor = request.auth
    doors.file_for(actor, uid)
    actions.remove_file(actor=actor, file_uid=uid)
    return {"uid": uid}


@router.get("/opinion-files/{uid:uid}/file", operation_id="opinions_file", openapi_extra=FILE)
def opinion_file(request: ApiRequest, uid: Uid) -> HttpResponse:
    """One file, as it was kept."""
    return attached.handed(request.auth, uid)
