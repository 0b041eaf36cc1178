"""Answers: written at the desk, signed, read out and judged in the cell's meeting."""

from typing import Any

from nenmong.accounts.requests import ApiRequest
from nenmong.core.actions import answered
from nenmong.core.audit import Actor
from nenmong.opinions import actions, doors
from nenmong.opinions.api import sent, shapes
from nenmong.opinions.api.shapes import OpinionAnswerOut
from nenmong.opinions.api.theme import router
from nenmong.opinions.models import Answer
from nenmong.opinions.queries.files import beside
from nenmong.opinions.queries.shown import shown_as
from nenmong.ui.api import Key, Uid


def _told(actor: Actor, row: Answer) -> dict[str, Any]:
    unit = row.opinion.unit_id
    return shapes.answer(row, shown_as(actor, [unit])[unit], beside(row))


@router.put(
    "/opinions/{uid:uid}/draft", response=OpinionAnswerOut, operation_id="opinions_save_answer"
)
def save_answer(request: ApiRequest, uid: Uid, key: Key, said: sent.AnsweringIn) -> dict[str, Any]:
    """Keep an answer being written; it may lack anything, and only the desk sees it."""
    actor = request.auth
    doors.moving(actor, key, uid)
    kept = actions.save_answer(
        actor=actor, key=key, opinion_uid=uid, draft=said.draft(), seen=said.seen
    )
    return _told(actor, kept)


@router.post(
    "/opinions/{uid:uid}/answer", response=OpinionAnswerOut, operation_id="opinions_answer"
)
def give_answer(request: ApiRequest, uid: Uid, key: Key, said: sent.AnsweringIn) -> dict[str, Any]:
    """Finish an answer: signed at once, or laid before the head where the rulebook says so."""
    actor = request.auth
    doors.moving(actor, key, uid)
    given = actions.answer(
        actor=actor, key=key, opinion_uid=uid, draft=said.draft(), seen=said.seen
    )
    return _told(actor, given)


@router.post(
    "/answers/{uid:uid}/sign", response=OpinionAnswerOut, operation_id="opinions_sign_answer"
)
def sign_answer(request: ApiRequest, uid: Uid, key: Key) -> dict[str, Any]:
    """Sign an answer that was laid before you."""
    actor = request.auth
    if not answered(actor, key):
        doors.answer_for(actor, uid)
    return _told(actor, actions.sign_answer(actor=actor, key=key, answer_uid=uid))


@router.get("/answers/{uid:uid}", response=OpinionAnswerOut, operation_id="opinions_show_answer")
def show_answer(request: ApiRequest, uid: Uid) -> dict[str, Any]:
    """One answer, for who sees its opinion; for its desk wherever the opinion lies by now."""
    return _told(request.auth, doors.answer_for(request.auth, uid))
