"""How kinds, fields, states and moves of opinions are called on a page, and their shapes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nenmong.opinions.models import Answer, Opinion, OpinionMove
from nenmong.opinions.queries.fields import fields
from nenmong.opinions.rules.fields import Field
from nenmong.opinions.rules.states import State

STATE_SHAPES = {
    State.AT_CELL: "todo", State.WAITING: "todo", State.ACCEPTED: "doing", State.ASKED: "ask",
    State.ANSWERED: "wait", State.ROADMAP: "wait", State.CLOSED: "done", State.WITHDRAWN: "no",
}  # fmt: skip
VERDICT_SHAPES = {
    "solved": "done", "partly": "soon", "not_solved": "no", "heard": "done", "await": "wait",
}  # fmt: skip


def field_names(known: Mapping[str, Field]) -> dict[str, str]:
    """Return what each field is called in the language of the page."""
    language = get_language() or "vi"
    return {code: field.name(language) for code, field in known.items()}


def result_names() -> dict[str, str]:
    """Return what the results of an answer are called, in a line with others."""
    named = {code: str(name) for code, name in Answer.Result.choices}
    return named | {Answer.Result.DONE.value: _("has been done")}


def words(known: Mapping[str, Field] | None = None) -> dict[str, Any]:
    """Return the words of a page about opinions. One query where the fields are not `known`."""
    known = fields() if known is None else known
    return {
        "kinds": dict(Opinion.Kind.choices), "states": dict(Opinion.State.choices),
        "shapes": STATE_SHAPES, "verdicts": dict(Opinion.Verdict.choices),
        "verdict_shapes": VERDICT_SHAPES, "results": result_names(),
        "whats": dict(OpinionMove.What.choices), "fields": field_names(known),
        "offered": [code for code, field in known.items() if not field.retired],
    }  # fmt: skip
