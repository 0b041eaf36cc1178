"""Sentences on answers: what one lacks, and how one is read out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nenmong.ui import formats

if TYPE_CHECKING:
    from nenmong.opinions.models import Answer

LACKS = {
    "text": gettext_noop("Write the answer: it is read out in the cell."),
    "says_nothing": gettext_noop(
        "“Noted” or “passed on” alone is no answer. Say what was done, or why not."
    ),
    "who": gettext_noop("Who does it?"),
    "done_on": gettext_noop("On which day was it done?"),
    "promised_on": gettext_noop(
        "By which day will it be done? The cell looks at it again on that day."
    ),
    "means": gettext_noop("With what money, or in what way?"),
    "rest": gettext_noop("What remains, and what becomes of it?"),
    "basis": gettext_noop("Which law or document says that it cannot be done?"),
    "whose": gettext_noop("Whose is it?"),
    "day_passed": gettext_noop("The day promised has passed already; say a day to come."),
    "day_to_come": gettext_noop("The day it was done still lies ahead; then promise it for then."),
}


def lacking(codes: Iterable[str]) -> str:
    """Return what an answer lacks, a sentence each."""
    return " ".join(str(_(LACKS[code])) for code in codes)


def read_out(answer: "Answer") -> str:
    """Return an answer in the words it is read out in, a line a fact."""
    lines = [f"{answer.get_result_display()}. {answer.text}"]
    for words, value in (
        (_("Who:"), answer.who),
        (_("Done on:"), answer.done_on and formats.day(answer.done_on)),
        (_("Will be done by:"), answer.promised_on and formats.day(answer.promised_on)),
        (_("With what:"), answer.means),
        (_("What remains:"), answer.rest),
        (_("Because of:"), answer.basis),
        (_("Whose it is:"), answer.whose),
    ):
        if value:
            lines.append(f"{words} {value}")
    return "\n".join(lines)


# Where that belongs which is not taken here; the laws by name, since their years change.
ELSEWHERE = {
    "complaint": gettext_noop(
        "A complaint about a decision or an act goes to whoever made it, in writing; who does not "
        "agree with their answer turns to the one directly above, or to the court (law on "
        "complaints)."
    ),
    "denunciation": gettext_noop(
        "A denunciation goes to the head of the body that is in charge of the one denounced; of a "
        "party member, to the inspection committee of the party committee. Whoever denounces is "
        "kept secret and protected (law on denunciations)."
    ),
    "classified": gettext_noop(
        "A matter of state secrets is neither typed in here nor told on the phone. Tell the "
        "secretary or the body in charge face to face (law on protecting state secrets)."
    ),
}
RECEIVED = gettext_noop(
    "Every commune and province has a place and days where citizens are received; one may come "
    "there (law on receiving citizens)."
)


def where_it_belongs(sort: str) -> str:
    """Say where a complaint, a denunciation or a classified matter is taken."""
    said = [_(ELSEWHERE[sort])] if sort == "classified" else [_(ELSEWHERE[sort]), _(RECEIVED)]
    return " ".join(said)
