"""Drafting, describing and issuing a document."""

from typing import Any

from ninja import Status

from nenmong.accounts.requests import ApiRequest
from nenmong.directives import actions, doors
from nenmong.directives.access import DRAFT, ISSUE
from nenmong.directives.api import sent
from nenmong.directives.api.shapes import DirectiveOut, directive
from nenmong.directives.api.theme import router
from nenmong.directives.models import Directive
from nenmong.ui.api import Key, Uid


@router.post(
    "/units/{uid:uid}/directives", response={201: DirectiveOut}, operation_id="directives_start"
)
def start_directive(
    request: ApiRequest, uid: Uid, key: Key, said: sent.StartIn
) -> Status[dict[str, Any]]:
    """Begin a document of a unit."""
    actor = request.auth
    doors.unit_for(actor, uid, DRAFT)
    made = actions.start_draft(
        actor=actor, key=key, unit_uid=uid, kind=said.kind.value, title=said.title,
        text=said.text, for_month=said.for_month, outside_issuer=said.outside_issuer,
    )  # fmt: skip
    return Status(201, directive(made))


def _mine(request: ApiRequest, uid: str, permission: str) -> Directive:
    return doors.directive_for(request.auth, uid, permission)


@router.put("/directives/{uid:uid}/text", response=DirectiveOut, operation_id="directives_write")
def write_directive(request: ApiRequest, uid: Uid, key: Key, said: sent.DraftIn) -> dict[str, Any]:
    """Write on a draft."""
    _mine(request, uid, DRAFT)
    return directive(
        actions.change_draft(
            actor=request.auth, key=key, directive_uid=uid, title=said.title, text=said.text,
            seen=said.seen,
        )
    )  # fmt: skip


@router.post(
    "/directives/{uid:uid}/versions", response=DirectiveOut, operation_id="directives_keep_version"
)
def keep_directive_version(
    request: ApiRequest, uid: Uid, key: Key, said: sent.DraftNoteIn
) -> dict[str, Any]:
    """Keep the text as a version of its own."""
    _mine(request, uid, DRAFT)
    return directive(
        actions.keep_version(actor=request.auth, key=key, directive_uid=uid, note=said.note)
    )


@router.put("/directives/{uid:uid}/gist", response=DirectiveOut, operation_id="directives_describe")
def describe_directive(
    request: ApiRequest, uid: Uid, key: Key, said: sent.AboutIn
) -> dict[str, Any]:
    """Write the gist, what changes for whom, what is asked by when."""
    _mine(request, uid, DRAFT)
    return directive(
        actions.describe(
            actor=request.auth, key=key, directive_uid=uid, about=said.about(), seen=said.seen
        )
    )


@router.post(
    "/directives/{uid:uid}/submit", response=DirectiveOut, operation_id="directives_submit"
)
def submit_directive(request: ApiRequest, uid: Uid, key: Key) -> dict[str, Any]:
    """Put a draft before the next meeting of who issues it."""
    _mine(request, uid, DRAFT)
    return directive(actions.submit_draft(actor=request.auth, key=key, directive_uid=uid))


@router.post(
    "/directives/{uid:uid}/take-back", response=DirectiveOut, operation_id="directives_take_back"
)
def take_directive_back(request: ApiRequest, uid: Uid, key: Key) -> dict[str, Any]:
    """Take a draft back before the meeting has decided on it."""
    _mine(request, uid, DRAFT)
    return directive(actions.take_back(actor=request.auth, key=key, directive_uid=uid))


@router.post("/directives/{uid:uid}/drop", response=DirectiveOut, operation_id="directives_drop")
def drop_directive(request: ApiRequest, uid: Uid, key: Key, said: sent.WhyIn) -> dict[str, Any]:
    """Give a draft up."""
    _mine(request, uid, DRAFT)
    return directive(
        actions.drop_draft(actor=request.auth, key=key, directive_uid=uid, reason=said.reason)
    )


@router.post("/directives/{uid:uid}/issue", response=DirectiveOut, operation_id="directives_issue")
def issue_directive(request: ApiRequest, uid: Uid, key: Key, said: sent.IssueIn) -> dict[str, Any]:
    """Issue a document: an adopted one, or a draft of a kind that needs no meeting."""
    _mine(request, uid, ISSUE)
    return directive(
        actions.issue(actor=request.auth, key=key, directive_uid=uid, issued=said.issued())
    )


@router.post(
    "/directives/{uid:uid}/withdraw", response=DirectiveOut, operation_id="directives_withdraw"
)
def withdraw_directive(request: ApiRequest, uid: Uid, key: Key, said: sent.WhyIn) -> dict[str, Any]:
    """Withdraw a document: where it waits, it waits no more."""
    _mine(request, uid, ISSUE)
    return directive(
        actions.withdraw(actor=request.auth, key=key, directive_uid=uid, reason=said.reason)
    )


@router.post(
    "/directives/{uid:uid}/prolong", response=DirectiveOut, operation_id="directives_prolong"
)
def prolong_directive(
    request: ApiRequest, uid: Uid, key: Key, said: sent.ProlongIn
) -> dict[str, Any]:
    """Give cells until a later day."""
    _mine(request, uid, ISSUE)
    return directive(
        actions.prolong(actor=request.auth, key=key, directive_uid=uid, due_on=said.due_on)
    )


@router.post(
    "/directives/{uid:uid}/review", response=DirectiveOut, operation_id="directives_review"
)
def review_directive(
    request: ApiRequest, uid: Uid, key: Key, said: sent.ReviewIn
) -> dict[str, Any]:
    """Note that a document was looked at again and stands."""
    _mine(request, uid, ISSUE)
    return directive(
        actions.note_review(
            actor=request.auth, key=key, directive_uid=uid, reviewed_on=said.reviewed_on,
            review_on=said.review_on,
        )
    )  # fmt: skip
