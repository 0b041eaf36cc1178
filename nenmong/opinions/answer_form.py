"""An answer as it is typed: read, checked piece by piece, shown again with what it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError
from nenmong.core.rules import clean, clean_lines, fold
from nenmong.opinions.models import Answer
from nenmong.opinions.rules import answers
from nenmong.opinions.rules.answers import Draft, Result
from nenmong.opinions.sentences import lacking
from nenmong.ui import formats
from nenmong.ui.reading import read_day

# What a form shows for each result: what it has to say, and what it may.
SHOWN: dict[str, tuple[str, ...]] = {
    "": (),
    Result.DONE: ("who", "done_on"),
    Result.WILL_DO: ("who", "promised_on", "means"),
    Result.PARTLY: ("who", "rest", "promised_on"),
    Result.CANNOT: ("basis",),
    Result.NOT_OURS: ("whose",),
    Result.HEARD: (),
}
DAYS = ("done_on", "promised_on")
WORDS = ("who", "means", "rest", "basis", "whose")
FIELDS = (*WORDS, *DAYS)


@dataclass(frozen=True)
class Typed:
    """A form of an answer as it came: its words as they are, and what could not be read."""

    result: str = ""
    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    days: dict[str, date | None] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[str, ...]:
        return SHOWN[self.result]

    @property
    def draft(self) -> Draft | None:
        """The answer as the rules read it; None before it is said how it ends.

        What was typed for another result stays in the form, and does not go out.
        """
        if not self.result:
            return None
        said = {name: self.fields.get(name, "") if name in self.shown else "" for name in WORDS}
        days = {name: self.days.get(name) if name in self.shown else None for name in DAYS}
        return Draft(
            Result(self.result), self.text, said["who"], days["done_on"], days["promised_on"],
            said["means"], said["rest"], said["basis"], said["whose"],
        )  # fmt: skip


def read(post: Mapping[str, str]) -> Typed:
    """Return what was typed, with a sentence for each day that cannot be read."""
    result = post.get("result", "")
    fields = {name: clean(post.get(name, "")) for name in FIELDS}
    typed = Typed(
        result if result in Answer.Result.values else "", clean_lines(post.get("text", "")), fields
    )
    for name in DAYS:
        try:
            typed.days[name] = read_day(fields[name])
        except DomainError as error:
            if name in typed.shown:
                typed.errors[name] = str(error.message)
    if not typed.result:
        typed.errors["result"] = _("How does it end? Choose one.")
    return typed


def kept(answer: Answer | None) -> Typed:
    """Return the form of an answer that is being written; an empty one where none is."""
    if answer is None:
        return Typed()
    days = {name: getattr(answer, name) for name in DAYS}
    written = {name: formats.day(day) if day else "" for name, day in days.items()}
    words = {name: getattr(answer, name) for name in WORDS}
    return Typed(answer.result, answer.text, words | written, {}, days)


@dataclass(frozen=True)
class Check:
    """One line of the check of an answer: a state, what it is about, what is said of it."""

    kind: str  # done, no, ask
    about: str
    words: str


def checks(typed: Typed, today: date, *, asks: bool) -> list[Check]:
    """Return what an answer has and lacks, a line each, before it is signed."""
    draft = typed.draft
    if draft is None:
        return [Check("no", _("Result"), _("How does it end? Choose one."))]
    lacks = answers.missing(draft, today)
    found = [_of_words(draft, lacks)]
    found += [_of_field(name, typed, lacks) for name in typed.shown]
    if vague := answers.vague_days(draft.text):
        said = _quoted(draft.text, vague)
        words = _("%(words)s is no day yet. Say the day itself.") % {"words": said}
        found.append(Check("ask", _("When"), words))
    if empty := answers.empty_words(draft.text):
        said = _quoted(draft.text, empty)
        if "says_nothing" not in lacks:
            words = _("%(words)s tells the cell nothing; better left out.") % {"words": said}
            found.append(Check("ask", _("Words"), words))
    if draft.result is Result.HEARD and asks:
        words = _("The cell asked for something: “heard” alone is no answer.")
        found.insert(0, Check("no", _("Result"), words))
    return found


def _quoted(text: str, folded: list[str]) -> str:
    """Return folded phrases as they stand in a text, with accents; what overlaps is one."""
    whole = fold(text)
    if len(whole) != len(text):
        return ", ".join(f"“{phrase}”" for phrase in folded)
    spans = sorted((at, at + len(words)) for words in folded if (at := whole.find(words)) >= 0)
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return ", ".join(f"“{text[start:end]}”" for start, end in joined)


def complete(found: list[Check]) -> bool:
    """Say whether nothing hinders an answer from being signed."""
    return all(check.kind != "no" for check in found)


def names() -> dict[str, str]:
    """Return what each part of an answer is called."""
    return {
        "who": _("Who does it"), "done_on": _("Done on"), "promised_on": _("Done by"),
        "means": _("Money or way"), "rest": _("What remains"),
        "basis": _("Law or document"), "whose": _("Whose it is"),
    }  # fmt: skip


def _of_words(draft: Draft, lacks: list[str]) -> Check:
    for code in ("text", "says_nothing"):
        if code in lacks:
            return Check("no", _("Words"), lacking([code]))
    return Check("done", _("Words"), _("The answer says something of its own."))


def _of_field(name: str, typed: Typed, lacks: list[str]) -> Check:
    about = names()[name]
    if error := typed.errors.get(name):
        return Check("no", about, error)
    if name in lacks:
        return Check("no", about, lacking([name]))
    wrong = {"promised_on": "day_passed", "done_on": "day_to_come"}.get(name, "")
    if wrong in lacks:
        return Check("no", about, lacking([wrong]))
    if not typed.fields.get(name):
        return Check("ask", about, _("Not said. If it is known, the cell is glad of it."))
    return Check("done", about, typed.fields[name])
