"""Comments on a draft: asked for, made, weighed."""

from typing import Any

from ninja import Status

from nenmong.accounts.requests import ApiRequest
from nenmong.directives import actions, doors
from nenmong.directives.access import COMMENT, DRAFT
from nenmong.directives.api import sent
from nenmong.directives.api.shapes import CommentRequestOut, DirectiveCommentOut
from nenmong.directives.api.theme import router
from nenmong.directives.models import Comment, CommentRequest
from nenmong.org import access as org
from nenmong.ui.api import Key, Uid


def _told(row: CommentRequest) -> dict[str, Any]:
    same = ("uid", "number", "asked_on", "due_on", "answered_on")
    return {name: getattr(row, name) for name in same} | {
        "document": row.directive_id, "unit": row.unit_id, "unit_name": row.unit.name,
        "comments": list(row.comments.all()),
    }  # fmt: skip


@router.get(
    "/directives/{uid:uid}/comments", response=list[CommentRequestOut],
    operation_id="directives_list_comments",
)  # fmt: skip
def list_directive_comments(request: ApiRequest, uid: Uid) -> list[dict[str, Any]]:
    """Who was asked to comment, and what they said; for those asked, only their own."""
    actor = request.auth
    one = doors.directive_for(actor, uid)
    rows = one.requests.select_related("unit").prefetch_related("comments")
    if not org.may(actor, DRAFT, one.issuer.path):
        rows = rows.filter(org.scope(actor, COMMENT, path="unit__path"))
    return [_told(row) for row in rows]


@router.post(
    "/directives/{uid:uid}/comments", response=list[CommentRequestOut],
    operation_id="directives_ask_comments",
)  # fmt: skip
def ask_directive_comments(
    request: ApiRequest, uid: Uid, key: Key, said: sent.AskCommentsIn
) -> list[dict[str, Any]]:
    """Ask units to comment by a day."""
    actor = request.auth
    doors.directive_for(actor, uid, DRAFT)
    one = actions.ask_comments(
        actor=actor, key=key, directive_uid=uid, unit_uids=said.units, due_on=said.due_on
    )
    return [_told(row) for row in one.requests.select_related("unit").prefetch_related("comments")]


@router.post(
    "/comment-requests/{uid:uid}/comments", response={201: DirectiveCommentOut},
    operation_id="directives_comment",
)  # fmt: skip
def comment_directive(
    request: ApiRequest, uid: Uid, key: Key, said: sent.CommentIn
) -> Status[Comment]:
    """Say something of a draft, or of one of its paragraphs."""
    actor = request.auth
    doors.request_for(actor, uid)
    made = actions.comment(
        actor=actor, key=key, request_uid=uid, text=said.text, paragraph=said.paragraph
    )
    return Status(201, made)


@router.post(
    "/comment-requests/{uid:uid}/finish", response=CommentRequestOut,
    operation_id="directives_finish_comments",
)  # fmt: skip
def finish_directive_comments(request: ApiRequest, uid: Uid, key: Key) -> dict[str, Any]:
    """Say that the unit has said all, or has nothing to say."""
    actor = request.auth
    doors.request_for(actor, uid)
    actions.finish_comments(actor=actor, key=key, request_uid=uid)
    return _told(CommentRequest.objects.select_related("unit").get(uid=uid))


@router.delete(
    "/comments/{uid:uid}", response=CommentRequestOut, operation_id="directives_take_back_comment"
)
def take_directive_comment_back(request: ApiRequest, uid: Uid, key: Key) -> dict[str, Any]:
    """Take a comment back that nobody has weighed yet."""
    actor = request.auth
    doors.request_for(actor, doors.comment_for(actor, uid).request_id)
    row = actions.take_back_comment(actor=actor, key=key, comment_uid=uid)
    return _told(CommentRequest.objects.select_related("unit").get(uid=row.uid))


@router.post(
    "/comments/{uid:uid}/weigh", response=DirectiveCommentOut,
    operation_id="directives_weigh_comment",
)  # fmt: skip
def weigh_directive_comment(request: ApiRequest, uid: Uid, key: Key, said: sent.WeighIn) -> Comment:
    """Say what became of a comment."""
    actor = request.auth
    made = doors.comment_for(actor, uid)
    doors.directive_for(actor, made.request.directive_id, DRAFT)
    return actions.weigh_comment(
        actor=actor, key=key, comment_uid=uid, outcome=said.outcome.value, why=said.why
    )
