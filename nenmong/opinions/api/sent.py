"""What a program sends to change opinions."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from nenmong.opinions.api import words
from nenmong.opinions.rules.answers import Draft
from nenmong.opinions.rules.answers import Result as Ends
from nenmong.ui.api import Day, Said, Uid

Words = Annotated[str, Field(max_length=10_000)]  # the action says what is too long
Seen = Annotated[
    int | None,
    Field(
        strict=True, ge=0, le=2**31 - 1,
        description="`version` as it was read: refused where somebody moved it meanwhile.",
    ),
]  # fmt: skip
Code = Annotated[str, Field(max_length=30)]


class RaiseIn(Said):
    """An opinion: one's own, or for a member who cannot raise it."""

    text: Words
    kind: words.KindOrNone = ""
    member: Uid | None = Field(None, description="Whose it is, where it is not one's own.")


class ElsewhereIn(Said):
    """What was not taken here; no word of it is kept."""

    sort: words.Elsewhere


class SeenIn(Said):
    """A move that needs no word."""

    seen: Seen = None


class SendIn(SeenIn):
    """Where it goes; left out: the committee above."""

    desk: Uid | None = None
    looked: StrictBool = Field(
        False, description="The names and numbers in its words have been looked at; let them go."
    )


class OpinionWordsIn(SeenIn):
    """Words or a reason."""

    text: Words


class ReasonIn(SeenIn):
    """Why."""

    reason: Words


class SortIn(SeenIn):
    """Of which kind and field it is."""

    kind: words.Kind
    field: Code


class PassIn(ReasonIn):
    """To which desk, and why."""

    desk: Uid


class AnsweringIn(SeenIn):
    """An answer; what each result needs besides its words is told when it lacks."""

    result: words.AnswerResult
    text: Words = ""
    who: Words = ""
    done_on: Day | None = None
    promised_on: Day | None = None
    means: Words = ""
    rest: Words = ""
    basis: Words = ""
    whose: Words = ""

    def draft(self) -> Draft:
        """Return it as the actions take it."""
        return Draft(
            Ends(self.result.value), self.text, self.who, self.done_on, self.promised_on,
            self.means, self.rest, self.basis, self.whose,
        )  # fmt: skip


class JoinIn(Said):
    """Opinions that are one matter."""

    opinions: Annotated[list[Uid], Field(min_length=1, max_length=200)]
    title: Words


class AddIn(Said):
    """Opinions to be added to an issue, at a desk."""

    desk: Uid
    opinions: Annotated[list[Uid], Field(min_length=1, max_length=200)]


class PartIn(Said):
    """Why it goes its own way."""

    reason: Words = ""


class TitleIn(Said):
    """What an issue is called."""

    title: Words


class FieldIn(Said):
    """A field of the list."""

    name_vi: Words
    name_en: Words = ""
    retired: StrictBool = False


class DeskFieldsIn(Said):
    """All the fields a desk handles; what is not named it handles no more."""

    days: Annotated[
        dict[Code, StrictInt | None],
        Field(description="Working days to answer by field; null: those of the rulebook."),
    ]
