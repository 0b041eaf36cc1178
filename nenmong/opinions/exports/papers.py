"""What goes from desk to desk and from a desk to a cell: transfer slip and answer letter."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import translation

from nenmong.core import clock
from nenmong.core.rules import clean_lines
from nenmong.opinions.models import Answer, Opinion
from nenmong.opinions.queries.detail import Stage
from nenmong.opinions.queries.fields import fields
from nenmong.org.models import Unit
from nenmong.org.queries import version_on
from nenmong.ui import formats
from nenmong.ui.documents import PARAGRAPH, About, Layout, layout_on, render
from nenmong.ui.own_templates import in_use

FOLDER = Path(__file__).resolve().parent.parent / "word"
COMMITTEE = "committee"  # by which a layout knows on whose behalf is signed


@dataclass(frozen=True)
class Sender:
    """Whose paper it is, by the names it bore on the day of the paper."""

    name: str
    above: str
    locality: str
    is_committee: bool = False


def sender_of(unit: Unit, day: date) -> Sender:
    """Return a desk as the sender of a paper of a day. Two queries."""
    then = version_on(unit.uid, day) or unit
    parent = then.parent
    above = parent and (version_on(parent.uid, day) or parent)
    return Sender(
        then.name, above.organization_name if above else "", then.locality,
        unit.kind.endswith("_committee"),
    )  # fmt: skip


def cleaned(text: str) -> str:
    """Return a text as a template prints it: no control characters, lines as paragraphs."""
    return clean_lines(text).replace("\n", PARAGRAPH)


def heads(
    document: str, sender: Sender, layout: Layout, *, on: date, number: int | None = None
) -> dict[str, Any]:
    """Return what stands around the text of a paper."""
    numbered = document in layout.number_types
    return {
        "upper": sender.above.upper(),
        "issuer": sender.name.upper(),
        "star": layout.star,
        "number_line": layout.number_line(number, document, issuer=sender.name) if numbered else "",
        "party": layout.party,
        "place_date": layout.place_date(sender.locality, on),
        "type": layout.types.get(document, ""),
        "abstract": layout.abstracts.get(document, ""),
        "end_mark": layout.end_mark,
        # An authority's desk acts for itself, by the post of who signs.
        "on_behalf": layout.behalf(COMMITTEE) if sender.is_committee else "",
        "recipients_title": layout.recipients_title,
        "recipients": layout.recipient_lines(sender.above, document),
        "sender": sender.name,
    }


def printed(stem: str, context: dict[str, Any], layout: Layout, title: str) -> bytes:
    """Return a paper from its template: ours, or the installation's own of that name."""
    about = About(title=title, author=context["sender"], on=clock.now())
    return render(in_use(stem, FOLDER), context, layout=layout, about=about)


def _day(day: date | None) -> str:
    return formats.day(day) if day else ""


@translation.override("vi")
def letter_docx(answer: Answer, to: str) -> bytes:
    """Return the letter that answers a cell; not signed yet, with room for its number.

    Args:
        answer: with its opinion and desk.
        to: the cell as it is named for who prints it.
    """
    on = answer.signed_on or clock.today()
    layout = layout_on(on)
    opinion = answer.opinion
    context = heads(
        "letter", sender_of(answer.desk, on), layout, on=on, number=answer.number
    ) | {
        "abstract": f"V/v trả lời ý kiến nêu ngày {_day(opinion.raised_on)}",
        "to": to, "raised_on": _day(opinion.raised_on), "asked": cleaned(opinion.text),
        "result": answer.get_result_display(), "text": cleaned(answer.text),
        "who": cleaned(answer.who), "done_on": _day(answer.done_on),
        "promised_on": _day(answer.promised_on), "means": cleaned(answer.means),
        "rest": cleaned(answer.rest), "basis": cleaned(answer.basis),
        "whose": cleaned(answer.whose), "asks": opinion.asks,
        "signer": {"name": answer.signed_by, "post": answer.signed_post},
    }  # fmt: skip
    return printed("tra-loi-y-kien", context, layout, "Công văn trả lời ý kiến của chi bộ")


@dataclass(frozen=True)
class Transfer:
    """How an opinion came to where it lies now."""

    opinion: Opinion
    unit: str  # as it is shown to who prints it
    sender: Unit
    to: str
    reason: str
    at: datetime
    issue: str
    stages: list[Stage]


@translation.override("vi")
def slip_docx(transfer: Transfer) -> bytes:
    """Return the slip with which an opinion was passed on."""
    opinion, day = transfer.opinion, clock.local(transfer.at).date()
    layout = layout_on(day)
    sender = sender_of(transfer.sender, day)
    if transfer.sender.uid == opinion.unit_id:  # the cell itself, which is named as it is shown
        above = "" if transfer.unit != opinion.unit.name else sender.above
        sender = Sender(transfer.unit, above, sender.locality)
    known = fields()
    context = heads("slip", sender, layout, on=day) | {
        "to": transfer.to, "unit": transfer.unit, "raised_on": _day(opinion.raised_on),
        "kind": opinion.get_kind_display() if opinion.kind else "",
        "field": known[opinion.field].name_vi if opinion.field in known else "",
        "issue": cleaned(transfer.issue), "asked": cleaned(opinion.text),
        "reason": cleaned(transfer.reason),
        "due_on": _day(opinion.due_on) if transfer.stages[-1].now else "",
        "stays": [
            {
                "desk": transfer.unit if one.of_cell else one.desk,
                "since": _day(one.arrived_on), "until": _day(one.left_on),
                "days": one.clock.ran,
            }
            for one in transfer.stages
        ],
        "signer": {"name": "", "post": ""},
    }  # fmt: skip
    return printed("phieu-chuyen", context, layout, "Phiếu chuyển ý kiến của chi bộ")
