"""What a program sends to change documents."""

from typing import Annotated

from pydantic import Field

from nenmong.directives.actions.issuing import About, Issued
from nenmong.directives.api import words
from nenmong.directives.queries.targets import To
from nenmong.directives.rules.reach import Level
from nenmong.ui.api import Day, Said, Uid

Words = Annotated[str, Field(max_length=200_000)]  # the action says what is too long
Line = Annotated[str, Field(max_length=10_000)]
Seen = Annotated[
    int | None,
    Field(
        strict=True, ge=0, le=2**31 - 1,
        description="`version` as it was read: refused where somebody wrote meanwhile.",
    ),
]  # fmt: skip
Whole = Annotated[int, Field(strict=True, ge=0, le=10_000)]
Code = Annotated[str, Field(max_length=30)]


class StartIn(Said):
    """A document begun."""

    kind: words.Kind
    title: Line
    text: Words = ""
    for_month: Annotated[
        Day | None, Field(description="Of a bulletin: any day of its month or quarter.")
    ] = None
    outside_issuer: Annotated[
        str, Field(max_length=1000, description="Who issued it, where nobody in the program did.")
    ] = ""


class DraftIn(Said):
    """The words of a draft."""

    title: Line
    text: Words
    seen: Seen = None


class DraftNoteIn(Said):
    """A few words on what was changed."""

    note: Line = ""


class WhyIn(Said):
    """Why; cells read it."""

    reason: Line


class AboutIn(Said):
    """What a document says to a cell, and what it asks of it."""

    gist: Words
    asked: words.Asked
    questions: list[Line] = Field(default_factory=list, max_length=20)
    changes: dict[Code, Line] = Field(
        default_factory=dict, max_length=50, description="By kind of cell; an empty one: for all."
    )
    due_on: Day | None = None
    pages: Whole = 1
    minutes: Whole = 10
    fields: Whole = 0
    seen: Seen = None

    def about(self) -> About:
        """Return it as the action takes it."""
        return About(
            gist=self.gist, asked=self.asked.value, questions=tuple(self.questions),
            changes=self.changes, due_on=self.due_on, pages=self.pages, minutes=self.minutes,
            fields=self.fields,
        )  # fmt: skip


class IssueIn(Said):
    """With what number and days a document is issued, and what it replaces."""

    number: Line = ""
    issued_on: Day
    valid_from: Day
    valid_until: Day | None = None
    replaces: list[Uid] = Field(default_factory=list, max_length=50)
    review_on: Day | None = None

    def issued(self) -> Issued:
        """Return it as the action takes it."""
        return Issued(
            number=self.number, issued_on=self.issued_on, valid_from=self.valid_from,
            valid_until=self.valid_until, replaces=tuple(self.replaces), review_on=self.review_on,
        )  # fmt: skip


class AskCommentsIn(Said):
    """Who is asked to comment, and until when."""

    units: list[Uid] = Field(max_length=500)
    due_on: Day


class CommentIn(Said):
    """A comment on a draft, or on one of its paragraphs."""

    text: Words
    paragraph: Annotated[int | None, Field(strict=True, ge=1, le=100_000)] = None


class WeighIn(Said):
    """What became of a comment."""

    outcome: words.Outcome
    why: Line = ""


class ToIn(Said):
    """Whom a document is sent to."""

    level: words.ReachLevel = Level.CELLS
    cell_kinds: list[Code] = Field(default_factory=list, max_length=50)
    picked: list[Uid] = Field(default_factory=list, max_length=5000)
    pass_on: bool = Field(False, strict=True, description="They pass it on with their own words.")
    month: Annotated[Day, Field(description="For whose meetings: any day of that month.")]

    def to(self) -> To:
        """Return it as the action takes it."""
        return To(self.level.value, tuple(self.cell_kinds), tuple(self.picked), self.pass_on)


class SendDocumentIn(ToIn):
    """A sending."""

    document: Uid
    words: Words = ""
    over_why: Annotated[
        str, Field(max_length=10_000, description="The head's reason to go over the quota.")
    ] = ""


class LoadIn(ToIn):
    """What a sending would put on cells."""

    document: Uid


class ProlongIn(Said):
    """Until when."""

    due_on: Day


class ReviewIn(Said):
    """That a document was looked at again and stands."""

    reviewed_on: Day
    review_on: Day | None = None


class RemindIn(Said):
    """By which unit those under it are reminded."""

    unit: Uid


class DirectiveReportIn(Said):
    """What came of a document."""

    text: Words
