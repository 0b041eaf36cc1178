"""What is printed before a meeting: its notice, the form to take notes on, the plan of a year."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import translation

from nenmong.meetings.exports.printing import (
    Record,
    cleaned,
    heads,
    kind_of,
    moment,
    person,
    printed,
    short_day,
    split_lines,
    spoken,
    titles,
)
from nenmong.meetings.rules.documents import Document
from nenmong.ui import formats
from nenmong.ui.documents import Layout, layout_on

CLASSIFIED = "classified"
FEWEST_LINES, MOST_LINES, MINUTES_A_LINE = 4, 14, 3
STANDING = {"probationary": "dự bị", "exempt": "được miễn", "temporary": "sinh hoạt tạm thời"}
BLANK_TASKS, BLANK_QUESTIONS = 6, 2
VOTED = frozenset({"admission", "make_official", "exemption"})


@translation.override("vi")
def notice_docx(coming: Record, *, on: date | None = None, template: Path | None = None) -> bytes:
    """Return the notice of a meeting as Word.

    Args:
        coming: what the meeting is to be, as `queries.beforehand.coming`.
        on: the day the notice is dated, else the day `coming` was read.
        template: one on trial, instead of the one in use.

    Raises:
        DomainError: the layout or the Word template cannot be used; it says which and why.
    """
    coming = cleaned(coming)
    context, layout = _before(Document.NOTICE, coming, on or date.fromisoformat(coming["on"]))
    return printed(
        Document.NOTICE, context, layout, on=moment(coming["starts_at"]), template=template
    )


@translation.override("vi")
def form_docx(coming: Record, *, template: Path | None = None) -> bytes:
    """Return the form of one meeting to take notes on by hand, with the names of its roll.

    Its parts stand in the order in which they are typed in afterwards: roll, items, votes, tasks,
    hours, signatures.

    Raises:
        DomainError: as `notice_docx`.
    """
    coming = cleaned(coming)
    starts = moment(coming["starts_at"])
    context, layout = _before(Document.FORM, coming, starts.date())
    asked = [
        one["title"]
        for one in context["agenda"]
        if one["business"] in VOTED and not one["classified"]
    ]
    context |= {
        "people": [
            {"name": one["name"], "standing": STANDING.get(one["membership"], "")}
            for one in coming["people"]
        ],
        "reviewed": [
            {"task": one["title"], "owner": one["owner"], "due": short_day(one["due"])}
            for one in coming["reviewed"]
        ],
        "questions": [*asked, *[""] * BLANK_QUESTIONS, "Nghị quyết", "Biên bản"],
        "blank_tasks": [""] * BLANK_TASKS,
    }
    return printed(Document.FORM, context, layout, on=starts, template=template)


@translation.override("vi")
def year_plan_docx(plan: Record, *, template: Path | None = None) -> bytes:
    """Return a cell's plan of a year as Word.

    Args:
        plan: `year`, `unit` (as in a record), `note`, `on` (the day it is dated), `signer` (name
            and post) and `topics` (month, title, presenter).
        template: one on trial, instead of the one in use.

    Raises:
        DomainError: as `notice_docx`.
    """
    plan = cleaned(plan)
    on = date.fromisoformat(plan["on"])
    layout = layout_on(on)
    context = heads(
        Document.YEAR_PLAN, plan["unit"], layout, on=on, kind="regular", number=plan.get("number")
    ) | {
        "abstract": layout.abstracts["year_plan"].format(date=plan["year"], month=""),
        "month": "",
        "year": plan["year"],
        "note": plan.get("note") or "",
        "signer": person(plan.get("signer")),
        "topics": [
            {
                "month": formats.month_year(date.fromisoformat(one["month"])),
                "title": one["title"],
                "presenter": one.get("presenter") or "",
            }
            for one in plan["topics"]
        ],
    }  # fmt: skip
    at = moment(datetime(on.year, on.month, on.day).astimezone().isoformat())
    return printed(Document.YEAR_PLAN, context, layout, on=at, template=template)


def _before(document: Document, coming: Record, on: date) -> tuple[dict[str, Any], Layout]:
    """Return what notice and form share. Both are printed in the layout of the meeting's day."""
    starts, kind = moment(coming["starts_at"]), kind_of(coming)
    layout = layout_on(starts.date())
    month = date.fromisoformat(coming["month"])
    context = heads(document, coming["unit"], layout, on=on, kind=kind, number=coming.get("number"))
    return context | {
        "abstract": layout.abstract(kind, month=month, day=starts.date()),
        "month": layout.month(month),
        "start": spoken(starts, layout),
        "place": coming["place"],
        "guests": coming["guests"],
        "subject": coming.get("subject") or "",
        "chair": person(coming["chair"]),
        "joint": titles(coming.get("joint")),
        "documents": titles(coming.get("documents")),
        "agenda": [_item(one) for one in coming["items"]],
    }, layout


def _item(item: Record) -> dict[str, Any]:
    classified = item["business"] == CLASSIFIED
    lines = min(max(item["minutes"] // MINUTES_A_LINE, FEWEST_LINES), MOST_LINES)
    return {
        "number": item["number"],
        "title": "" if classified else item["title"],
        "business": item["business"],
        "classified": classified,
        "presenter": "" if classified else item["presenter"],
        "minutes": item["minutes"],
        "prompts": [] if classified else split_lines(item["prompts"]),
        "answer": {
            "sender": (item.get("answer") or {}).get("sender", ""),
            "lines": split_lines((item.get("answer") or {}).get("text", "")),
        },
        "lines": [] if classified else [""] * lines,
    }
