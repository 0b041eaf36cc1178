"""What every document here shares: its template, its heads, its words; text made fit to print."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from nenmong.core import clock
from nenmong.core.rules import clean_lines, fold
from nenmong.meetings.queries import templates
from nenmong.meetings.rules.documents import Document, Edition
from nenmong.ui import formats
from nenmong.ui.documents import PARAGRAPH, About, Layout, render

Record = Mapping[str, Any]
MONTHLY_KINDS = frozenset({"regular", "regular_thematic"})
CELL = "chi bộ"  # a unit whose name begins so is a cell, all others are organisations


def template_path(document: Document) -> Path:
    """Return the template in use: the installation's own under `word/` of its home, else ours."""
    return templates.in_use(document)


def file_name(record: Record, document: Document, edition: Edition | None = None) -> str:
    """Return a name for the download, in ASCII: `bien-ban-2026-11-chi-bo-to-dan-pho-so-3.docx`.

    A meeting that is not the month's regular one carries its day, and minutes to be sent up say so,
    so that no two files of a cell are taken for each other.
    """
    month, day = record["month"][:7], moment(record["opened_at"]).date()
    when = month if record["kind"] in MONTHLY_KINDS else day.isoformat()
    up = document is Document.MINUTES and edition is Edition.SENT_UP
    return named(
        document.value, when, record["unit"]["name"], edition.value if up and edition else ""
    )


def named(*parts: str) -> str:
    """Return a name of a Word file of these parts, in ASCII."""
    plain = (re.sub(r"[^a-z0-9]+", "-", fold(part)).strip("-") for part in parts)
    return "-".join(part for part in plain if part) + ".docx"


def kind_of(record: Record) -> str:
    """Return the kind of a meeting by which a layout finds its words.

    A congress of an organisation is not one of a cell.
    """
    if record["kind"] == "congress" and not fold(record["unit"]["name"]).startswith(fold(CELL)):
        return "congress_of_organization"
    return str(record["kind"])


def heads(
    document: Document, unit: Record, layout: Layout, *, on: date, kind: str, number: int | None
) -> dict[str, Any]:
    """Return what stands around the text: heads, type, signatures, recipients, foot."""
    key, plain = document.name.lower(), kind.removesuffix("_of_organization")
    numbered = key in layout.number_types
    announced = document in {Document.NOTICE, Document.FORM, Document.YEAR_PLAN, Document.BOOK}
    # Before a congress there is no presidium yet: its cell calls it.
    signing = "regular" if announced and plain == "congress" else plain
    return {
        "upper": unit["above"].upper(),
        "issuer": unit["name"].upper(),
        "star": layout.star,
        "number_line": layout.number_line(
            number, key, issuer=unit["name"], kind="" if announced else plain
        ) if numbered else "",
        "party": layout.party,
        "place_date": layout.place_date(unit["locality"], on),
        "type": layout.type_of(key),
        "end_mark": layout.end_mark,
        "on_behalf": layout.behalf(signing),
        "recipients_title": layout.recipients_title,
        "recipients": layout.recipient_lines(unit["above"], f"{key}_{plain}", key)
        if announced else layout.recipient_lines(unit["above"], plain),
        "words": dict(layout.words_of(kind)),
        "unit": unit,
    }  # fmt: skip


def printed(
    document: Document,
    context: Record,
    layout: Layout,
    *,
    on: datetime,
    template: Path | None = None,
) -> bytes:
    """Return a template filled; `template`: another one than is in use, on trial."""
    unit = context["unit"]["name"]
    about = About(title=f"{context['type']} {context['abstract']}, {unit}", author=unit, on=on)
    path = template or template_path(document)
    return render(path, context, layout=layout, about=about)


def person(who: Record | None) -> dict[str, str]:
    return {"name": who["name"], "post": who["post"]} if who else {"name": "", "post": ""}


def moment(text: str) -> datetime:
    return clock.local(datetime.fromisoformat(text))


def short_day(text: str | None) -> str:
    return formats.day(date.fromisoformat(text)) if text else ""


def spoken(at: datetime, layout: Layout) -> dict[str, str]:
    return {"time": formats.spoken_time(at), "day": layout.full_date(at.date())}


def titles(rows: Any) -> list[str]:
    """Return a list of texts, whether they came as texts or as rows with a title or a name."""
    found = [
        one if isinstance(one, str) else one.get("title") or one.get("name") or ""
        for one in rows or ()
    ]
    return [one for one in found if one]


def split_lines(text: str | None) -> list[str]:
    """Return the lines of a text that was cleaned for printing."""
    return [line for line in (text or "").split(PARAGRAPH) if line]


def cleaned(value: Any) -> Any:
    """Return `value` with every text in NFC and without control characters, lines as paragraphs."""
    if isinstance(value, str):
        return re.sub(r"\n+", PARAGRAPH, clean_lines(value))
    if isinstance(value, Mapping):
        return {key: cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(one) for one in value]
    return value
