"""What is answered of opinions. Cells are named as `queries.shown` lets them be; members never."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from nenmong.core.audit import Actor
from nenmong.opinions.api import words
from nenmong.opinions.models import Answer, Opinion, OpinionFile
from nenmong.opinions.queries.detail import Detail, detail
from nenmong.opinions.queries.shown import shown_as
from nenmong.opinions.rules.states import Move
from nenmong.ui.api import At, FileKind, Uid

CELL = "Its cell, or of a cell too small to be named the committee above it."
VERDICT = "solved, partly, not_solved, heard, await, or empty: not judged yet."


class OpinionRowOut(Schema):
    """An opinion as it is looked over."""

    uid: Uid
    unit: str = Field(description=CELL)
    kind: str = Field(description="opinion, proposal, question, praise, or empty: not sorted yet.")
    field: str
    text: str
    raised_on: date
    state: words.State
    desk: str = Field(description="Where it lies now.")
    since: date
    due_on: date | None
    left: int | None = Field(description="Working days to its day; below zero: past it.")
    verdict: str = Field(description=VERDICT)
    returned: int = Field(description="How often the cell found it not solved.")
    issue: Uid | None = Field(validation_alias="issue_uid")
    ended_on: date | None
    mine: bool


class StageOut(Schema):
    """One stay on a desk."""

    desk: Uid | None = Field(description="Null where it lay with its cell.")
    name: str
    arrived_on: date
    left_on: date | None
    ran: int = Field(description="Working days of its clock.")
    stood: int = Field(description="Working days on which the clock stood.")
    allowed: int | None


class MoveOut(Schema):
    """One move of an opinion."""

    what: words.MoveWhat
    at: At
    desk: str = Field(description="Where it lies from then on.")
    reason: str
    by: str = Field(description="Of the office or desk; empty for what a cell did.")


class OpinionFileOut(Schema):
    """A file of an opinion or of an answer."""

    uid: Uid
    title: str
    kind: FileKind
    size: int = Field(description="Bytes.")
    sha256: str


class OpinionAnswerOut(Schema):
    """An answer to an opinion, and what the cell made of it."""

    uid: Uid
    state: words.AnswerState
    result: words.AnswerResult
    desk: str
    text: str
    who: str
    done_on: date | None
    promised_on: date | None
    means: str
    rest: str
    basis: str
    whose: str
    signed_by: str
    signed_post: str
    signed_on: date | None
    number: int | None = Field(description="Of the answer letter, by desk and year.")
    desk_days: int | None = Field(description="Working days it took the desk.")
    late: bool
    told_on: date | None = Field(description="When it was read out in the cell.")
    verdict: str = Field(description=VERDICT)
    solved: int | None
    partly: int | None
    not_solved: int | None
    verdict_reason: str
    files: list[OpinionFileOut] = Field(description="What its desk laid beside it.")


class OpinionOut(Schema):
    """An opinion with its way, its answers and what may be done with it now."""

    uid: Uid
    unit: str = Field(description=CELL)
    kind: str
    field: str
    text: str
    way: words.Way
    raised_on: date
    state: words.State
    desk: str
    since: date
    due_on: date | None
    left: int | None
    verdict: str = Field(description=VERDICT)
    returned: int
    issue: Uid | None
    ended_on: date | None
    version: int = Field(description="To be sent as `seen` with a change.")
    stages: list[StageOut]
    moves: list[MoveOut]
    answers: list[OpinionAnswerOut]
    draft: OpinionAnswerOut | None = Field(description="For its desk, and for who signs.")
    files: list[OpinionFileOut] = Field(description="What the cell shows; to it alone until sent.")
    may: list[str] = Field(description="The moves you may make now.")


class GoneFileOut(Schema):
    """What was taken off."""

    uid: Uid


class MovedOut(Schema):
    """Where an opinion stands after a move, also for who sees it no more."""

    uid: Uid
    state: words.State
    desk: str
    due_on: date | None
    version: int


class RaiserOut(Schema):
    """Who raised an opinion; empty where no name is kept here."""

    name: str


class TakenOut(Schema):
    """That something was not taken here: a number within the unit and the year."""

    sort: words.Elsewhere
    number: int
    on: date


class DeskOut(Schema):
    """A desk an opinion may be passed to."""

    uid: Uid
    name: str


class InboxOut(Schema):
    """What lies on a desk."""

    items: list[OpinionRowOut]
    counts: dict[str, int]
    next: int | None = Field(description="`offset` of the rows that follow; null at the end.")


class AlikeOut(Schema):
    """An opinion that may be the same matter."""

    uid: Uid
    text: str
    unit: str = Field(description=CELL)
    raised_on: date
    state: words.State
    issue: Uid | None = Field(validation_alias="issue_uid")
    alike: int = Field(description="0 to 100.")


class AnsweredOut(Schema):
    """What was answered before."""

    opinion: Uid = Field(validation_alias="opinion_uid")
    asked: str
    unit: str = Field(description=CELL)
    text: str
    result: words.AnswerResult
    desk: str
    signed_on: date
    verdict: str = Field(description=VERDICT)
    alike: int


class LikenessOut(Schema):
    """What is like an opinion, within one's sight."""

    open: list[AlikeOut]
    answered: list[AnsweredOut]


class RegisterOut(Schema):
    """A page of the register of answers."""

    items: list[AnsweredOut]
    next: int | None


class IssueRowOut(Schema):
    """An issue, of what you see of its parts."""

    uid: Uid
    title: str
    field: str
    cells: int
    communes: int
    since: date
    open: int
    answered: int
    solved: int
    desk: str


class IssuesOut(Schema):
    """A page of issues, the largest first."""

    items: list[IssueRowOut]
    next: int | None


class IssueOut(IssueRowOut):
    """An issue with the parts you see."""

    opinions: list[OpinionRowOut]


class FieldOut(Schema):
    """A field of the list."""

    code: str
    name_vi: str
    name_en: str
    retired: bool


class DeskFieldsOut(Schema):
    """The fields a desk handles, and within how many working days."""

    days: dict[str, int | None]


# ── from what is read to what is told ───────────────────────────────────────────────────────


def told(actor: Actor, opinion: Opinion) -> dict[str, Any]:
    """Return one opinion as it is told to `actor`."""
    return of_detail(detail(actor, opinion))


def moved(actor: Actor, opinion: Opinion) -> dict[str, Any]:
    """Return what is told of an opinion after a move. At most two queries."""
    at_cell = opinion.desk_id == opinion.unit_id
    desk = shown_as(actor, [opinion.unit_id])[opinion.unit_id] if at_cell else opinion.desk.name
    same = ("uid", "state", "due_on", "version")
    return {name: getattr(opinion, name) for name in same} | {"desk": desk}


def of_detail(found: Detail) -> dict[str, Any]:
    """Return an opinion and its way as they are told; where it lay with its cell, as shown."""
    opinion = found.opinion
    same = (
        "uid", "kind", "field", "text", "way", "raised_on", "state", "since", "due_on", "verdict",
        "returned", "ended_on", "version",
    )  # fmt: skip

    def named(uid: str, name: str) -> str:
        return found.unit if uid == opinion.unit_id else name

    return {name: getattr(opinion, name) for name in same} | {
        "unit": found.unit,
        "desk": named(opinion.desk_id, opinion.desk.name),
        "left": found.left,
        "issue": opinion.issue_uid,
        "stages": [
            {
                "desk": None if one.of_cell else one.desk_uid,
                "name": named(one.desk_uid, one.desk),
                "arrived_on": one.arrived_on, "left_on": one.left_on, "ran": one.clock.ran,
                "stood": one.clock.stood, "allowed": one.clock.allowed,
            }
            for one in found.stages
        ],
        "moves": [
            {
                "what": one.what, "at": one.at, "desk": named(one.desk_id, one.desk.name),
                "reason": one.reason, "by": one.by,
            }
            for one in found.moves
        ],
        "answers": [answer(one, found.unit, found.files_of(one)) for one in found.answers],
        "draft": answer(found.draft, found.unit, found.files_of(found.draft))
        if found.draft else None,
        "files": found.files,
        "may": [move.value for move in Move if move in found.may],
    }  # fmt: skip


def answer(row: Answer, unit: str, files: list[OpinionFile]) -> dict[str, Any]:
    """Return an answer as it is told; `unit`: how its cell is named."""
    plain = OpinionAnswerOut.model_fields.keys() - {"desk", "files"}
    said = {name: getattr(row, name) for name in plain}
    own = row.desk_id == row.opinion.unit_id
    return said | {"desk": unit if own else row.desk.name, "files": files}
