"""What a cell does: raises, keeps, sends, says more, takes back."""

from typing import Any

from ninja import Status

from nenmong.accounts.requests import ApiRequest
from nenmong.opinions import actions, doors
from nenmong.opinions.api import sent
from nenmong.opinions.api.shapes import MovedOut, TakenOut, moved
from nenmong.opinions.api.theme import router
from nenmong.opinions.models import TakenElsewhere
from nenmong.org import doors as at_units
from nenmong.ui.api import Key, Uid


@router.post("/units/{uid:uid}/opinions", response={201: MovedOut}, operation_id="opinions_raise")
def raise_opinion(request: ApiRequest, uid: Uid, said: sent.RaiseIn) -> Status[dict[str, Any]]:
    """Raise an opinion: one's own, or for a member. The same words of a day are one opinion.

    No key is taken: the table of keys would say who raised it.
    """
    actor = request.auth
    at_units.unit_for(actor, uid, "org.view_unit")
    made = actions.raise_opinion(
        actor=actor, unit_uid=uid, text=said.text, kind=said.kind, member_uid=said.member or ""
    )
    return Status(201, moved(actor, made))


@router.post(
    "/units/{uid:uid}/opinions/elsewhere", response={201: TakenOut},
    operation_id="opinions_take_elsewhere",
)  # fmt: skip
def take_elsewhere(request: ApiRequest, uid: Uid, said: sent.ElsewhereIn) -> Status[TakenElsewhere]:
    """Note that a complaint, a denunciation or a classified matter was not taken here.

    No key is taken, for it would say who came with it: sent twice, it counts two.
    """
    actor = request.auth
    at_units.unit_for(actor, uid, "org.view_unit")
    return Status(201, actions.take_elsewhere(actor=actor, unit_uid=uid, sort=said.sort.value))


@router.put("/opinions/{uid:uid}/text", response=MovedOut, operation_id="opinions_change_words")
def change_words(
    request: ApiRequest, uid: Uid, key: Key, said: sent.OpinionWordsIn
) -> dict[str, Any]:
    """Mend its words before it leaves the cell."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(
        actor,
        actions.change_words(actor=actor, key=key, opinion_uid=uid, text=said.text, seen=said.seen),
    )


@router.put("/opinions/{uid:uid}/sort", response=MovedOut, operation_id="opinions_sort")
def sort(request: ApiRequest, uid: Uid, key: Key, said: sent.SortIn) -> dict[str, Any]:
    """Say of which kind and field it is."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(
        actor,
        actions.sort(
            actor=actor, key=key, opinion_uid=uid, kind=said.kind.value, field=said.field,
            seen=said.seen,
        ),
    )  # fmt: skip


@router.post("/opinions/{uid:uid}/keep", response=MovedOut, operation_id="opinions_keep")
def keep(request: ApiRequest, uid: Uid, key: Key, said: sent.SeenIn) -> dict[str, Any]:
    """Let the cell settle it itself."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(actor, actions.keep(actor=actor, key=key, opinion_uid=uid, seen=said.seen))


@router.post("/opinions/{uid:uid}/send", response=MovedOut, operation_id="opinions_send")
def send(request: ApiRequest, uid: Uid, key: Key, said: sent.SendIn) -> dict[str, Any]:
    """Send it beyond the cell; refused while names or numbers in its words were not looked at."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(
        actor,
        actions.send(
            actor=actor, key=key, opinion_uid=uid, desk_uid=said.desk or "", looked=said.looked,
            seen=said.seen,
        ),
    )  # fmt: skip


@router.post("/opinions/{uid:uid}/reply", response=MovedOut, operation_id="opinions_reply")
def reply(request: ApiRequest, uid: Uid, key: Key, said: sent.OpinionWordsIn) -> dict[str, Any]:
    """Say what the desk asked for."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(
        actor,
        actions.reply(actor=actor, key=key, opinion_uid=uid, text=said.text, seen=said.seen),
    )


@router.post("/opinions/{uid:uid}/withdraw", response=MovedOut, operation_id="opinions_withdraw")
def withdraw(request: ApiRequest, uid: Uid, key: Key, said: sent.ReasonIn) -> dict[str, Any]:
    """Take it back before it is answered."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(
        actor,
        actions.withdraw(actor=actor, key=key, opinion_uid=uid, reason=said.reason, seen=said.seen),
    )


@router.post("/opinions/{uid:uid}/reopen", response=MovedOut, operation_id="opinions_reopen")
def reopen(request: ApiRequest, uid: Uid, key: Key, said: sent.ReasonIn) -> dict[str, Any]:
    """Raise again what was solved and came back."""
    actor = request.auth
    doors.moving(actor, key, uid)
    return moved(
        actor,
        actions.reopen(actor=actor, key=key, opinion_uid=uid, reason=said.reason, seen=said.seen),
    )
