"""What the forms on a document's gist and on its issuing hold: as typed, and as it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from nenmong.core.errors import DomainError
from nenmong.directives.actions.issuing import About, Issued
from nenmong.directives.models import Directive
from nenmong.directives.rules.kinds import MOST_QUESTIONS
from nenmong.ui import formats
from nenmong.ui.reading import read_day

MOST_FIGURES = 4
MONTH = timedelta(days=30)
NUMBERS = ("pages", "minutes", "fields")
# Beside which field a refusal of the action stands.
PLACES = {
    "directives.bad_number": "pages", "directives.unknown_asked": "asked",
    "directives.too_many_questions": "question-1", "directives.unknown_kind": "change-",
    "directives.no_number": "number", "directives.number_taken": "number",
    "directives.days_disorder": "issued_on", "directives.not_to_replace": "replaces",
}  # fmt: skip


@dataclass
class Typed:
    """A form: the words in its fields, and what is wrong with which of them."""

    values: dict[str, str]
    picked: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    error: str = ""  # of the form as a whole

    def refuse(self, error: DomainError) -> None:
        """Put a refusal beside the field it speaks of."""
        if place := PLACES.get(error.code):
            self.errors[place] = str(error.message)
        else:
            self.error = str(error.message)

    def day(self, name: str) -> date | None:
        try:
            return read_day(self.values.get(name, ""))
        except DomainError as unread:
            self.errors[name] = str(unread.message)
            return None

    def whole(self, name: str) -> int:
        text = self.values.get(name, "").strip()
        if text.isascii() and text.isdigit() and len(text) <= MOST_FIGURES:
            return int(text)
        self.errors[name] = _("Write a whole number.")
        return 0


def described(one: Directive, changes: Mapping[str, str]) -> Typed:
    """Return the form of what a document says to cells, as it is kept."""
    values = {name: str(getattr(one, name)) for name in NUMBERS}
    values |= {"gist": one.gist, "asked": one.asked}
    values |= {"due_on": formats.day(one.due_on) if one.due_on else ""}
    values |= {f"question-{place}": text for place, text in enumerate(one.questions, start=1)}
    return Typed(values | {f"change-{kind}": text for kind, text in changes.items()})


def read_about(post: QueryDict, kinds: Iterable[str]) -> tuple[Typed, About]:
    """Return the form that came, and what it says; `errors` where it cannot be read.

    Args:
        kinds: of cells, for which something may change; "" is all.
    """
    typed = Typed(post.dict())  # type: ignore[arg-type]
    questions = (post.get(f"question-{place}", "") for place in range(1, MOST_QUESTIONS + 1))
    changes = {kind: text for kind in kinds if (text := post.get(f"change-{kind}", "").strip())}
    about = About(
        gist=post.get("gist", ""), asked=post.get("asked", ""),
        questions=tuple(text for text in questions if text.strip()), changes=changes,
        due_on=typed.day("due_on"), **{name: typed.whole(name) for name in NUMBERS},
    )  # fmt: skip
    return typed, about


def proposed(one: Directive, number: str, today: date, review_months: int) -> Typed:
    """Return the form of issuing, filled with what is usual.

    Args:
        review_months: after which a document of its kind is looked at again; 0: it is not.
    """
    review = formats.day(today + MONTH * review_months) if review_months else ""
    values = {
        "number": one.number or number, "issued_on": formats.day(today),
        "valid_from": formats.day(today), "valid_until": "", "review_on": review,
    }  # fmt: skip
    return Typed(values)


def read_issued(post: QueryDict) -> tuple[Typed, Issued | None]:
    """Return the form that came, and what it says; none where a day cannot be read."""
    typed = Typed(post.dict(), picked=post.getlist("replaces"))  # type: ignore[arg-type]
    issued_on, valid_from = typed.day("issued_on"), typed.day("valid_from")
    until, review = typed.day("valid_until"), typed.day("review_on")
    if issued_on is None:
        typed.errors.setdefault("issued_on", _("On which day is it issued?"))
    if typed.errors or issued_on is None:
        return typed, None
    return typed, Issued(
        number=post.get("number", ""), issued_on=issued_on, valid_from=valid_from or issued_on,
        valid_until=until, review_on=review, replaces=tuple(typed.picked),
    )  # fmt: skip
