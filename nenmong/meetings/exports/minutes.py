"""Minutes and resolution of a meeting as Word, in the layout of the day it was held.

Both are functions from data to bytes: the sealed record (or a draft of it), and for the cell's own
book the names sheet. What is written here is always Vietnamese, whatever language the page is in.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from nenmong.core import clock
from nenmong.core.errors import DomainError
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
from nenmong.meetings.rules import kinds, tasks
from nenmong.meetings.rules import seal as seals
from nenmong.meetings.rules.documents import Document, Edition
from nenmong.ui import formats
from nenmong.ui.documents import Layout, layout_on

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
CLASSIFIED = "classified"
NOTHING_SAID: dict[str, Any] = {
    "presenter": "", "prompts": "", "dues": None, "summary": "", "conclusion": "", "speeches": [],
    "opinions": [], "votes": [], "tasks": [], "started_at": None, "ended_at": None, "answer": None,
}  # fmt: skip
# An item with one of these was discussed, also where nobody noted when.
NOTED = ("summary", "speeches", "opinions", "votes", "conclusion", "tasks")
Names = Mapping[str, Any]


def minutes_docx(
    record: Record, names: Names | None, edition: Edition, *, template: Path | None = None
) -> bytes:
    """Return the minutes as Word.

    Args:
        record: the record of the meeting; its `link` is None while it is a draft.
        names: the names sheet, or None where it was erased; never read for `SENT_UP`.
        edition: with speakers and absent persons by name, or without.
        template: one on trial, instead of the one in use.

    Raises:
        ValueError: the names sheet is that of another meeting.
        DomainError: the layout or the Word template cannot be used; it says which and why.
    """
    if names is not None and names["meeting"] != record["uid"]:
        raise ValueError(f"names sheet of {names['meeting']} given for {record['uid']}")
    known = names if edition is Edition.CELL_BOOK else None
    return _printed(Document.MINUTES, record, known, edition, template)


def resolution_docx(record: Record, *, template: Path | None = None) -> bytes:
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
    return _printed(Document.RESOLUTION, record, None, Edition.SENT_UP, template)


@translation.override("vi")
def _printed(
    document: Document,
    record: Record,
    names: Names | None,
    edition: Edition,
    template: Path | None = None,
) -> bytes:
    record = cleaned(record)
    opened = moment(record["opened_at"])
    layout = layout_on(opened.date())
    number = record["numbers"][document.name.lower()]
    context = heads(
        document, record["unit"], layout, on=opened.date(), kind=kind_of(record), number=number
    )
    context |= _meeting(record, layout)
    if document is Document.MINUTES:
        context |= _minutes(record, cleaned(names), edition, layout)
    else:
        context |= _resolution(record)
    return printed(document, context, layout, on=opened, template=template)


def _meeting(record: Record, layout: Layout) -> dict[str, Any]:
    """Return what both documents tell of the meeting: when, where, who presided, how many came."""
    opened = moment(record["opened_at"])
    closed = moment(record["closed_at"]) if record["closed_at"] else None
    counts = {"exempt_present": 0, **record["counts"]}  # which older records do not tell
    rate = formats.percent(Fraction(counts["present"], counts["due"])) if counts["due"] else ""
    end = None
    if closed:
        same_day = closed.date() == opened.date()
        day = "cùng ngày" if same_day else layout.full_date(closed.date())
        end = {"time": formats.spoken_time(closed), "day": day}
    link, month = record.get("link"), date.fromisoformat(record["month"])
    return {
        "abstract": layout.abstract(kind_of(record), month=month, day=opened.date()),
        "month": layout.month(month),
        "seal": seals.short(link) if link else "",
        "subject": record.get("subject") or "",
        "of_committee": kinds.of(record["kind"]).of_committee,
        "joint": titles(record.get("joint")),
        "documents": titles(record.get("documents")),
        "postponed": [_postponed(one, layout) for one in record.get("postponed") or ()],
        "start": spoken(opened, layout),
        "end": end,
        "length": clock.minutes_between(opened, closed) if closed else None,
        "place": record["place"],
        "guests": record["guests"],
        "chair": person(record["chair"]),
        "secretary": person(record["minutes_secretary"]),
        "counts": {**counts, "absent": counts["excused"] + counts["unexcused"], "rate": rate},
        "reviewed": [
            {
                "task": one["title"],
                "owner": one["owner"],
                "due": short_day(one["due"]),
                "at_start": layout.state(one["state_at_start"]),
                "state": layout.state(one["state"]),
                "result": one["result"],
                "times": one["times"] if one.get("times", 1) > 1 else "",
            }
            for one in record["reviewed"]
        ],
        "resolution_votes": _votes(record["resolution_vote"]),
        "minutes_votes": _votes(record["minutes_vote"]),
    }


def _postponed(one: Record, layout: Layout) -> dict[str, str]:
    was, now = moment(one["was"]), moment(one["now"]) if one.get("now") else None
    told = [
        f"{at['time']}, {at['day']}" for at in (spoken(was, layout), now and spoken(now, layout))
        if at
    ]  # fmt: skip
    return {
        "was": told[0],
        "now": told[1] if now else "",
        "reason": one.get("reason") or "",
        "agreed_by": one.get("agreed_by") or "",
    }


def _item(item: Record, record: Record) -> dict[str, Any]:
    """Return one item of the agenda without any name of who spoke; `_minutes` adds those it may.

    Of a classified one there is nothing but its number, whatever was typed under it.
    """
    if item.get("business") == CLASSIFIED:
        item = {**item, **NOTHING_SAID}
    times = [formats.spoken_time(moment(at)) for at in (item["started_at"], item["ended_at"]) if at]
    classified = item.get("business") == CLASSIFIED
    noted = classified or item.get("dues") or any(item[part] for part in NOTED)
    if record["closed_at"] and not times and not noted:
        times = ["chưa bàn"]
    return {
        "number": item["number"],
        "title": "" if classified else item["title"],
        "times": " – ".join(times),
        "business": item.get("business") or "",
        "classified": classified,
        "presenter": item.get("presenter") or "",
        "prompts": split_lines(item.get("prompts")),
        "dues": _dues(item.get("dues")),
        "summary": item["summary"],
        "speeches": [{"name": "", "text": one["text"]} for one in item["speeches"]],
        "opinions": [{"name": "", "text": one["text"]} for one in item["opinions"]],
        "answer": _answer(item.get("answer")),
        "votes": _votes(*item["votes"]),
        "conclusion": item["conclusion"],
        "tasks": [
            {
                "task": one["title"],
                "owner": one["owner"],
                "due": short_day(one["due"]),
                "reported": formats.month_year(reporting_month(record, one["due"])),
            }
            for one in item["tasks"]
        ],
    }


FOUND = {
    "solved": "đã giải quyết",
    "partly": "giải quyết một phần",
    "not_solved": "chưa giải quyết",
}


NO_ANSWER: dict[str, Any] = {"sender": "", "lines": [], "found": "", "hands": "", "reason": ""}


def _answer(answer: Record | None) -> dict[str, Any]:
    """Return an answer that was read out; what the cell found of it, and the hands if counted."""
    if not answer:
        return NO_ANSWER
    counted = [(FOUND[name], answer[name]) for name in FOUND if answer.get(name) is not None]
    return {
        "sender": answer["sender"],
        "lines": split_lines(answer["text"]),
        "found": FOUND.get(answer["verdict"], ""),
        "hands": ", ".join(f"{words} {count}" for words, count in counted),
        "reason": answer["reason"],
    }


def _dues(dues: Record | None) -> dict[str, Any] | None:
    if not dues:
        return None
    amount = dues.get("amount")
    return {
        "members": dues.get("members"),
        "amount": "" if amount is None else formats.number(amount),
    }


def _minutes(
    record: Record, names: Names | None, edition: Edition, layout: Layout
) -> dict[str, Any]:
    agenda = [_item(item, record) for item in record["items"]]
    if names is not None:
        for item, told in zip(record["items"], agenda, strict=True):
            if told["classified"]:
                continue
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
        "notes": [
            {
                "day": layout.full_date(moment(one["written_at"]).date()),
                "text": one["text"],
                "by": one.get("by_name") or one.get("by") or "",
            }
            for one in record.get("notes") or ()
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
        day=moment(record["opened_at"]).day,
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
    """Return the votes that were taken, each with what the template prints of it.

    Older records tell neither how a vote was taken nor by which rule: a show of hands of those
    there.
    """
    return [
        {
            "question": vote.get("question", ""),
            "agree": vote["for"],  # `for` is a word of the template language
            "against": vote["against"],
            "other": vote["other"],
            "base": vote["base"],
            "passed": vote["passed"],
            "voters": vote.get("voters") or vote["base"],
            "ballots": _ballots(vote),
            "of_official": vote.get("rule") == kinds.ADMISSION,
            "of_committee": vote.get("rule") == kinds.OF_COMMITTEE,
            "bar": vote.get("bar") or "",
        }
        for vote in votes
        if vote is not None
    ]


def _ballots(vote: Record) -> dict[str, int] | None:
    if vote.get("way") != "ballot":
        return None
    issued, returned, spoiled = (vote.get(part) or 0 for part in ("issued", "returned", "spoiled"))
    valid = returned - spoiled
    return {"issued": issued, "returned": returned, "valid": valid, "spoiled": spoiled}
