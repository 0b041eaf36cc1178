"""A whole meeting as it is sent and read in one: `rules.paper.Entered`, in JSON."""

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field, StrictBool

from nenmong.core.errors import DomainError
from nenmong.meetings.api import words
from nenmong.meetings.api.sent import CalledIn, Count, QuestionIn, Reason, TallyIn
from nenmong.meetings.api.shapes import MeetingOut
from nenmong.meetings.models.matter import TaskState, Verdict
from nenmong.meetings.models.meeting import MeetingKind
from nenmong.meetings.rules.paper import (
    MOMENTS,
    Entered,
    EnteredItem,
    Judged,
    Line,
    NewTask,
    Report,
    Standing,
    Tally,
)
from nenmong.ui.api import At, Day, Moment, Said, Uid

MOST_ITEMS, MOST_PARTS = 100, 200
MOST_LINES = 1000  # speeches, opinions, votes and tasks of one meeting, all together
Text = Annotated[str, Field(max_length=8000)]


# Where a place of `Entered` has another name in JSON.
PLACES = {"chair_uid": "chair", "secretary_uid": "secretary"}


class SaidLineIn(Said):
    """A speech or an opinion: who said it is a member on the roll, a guest, or nobody named."""

    text: str = Field(max_length=1000)
    member: Uid | None = None
    guest: str = Field("", max_length=120)


class ItemVoteIn(QuestionIn):
    """A show of hands on a question; with `issued` and the rest a secret ballot."""

    issued: Count | None = None
    returned: Count | None = None
    spoiled: Count | None = None


class ItemTaskIn(Said):
    """A task: what, by when, and who, a member on the roll or whoever else in words."""

    title: str = Field(max_length=300)
    due_on: Day | None = None
    owner_uid: Uid | None = None
    owner: str = Field("", max_length=120)


class JudgedIn(Said):
    """What the cell found of an answer that was read out."""

    verdict: Verdict
    solved: Count | None = None
    partly: Count | None = None
    not_solved: Count | None = None
    reason: Reason = ""


class EnteredItemIn(Said):
    """One item, with all that was said and decided under it."""

    uid: Uid | None = Field(None, description="Of the agenda; or")
    step: str = Field("", max_length=20, description="of the order of a meeting; or")
    title: str = Field("", max_length=300, description="alone, for what came up.")
    discussed: StrictBool = True
    minutes: Count | None = Field(None, description="Spent on it; null: nobody wrote it down.")
    summary: Text = ""
    conclusion: Text = ""
    left: Reason = Field("", description="Why it was not discussed and is left to the next one.")
    speeches: list[SaidLineIn] = Field([], max_length=MOST_PARTS)
    opinions: list[SaidLineIn] = Field([], max_length=MOST_PARTS)
    votes: list[ItemVoteIn] = Field([], max_length=MOST_PARTS)
    tasks: list[ItemTaskIn] = Field([], max_length=MOST_PARTS)
    presenter: str | None = Field(None, max_length=120, description="null: as it was to be.")
    dues_members: Count | None = Field(None, description="Of an item of dues: how many paid.")
    dues_amount: Count | None = Field(None, description="How much in all, in đồng.")
    judged: JudgedIn | None = Field(None, description="Where the item brought an answer.")


class EnteredReportIn(Said):
    """What was said of an earlier task."""

    task: Uid
    state: TaskState
    result: Reason = ""


class EnteredIn(Said):
    """A meeting as it was held. Whoever is not named on the roll was there.

    What is left out is left blank; an item of the agenda that is not named was not discussed.
    """

    held_on: Day | None = Field(None, description="Left out: the day it began.")
    opened_at: Moment | None = None
    closed_at: Moment | None = None
    place: str = Field("", max_length=200)
    guests: str = Field("", max_length=1000)
    directions: str = Field("", max_length=4000, description="What the resolution directs.")
    chair: Uid | None = None
    secretary: Uid | None = Field(None, description="Who kept the minutes.")
    roll: dict[Uid, CalledIn] = Field({}, max_length=2000)
    items: list[EnteredItemIn] = Field([], max_length=MOST_ITEMS)
    reports: list[EnteredReportIn] = Field([], max_length=MOST_PARTS)
    resolution: TallyIn | None = Field(None, description="The vote on it.")
    minutes: TallyIn | None = Field(None, description="The vote on the minutes.")
    notice_at: Moment | None = None
    upper_notified_at: Moment | None = None
    documents_at: Moment | None = None
    draft_ready_at: Moment | None = None
    prompts_ready_at: Moment | None = None
    draft: StrictBool = Field(False, description="Not all of it is there yet; it stays open.")
    seen: str = Field(
        "", max_length=16,
        description="`seen` of what you read before: if it stands otherwise by now, you are told.",
    )  # fmt: skip

    def entered(self) -> Entered:
        """Return what was sent as the actions take it.

        Raises:
            DomainError: `meetings.too_much` for more than a meeting can hold.
        """
        parts = ("speeches", "opinions", "votes", "tasks")
        lines = sum(len(getattr(item, part)) for item in self.items for part in parts)
        if lines > MOST_LINES:
            raise DomainError(
                "meetings.too_much",
                _("One meeting takes at most %(most)s lines; these are %(count)s. Send fewer.")
                % {"most": MOST_LINES, "count": lines},
            )
        return Entered(
            held_on=self.held_on, opened_at=self.opened_at, closed_at=self.closed_at,
            place=self.place, guests=self.guests, directions=self.directions,
            chair_uid=self.chair or "", secretary_uid=self.secretary or "",
            roll={uid: Standing(one.status.value, one.reason) for uid, one in self.roll.items()},
            items=tuple(_item(item) for item in self.items),
            reports=tuple(Report(r.task, r.state.value, r.result) for r in self.reports),
            resolution=_hands(self.resolution), minutes=_hands(self.minutes),
            **{name: getattr(self, name) for name in MOMENTS},
        )  # fmt: skip


class SentIn(EnteredIn):
    """A meeting whose id you do not know: the unit's of this kind, on this day or in this month."""

    kind: MeetingKind | None = Field(None, description="Left out: the unit's regular one.")
    month: Day | None = Field(None, description="Of a regular one that was held in another month.")
    subject: str = Field("", max_length=300)


def _item(item: EnteredItemIn) -> EnteredItem:
    return EnteredItem(
        uid=item.uid or "", title=item.title, discussed=item.discussed, minutes=item.minutes,
        summary=item.summary, conclusion=item.conclusion, left=item.left,
        speeches=_lines(item.speeches), opinions=_lines(item.opinions),
        votes=tuple(
            Tally(v.agreed, v.against, v.other, v.question, v.issued, v.returned, v.spoiled)
            for v in item.votes
        ),
        tasks=tuple(NewTask(t.title, t.due_on, t.owner_uid or "", t.owner) for t in item.tasks),
        step=item.step, presenter=item.presenter, dues_members=item.dues_members,
        dues_amount=item.dues_amount,
        judged=Judged(**item.judged.dict()) if item.judged else None,
    )  # fmt: skip


def _lines(said: list[SaidLineIn]) -> tuple[Line, ...]:
    return tuple(Line(line.text, line.member or "", line.guest) for line in said)


def _hands(tally: TallyIn | None) -> Tally | None:
    return Tally(tally.agreed, tally.against, tally.other) if tally else None


class StandingOut(Schema):
    """How one person stands who is not simply there."""

    status: words.Standing
    reason: str


class SaidLineOut(Schema):
    """A speech or an opinion."""

    text: str
    member: Uid | None
    guest: str


class TallyOut(Schema):
    """A vote; numbers of ballots where it was one."""

    question: str
    agreed: int
    against: int
    other: int
    issued: int | None
    returned: int | None
    spoiled: int | None


class ItemTaskOut(Schema):
    """A task given under an item."""

    title: str
    due_on: date | None
    owner_uid: Uid | None
    owner: str


class JudgedOut(Schema):
    """What the cell found of an answer that was read out."""

    verdict: Verdict
    solved: int | None
    partly: int | None
    not_solved: int | None
    reason: str


class EnteredItemOut(Schema):
    """One item with all under it."""

    uid: Uid | None
    title: str
    discussed: bool
    minutes: int | None
    summary: str
    conclusion: str
    left: str
    speeches: list[SaidLineOut]
    opinions: list[SaidLineOut]
    votes: list[TallyOut]
    tasks: list[ItemTaskOut]
    presenter: str | None
    dues_members: int | None
    dues_amount: int | None
    judged: JudgedOut | None


class EnteredReportOut(Schema):
    """What was said of an earlier task."""

    task: Uid
    state: str
    result: str


class EnteredOut(Schema):
    """A whole meeting as it stands, in the form in which it is sent."""

    seen: str = Field(description="Send it along, so that nobody else's work is written over.")
    held_on: date | None
    opened_at: At | None
    closed_at: At | None
    place: str
    guests: str
    directions: str
    chair: Uid | None
    secretary: Uid | None
    roll: dict[Uid, StandingOut]
    items: list[EnteredItemOut]
    reports: list[EnteredReportOut]
    resolution: TallyOut | None
    minutes: TallyOut | None
    notice_at: At | None
    upper_notified_at: At | None
    documents_at: At | None
    draft_ready_at: At | None
    prompts_ready_at: At | None


class SentOut(Schema):
    """The meeting, and how it stands once all of it is written."""

    meeting: MeetingOut
    entered: EnteredOut | None = Field(description="Null where it was sealed since.")


def told(entered: Entered, seen: str) -> dict[str, Any]:
    """Return a whole meeting as it is written in JSON."""
    plain = (
        "held_on", "opened_at", "closed_at", "place", "guests", "directions", "resolution",
        "minutes", *MOMENTS,
    )  # fmt: skip
    return {name: getattr(entered, name) for name in plain} | {
        "seen": seen, "chair": entered.chair_uid or None,
        "secretary": entered.secretary_uid or None, "roll": dict(entered.roll),
        "items": [_item_told(item) for item in entered.items],
        "reports": [
            {"task": r.task_uid, "state": r.state, "result": r.result} for r in entered.reports
        ],
    }  # fmt: skip


def _item_told(item: EnteredItem) -> dict[str, Any]:
    plain = (
        "title", "discussed", "minutes", "summary", "conclusion", "left", "votes", "presenter",
        "dues_members", "dues_amount", "judged",
    )  # fmt: skip
    return {name: getattr(item, name) for name in plain} | {
        "uid": item.uid or None,
        "speeches": [_line_told(line) for line in item.speeches],
        "opinions": [_line_told(line) for line in item.opinions],
        "tasks": [
            {
                "title": t.title, "due_on": t.due_on, "owner_uid": t.owner_uid or None,
                "owner": t.owner,
            }
            for t in item.tasks
        ],
    }  # fmt: skip


def _line_told(line: Line) -> dict[str, Any]:
    return {"text": line.text, "member": line.member_uid or None, "guest": line.guest}
