"""What holds names: who was there and why not, who said what. For those who work for the cell."""

from ninja import Schema
from pydantic import Field

from nenmong.meetings.api import words
from nenmong.meetings.api.shapes import (
    CarryOverOut,
    DocumentOut,
    ItemInWorkOut,
    LineOut,
    MatterOut,
    ReportOut,
    TaskOut,
    VoteOut,
)
from nenmong.meetings.models import Invitation
from nenmong.ui.api import At, Uid


class SaidOut(LineOut):
    """A speech or an opinion with who said it."""

    member: Uid | None
    name: str


class WorkOut(Schema):
    """All that is written of a meeting in work."""

    items: list[ItemInWorkOut]
    speeches: list[SaidOut]
    opinions: list[SaidOut]
    votes: list[VoteOut]
    tasks: list[TaskOut]
    reports: list[ReportOut]
    carried: list[CarryOverOut]
    matters: list[MatterOut] = Field(description="Those on this agenda.")
    waiting: list[MatterOut] = Field(description="Those that wait for the next meeting.")
    documents: list[DocumentOut]


class RollOut(Schema):
    """How one person stands on the roll."""

    member: Uid = Field(validation_alias="member_uid")
    name: str
    membership: str
    group: str
    status: words.Standing
    reason: str


class InvitedOut(Schema):
    """What one person answered."""

    member: Uid
    name: str
    answer: str = Field(description="coming, absent, or empty: nothing yet.")
    reason: str
    answered_at: At | None
    mail: str = Field(description="none, due, waiting, again, failed or sent.")


class AnswerOut(Schema):
    """What one person has answered now."""

    meeting: Uid = Field(validation_alias="meeting_id")
    member: Uid = Field(validation_alias="member_uid")
    answer: Invitation.Answer
    reason: str
    answered_at: At | None


class NamedOut(Schema):
    """Someone named on the names sheet."""

    name: str
    status: str = ""
    reason: str = ""


class NamesOut(Schema):
    """The names sheet of sealed minutes; that it was opened is written down."""

    erased: bool
    absent: list[NamedOut]
    late: list[NamedOut]
    exempt: list[NamedOut]
    special_duty: list[NamedOut]
    speakers: dict[Uid, str] = Field(description="By the speech.")
    opinions: dict[Uid, str] = Field(description="By the opinion.")
