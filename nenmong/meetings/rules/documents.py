"""The Word documents of meetings: what there is, and every field their templates may use."""

from enum import StrEnum
from typing import Any


class Document(StrEnum):
    """What is printed; the value names its file and its template."""

    MINUTES = "bien-ban"
    RESOLUTION = "nghi-quyet"
    NOTICE = "thong-bao"
    FORM = "phieu-ghi"
    YEAR_PLAN = "ke-hoach-nam"
    BOOK = "so-bien-ban"


class Edition(StrEnum):
    """For whom minutes are printed: with the names, or as they go to the committee above."""

    CELL_BOOK = "so-chi-bo"
    SENT_UP = "gui-cap-tren"


Fields = dict[str, Any]  # of a field: "" for a text or a number, a dict of fields, a list of one
TEXT = ""


def _texts(*names: str) -> Fields:
    return dict.fromkeys(names, TEXT)


_HEADS: Fields = {
    **_texts(
        "upper", "issuer", "star", "number_line", "party", "place_date", "type", "abstract",
        "end_mark", "on_behalf", "recipients_title", "month",
    ),
    "recipients": [TEXT],
    "unit": _texts("uid", "name", "above", "locality"),
    "words": _texts("body", "roll", "members", "sitting", "term"),
}  # fmt: skip
_PERSON = _texts("name", "post")
_VOTE: Fields = {
    **_texts(
        "question", "agree", "against", "other", "base", "passed", "voters", "of_official",
        "of_committee", "bar",
    ),
    "ballots": _texts("issued", "returned", "valid", "spoiled"),
}  # fmt: skip
_TASK = _texts("task", "owner", "due", "reported")
_SAID = _texts("name", "text")
_DUES = _texts("members", "amount")
# An answer to an opinion that was read out, and what the cell found of it.
_ANSWER: Fields = {**_texts("sender", "found", "hands", "reason"), "lines": [TEXT]}
_ITEM: Fields = {
    **_texts(
        "number", "title", "times", "summary", "conclusion", "business", "presenter", "classified",
    ),
    "prompts": [TEXT], "dues": _DUES, "speeches": [_SAID], "opinions": [_SAID], "votes": [_VOTE],
    "tasks": [_TASK], "answer": _ANSWER,
}  # fmt: skip
_REVIEWED = _texts("task", "owner", "due", "at_start", "state", "result", "times")
_MEETING: Fields = {
    **_HEADS,
    **_texts("length", "place", "guests", "subject", "seal", "of_committee"),
    "start": _texts("time", "day"), "end": _texts("time", "day"),
    "chair": _PERSON, "secretary": _PERSON,
    "counts": _texts(
        "total", "official", "probationary", "temporary", "exempt", "exempt_present",
        "special_duty", "due", "present", "excused", "unexcused", "late", "absent", "rate",
    ),
    "joint": [TEXT], "documents": [TEXT],
    "postponed": [_texts("was", "now", "reason", "agreed_by")],
    "reviewed": [_REVIEWED],
    "resolution_votes": [_VOTE], "minutes_votes": [_VOTE],
}  # fmt: skip
_REASONED = _texts("name", "reason")
_BEFORE: Fields = {
    **_HEADS,
    **_texts("place", "guests", "subject"),
    "start": _texts("time", "day"), "chair": _PERSON,
    "joint": [TEXT], "documents": [TEXT],
    "agenda": [
        {
            **_texts("number", "title", "presenter", "minutes", "business", "classified"),
            "prompts": [TEXT], "lines": [TEXT],
            "answer": {"sender": TEXT, "lines": [TEXT]},
        }
    ],
}  # fmt: skip

FIELDS: dict[Document, Fields] = {
    Document.MINUTES: {
        **_MEETING,
        **_texts("edition", "names_erased"),
        "agenda": [_ITEM],
        "absent": [_texts("name", "excused", "reason")], "late": [_REASONED],
        "exempt": [TEXT], "special_duty": [TEXT],
        "carried": [_texts("title", "reason", "times")],
        "notes": [_texts("day", "text", "by")],
        "part": _texts("attendance", "review", "discussion", "carried", "adoption"),
    },
    Document.RESOLUTION: {
        **_MEETING, "directions": TEXT, "conclusions": [_ITEM], "assigned": [_TASK],
    },
    Document.NOTICE: _BEFORE,
    Document.FORM: {
        **_BEFORE,
        "people": [_texts("name", "standing")],
        "reviewed": [_texts("task", "owner", "due")],
        "questions": [TEXT], "blank_tasks": [TEXT],
    },
    Document.YEAR_PLAN: {
        **_HEADS,
        "year": TEXT, "note": TEXT, "signer": _PERSON,
        "topics": [_texts("month", "title", "presenter")],
    },
    Document.BOOK: {
        **_HEADS,
        "year": TEXT, "edition": TEXT,
        "meetings": [_texts("month", "day", "kind", "number", "bookmark")],
    },
}  # fmt: skip
