"""Minutes and resolution of a meeting as Word, in the layout of the day it was held.

Both are functions from data to bytes: the sealed record (or a draft of it), and for the cell's own
book the names sheet. What is written here is always Vietnamese, whatever language the page is in.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from nenmong.core import clock
from nenmong.core.errors import DomainError
from nenmong.core.rules import clean_lines, fold
from nenmong.meetings.rules import seal as seals
from nenmong.meetings.rules import tasks
from nenmong.ui import formats
from nenmong.ui.documents import PARAGRAPH, About, Layout, layout_on, render

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
# An item with one of these was discussed, also where nobody noted when.
NOTED = ("summary", "speeches", "opinions", "votes", "conclusion", "tasks")
MONTHLY_KINDS = frozenset({"regular", "regular_thematic"})

Record = Mapping[str, Any]
Names = Mapping[str, Any]


class Document(StrEnum):
    """What is printed; the value names its file and its template."""

    MINUTES = "bien-ban"
    RESOLUTION = "nghi-quyet"


class Edition(StrEnum):
    """For whom minutes are printed: with the names, or as they go to the committee above."""

    CELL_BOOK = "so-chi-bo"
    SENT_UP = "gui-cap-tren"


def minutes_docx(record: Record, names: Names | None, edition: Edition) -> bytes:
    """Return the minutes as Word.

    Args:
        record: the record of the meeting; its `link` is None while it is a draft.
        names: the names sheet, or None where it was erased; never read for `SENT_UP`.
        edition: with speakers and absent persons by name, or without.

    Raises:
        ValueError: the names sheet is that of another meeting.
        DomainError: the layout or the Word template cannot be used; it says which and why.
    """
    if names is not None and names["meeting"] != record["uid"]:
        raise ValueError(f"names sheet of {names['meeting']} given for {record['uid']}")
    known = names if edition is Edition.CELL_BOOK else None
    return _printed(Document.MINUTES, record, known, edition)


def resolution_docx(record: Record) -> bytes:
    """Return the month's resolution as Word; `record` as for `minutes_docx`.

    Raises:
        DomainError: `documents.no_resolution` once the minutes are sealed and none was passed; the
            layout or the Word template cannot be used, it says which and why.
    """
    if record.get("link") and record["numbers"]["resolution"] is None:
        raise DomainError(
            "documents.no_resolution",
            _(
                "There is no resolution of this meeting: it was not passed. How the vote went "
                "stands in the minutes."
            ),
        )
    return _printed(Document.RESOLUTION, record, None, Edition.SENT_UP)


def file_name(record: Record, document: Document, edition: Edition | None = None) -> str:
    """Return a name for the download, in ASCII: `bien-ban-2026-11-chi-bo-to-dan-pho-so-3.docx`.

    A meeting that is not the month's regular one carries its day, and minutes to be sent up say so,
    so that no two files of a cell are taken for each other.
    """
    month, day = record["month"][:7], _moment(record["opened_at"]).date()
    when = month if record["kind"] in MONTHLY_KINDS else day.isoformat()
    unit = re.sub(r"[^a-z0-9]+", "-", fold(record["unit"]["name"])).strip("-")
    parts = [document.value, when, unit]
    if document is Document.MINUTES and edition is Edition.SENT_UP:
        parts.append(edition.value)
    return "-".join(part for part in parts if part) + ".docx"


def template_path(document: Document) -> Path:
    """Return the template in use: the installation's own under `word/` of its home, else ours."""
    name = f"{document.value}.docx"
    own = Path(settings.HOME) / "word" / name
    return own if own.exists() else Path(__file__).parent / "word" / name


@translation.override("vi")
def _printed(document: Document, record: Record, names: Names | None, edition: Edition) -> bytes:
    record = _cleaned(record)
    opened = _moment(record["opened_at"])
    layout = layout_on(opened.date())
    context = _heads(document, record, layout) | _meeting(record, layout)
    if document is Document.MINUTES:
        context |= _minutes(record, _cleaned(names), edition)
    else:
        context |= _resolution(record)
    title = f"{context['type']} {context['abstract']}, {record['unit']['name']}"
    about = About(title=title, author=record["unit"]["name"], on=opened)
    return render(template_path(document), context, layout=layout, about=about)


def _heads(document: Document, record: Record, layout: Layout) -> dict[str, Any]:
    """Return what stands around the text: heads, type, signatures, recipients, foot."""
    unit, opened = record["unit"], _moment(record["opened_at"])
    link = record.get("link")
    return {
        "upper": unit["above"].upper(),
        "issuer": unit["name"].upper(),
        "star": layout.star,
        "number_line": layout.number_line(
            record["numbers"][document.name.lower()], document.name.lower()
        ),
        "party": layout.party,
        "place_date": layout.place_date(unit["locality"], opened.date()),
        "type": layout.types[document.name.lower()],
        "abstract": layout.abstract(
            record["kind"], month=date.fromisoformat(record["month"]), day=opened.date()
        ),
        "end_mark": layout.end_mark,
        "on_behalf": layout.behalf(record["kind"]),
        "recipients_title": layout.recipients_title,
        "recipients": layout.recipient_lines(unit["above"]),
        "seal": seals.short(link) if link else "",
    }


def _meeting(record: Record, layout: Layout) -> dict[str, Any]:
    """Return what both documents tell of the meeting: when, where, who presided, how many came."""
    opened = _moment(record["opened_at"])
    closed = _moment(record["closed_at"]) if record["closed_at"] else None
    counts = {"exempt_present": 0, **record["counts"]}  # which older records do not tell
    rate = formats.percent(Fraction(counts["present"], counts["due"])) if counts["due"] else ""
    end = None
    if closed:
        same_day = closed.date() == opened.date()
        day = "cùng ngày" if same_day else layout.full_date(closed.date())
        end = {"time": formats.spoken_time(closed), "day": day}
    return {
        "unit": record["unit"],
        "month": layout.month(date.fromisoformat(record["month"])),
        "start": {"time": formats.spoken_time(opened), "day": layout.full_date(opened.date())},
        "end": end,
        "length": clock.minutes_between(opened, closed) if closed else None,
        "place": record["place"],
        "guests": record["guests"],
        "chair": _person(record["chair"]),
        "secretary": _person(record["minutes_secretary"]),
        "counts": {**counts, "absent": counts["excused"] + counts["unexcused"], "rate": rate},
        "reviewed": [
            {
                "task": one["title"],
                "owner": one["owner"],
                "due": _short_day(one["due"]),
                "at_start": layout.state(one["state_at_start"]),
                "state": layout.state(one["state"]),
                "result": one["result"],
            }
            for one in record["reviewed"]
        ],
        "resolution_votes": _votes(record["resolution_vote"]),
        "minutes_votes": _votes(record["minutes_vote"]),
    }


def _item(item: Record, record: Record) -> dict[str, Any]:
    """Return one item of the agenda without any name of who spoke; `_minutes` adds those it may."""
    times = [
        formats.spoken_time(_moment(at)) for at in (item["started_at"], item["ended_at"]) if at
    ]
    if record["closed_at"] and not times and not any(item[part] for part in NOTED):
        times = ["chưa bàn"]
    return {
        "number": item["number"],
        "title": item["title"],
        "times": " – ".join(times),
        "summary": item["summary"],
        "speeches": [{"name": "", "text": one["text"]} for one in item["speeches"]],
        "opinions": [{"name": "", "text": one["text"]} for one in item["opinions"]],
        "votes": _votes(*item["votes"]),
        "conclusion": item["conclusion"],
        "tasks": [
            {
                "task": one["title"],
                "owner": one["owner"],
                "due": _short_day(one["due"]),
                "reported": formats.month_year(reporting_month(record, one["due"])),
            }
            for one in item["tasks"]
        ],
    }


def _minutes(record: Record, names: Names | None, edition: Edition) -> dict[str, Any]:
    agenda = [_item(item, record) for item in record["items"]]
    if names is not None:
        for item, told in zip(record["items"], agenda, strict=True):
            _add_names(told["speeches"], item["speeches"], names["speakers"])
            _add_names(told["opinions"], item["opinions"], names["opinions"])
    has_votes = record["resolution_vote"] or record["minutes_vote"]
    return {
        "agenda": agenda,
        "edition": edition.value,
        "names_erased": edition is Edition.CELL_BOOK and names is None,
        "absent": [
            {"name": one["name"], "excused": one["status"] == "excused", "reason": one["reason"]}
            for one in (names["absent"] if names else ())
        ],
        "late": list(names["late"]) if names else [],
        "exempt": [
            one["name"] + (" (đến dự)" if one.get("came") else "")
            for one in (names["exempt"] if names else ())
        ],
        "special_duty": [one["name"] for one in names["special_duty"]] if names else [],
        "carried": [
            {"title": one["title"], "reason": one["reason"], "times": one["times"]}
            for one in record["carried"]
        ],
        "part": _parts(
            ("attendance", True),
            ("review", record["reviewed"]),
            ("discussion", record["items"]),
            ("carried", record["carried"]),
            ("adoption", has_votes),
        ),
    }


def _resolution(record: Record) -> dict[str, Any]:
    agenda = [_item(item, record) for item in record["items"]]
    given = [task for item in agenda for task in item["tasks"]]
    owners = list(dict.fromkeys(task["owner"] for task in given))
    return {
        "directions": record["directions"],
        # Only what the cell concluded or gave to do; what was said stands in the minutes.
        "conclusions": [item for item in agenda if item["conclusion"] or item["tasks"]],
        # By person, so that each finds theirs in one place; in the order they were first named.
        "assigned": sorted(given, key=lambda task: owners.index(task["owner"])),
    }


def reporting_month(record: Record, due: str | None) -> date:
    """Return the first day of the month whose meeting hears what became of a task."""
    return tasks.reporting_month(
        month=date.fromisoformat(record["month"]),
        day=_moment(record["opened_at"]).day,
        due=date.fromisoformat(due) if due else None,
    )


def _add_names(told: list[dict[str, Any]], said: Iterable[Record], names: Record) -> None:
    for one, source in zip(told, said, strict=True):
        # The template says "Đồng chí" itself; a guest's name may have been typed with it.
        one["name"] = re.sub(r"^đồng chí\s+", "", names.get(source["uid"], ""), flags=re.IGNORECASE)


def _parts(*parts: tuple[str, object]) -> dict[str, str]:
    """Number the parts that have content; an empty one gets no heading, so no number either."""
    kept = [name for name, content in parts if content]
    return {name: "" for name, _ in parts} | dict(zip(kept, ROMAN, strict=False))


def _votes(*votes: Record | None) -> list[dict[str, Any]]:
    """Return the votes that were taken, each with what the template prints of it."""
    return [
        {
            "question": vote.get("question", ""),
            "agree": vote["for"],  # `for` is a word of the template language
            "against": vote["against"],
            "other": vote["other"],
            "base": vote["base"],
            "passed": vote["passed"],
        }
        for vote in votes
        if vote is not None
    ]


def _person(person: Record | None) -> dict[str, str]:
    return {"name": person["name"], "post": person["post"]} if person else {"name": "", "post": ""}


def _moment(text: str) -> datetime:
    return clock.local(datetime.fromisoformat(text))


def _short_day(text: str | None) -> str:
    return formats.day(date.fromisoformat(text)) if text else ""


def _cleaned(value: Any) -> Any:
    """Return `value` with every text in NFC and without control characters, lines as paragraphs."""
    if isinstance(value, str):
        return re.sub(r"\n+", PARAGRAPH, clean_lines(value))
    if isinstance(value, Mapping):
        return {key: _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return value
