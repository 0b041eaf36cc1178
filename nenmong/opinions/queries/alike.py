"""Opinions and answers like a text: what may be one matter, what was answered before."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from nenmong.core import clock
from nenmong.core.audit import Actor
from nenmong.core.rules import fold
from nenmong.opinions.models import Answer, Opinion
from nenmong.opinions.models.opinion import OpinionQuerySet
from nenmong.opinions.queries.shown import shown_as
from nenmong.opinions.rules import likeness
from nenmong.opinions.rules.states import State

LOOKED_AT = 20_000  # the latest
SINCE = timedelta(days=3 * 365)
LEAST = 20  # how alike a text is that is worth showing
MOST = 6


@dataclass(frozen=True)
class Alike:
    """An opinion that may be the same matter."""

    uid: str
    text: str
    unit: str
    raised_on: date
    state: str
    issue_uid: str | None
    alike: int  # 0 to 100


@dataclass(frozen=True)
class Answered:
    """What was answered to something alike, and what the cell made of it."""

    opinion_uid: str
    asked: str
    unit: str
    text: str
    result: str
    desk: str
    signed_on: date
    verdict: str
    alike: int


def _likest(rows: OpinionQuerySet, folded: str, most: int = MOST) -> dict[str, int]:
    recent = rows.filter(raised_on__gte=clock.today() - SINCE).order_by("-uid")[:LOOKED_AT]
    others = dict(recent.values_list("uid", "text_fold"))
    return dict(likeness.likest(folded, others, most, LEAST))


def alike(actor: Actor, opinion: Opinion) -> list[Alike]:
    """Return open opinions that may be the same matter, within what `actor` sees. Three queries."""
    seen = Opinion.objects.visible_to(actor).exclude(uid=opinion.uid).order_by()
    if opinion.issue_uid:
        seen = seen.exclude(issue_uid=opinion.issue_uid)
    scores = _likest(seen.filter(state__in=[State.WAITING, State.ACCEPTED]), opinion.text_fold)
    if not scores:
        return []
    rows = Opinion.objects.filter(uid__in=list(scores))
    shown = shown_as(actor, [row.unit_id for row in rows])
    found = [
        Alike(
            row.uid, row.text, shown[row.unit_id], row.raised_on, row.state, row.issue_uid,
            scores[row.uid],
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.alike, one.uid))


def answered_before(actor: Actor, text: str, *, but: str | None = None) -> list[Answered]:
    """Return answers given to something alike, within what `actor` sees. Three queries."""
    folded = fold(text)
    if not likeness.told(folded):
        return []
    seen = Opinion.objects.visible_to(actor).exclude(answer_uid=None).exclude(uid=but)
    scores = _likest(seen, folded)
    return _with_answers(actor, scores) if scores else []


def register(actor: Actor, text: str = "", offset: int = 0, page: int = 50) -> list[Answered]:
    """Return signed answers that hold every word, in the question or the answer, the latest first.

    Accents do not matter. Three queries.
    """
    seen = Opinion.objects.visible_to(actor).exclude(answer_uid=None)
    signed = Answer.objects.filter(
        bucket=OuterRef("bucket"), opinion=OuterRef("pk"), state=Answer.State.SIGNED
    )
    for word in fold(text).split():
        seen = seen.filter(
            Q(text_fold__contains=word) | Exists(signed.filter(text_fold__contains=word))
        )
    uids = seen.order_by("-uid").values_list("uid", flat=True)[offset : offset + page]
    return _with_answers(actor, dict.fromkeys(uids, 0))


def _with_answers(actor: Actor, scores: dict[str, int]) -> list[Answered]:
    rows = list(
        Answer.objects.filter(opinion__in=list(scores), state=Answer.State.SIGNED)
        .select_related("opinion", "desk")
        .order_by("uid")
    )
    last = {row.opinion_id: row for row in rows}  # the one that counts now
    shown = shown_as(actor, [row.opinion.unit_id for row in rows])
    found = [
        Answered(
            uid, row.opinion.text, shown[row.opinion.unit_id], row.text, row.result,
            # A cell that answered itself is named as it is shown, like everywhere.
            shown[row.desk_id] if row.desk_id == row.opinion.unit_id else row.desk.name,
            row.signed_on, row.verdict, scores[uid],
        )
        for uid, row in last.items()
        if row.signed_on
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.alike, -one.signed_on.toordinal(), one.opinion_uid))
