"""What a desk does with what lies on it."""

from typing import Any

from nenmong.accounts.requests import ApiRequest
from nenmong.opinions import actions, doors
from nenmong.opinions.api import sent
from nenmong.opinions.api.shapes import MovedOut, moved
from nenmong.opinions.api.theme import router
from nenmong.ui.api import Key, Uid


@router.post("/opinions/{uid:uid}/accept", response=MovedOut, operation_id="opinions_accept")
def accept(request: ApiRequest, uid: Uid, key: Key, said: sent.SeenIn) -> dict[str, Any]:
    """Accept it: from now on the desk owes an answer. All of an issue at once."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(actor, actions.accept(actor=actor, key=key, opinion_uid=uid, seen=said.seen))


@router.post("/opinions/{uid:uid}/forward", response=MovedOut, operation_id="opinions_forward")
def forward(request: ApiRequest, uid: Uid, key: Key, said: sent.PassIn) -> dict[str, Any]:
    """Pass it on to another desk."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(
        actor,
        actions.forward(
            actor=actor, key=key, opinion_uid=uid, desk_uid=said.desk, reason=said.reason,
            seen=said.seen,
        ),
    )  # fmt: skip


@router.post("/opinions/{uid:uid}/return", response=MovedOut, operation_id="opinions_return")
def give_back(request: ApiRequest, uid: Uid, key: Key, said: sent.ReasonIn) -> dict[str, Any]:
    """Return it to where it came from."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(
        actor,
        actions.give_back(
            actor=actor, key=key, opinion_uid=uid, reason=said.reason, seen=said.seen
        ),
    )


@router.post("/opinions/{uid:uid}/ask", response=MovedOut, operation_id="opinions_ask")
def ask(request: ApiRequest, uid: Uid, key: Key, said: sent.OpinionWordsIn) -> dict[str, Any]:
    """Ask the cell for more; the clock stands until it has said it."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(
        actor,
        actions.ask(actor=actor, key=key, opinion_uid=uid, question=said.text, seen=said.seen),
    )


@router.post("/opinions/{uid:uid}/take-on", response=MovedOut, operation_id="opinions_take_on")
def take_on(request: ApiRequest, uid: Uid, key: Key) -> dict[str, Any]:
    """Say that you have taken it on at your desk."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(actor, actions.take_on(actor=actor, key=key, opinion_uid=uid))
