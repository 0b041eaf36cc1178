"""How meetings and what belongs to them are written in the API.

Nothing here holds who spoke, who was absent or why: that is only in what `names.py` describes.
"""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from nenmong.meetings.api import words
from nenmong.meetings.models import (
    GivenRight,
    Matter,
    Meeting,
    MeetingDocument,
    Notice,
    Vote,
)
from nenmong.meetings.models.matter import TaskState
from nenmong.meetings.models.meeting import MeetingKind
from nenmong.ui.api import At, FileKind, Uid


class GoneOut(Schema):
    """What was taken away."""

    uid: Uid


class CountsOut(Schema):
    """How many were there; never who."""

    total: int
    official: int
    probationary: int
    temporary: int
    exempt: int
    exempt_present: int
    special_duty: int
    due: int
    present: int
    official_present: int
    excused: int
    unexcused: int
    late: int
    speakers: int
    opinions: int
    tasks: int


class InWorkOut(Schema):
    """What only those who work on a meeting know of it before its seal."""

    guests: str
    directions: str = Field(description="What the resolution directs.")
    draft_resolution: str
    chair: Uid | None
    chair_name: str
    secretary: Uid | None = Field(description="Who keeps the minutes.")
    secretary_name: str
    typed_by: str
    notice_at: At | None
    upper_notified_at: At | None
    documents_at: At | None
    draft_ready_at: At | None
    prompts_ready_at: At | None


class MeetingOut(Schema):
    """A meeting, as far as you may know it."""

    uid: Uid
    unit: Uid
    unit_name: str
    kind: MeetingKind
    status: words.MeetingStatus
    entry: Meeting.Entry
    month: date = Field(description="Its first day.")
    starts_at: At
    fixed_day: date = Field(description="The day the committee has fixed for this month.")
    place: str
    subject: str = Field(description="Empty where it is not yours to read before the seal.")
    joint: Uid | None = Field(description="The host's meeting, where several cells sit together.")
    held_on: date | None
    opened_at: At | None
    closed_at: At | None
    sealed_at: At | None
    minutes_number: int | None
    resolution_number: int | None
    filed_at: At | None
    filed_how: str
    filed_on: date | None
    counts: CountsOut | None = Field(description="Null before the seal unless you work on it.")
    work: InWorkOut | None = Field(description="Null unless you work on it.")


class RowOut(Schema):
    """A meeting as it is looked over in a list."""

    uid: Uid
    unit: Uid
    unit_name: str
    kind: MeetingKind
    state: str = Field(
        description="planned, postponed, late, open, held, sealed, filed or cancelled."
    )
    at: At = Field(description="When it was held, else is to be.")
    month: date
    place: str
    subject: str
    present: int | None = Field(description="Null until it is final, at the seal.")
    due: int | None
    filed_on: date | None


class MonthOut(Schema):
    """The meetings in the days of a month."""

    items: list[RowOut]
    more: bool = Field(description="There are more than are told: ask by kind, state or unit.")


class ItemOut(Schema):
    """One line of the agenda."""

    uid: Uid
    meeting: Uid = Field(validation_alias="meeting_id")
    position: int
    step: str = Field(description="Of the order of a meeting; topic for what was added.")
    title: str
    business: str
    presenter: str
    prompts: str
    minutes: int = Field(description="Planned.")
    matter: Uid | None = Field(validation_alias="matter_uid")
    state: words.ItemState


class ItemInWorkOut(ItemOut):
    """One line of the agenda with what was written under it."""

    summary: str
    conclusion: str
    seconds: int = Field(description="Spent on it so far.")
    dues_members: int | None
    dues_amount: int | None


class MatterOut(Schema):
    """What must come before a unit's next meeting."""

    uid: Uid
    unit: Uid = Field(validation_alias="unit_id")
    kind: words.MatterKind
    source: Uid | None = Field(validation_alias="source_uid")
    title: str
    asked: Matter.Asked
    due_on: date | None
    sender: str
    state: words.MatterState
    meeting: Uid | None = Field(validation_alias="meeting_uid")
    carried: int = Field(description="How often it was left to the next meeting.")
    since: date


class CarryOverOut(Schema):
    """A matter left to the next meeting."""

    uid: Uid
    meeting: Uid = Field(validation_alias="meeting_id")
    matter: Uid = Field(validation_alias="matter_uid")
    title: str
    reason: str


class ReportOut(Schema):
    """What a meeting is told of an earlier task."""

    uid: Uid
    meeting: Uid = Field(validation_alias="meeting_id")
    task: Uid = Field(validation_alias="task_uid")
    matter: Uid = Field(validation_alias="matter_uid")
    title: str
    owner: str
    due_on: date | None
    state_at_start: TaskState
    state: str = Field(description="Empty: nothing said yet.")
    result: str


class PostponementOut(Schema):
    """A meeting put off or cancelled."""

    was_at: At
    now_at: At | None = Field(description="Null: it was cancelled.")
    reason: str
    agreed_by: str
    noted_at: At


class AgendaOut(Schema):
    """The agenda, and how the meeting came to its day."""

    items: list[ItemOut]
    postponed: list[PostponementOut]


class LineOut(Schema):
    """A speech or an opinion noted in a line; who said it is told elsewhere."""

    uid: Uid
    meeting: Uid = Field(validation_alias="meeting_id")
    item: Uid = Field(validation_alias="item_id")
    text: str
    said_at: At


class VoteOut(Schema):
    """A tally."""

    uid: Uid
    meeting: Uid = Field(validation_alias="meeting_id")
    item: Uid | None = Field(validation_alias="item_id")
    about: Vote.About
    way: words.VoteWay
    question: str
    agreed: int
    against: int
    other: int
    issued: int | None
    returned: int | None
    spoiled: int | None
    voters: int
    base: int = Field(description="What the share is taken of.")
    rule: str
    passed: bool


class TaskOut(Schema):
    """A task a meeting gave."""

    uid: Uid
    unit: Uid = Field(validation_alias="unit_id")
    meeting: Uid = Field(validation_alias="meeting_id")
    item: Uid = Field(validation_alias="item_id")
    title: str
    owner: str
    owner_kind: str
    owner_uid: Uid | None
    due_on: date | None
    state: TaskState
    result: str
    done_on: date | None
    declared_on: date | None = Field(description="Its owner says it is done; the meeting judges.")


class ProgressOut(Schema):
    """A word on how a task goes."""

    uid: Uid
    task: Uid = Field(validation_alias="task_id")
    text: str
    said_at: At
    by_name: str


class TaskCourseOut(Schema):
    """A task, every word said of it, and what each sealed meeting was told."""

    task: TaskOut
    times: int = Field(description="For the how manieth time it comes back.")
    progress: list[ProgressOut]
    reports: list[ReportOut]


class NoticeOut(Schema):
    """That a meeting was made known."""

    uid: Uid
    meeting: Uid = Field(validation_alias="meeting_id")
    to: Notice.To
    way: words.NoticeWay
    sent_at: At


class DocumentOut(Schema):
    """A file of a meeting."""

    uid: Uid
    meeting: Uid = Field(validation_alias="meeting_id")
    sort: MeetingDocument.Sort
    title: str
    kind: FileKind
    size: int
    sha256: str
    added_at: At


class RightOut(Schema):
    """Who may work on this meeting alone."""

    uid: Uid
    meeting: Uid = Field(validation_alias="meeting_id")
    role: GivenRight.Role
    name: str
    given_at: At


class PartOut(Schema):
    """Another cell asked to sit with a meeting."""

    uid: Uid
    meeting: Uid = Field(validation_alias="meeting_id")
    unit: Uid = Field(validation_alias="unit_id")
    state: words.PartState
    answered_at: At | None


class NoteOut(Schema):
    """A mistake in sealed minutes, said beside them."""

    uid: Uid
    meeting: Uid = Field(validation_alias="meeting_id")
    text: str
    written_at: At
    by_name: str
    link: str


class CounterOut(Schema):
    """The last number given to one type of document in the present term."""

    kind: str = Field(description="BB for minutes, NQ for resolutions.")
    term: date
    last: int


class SealedOut(Schema):
    """Minutes that are sealed."""

    uid: Uid
    status: words.MeetingStatus
    sealed_at: At
    minutes_number: int
    resolution_number: int | None


class SealOut(Schema):
    """What a seal hangs on, and whether it holds."""

    position: int
    sealed_at: At
    record_hash: str
    names_hash: str
    previous: list[str]
    link: str
    faults: list[str] = Field(description="In words; empty where everything is as sealed.")


class RecordOut(Schema):
    """The record of a meeting: sealed, or as it stands now for those who work on it."""

    sealed: bool
    record: dict[str, Any] = Field(description="See docs/architecture.md; holds no speaker's name.")
    notes: list[NoteOut]


class FactOut(Schema):
    """A fact of a meeting, and what it was made of."""

    name: str
    known: str = Field(description="R recorded, L known later, D declared.")
    value: bool | int | str | None = Field(
        description="A share or a part of days is a fraction: 27/31."
    )
    evidence: dict[str, Any]
    label: str
    words: str
