"""What a program sends to change a meeting, piece by piece."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from nenmong.meetings.api import words
from nenmong.meetings.models import GivenRight, Invitation, Notice
from nenmong.meetings.models.matter import OwnerKind, TaskState
from nenmong.meetings.models.meeting import Business, MeetingKind
from nenmong.ui.api import Day, Moment, Said, Uid

Count = Annotated[StrictInt, Field(ge=0, le=9999)]
Year = Annotated[int, Field(ge=2000, le=2200)]
Line = Annotated[str, Field(max_length=300)]
Reason = Annotated[str, Field(max_length=500)]


class PlanIn(Said):
    """A meeting to be prepared. A regular one is asked by its month, another by day and hour."""

    kind: MeetingKind | None = Field(None, description="Left out: the unit's regular one.")
    month: Day | None = Field(None, description="Any day of it; left out: the next to come.")
    starts_at: Moment | None = None
    subject: Line = ""


class TimeIn(Said):
    """When and where a planned meeting is held."""

    starts_at: Moment
    place: str = Field(max_length=200)


class SubjectIn(Said):
    """What the thematic part of a regular meeting is about; empty takes it away."""

    subject: Line


class NewItemIn(Said):
    """An item to be put on the agenda; of a classified one no word is kept."""

    title: Line = ""
    minutes: Count
    business: Business | None = None
    presenter: str = Field("", max_length=120)


class ItemIn(Said):
    """An item with other words; what is null stays as it is."""

    title: Line
    minutes: Count
    business: Business | None = None
    plain: StrictBool = Field(False, description="It is none of the kinds any more.")
    presenter: str | None = Field(None, max_length=120)


class ShiftIn(Said):
    """How far an item moves; up is below zero."""

    by: StrictInt = Field(ge=-100, le=100)


class MatterIn(Said):
    """Which matter is put on the agenda."""

    matter: Uid


class CarryIn(Said):
    """What is left to the next meeting, by its matter or its item, and why."""

    matter: Uid | None = None
    item: Uid | None = None
    reason: Reason


class TopicIn(Said):
    """What is to come before the unit's next meeting."""

    title: Line


class ReportIn(Said):
    """How an earlier task stands."""

    task: Uid
    state: TaskState
    result: Reason = ""


class TextIn(Said):
    """A text as you last saw it saved, and as it is to be."""

    was: str = Field(max_length=20_000)
    text: str = Field(max_length=20_000)


class PutOffIn(Said):
    """Another day, why, and who agreed."""

    starts_at: Moment
    reason: Reason
    agreed_by: str = Field(max_length=200)


class CancelIn(Said):
    """Why a meeting is not held, and who agreed."""

    reason: Reason
    agreed_by: str = Field(max_length=200)


class NoticeIn(Said):
    """That a meeting was made known just now."""

    to: Notice.To
    way: words.NoticeWay


class MailIn(Said):
    """Whom to send e-mails."""

    to: Notice.To


class AnswerIn(Said):
    """Whether you come; a reason left out stays as it was."""

    answer: Invitation.Answer
    reason: str | None = Field(None, max_length=200)


class NotedAnswerIn(AnswerIn):
    """What somebody told the secretary."""

    member: Uid


class RightIn(Said):
    """Who may work on this meeting: a member on its roll, or whoever signs in by this name."""

    role: GivenRight.Role
    member: Uid | None = None
    username: str = Field("", max_length=150)


class BeginIn(Said):
    """Who chairs and who keeps the minutes; left out: who holds the post."""

    chair: Uid | None = None
    secretary: Uid | None = None


class OfficersIn(Said):
    """Who chaired and who kept the minutes; both sign."""

    chair: Uid
    secretary: Uid


class CalledIn(Said):
    """How one person stands on the roll."""

    status: words.Standing
    reason: str = Field("", max_length=200)


class RollIn(Said):
    """How the persons named stand; others stay as they are."""

    called: dict[Uid, CalledIn] = Field(max_length=2000)


class SpeechIn(Said):
    """A speech in a line, by a member on the roll or by a guest."""

    text: str = Field(max_length=1000)
    member: Uid | None = None
    guest: str = Field("", max_length=120)


class OpinionIn(Said):
    """An opinion in a line; it goes on its way without a name."""

    text: str = Field(max_length=1000)
    member: Uid | None = None


class TallyIn(Said):
    """Three numbers that add up to those who vote."""

    agreed: Count
    against: Count = 0
    other: Count = 0


class QuestionIn(TallyIn):
    """A show of hands on a question of an item."""

    question: Reason


class BallotIn(QuestionIn):
    """A secret ballot on a question of an item."""

    issued: Count
    returned: Count
    spoiled: Count = 0


class DuesIn(Said):
    """How many paid their dues, and how much in all."""

    members: Count
    amount: StrictInt = Field(ge=0, le=10**15, description="In đồng.")


class OwnerIn(Said):
    """Who does a task: a member, a party group, the committee, or whoever else in words."""

    owner_kind: OwnerKind | None = None
    owner_uid: Uid | None = None
    owner: str = Field("", max_length=120)
    due_on: Day | None = None


class NewTaskIn(OwnerIn):
    """A conclusion made a task."""

    title: Line


class RenewIn(OwnerIn):
    """A task given anew, with another day or owner."""

    task: Uid


class WordsIn(Said):
    """A few words."""

    text: Reason


class DeclareIn(Said):
    """That a task is done."""

    words: Reason = ""


class HoursIn(Said):
    """When a meeting began and, once it is held, ended."""

    opened_at: Moment
    closed_at: Moment | None = None


class SealIn(Said):
    """Nothing, or a code of the secretary's sheet where you only type for the cell."""

    code: str = Field("", max_length=40)


class FileIn(Said):
    """How the documents were filed, and on which day where that was elsewhere."""

    how: str = Field(max_length=20, description="here, e_handbook or paper.")
    on: Day | None = None


class NoteIn(Said):
    """A note beside sealed minutes."""

    text: str = Field(max_length=2000)


class NumberIn(Said):
    """The last number given before this program, or beside it."""

    kind: str = Field(max_length=10, description="BB for minutes, NQ for resolutions.")
    last: Count


class AskIn(Said):
    """Which cell is asked to sit with the meeting."""

    unit: Uid


class PlannedTopicIn(Said):
    """A topic of a month."""

    month: Day
    title: Line
    presenter: str = Field("", max_length=120)


class MonthIn(Said):
    """Any day of a month."""

    month: Day


class NothingIn(Said):
    """Nothing is sent; the address says it all."""
