"""What is answered of documents."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from nenmong.directives.api import words
from nenmong.directives.api.words import SendingState
from nenmong.directives.models import Delivery, Directive
from nenmong.ui.api import At, Uid


class DirectiveRowOut(Schema):
    """A document as it is looked over."""

    uid: Uid
    issuer: Uid = Field(validation_alias="issuer_id")
    outside_issuer: str
    kind: words.Kind
    state: words.State
    number: str
    title: str
    issued_on: date | None
    valid_from: date | None
    valid_until: date | None
    ended_on: date | None
    for_month: date | None
    due_on: date | None
    asked: words.Asked
    version: int = Field(description="To be sent as `seen` with a change.")


class DirectiveFileOut(Schema):
    """A file of a document."""

    uid: Uid
    title: str
    kind: str
    size: int = Field(description="Bytes.")


class SendingOut(Schema):
    """One sending, and how far it has come."""

    uid: Uid
    document: Uid = Field(validation_alias="directive_id")
    unit: Uid = Field(validation_alias="unit_id")
    level: words.ReachLevel
    cell_kinds: list[str]
    pass_on: bool
    words: str
    month: date
    due_on: date | None
    over_why: str
    state: SendingState
    sent_at: At
    total: int
    done: int


class DirectiveOut(DirectiveRowOut):
    """A document with its words, what it says to cells and what it replaces."""

    text: str
    gist: str
    questions: list[str]
    changes: dict[str, str] = Field(description="By kind of cell; an empty one: for all.")
    pages: int
    minutes: int
    fields: int
    adopted_on: date | None
    agreed: int | None
    voters: int | None
    ended_why: str
    replaced_by: Uid | None
    replaces: list[Uid]
    review_on: date | None
    reviewed_on: date | None
    files: list[DirectiveFileOut]


class DirectiveVersionOut(Schema):
    """The text of a document as it was at one time."""

    number: int
    title: str
    text: str
    note: str
    at: At


class DirectiveCommentOut(Schema):
    """What a unit says of a draft, and what became of it."""

    uid: Uid
    number: int = Field(description="Of the version it speaks of.")
    paragraph: int | None
    text: str
    at: At
    outcome: str = Field(description="taken, partly, explained, or empty: not weighed yet.")
    outcome_why: str


class CommentRequestOut(Schema):
    """A unit asked to comment, and what it said."""

    uid: Uid
    document: Uid
    unit: Uid
    unit_name: str
    number: int
    asked_on: date
    due_on: date
    answered_on: date | None
    comments: list[DirectiveCommentOut]


class LoadOut(Schema):
    """Documents, pages, minutes of discussion, fields to fill in."""

    documents: int
    pages: int
    minutes: int
    fields: int


class KindLoadOut(Schema):
    """The month of the cells of one kind once the document has come."""

    cell_kind: str
    cells: int
    typical: LoadOut
    most: LoadOut
    over: int = Field(description="Cells that would be over quota.")
    tightest: list[str]


class LoadsOut(Schema):
    """What a sending would put on cells, against the quota."""

    quota: LoadOut
    kinds: list[KindLoadOut]


class UnclearOut(Schema):
    """What was unclear, and what was answered."""

    text: str
    noted_on: date
    answer: str
    answered_on: date | None


class DeliveryOut(Schema):
    """A document with one unit."""

    uid: Uid
    document: Uid
    unit: Uid
    unit_name: str
    state: words.DeliveryState
    month: date
    came_on: date
    due_on: date | None
    meeting: Uid | None
    discussed_on: date | None
    speeches: int
    carried: int
    carried_why: str
    unclear: list[UnclearOut]
    report: str
    reported_on: date | None


# ── from what is read to what is told ───────────────────────────────────────────────────────


def directive(one: Directive) -> dict[str, Any]:
    """Return a document as it is told. Three queries."""
    same = {
        name: getattr(one, name)
        for name in DirectiveOut.model_fields
        if name not in {"issuer", "changes", "replaced_by", "replaces", "files"}
    }
    return same | {
        "issuer_id": one.issuer_id,
        "changes": dict(one.changes.values_list("cell_kind", "text")),
        "replaced_by": one.replaced_by_id,
        "replaces": list(one.replaces.values_list("uid", flat=True)),
        "files": list(one.files.all()),
    }


def delivery(row: Delivery) -> dict[str, Any]:
    """Return a delivery as it is told; its unclear points are read with it."""
    same = (
        "uid", "state", "month", "came_on", "due_on", "discussed_on", "carried", "carried_why",
        "report", "reported_on",
    )  # fmt: skip
    return {name: getattr(row, name) for name in same} | {
        "document": row.directive_id, "unit": row.unit_id, "unit_name": row.unit.name,
        "meeting": row.meeting_uid, "speeches": row.speakers,
        "unclear": list(row.unclear_points.all()),
    }  # fmt: skip
